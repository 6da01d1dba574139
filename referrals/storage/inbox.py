"""The durable inbox: raw updates, stored before Telegram is told that they arrived.

Order is our own arrival number; `update_id` only tells a repeat. A lane is what must stay in order:
a person's private chat, or a person in a group.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID, uuid4

from sqlalchemy import ColumnElement, and_, exists, func, select, update

from referrals.storage.cells import Cells
from referrals.storage.tables import inbox

NEW, DONE, PARKED = "new", "done", "parked"


@dataclass(frozen=True)
class Arrived:
    """A raw update as it came. Without an `update_id` it can only be parked."""

    update_id: int | None
    lane: str
    body: str
    reason: str | None = None
    message_id: int | None = None


@dataclass(frozen=True)
class Waiting:
    """An update to be handled."""

    arrival: int
    id: UUID
    bot_id: int
    body: str
    attempts: int


class Inbox:
    """What came and is not done yet."""

    def __init__(self, cells: Cells) -> None:
        self._cells = cells

    async def store(self, bot_id: int, arrived: list[Arrived], now: datetime) -> int:
        """Keep updates that were not seen before. Returns how many were new."""
        new = 0
        for each in arrived:
            row_id = uuid4()
            row = {
                "id": row_id,
                "bot_id": bot_id,
                "update_id": each.update_id,
                "lane_blind": self._cells.blind("lane", each.lane),
                "body_sealed": self._cells.seal(each.body, "inbox.body", row_id),
                "status": NEW if each.reason is None else PARKED,
                "attempts": 0,
                "reason": each.reason,
                "due_at": now,
                "received_at": now,
                "message_id": each.message_id,
            }
            done = await self._cells.connection.execute(self._cells.insert_unless_there(inbox).values(row))
            new += done.rowcount
        return new

    async def mark_done(self, bot_id: int, update_ids: list[int], now: datetime) -> None:
        """Note updates that were answered before they were stored."""
        await self._cells.connection.execute(
            update(inbox)
            .where(inbox.c.bot_id == bot_id, inbox.c.update_id.in_(update_ids))
            .values(status=DONE, done_at=now, body_sealed=None)
        )

    async def next(self, now: datetime) -> Waiting | None:
        """The oldest update that is due and first in its lane; locked until the transaction ends."""
        query = (
            select(inbox)
            .where(inbox.c.status == NEW, inbox.c.due_at <= now, _is_first())
            .order_by(inbox.c.arrival)
            .limit(1)
        )
        if self._cells.is_postgres:
            query = query.with_for_update(skip_locked=True)
        row = (await self._cells.connection.execute(query)).mappings().one_or_none()
        if row is None:
            return None
        return Waiting(
            arrival=row["arrival"],
            id=row["id"],
            bot_id=row["bot_id"],
            body=self._cells.open(row["body_sealed"], "inbox.body", row["id"]),
            attempts=row["attempts"],
        )

    async def done(self, waiting: Waiting, now: datetime) -> None:
        """Handled: the raw text is wiped."""
        await self._set(waiting, {"status": DONE, "done_at": now, "body_sealed": None, "reason": None})

    async def postpone(self, waiting: Waiting, due_at: datetime, *, reason: str) -> None:
        """Failed, to be tried again later; its lane waits with it."""
        await self._set(waiting, {"attempts": waiting.attempts + 1, "due_at": due_at, "reason": reason[:200]})

    async def park(self, waiting: Waiting, *, reason: str) -> None:
        """Put aside with a reason, so that the next one of the lane gets its turn."""
        await self._set(waiting, {"status": PARKED, "attempts": waiting.attempts + 1, "reason": reason[:200]})

    async def counts(self) -> dict[str, int]:
        """How many updates stand in each status."""
        query = select(inbox.c.status, func.count()).group_by(inbox.c.status)
        return {row[0]: row[1] for row in (await self._cells.connection.execute(query)).all()}

    async def _set(self, waiting: Waiting, values: dict[str, str | int | datetime | None]) -> None:
        query = update(inbox).where(inbox.c.arrival == waiting.arrival, inbox.c.status == NEW)
        await self._cells.connection.execute(query.values(values))


def _is_first() -> ColumnElement[bool]:
    """Nothing is undone before the row in its lane."""
    earlier = inbox.alias("earlier")
    return ~exists().where(
        and_(
            earlier.c.status == NEW,
            earlier.c.lane_blind == inbox.c.lane_blind,
            earlier.c.arrival < inbox.c.arrival,
        )
    )
