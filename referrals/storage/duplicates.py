"""What a referral is compared with, and what a worker has said it is not."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import ColumnElement, RowMapping, select, true

from referrals.access import Act
from referrals.referral import OPEN, Referral, ReferralId
from referrals.storage.cells import Cells
from referrals.storage.rows import referral_of
from referrals.storage.tables import records, referrals

NOT = "not-"  # before the reference, in the record of a dismissal


class Duplicates:
    """Candidates by index: the same person, the same phone, and the area's newest open cases."""

    def __init__(self, cells: Cells) -> None:
        self._cells = cells

    async def candidates(self, referral: Referral, since: datetime, most: int) -> list[Referral]:
        """Open referrals that may be the same one; at most so many of each kind are opened."""
        phone, area = referral.details.phone, referral.area
        here = referrals.c.area.is_(None) if area is None else referrals.c.area == area
        kinds = [
            [(referrals.c.person_id == referral.person_id, referrals.c.is_open == true())],
            [(here, referrals.c.status == status) for status in sorted(OPEN)],  # each by its own index
        ]
        if phone is not None:
            same = referrals.c.phone_blind == self._cells.blind("phone", phone)
            kinds.append([(same, referrals.c.is_open == true())])
        found = {each.id: each for kind in kinds for each in await self._newest(kind, since, most)}
        found.pop(referral.id, None)
        return list(found.values())

    async def dismissed(self, referral_id: ReferralId) -> frozenset[str]:
        """The references that somebody has said are not the same."""
        query = select(records.c.why).where(
            records.c.referral_id == referral_id,
            records.c.act == Act.MARK_DUPLICATE,
            records.c.why.startswith(NOT, autoescape=True),
        )
        return frozenset(
            why.removeprefix(NOT) for why in (await self._cells.connection.execute(query)).scalars()
        )

    async def _newest(
        self, kind: Sequence[Sequence[ColumnElement[bool]]], since: datetime, most: int
    ) -> list[Referral]:
        rows: list[RowMapping] = []
        for which in kind:
            query = (
                select(referrals)
                .where(*which, referrals.c.requested_at >= since, referrals.c.erased_at.is_(None))
                .order_by(referrals.c.requested_at.desc())
                .limit(most)
            )
            rows += (await self._cells.connection.execute(query)).mappings()
        rows.sort(key=lambda row: row["requested_at"], reverse=True)
        return [referral_of(row, self._cells) for row in rows[:most]]
