"""What the watch reads and remembers. Nothing that a person told is opened here."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ColumnElement, RowMapping, Subquery, and_, case, func, or_, select, text

from referrals.access import Act
from referrals.person import Worker
from referrals.referral import OPEN, Area, Reason, ReferralId, Status, Urgency
from referrals.storage.cells import Cells
from referrals.storage.locks import Lock
from referrals.storage.people import worker_of
from referrals.storage.tables import alerts, digests, messages, persons, records, referrals, workers
from referrals.watching import Alert, Numbers, Opening, Watched

MANY = "many"  # why a record says that somebody opens a great many cases
Said = tuple[ReferralId, str, int]


class Watching:
    """The open referrals as the watch sees them, and what it has said."""

    def __init__(self, cells: Cells) -> None:
        self._cells = cells

    async def begin(self) -> bool:
        """Whether this transaction is the one that watches now."""
        if not self._cells.is_postgres:
            return True
        query = text("SELECT pg_try_advisory_xact_lock(:lock)")
        return bool((await self._cells.connection.execute(query, {"lock": Lock.WATCHING})).scalar_one())

    async def open_cases(self) -> list[Watched]:
        """Everything open, what presses most first."""
        talks = _talks()
        query = (
            select(referrals, persons.c.reachable, talks.c.since, talks.c.answers)
            .join(persons, persons.c.id == referrals.c.person_id)
            .join(talks, talks.c.referral_id == referrals.c.id, isouter=True)
            .where(referrals.c.is_open.is_(True))
            .order_by(referrals.c.rank, referrals.c.promised_by, referrals.c.id)
        )
        return [_watched(row) for row in (await self._cells.connection.execute(query)).mappings()]

    async def said(self) -> set[Said]:
        """What was said of open referrals."""
        query = (
            select(alerts.c.referral_id, alerts.c.kind, alerts.c.version)
            .join(referrals, referrals.c.id == alerts.c.referral_id)
            .where(referrals.c.is_open.is_(True))
        )
        rows = (await self._cells.connection.execute(query)).all()
        return {(ReferralId(row[0]), row[1], row[2]) for row in rows}

    async def say(self, referral_id: ReferralId, alert: Alert, version: int, now: datetime) -> bool:
        """Whether it is said now; False when it was said before, whoever said it."""
        row = {"referral_id": referral_id, "kind": alert, "version": version, "at": now}
        query = self._cells.insert_unless_there(alerts).values(row)
        return (await self._cells.connection.execute(query)).rowcount == 1

    async def openings(self, since: datetime) -> list[Opening]:
        """The cases that were opened, oldest first."""
        query = (
            select(records.c.actor_blind, records.c.referral_id, records.c.at)
            .where(
                records.c.act == Act.OPEN,
                records.c.allowed.is_(True),
                records.c.at > since,
                records.c.referral_id.is_not(None),
            )
            .order_by(records.c.position)
        )
        rows = (await self._cells.connection.execute(query)).all()
        return [Opening(row[0], ReferralId(row[1]), row[2]) for row in rows]

    async def who(self, actor: bytes) -> Worker | None:
        """The member of staff behind a keyed digest, removed or not."""
        query = select(workers).where(workers.c.telegram_blind == actor)
        row = (await self._cells.connection.execute(query)).mappings().one_or_none()
        return None if row is None else worker_of(row, self._cells)

    async def was_alarmed(self, actor: bytes, since: datetime) -> bool:
        """Whether there was an alarm about somebody."""
        query = select(records.c.position).where(
            records.c.act == Act.OPEN,
            records.c.why == MANY,
            records.c.actor_blind == actor,
            records.c.at > since,
        )
        return (await self._cells.connection.execute(query.limit(1))).first() is not None

    async def abandoned(self) -> list[Worker]:
        """Those who were removed and still own open cases."""
        query = select(workers).where(
            workers.c.active.is_(False),
            workers.c.id.in_(select(referrals.c.owner).where(referrals.c.status.in_(OPEN))),
        )
        rows = (await self._cells.connection.execute(query)).mappings()
        return [worker_of(row, self._cells) for row in rows]

    async def last_digest(self, area: Area | None) -> datetime | None:
        """When an area had its last digest."""
        query = select(func.max(digests.c.at)).where(digests.c.area == (area or ""))
        at: datetime | None = (await self._cells.connection.execute(query)).scalar()
        return at

    async def begin_digest(self, area: Area | None, day: str, now: datetime) -> bool:
        """Whether the area's digest of the day is made now; False when it was made before."""
        row = {"area": area or "", "day": day, "at": now}
        query = self._cells.insert_unless_there(digests).values(row)
        return (await self._cells.connection.execute(query)).rowcount == 1

    async def numbers(self, area: Area | None, *, since: datetime, now: datetime) -> Numbers:
        """How an area's queue stands."""
        is_requested = referrals.c.status == Status.REQUESTED
        query = select(
            _count(referrals.c.requested_at > since),
            _count(and_(is_requested, referrals.c.owner.is_(None))),
            _count(and_(is_requested, referrals.c.promised_by < now)),
            _count(referrals.c.status == Status.ON_HOLD),
        ).where(
            or_(referrals.c.is_open.is_(True), referrals.c.requested_at > since),
            referrals.c.area.is_(None) if area is None else referrals.c.area == area,
        )
        return Numbers(*(await self._cells.connection.execute(query)).one())


def _count(condition: ColumnElement[bool]) -> ColumnElement[int]:
    return func.count(case((condition, 1)))


def _talks() -> Subquery:
    """For each referral whose person waits for an answer: since when, and how many answers came before."""
    answered = (
        select(messages.c.referral_id, func.max(messages.c.at).label("at"), func.count().label("answers"))
        .where(messages.c.by_worker.is_not(None))
        .group_by(messages.c.referral_id)
        .subquery()
    )
    return (
        select(
            messages.c.referral_id,
            func.min(messages.c.at).label("since"),
            func.max(func.coalesce(answered.c.answers, 0)).label("answers"),
        )
        .join(answered, answered.c.referral_id == messages.c.referral_id, isouter=True)
        .where(
            messages.c.by_worker.is_(None),
            or_(answered.c.at.is_(None), messages.c.at > answered.c.at),
        )
        .group_by(messages.c.referral_id)
        .subquery()
    )


def _watched(row: RowMapping) -> Watched:
    return Watched(
        id=ReferralId(row["id"]),
        reference=row["reference"],
        area=None if row["area"] is None else Area(row["area"]),
        urgency=Urgency(row["urgency"]),
        crisis=row["crisis"] is not None,
        status=Status(row["status"]),
        reason=None if row["reason"] is None else Reason(row["reason"]),
        owner=row["owner"],
        version=row["version"],
        requested_at=row["requested_at"],
        promised_by=row["promised_by"],
        changed_at=row["changed_at"],
        reachable=row["reachable"],
        unanswered_since=row["since"],
        answers=row["answers"] or 0,
    )
