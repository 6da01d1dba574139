"""Files that were asked for, and the cases they tell of."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy import RowMapping, Select, func, insert, select, update

from referrals.exports import Export, ExportedCase, Kind
from referrals.referral import Area, Reason, Status, Urgency, WorkerId
from referrals.storage.cells import Cells
from referrals.storage.rows import referral_of
from referrals.storage.statistics import ENDS
from referrals.storage.tables import changes, exports, referrals

MOST_CASES = 20_000  # in one file, the newest; a small desk's work of many years


class Exports:
    """Who asked for which file and who agreed."""

    def __init__(self, cells: Cells) -> None:
        self._cells = cells

    async def add(self, export: Export) -> None:
        """Keep what was asked for."""
        row = {
            "id": export.id,
            "kind": export.kind,
            "area": export.area,
            "with_names": export.with_names,
            "asked_by": export.asked_by,
            "asked_at": export.asked_at,
            "done_at": export.done_at,
        }
        await self._cells.connection.execute(insert(exports).values(row))

    async def find(self, export_id: UUID) -> Export | None:
        """The one with this id."""
        query = select(exports).where(exports.c.id == export_id)
        row = (await self._cells.connection.execute(query)).mappings().one_or_none()
        if row is None:
            return None
        by = row["confirmed_by"]
        return Export(
            id=export_id,
            kind=Kind(row["kind"]),
            area=None if row["area"] is None else Area(row["area"]),
            with_names=row["with_names"],
            asked_by=WorkerId(row["asked_by"]),
            asked_at=row["asked_at"],
            confirmed_by=None if by is None else WorkerId(by),
            confirmed_at=row["confirmed_at"],
            done_at=row["done_at"],
        )

    async def confirm(self, export_id: UUID, by: WorkerId, now: datetime) -> bool:
        """Agree, and count it as done: the file is sent in the same transaction. False for a second time."""
        query = (
            update(exports)
            .where(exports.c.id == export_id, exports.c.confirmed_by.is_(None), exports.c.asked_by != by)
            .values(confirmed_by=by, confirmed_at=now, done_at=now)
        )
        return bool((await self._cells.connection.execute(query)).rowcount == 1)

    async def cases(self, area: Area | None, *, with_names: bool) -> list[ExportedCase]:
        """An area's cases, newest first. Without names, no sealed cell is opened."""
        ended = func.max(changes.c.at).filter(changes.c.happened.in_(ENDS))
        acted = func.min(changes.c.at).filter(changes.c.by_worker.is_not(None))
        times = (
            select(changes.c.referral_id, acted.label("first_action_at"), ended.label("ended_at"))
            .group_by(changes.c.referral_id)
            .subquery()
        )
        query = (
            select(referrals, times.c.first_action_at, times.c.ended_at)
            .join(times, times.c.referral_id == referrals.c.id)
            .where(referrals.c.area.is_(None) if area is None else referrals.c.area == area)
            .order_by(referrals.c.requested_at.desc(), referrals.c.id)
            .limit(MOST_CASES)
        )
        return [self._case(row, with_names=with_names) for row in await self._rows(query)]

    def _case(self, row: RowMapping, *, with_names: bool) -> ExportedCase:
        is_told = with_names and row["erased_at"] is None
        return ExportedCase(
            reference=row["reference"],
            area=None if row["area"] is None else Area(row["area"]),
            topic=row["topic"],
            urgency=Urgency(row["urgency"]),
            status=Status(row["status"]),
            reason=None if row["reason"] is None else Reason(row["reason"]),
            requested_at=row["requested_at"],
            promised_by=row["promised_by"],
            first_action_at=row["first_action_at"],
            ended_at=None if row["is_open"] else row["ended_at"],
            details=referral_of(row, self._cells).details if is_told else None,
        )

    async def _rows(self, query: Select[tuple[object, ...]]) -> Sequence[RowMapping]:
        return (await self._cells.connection.execute(query)).mappings().all()
