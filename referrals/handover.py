"""Handing a case over: to a colleague who serves its area, or to the desk of another area."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from referrals.access import Act, require, serves
from referrals.errors import CannotReceive, Forbidden, NotAllowed
from referrals.news import Happened, News
from referrals.person import Role, Worker
from referrals.ports import Work
from referrals.referral import OPEN, Area, Referral, ReferralId, Status, WorkerId


def can_receive(colleague: Worker, referral: Referral) -> bool:
    """Whether a case can be given to a colleague: here, at work, of this area, and not its owner already."""
    return (
        colleague.active
        and not colleague.away
        and colleague.role in {Role.WORKER, Role.COORDINATOR}
        and colleague.id != referral.owner
        and serves(colleague, referral.area)
    )


def receivers(colleagues: Iterable[Worker], referral: Referral) -> list[Worker]:
    """Those who can be given the case, by name."""
    able = (each for each in colleagues if can_receive(each, referral))
    return sorted(able, key=lambda each: (each.name, each.id))


async def hand_to_colleague(
    work: Work, worker: Worker | None, referral_id: ReferralId, to: WorkerId, *, now: datetime
) -> Referral:
    """Another owner; the state stays. Raises Forbidden, NotAllowed, CannotReceive, Changed."""
    referral = await work.referrals.find(referral_id)
    worker = require(worker, Act.HAND_OVER, referral)
    referral = _open(referral)
    if not can_receive(await work.workers.get(to), referral):
        raise CannotReceive(to)
    before, owner = referral.status, referral.owner
    referral.owner, referral.changed_at = to, now
    news = News(Happened.HANDED_OVER, referral, now, by=worker.id, before=before, owner_before=owner)
    return await _keep(work, worker, referral, news)


async def hand_to_area(
    work: Work, worker: Worker | None, referral_id: ReferralId, area: Area, *, now: datetime
) -> Referral:
    """Requested again, without an owner, at another desk; what was promised stays promised.

    Raises Forbidden, NotAllowed (also for the area it is in), Changed.
    """
    referral = await work.referrals.find(referral_id)
    worker = require(worker, Act.HAND_OVER, referral)
    referral = _open(referral)
    before, owner = referral.status, referral.owner
    if area == referral.area:
        raise NotAllowed(current=before, wanted=Status.REQUESTED)
    referral.area, referral.owner, referral.reason = area, None, None
    referral.status, referral.changed_at = Status.REQUESTED, now
    news = News(Happened.HANDED_OVER, referral, now, by=worker.id, before=before, owner_before=owner)
    return await _keep(work, worker, referral, news)


async def _keep(work: Work, worker: Worker, referral: Referral, news: News) -> Referral:
    await work.referrals.save(referral, news)
    await work.records.add(Act.HAND_OVER, worker.telegram_id, news.at, referral_id=referral.id, allowed=True)
    work.news.append(news)
    return referral


def _open(referral: Referral | None) -> Referral:
    if referral is None:
        raise Forbidden
    if referral.status not in OPEN:
        raise NotAllowed(current=referral.status, wanted=Status.REQUESTED)
    return referral
