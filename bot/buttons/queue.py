"""Buttons of a worker's own desk: the queue, its pages and what is left out of it."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from uuid import UUID

from aiogram.filters.callback_data import CallbackData

from referrals.queue import Position

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
MICROSECOND = timedelta(microseconds=1)
FURTHEST = 2**57  # microseconds: the year 6536; a forged place must not break the clock


class Desk(CallbackData, prefix="dk"):
    """To a place of the desk: home, mine, queue, sift, kinds, clear."""

    to: str


class Page(CallbackData, prefix="q"):
    """The rows after a place of the queue (n) or before it (b). The place is its whole key: rank, the
    microsecond that was promised, id; so the row it was made from need not be there any more."""

    way: str
    rank: int
    at: int
    id: UUID

    @classmethod
    def of(cls, way: str, position: Position) -> Page:
        """The button of a place."""
        at = (position.promised_by - EPOCH) // MICROSECOND
        return cls(way=way, rank=position.rank, at=at, id=position.id)

    @property
    def position(self) -> Position:
        """The place; one that was never in a queue is some place of it."""
        return Position(self.rank, EPOCH + min(max(self.at, 0), FURTHEST) * MICROSECOND, self.id)


class Sift(CallbackData, prefix="qs"):
    """Choose by something (state, area, kind, language, overdue, mine, unclaimed); empty is anything."""

    by: str
    value: str = ""
