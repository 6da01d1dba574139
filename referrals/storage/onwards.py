"""Questions whether a partner may be told, and what became of them."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from sqlalchemy import ColumnElement, RowMapping, insert, select, update

from referrals.errors import Changed
from referrals.onward import Onward
from referrals.referral import ConsentId, ReferralId, WorkerId
from referrals.storage.cells import Cells
from referrals.storage.tables import consents, onward


class Onwards:
    """What was asked and answered; an answer is given once."""

    def __init__(self, cells: Cells) -> None:
        self._cells = cells

    async def add(self, question: Onward) -> None:
        """Keep a question."""
        row = {
            "id": question.id,
            "referral_id": question.referral_id,
            "provider": question.provider,
            "by_worker": question.by,
            "asked_at": question.at,
        }
        await self._cells.connection.execute(insert(onward).values(row))

    async def answer(self, onward_id: UUID, now: datetime, *, consent_id: ConsentId | None) -> None:
        """Keep the answer: a yes has its consent, a no has none. Raises Changed when there is one already."""
        query = (
            update(onward)
            .where(onward.c.id == onward_id, onward.c.answered_at.is_(None))
            .values(answered_at=now, agreed=consent_id is not None, consent_id=consent_id)
        )
        if (await self._cells.connection.execute(query)).rowcount != 1:
            raise Changed(onward_id)

    async def find(self, onward_id: UUID) -> Onward | None:
        """The question with this id."""
        found = await self._many(onward.c.id == onward_id)
        return found[0] if found else None

    async def of(self, referral_id: ReferralId) -> list[Onward]:
        """All of a referral, oldest first."""
        return await self._many(onward.c.referral_id == referral_id)

    async def _many(self, which: ColumnElement[bool]) -> list[Onward]:
        query = (
            select(onward, consents.c.withdrawn_at)
            .outerjoin(consents, consents.c.id == onward.c.consent_id)
            .where(which)
            .order_by(onward.c.asked_at, onward.c.id)
        )
        return [_onward(row) for row in (await self._cells.connection.execute(query)).mappings()]


def _onward(row: RowMapping) -> Onward:
    return Onward(
        id=row["id"],
        referral_id=ReferralId(row["referral_id"]),
        provider=row["provider"],
        by=WorkerId(row["by_worker"]),
        at=row["asked_at"],
        answered_at=row["answered_at"],
        agreed=row["agreed"],
        consent_id=None if row["consent_id"] is None else ConsentId(row["consent_id"]),
        withdrawn=row["withdrawn_at"] is not None,
    )
