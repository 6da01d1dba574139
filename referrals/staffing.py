"""Colleagues: who answers for whom, who is away, and what becomes of the cases of whoever leaves.

Whoever is removed or away keeps no case: each goes back to the queue in the same transaction, and its
person hears of it. Notes and messages stay with the case.
"""

from __future__ import annotations

from datetime import datetime

from referrals.access import Act, may, may_in, serves
from referrals.errors import Forbidden
from referrals.news import Happened, News
from referrals.person import Role, Worker
from referrals.ports import Work
from referrals.referral import Area, WorkerId


def manages(boss: Worker | None, colleague: Worker) -> bool:
    """Whether every area of a colleague is the coordinator's; who serves none is of those who serve all."""
    return all(may_in(boss, Act.MANAGE_STAFF, area) for area in colleague.areas or {None})


def knows(boss: Worker | None, colleague: Worker) -> bool:
    """Whether a colleague stands on the coordinator's list: they share an area."""
    return any(may_in(boss, Act.MANAGE_STAFF, area) for area in colleague.areas or {None})


def may_invite_as(worker: Worker | None, role: Role, area: Area | None) -> bool:
    """Whether a worker may invite for a role and an area; nobody invites to more than is theirs."""
    if worker is None or not may(worker, Act.INVITE):
        return False
    match role:
        case Role.WORKER:
            return area is not None and serves(worker, area)
        case Role.COORDINATOR:
            return serves(worker, area)
        case Role.CURATOR:
            return area is None


async def see_colleague(work: Work, boss: Worker | None, worker_id: WorkerId) -> Worker:
    """A colleague of the coordinator's areas. Raises Forbidden."""
    colleague = await work.staff.find(worker_id)
    if colleague is None or not knows(boss, colleague):
        raise Forbidden(worker_id)
    return colleague


async def may_change(work: Work, boss: Worker | None, colleague: Worker) -> bool:
    """Whether the coordinator may change a colleague: not themselves, nobody the settings name."""
    if boss is None or boss.id == colleague.id or not manages(boss, colleague):
        return False
    return not await work.staff.is_from_settings(colleague.id)


async def remove(work: Work, boss: Worker | None, worker_id: WorkerId, *, now: datetime) -> Worker:
    """Take all rights from a colleague. Raises Forbidden.

    Two coordinators cannot remove each other: the second finds that they are none any more.
    """
    boss, colleague = await _to_change(work, boss, worker_id)
    if boss.id not in await work.staff.hold_coordinators():
        raise Forbidden(worker_id)
    await work.staff.remove(colleague)
    await hand_back_all(work, colleague, by=boss.id, now=now)
    await _record(work, boss, "remove", now)
    return colleague


async def set_away(
    work: Work, worker: Worker | None, worker_id: WorkerId, *, away: bool, now: datetime
) -> Worker:
    """Mark a colleague, or oneself, as away or back. Raises Forbidden."""
    if worker is not None and worker.active and worker.id == worker_id:
        colleague = worker
    else:
        worker, colleague = await _to_change(work, worker, worker_id)
    await work.staff.set_away(colleague, away=away)
    if away:
        await hand_back_all(work, colleague, by=worker.id, now=now)
    await _record(work, worker, "away" if away else "back", now)
    return colleague


async def turn_area(
    work: Work, boss: Worker | None, worker_id: WorkerId, area: Area, *, now: datetime
) -> Worker:
    """Give a colleague an area of the coordinator's, or take it away. Raises Forbidden.

    A coordinator's last area stays: without any they would answer for all.
    """
    boss, colleague = await _to_change(work, boss, worker_id)
    areas = colleague.areas ^ {area}
    is_boundless = colleague.role is Role.COORDINATOR and not areas
    if not may_in(boss, Act.MANAGE_STAFF, area) or colleague.role is Role.CURATOR or is_boundless:
        raise Forbidden(worker_id)
    await work.staff.set_areas(colleague, areas)
    await _record(work, boss, "areas", now)
    return colleague


async def hand_back_all(work: Work, worker: Worker, *, by: WorkerId | None, now: datetime) -> None:
    """Every open case of a worker goes back to the queue."""
    for referral in await work.referrals.of_worker(worker.id):
        before, owner = referral.status, referral.owner
        referral.hand_back(now)
        news = News(Happened.HANDED_BACK, referral, now, by=by, before=before, owner_before=owner)
        await work.referrals.save(referral, news)
        work.news.append(news)


async def _to_change(work: Work, boss: Worker | None, worker_id: WorkerId) -> tuple[Worker, Worker]:
    colleague = await work.staff.find(worker_id)
    if boss is None or colleague is None or not await may_change(work, boss, colleague):
        raise Forbidden(worker_id)
    return boss, colleague


async def _record(work: Work, worker: Worker, why: str, now: datetime) -> None:
    await work.records.add(Act.MANAGE_STAFF, worker.telegram_id, now, referral_id=None, allowed=True, why=why)
