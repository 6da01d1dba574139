"""The chain of records and its anchors. One line is appended at a time, whoever else writes."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import replace

from sqlalchemy import RowMapping, insert, select, text

from referrals.audit import BEGINNING, Anchor, Line
from referrals.referral import ReferralId
from referrals.storage.cells import Cells
from referrals.storage.locks import Lock
from referrals.storage.tables import anchors, records


async def append(cells: Cells, line: Line) -> None:
    """Add a line behind the last; its position is given here, and the digest covers all before it."""
    if cells.is_postgres:  # SQLite has one writer anyway
        await cells.connection.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": Lock.RECORDING})
    position, before = await _end_of_chain(cells)
    line = replace(line, position=position + 1)
    row = {
        "position": line.position,
        "act": line.act,
        "allowed": line.allowed,
        "actor_blind": line.actor,
        "referral_id": line.referral_id,
        "why": line.why,
        "at": line.at,
        "digest": line.after(before),
    }
    await cells.connection.execute(insert(records).values(row))


async def _end_of_chain(cells: Cells) -> tuple[int, bytes]:
    """The last position and its digest; lines from before the chain are read through once."""
    query = select(records.c.position, records.c.digest).order_by(records.c.position.desc()).limit(1)
    last = (await cells.connection.execute(query)).first()
    if last is None:
        return 0, BEGINNING
    if last.digest is not None:
        return last.position, last.digest
    digest = BEGINNING
    async for line in _lines(cells):
        digest = line.after(digest)
    return last.position, digest


async def _lines(cells: Cells) -> AsyncIterator[Line]:
    result = await cells.connection.stream(select(records).order_by(records.c.position))
    async for row in result.mappings():
        yield _line(row)


def _line(row: RowMapping) -> Line:
    return Line(
        position=row["position"],
        act=row["act"],
        allowed=row["allowed"],
        actor=row["actor_blind"],
        referral_id=None if row["referral_id"] is None else ReferralId(row["referral_id"]),
        why=row["why"],
        at=row["at"],
        digest=row["digest"],
    )


class Audit:
    """Reading the chain, and holding its end down once a day."""

    def __init__(self, cells: Cells) -> None:
        self._cells = cells

    def lines(self) -> AsyncIterator[Line]:
        """Every record in its order, without holding all of them at once."""
        return _lines(self._cells)

    async def anchor(self, day: str) -> Anchor | None:
        """The day's anchor, dropped now if it is the first time; None while nothing was recorded."""
        position, digest = await _end_of_chain(self._cells)
        if position == 0:
            return None
        row = {"day": day, "position": position, "digest": digest}
        await self._cells.connection.execute(self._cells.insert_unless_there(anchors).values(row))
        query = select(anchors).where(anchors.c.day == day)
        return _anchor((await self._cells.connection.execute(query)).mappings().one())

    async def anchors(self) -> list[Anchor]:
        """All of them, oldest first."""
        query = select(anchors).order_by(anchors.c.day)
        return [_anchor(row) for row in (await self._cells.connection.execute(query)).mappings()]


def _anchor(row: RowMapping) -> Anchor:
    return Anchor(row["day"], row["position"], row["digest"])
