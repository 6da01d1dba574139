"""Follow-ups: at most one a referral, asked by whoever claims it first."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ColumnElement, delete, insert, or_, select, update

from referrals.followup import FollowUp, Said
from referrals.referral import ReferralId
from referrals.storage.cells import Cells
from referrals.storage.tables import follow_ups


class FollowUps:
    """What is asked after a case is done."""

    def __init__(self, cells: Cells) -> None:
        self._cells = cells

    async def plan(self, referral_id: ReferralId, due_at: datetime) -> None:
        """Ask at a time; one that was asked before is not asked again for a second ending."""
        if await self.find(referral_id) is None:
            row = {"referral_id": referral_id, "due_at": due_at}
            await self._cells.connection.execute(insert(follow_ups).values(row))
            return
        is_new = follow_ups.c.asked_at.is_(None), follow_ups.c.answer.is_(None)
        await self._cells.connection.execute(
            update(follow_ups).where(follow_ups.c.referral_id == referral_id, *is_new).values(due_at=due_at)
        )

    async def find(self, referral_id: ReferralId) -> FollowUp | None:
        """The one of a referral."""
        query = select(follow_ups).where(follow_ups.c.referral_id == referral_id)
        row = (await self._cells.connection.execute(query)).mappings().one_or_none()
        if row is None:
            return None
        said = None if row["answer"] is None else Said(row["answer"])
        return FollowUp(referral_id, row["due_at"], row["asked_at"], said, row["answered_at"])

    async def keep(self, follow_up: FollowUp) -> None:
        """Keep what was answered, and when it is asked again."""
        values = {
            "due_at": follow_up.due_at,
            "asked_at": follow_up.asked_at,
            "answer": follow_up.said,
            "answered_at": follow_up.answered_at,
        }
        where = follow_ups.c.referral_id == follow_up.referral_id
        await self._cells.connection.execute(update(follow_ups).where(where).values(values))

    async def due(self, now: datetime, limit: int) -> list[ReferralId]:
        """Those to ask about now, the longest due first."""
        query = (
            select(follow_ups.c.referral_id)
            .where(_waits(), follow_ups.c.due_at <= now)
            .order_by(follow_ups.c.due_at, follow_ups.c.referral_id)
            .limit(limit)
        )
        return [ReferralId(each) for each in (await self._cells.connection.execute(query)).scalars()]

    async def claim(self, referral_id: ReferralId, now: datetime) -> bool:
        """Ask it now; False when it was asked meanwhile."""
        query = (
            update(follow_ups).where(follow_ups.c.referral_id == referral_id, _waits()).values(asked_at=now)
        )
        return bool((await self._cells.connection.execute(query)).rowcount == 1)

    async def drop(self, referral_id: ReferralId) -> None:
        """It is not to be asked after all; an answer that was given stays."""
        where = follow_ups.c.referral_id == referral_id
        await self._cells.connection.execute(delete(follow_ups).where(where, follow_ups.c.answer.is_(None)))
        await self._cells.connection.execute(
            update(follow_ups).where(where, _waits()).values(asked_at=follow_ups.c.answered_at)
        )


def _waits() -> ColumnElement[bool]:
    return (follow_ups.c.asked_at.is_(None)) & or_(
        follow_ups.c.answer.is_(None), follow_ups.c.answer == Said.NOT_YET
    )
