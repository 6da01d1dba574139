"""Kept beside people and cases: who looked at what, what was said of an answer, where a talk stands."""

from __future__ import annotations

from datetime import datetime
from uuid import uuid4

from sqlalchemy import delete, func, insert, select

from referrals.access import Act
from referrals.audit import Line
from referrals.referral import EntryId, ReferralId
from referrals.storage.audit import append
from referrals.storage.cells import Cells, Json
from referrals.storage.tables import conversations, feedback, records


class Records:
    """Acts of staff and of those who tried to act as staff. Only ever added to."""

    def __init__(self, cells: Cells) -> None:
        self._cells = cells

    async def add(
        self,
        act: Act,
        telegram_id: int,
        now: datetime,
        *,
        referral_id: ReferralId | None,
        allowed: bool,
        why: str | None = None,
    ) -> None:
        """Note who did or tried what, by keyed digest, at the end of the chain (see `audit`)."""
        actor = self._cells.blind("telegram", telegram_id)
        await append(self._cells, Line(0, act, allowed, actor, referral_id, why, now))

    async def count(self, act: Act, *, referral_id: ReferralId | None = None, allowed: bool = True) -> int:
        """How often something was done, or refused."""
        query = select(func.count()).where(records.c.act == act, records.c.allowed.is_(allowed))
        if referral_id is not None:
            query = query.where(records.c.referral_id == referral_id)
        return int((await self._cells.connection.execute(query)).scalar_one())


class Feedback:
    """What people say of answers, without who said it."""

    def __init__(self, cells: Cells) -> None:
        self._cells = cells

    async def add(self, entry_id: EntryId, said: str, now: datetime, *, language: str) -> None:
        """Keep one remark about an entry."""
        row = {"id": uuid4(), "entry_id": entry_id, "language": language, "said": said, "at": now}
        await self._cells.connection.execute(insert(feedback).values(row))


class Conversations:
    """Where a talk stands: a small JSON object for each chat and person, sealed."""

    def __init__(self, cells: Cells) -> None:
        self._cells = cells

    async def read(self, key: str) -> Json:
        """What was kept under the key; an empty object if nothing."""
        blind = self._cells.blind("conversation", key)
        query = select(conversations.c.body_sealed).where(conversations.c.key_blind == blind)
        sealed = (await self._cells.connection.execute(query)).scalar_one_or_none()
        return {} if sealed is None else self._cells.open_json(sealed, "conversations.body", blind.hex())

    async def write(self, key: str, body: Json, now: datetime, *, expires_at: datetime | None = None) -> None:
        """Keep a talk's state, for ever or until a time; an empty object is forgotten."""
        blind = self._cells.blind("conversation", key)
        connection = self._cells.connection
        await connection.execute(delete(conversations).where(conversations.c.key_blind == blind))
        if body:
            sealed = self._cells.seal_json(body, "conversations.body", blind.hex())
            await connection.execute(
                insert(conversations).values(
                    key_blind=blind, body_sealed=sealed, updated_at=now, expires_at=expires_at
                )
            )

    async def erase_expired(self, now: datetime) -> int:
        """Erase what has expired; how many talks that were."""
        gone = delete(conversations).where(conversations.c.expires_at <= now)
        return int((await self._cells.connection.execute(gone)).rowcount)
