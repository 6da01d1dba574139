"""Which services have room, by entry and area."""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import delete, insert, select

from referrals.capacity import Capacity, Room
from referrals.referral import Area, EntryId, WorkerId
from referrals.storage.cells import Cells
from referrals.storage.tables import capacity


class Capacities:
    """The last word for each entry and area."""

    def __init__(self, cells: Cells) -> None:
        self._cells = cells

    async def put(self, room: Room, *, by: WorkerId) -> None:
        """Keep the newest word."""
        connection = self._cells.connection
        await connection.execute(
            delete(capacity).where(capacity.c.entry_id == room.entry_id, capacity.c.area == room.area)
        )
        row = {
            "entry_id": room.entry_id,
            "area": room.area,
            "state": room.capacity,
            "by_worker": by,
            "at": room.told_at,
        }
        await connection.execute(insert(capacity).values(row))

    async def find(self, entry_id: EntryId, areas: Iterable[Area]) -> list[Room]:
        """What is known of an entry in some areas, however old."""
        query = (
            select(capacity)
            .where(capacity.c.entry_id == entry_id, capacity.c.area.in_(list(areas)))
            .order_by(capacity.c.area)
        )
        return [
            Room(EntryId(row["entry_id"]), Area(row["area"]), Capacity(row["state"]), row["at"])
            for row in (await self._cells.connection.execute(query)).mappings()
        ]
