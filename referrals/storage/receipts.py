"""Receipts by keyed digest, and tries that failed: who guesses is counted, not known."""

from __future__ import annotations

from datetime import datetime
from uuid import uuid4

from sqlalchemy import delete, insert, select

from referrals.referral import ReferralId
from referrals.storage.cells import Cells
from referrals.storage.tables import receipts, tries


class Receipts:
    """At most one code a referral. The code itself is not kept."""

    def __init__(self, cells: Cells) -> None:
        self._cells = cells

    async def put(self, referral_id: ReferralId, code: str, now: datetime) -> None:
        """Keep a code's digest in place of an earlier one."""
        connection = self._cells.connection
        await connection.execute(delete(receipts).where(receipts.c.referral_id == referral_id))
        blind = self._cells.blind("receipt", code)
        await connection.execute(
            insert(receipts).values(referral_id=referral_id, code_blind=blind, made_at=now)
        )

    async def find(self, code: str) -> ReferralId | None:
        """The referral a code was made for."""
        query = select(receipts.c.referral_id).where(
            receipts.c.code_blind == self._cells.blind("receipt", code)
        )
        found = (await self._cells.connection.execute(query)).scalar_one_or_none()
        return None if found is None else ReferralId(found)


class Tries:
    """What failed lately, by kind and by the account's keyed digest."""

    def __init__(self, cells: Cells) -> None:
        self._cells = cells

    async def add(self, kind: str, telegram_id: int, now: datetime) -> None:
        """Count one failure."""
        row = {"id": uuid4(), "kind": kind, "actor_blind": self._blind(kind, telegram_id), "at": now}
        await self._cells.connection.execute(insert(tries).values(row))

    async def since(self, kind: str, telegram_id: int, since: datetime) -> list[datetime]:
        """The failures of an account, oldest first. Older ones count for nothing and are erased."""
        connection = self._cells.connection
        await connection.execute(delete(tries).where(tries.c.kind == kind, tries.c.at <= since))
        query = (
            select(tries.c.at)
            .where(tries.c.kind == kind, tries.c.actor_blind == self._blind(kind, telegram_id))
            .order_by(tries.c.at)
        )
        return list((await connection.execute(query)).scalars())

    def _blind(self, kind: str, telegram_id: int) -> bytes:
        """A digest of its own: it does not lead to the person's row."""
        return self._cells.blind(f"tries-{kind}", telegram_id)
