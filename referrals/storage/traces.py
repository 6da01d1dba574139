"""The numbers of a private chat's messages: what Telegram can be asked to delete, and then to be forgotten.

A bot may delete messages of a private chat, its own and the person's, for 48 hours.
"""

from __future__ import annotations

import secrets
from datetime import datetime
from uuid import uuid4

from sqlalchemy import delete, func, insert, select, update

from referrals.storage.cells import Cells
from referrals.storage.inbox import NEW
from referrals.storage.outbox import SENT, WAITING
from referrals.storage.tables import cards, inbox, outbox


class Traces:
    """What a person's chat has left in inbox and outbox."""

    def __init__(self, cells: Cells) -> None:
        self._cells = cells

    async def take(self, chat_id: int, since: datetime) -> list[int]:
        """The numbers of all messages since then, newest first; they are not known any more afterwards."""
        ours = [outbox.c.chat_blind == self._cells.blind("chat", chat_id), outbox.c.status == SENT]
        theirs = [inbox.c.lane_blind == self._cells.blind("lane", chat_id)]
        connection = self._cells.connection
        wanted = select(outbox.c.message_id).where(
            *ours, outbox.c.sent_at > since, outbox.c.message_id.is_not(None)
        )
        numbers = set((await connection.execute(wanted)).scalars())
        wanted = select(inbox.c.message_id).where(
            *theirs, inbox.c.received_at > since, inbox.c.message_id.is_not(None)
        )
        numbers |= set((await connection.execute(wanted)).scalars())
        kept = outbox.c.id.in_(select(cards.c.outbox_id))
        await connection.execute(update(outbox).where(*ours, ~kept).values(message_id=None))
        await connection.execute(update(inbox).where(*theirs).values(message_id=None))
        return sorted(numbers, reverse=True)

    async def sent_before(self, chat_id: int, position: int, since: datetime) -> list[int]:
        """The numbers of our messages that were on their way when a later row was written."""
        query = select(outbox.c.message_id).where(
            outbox.c.chat_blind == self._cells.blind("chat", chat_id),
            outbox.c.status == SENT,
            outbox.c.position < position,
            outbox.c.sent_at > since,
            outbox.c.message_id.is_not(None),
            outbox.c.id.not_in(select(cards.c.outbox_id)),
        )
        return sorted((await self._cells.connection.execute(query)).scalars(), reverse=True)

    async def note(self, chat_id: int, message_id: int, now: datetime) -> None:
        """A message that was sent past the outbox: the panel of a cry for help."""
        row_id = uuid4()
        row = {
            "id": row_id,
            "chat_blind": self._cells.blind("chat", chat_id),
            "chat_sealed": self._cells.seal(str(chat_id), "outbox.chat", row_id),
            "status": SENT,
            "attempts": 0,
            "due_at": now,
            "created_at": now,
            "sent_at": now,
            "message_id": message_id,
        }
        await self._cells.connection.execute(insert(outbox).values(row))

    async def forget(self, chat_id: int) -> None:
        """Everything about the chat goes; what is on its way to it is sent and then forgotten.

        That updates came is still known, so that none is handled twice, but not from whom.
        """
        connection = self._cells.connection
        chat = outbox.c.chat_blind == self._cells.blind("chat", chat_id)
        kept = outbox.c.id.in_(select(cards.c.outbox_id))
        await connection.execute(delete(outbox).where(chat, outbox.c.status != WAITING, ~kept))
        query = select(outbox.c.id, outbox.c.body_sealed).where(chat, outbox.c.status == WAITING, ~kept)
        for row_id, sealed in (await connection.execute(query)).all():
            body = {**self._cells.open_json(sealed, "outbox.body", row_id), "forget": True}
            values = {"body_sealed": self._cells.seal_json(body, "outbox.body", row_id)}
            await connection.execute(update(outbox).where(outbox.c.id == row_id).values(values))
        await self._forget_lane(chat_id)

    async def _forget_lane(self, chat_id: int) -> None:
        """All but what waits for its turn; the oldest that waits is the one being handled now."""
        lane = inbox.c.lane_blind == self._cells.blind("lane", chat_id)
        present = select(func.min(inbox.c.arrival)).where(lane, inbox.c.status == NEW).scalar_subquery()
        nobody = {"lane_blind": secrets.token_bytes(32), "message_id": None}
        over = lane & (inbox.c.status != NEW)
        await self._cells.connection.execute(update(inbox).where(over).values(body_sealed=None, **nobody))
        await self._cells.connection.execute(update(inbox).where(inbox.c.arrival == present).values(nobody))
