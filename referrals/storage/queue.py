"""The queue as it is read: by key and index, page by page, without opening a single envelope."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import ColumnElement, RowMapping, func, select, true, tuple_

from referrals.queue import COUNTED, Counts, Position, Waiting, Wanted
from referrals.referral import OPEN, Area, ReferralId, Status, Urgency, WorkerId
from referrals.storage.cells import Cells
from referrals.storage.tables import persons, referrals

Scope = Sequence[Area | None] | None  # the areas, None for all
RANKS = (0, 1)  # pressing, and the rest: see `rows.state_of`
SHOWN = (
    referrals.c.id,
    referrals.c.reference,
    referrals.c.area,
    referrals.c.topic,
    referrals.c.urgency,
    referrals.c.crisis,
    referrals.c.status,
    referrals.c.owner,
    referrals.c.requested_at,
    referrals.c.promised_by,
    referrals.c.rank,
)


class Queue:
    """The open referrals, in the order in which they should be looked at."""

    def __init__(self, cells: Cells) -> None:
        self._cells = cells

    async def page(
        self,
        scope: Scope,
        wanted: Wanted,
        *,
        me: WorkerId,
        now: datetime,
        start: Position | None = None,
        backward: bool = False,
        limit: int,
    ) -> list[Waiting]:
        """The rows after a place, or the nearest before it; in the queue's order both ways.

        Each area and rank is read by its own stretch of the index and the stretches are merged:
        the work does not grow with the queue.
        """
        chosen = _chosen(wanted, me, now)
        stretches = [[]] if wanted.mine else _stretches(scope)
        found: list[Waiting] = []
        for rank in reversed(RANKS) if backward else RANKS:
            for stretch in stretches:
                within = [*chosen, *stretch, referrals.c.rank == rank, *_beyond(start, rank, backward)]
                found += await self._read(within, backward, limit)
            if len(found) >= limit:
                break
        found.sort(key=lambda each: each.position, reverse=backward)
        return found[:limit][::-1] if backward else found[:limit]

    async def _read(self, within: Sequence[ColumnElement[bool]], backward: bool, limit: int) -> list[Waiting]:
        keys = [referrals.c.promised_by, referrals.c.id]
        order = [key.desc() if backward else key for key in keys]
        query = select(*SHOWN).where(*within).order_by(*order).limit(limit)
        return [_waiting(row) for row in (await self._cells.connection.execute(query)).mappings()]

    async def counts(self, scope: Scope, *, now: datetime) -> Counts:
        """How many are open, wait for a worker, and have waited longer than was promised."""
        counts = Counts()
        for is_open, *place in _stretches(scope):
            waiting = [referrals.c.status == Status.REQUESTED, *place]
            counts = Counts(
                counts.open + await self._count(is_open, *place),
                counts.unclaimed + await self._count(*waiting, referrals.c.owner.is_(None)),
                counts.overdue + await self._count(*waiting, referrals.c.promised_by < now),
            )
        return counts

    async def _count(self, *within: ColumnElement[bool]) -> int:
        some = select(referrals.c.rank).where(*within).limit(COUNTED + 1).subquery()
        return int(
            (await self._cells.connection.execute(select(func.count()).select_from(some))).scalar_one()
        )

    async def find(self, reference: str) -> Waiting | None:
        """The line of a referral, open or not, by the number a person says on the phone."""
        query = select(*SHOWN).where(referrals.c.reference == reference)
        row = (await self._cells.connection.execute(query)).mappings().one_or_none()
        return None if row is None else _waiting(row)


def _stretches(scope: Scope) -> list[list[ColumnElement[bool]]]:
    is_open = referrals.c.is_open == true()
    if scope is None:
        return [[is_open]]
    return [
        [is_open, referrals.c.area.is_(None) if area is None else referrals.c.area == area] for area in scope
    ]


def _chosen(wanted: Wanted, me: WorkerId, now: datetime) -> list[ColumnElement[bool]]:
    chosen: list[ColumnElement[bool]] = []
    if wanted.mine:  # found by owner, so an area it was handed over from does not matter
        chosen += [referrals.c.owner == me, referrals.c.status.in_(OPEN)]
    if wanted.mine and wanted.area is not None:
        chosen += [referrals.c.area == wanted.area]
    if wanted.status is not None:
        chosen += [referrals.c.status == wanted.status]
    if wanted.topic is not None:
        chosen += [referrals.c.topic == wanted.topic]
    if wanted.language is not None:  # the language they read the bot in; what they told is sealed
        reads = select(persons.c.language).where(persons.c.id == referrals.c.person_id).scalar_subquery()
        chosen += [reads == wanted.language]
    if wanted.overdue:
        chosen += [referrals.c.status == Status.REQUESTED, referrals.c.promised_by < now]
    if wanted.unclaimed:
        chosen += [referrals.c.status == Status.REQUESTED, referrals.c.owner.is_(None)]
    return chosen


def _beyond(start: Position | None, rank: int, backward: bool) -> list[ColumnElement[bool]]:
    """What lies after a place, or before it, within one rank."""
    if start is None:
        return []
    if start.rank != rank:
        is_within = start.rank > rank if backward else start.rank < rank
        return [] if is_within else [referrals.c.id.is_(None)]  # no row
    key = tuple_(referrals.c.promised_by, referrals.c.id)
    place = (start.promised_by, start.id)
    return [key < place if backward else key > place]


def _waiting(row: RowMapping) -> Waiting:
    return Waiting(
        id=ReferralId(row["id"]),
        reference=row["reference"],
        area=None if row["area"] is None else Area(row["area"]),
        topic=row["topic"],
        urgency=Urgency(row["urgency"]),
        crisis=row["crisis"],
        status=Status(row["status"]),
        owner=None if row["owner"] is None else WorkerId(row["owner"]),
        requested_at=row["requested_at"],
        promised_by=row["promised_by"],
        rank=row["rank"],
    )
