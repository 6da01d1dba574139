"""Colleagues as those who answer for them see them."""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import select, update

from referrals.person import Role, Worker
from referrals.referral import Area, WorkerId
from referrals.storage.cells import Cells
from referrals.storage.people import worker_of
from referrals.storage.tables import workers


class Staff:
    """All members of staff who have not been removed."""

    def __init__(self, cells: Cells) -> None:
        self._cells = cells

    async def active(self) -> list[Worker]:
        """Everybody, those who came first before the others."""
        query = select(workers).where(workers.c.active.is_(True)).order_by(workers.c.created_at, workers.c.id)
        return [
            worker_of(row, self._cells) for row in (await self._cells.connection.execute(query)).mappings()
        ]

    async def find(self, worker_id: WorkerId) -> Worker | None:
        """The active member with this id."""
        query = select(workers).where(workers.c.id == worker_id, workers.c.active.is_(True))
        row = (await self._cells.connection.execute(query)).mappings().one_or_none()
        return None if row is None else worker_of(row, self._cells)

    async def is_from_settings(self, worker_id: WorkerId) -> bool:
        """Whether the settings name them: then only the settings remove them."""
        query = select(workers.c.from_settings).where(workers.c.id == worker_id)
        return bool((await self._cells.connection.execute(query)).scalar_one_or_none())

    async def hold_coordinators(self) -> set[WorkerId]:
        """The active coordinators, none of whom changes until this transaction ends."""
        query = (
            select(workers.c.id)
            .where(workers.c.role == Role.COORDINATOR, workers.c.active.is_(True))
            .order_by(workers.c.id)
            .with_for_update()
        )
        return {WorkerId(each) for each in (await self._cells.connection.execute(query)).scalars()}

    async def remove(self, worker: Worker) -> None:
        """From now on they may nothing."""
        await self._set(worker, {"active": False})
        worker.active = False

    async def set_away(self, worker: Worker, *, away: bool) -> None:
        """Whether they can be asked to take a case."""
        await self._set(worker, {"away": away})
        worker.away = away

    async def set_areas(self, worker: Worker, areas: Iterable[Area]) -> None:
        """Which areas they serve."""
        worker.areas = frozenset(areas)
        await self._set(worker, {"areas": ",".join(sorted(worker.areas))})

    async def _set(self, worker: Worker, values: dict[str, bool | str]) -> None:
        await self._cells.connection.execute(update(workers).where(workers.c.id == worker.id).values(values))
