"""The history of a referral: each change with who made it."""

from __future__ import annotations

from sqlalchemy import select

from referrals.news import Happened
from referrals.referral import Reason, ReferralId, WorkerId
from referrals.storage.cells import Cells
from referrals.storage.tables import changes
from referrals.timeline import Change


class History:
    """Changes as they were kept with each saving; only ever added to."""

    def __init__(self, cells: Cells) -> None:
        self._cells = cells

    async def of(self, referral_id: ReferralId) -> list[Change]:
        """All of a referral, oldest first."""
        query = select(changes).where(changes.c.referral_id == referral_id).order_by(changes.c.version)
        return [
            Change(
                happened=Happened(row["happened"]),
                at=row["at"],
                by=None if row["by_worker"] is None else WorkerId(row["by_worker"]),
                reason=None if row["reason"] is None else Reason(row["reason"]),
            )
            for row in (await self._cells.connection.execute(query)).mappings()
        ]
