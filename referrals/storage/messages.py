"""Messages between person and worker, and notes among colleagues: sealed, oldest first."""

from __future__ import annotations

from sqlalchemy import func, insert, select

from referrals.message import Message, Note
from referrals.referral import ReferralId, WorkerId
from referrals.storage.cells import Cells
from referrals.storage.tables import messages, notes


class Messages:
    """What was written to and fro."""

    def __init__(self, cells: Cells) -> None:
        self._cells = cells

    async def add(self, message: Message) -> None:
        """Keep one."""
        row = {
            "id": message.id,
            "referral_id": message.referral_id,
            "by_worker": message.by,
            "template": message.template,
            "body_sealed": self._cells.seal(message.text, "messages.body", message.id),
            "at": message.at,
        }
        await self._cells.connection.execute(insert(messages).values(row))

    async def count(self, referral_id: ReferralId) -> int:
        """How many a referral has, of both."""
        query = select(func.count()).where(messages.c.referral_id == referral_id)
        return int((await self._cells.connection.execute(query)).scalar_one())

    async def count_of_person(self, referral_id: ReferralId) -> int:
        """How many the person has written."""
        query = select(func.count()).where(
            messages.c.referral_id == referral_id, messages.c.by_worker.is_(None)
        )
        return int((await self._cells.connection.execute(query)).scalar_one())

    async def of(self, referral_id: ReferralId) -> list[Message]:
        """All of a referral."""
        query = (
            select(messages)
            .where(messages.c.referral_id == referral_id)
            .order_by(messages.c.at, messages.c.id)
        )
        return [
            Message(
                id=row["id"],
                referral_id=referral_id,
                text=self._cells.open(row["body_sealed"], "messages.body", row["id"]),
                at=row["at"],
                by=None if row["by_worker"] is None else WorkerId(row["by_worker"]),
                template=row["template"],
            )
            for row in (await self._cells.connection.execute(query)).mappings()
        ]


class Notes:
    """What colleagues noted."""

    def __init__(self, cells: Cells) -> None:
        self._cells = cells

    async def add(self, note: Note) -> None:
        """Keep one."""
        row = {
            "id": note.id,
            "referral_id": note.referral_id,
            "by_worker": note.by,
            "body_sealed": self._cells.seal(note.text, "notes.body", note.id),
            "at": note.at,
        }
        await self._cells.connection.execute(insert(notes).values(row))

    async def of(self, referral_id: ReferralId) -> list[Note]:
        """All of a referral."""
        query = select(notes).where(notes.c.referral_id == referral_id).order_by(notes.c.at, notes.c.id)
        return [
            Note(
                id=row["id"],
                referral_id=referral_id,
                text=self._cells.open(row["body_sealed"], "notes.body", row["id"]),
                at=row["at"],
                by=WorkerId(row["by_worker"]),
            )
            for row in (await self._cells.connection.execute(query)).mappings()
        ]
