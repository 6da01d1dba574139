"""The durable outbox: what is to be said, written in the transaction that decided it.

The courier alone takes from here. A body is wiped once Telegram has it; the message's id stays,
so that a later message can change an earlier one.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID, uuid4

from sqlalchemy import ColumnElement, and_, delete, exists, func, insert, select, update

from referrals.storage.cells import Cells, Json
from referrals.storage.tables import outbox

WAITING, SENT, DEAD, UNREACHABLE = "waiting", "sent", "dead", "unreachable"


@dataclass(frozen=True)
class Parcel:
    """A call of the Bot API that is due: method, its parameters without the chat, and what it changes."""

    position: int
    id: UUID
    chat_id: int
    method: str
    parameters: Json
    edits: UUID | None
    attempts: int
    forgets: bool = False


@dataclass(frozen=True)
class Posted:
    """What has become of an earlier row."""

    status: str
    chat_id: int
    message_id: int | None


class Outbox:
    """What is said but not sent yet, in order for each chat."""

    def __init__(self, cells: Cells) -> None:
        self._cells = cells

    async def put(
        self,
        chat_id: int,
        method: str,
        *,
        parameters: Json,
        now: datetime,
        edits: UUID | None = None,
        forget: bool = False,
    ) -> UUID:
        """Add a call; returns the row's id, by which a later call can change the message.

        A row that is to `forget` goes as soon as Telegram has it, the chat's number with it.
        """
        row_id = uuid4()
        row = {
            "id": row_id,
            "chat_blind": self._cells.blind("chat", chat_id),
            "chat_sealed": self._cells.seal(str(chat_id), "outbox.chat", row_id),
            "body_sealed": self._cells.seal_json(
                {"method": method, "parameters": parameters, "forget": forget}, "outbox.body", row_id
            ),
            "edits": edits,
            "status": WAITING,
            "attempts": 0,
            "due_at": now,
            "created_at": now,
        }
        await self._cells.connection.execute(insert(outbox).values(row))
        return row_id

    async def due(self, now: datetime, limit: int) -> list[Parcel]:
        """The first waiting row of each chat that is due, oldest first."""
        query = (
            select(outbox)
            .where(outbox.c.status == WAITING, outbox.c.due_at <= now, _is_first())
            .order_by(outbox.c.position)
            .limit(limit)
        )
        parcels = []
        for row in (await self._cells.connection.execute(query)).mappings():
            body = json.loads(self._cells.open(row["body_sealed"], "outbox.body", row["id"]))
            parcels.append(
                Parcel(
                    position=row["position"],
                    id=row["id"],
                    chat_id=int(self._cells.open(row["chat_sealed"], "outbox.chat", row["id"])),
                    method=body["method"],
                    parameters=body["parameters"],
                    edits=row["edits"],
                    attempts=row["attempts"],
                    forgets=body.get("forget", False),
                )
            )
        return parcels

    async def find(self, row_id: UUID) -> Posted | None:
        """What became of a row."""
        query = select(outbox).where(outbox.c.id == row_id)
        row = (await self._cells.connection.execute(query)).mappings().one_or_none()
        if row is None:
            return None
        chat_id = int(self._cells.open(row["chat_sealed"], "outbox.chat", row_id))
        return Posted(row["status"], chat_id, row["message_id"])

    async def sent(self, parcel: Parcel, now: datetime, *, message_id: int | None) -> None:
        """Telegram has it: the text is wiped, the message's id is kept."""
        if parcel.forgets:
            await self._cells.connection.execute(delete(outbox).where(outbox.c.position == parcel.position))
            return
        await self._set(
            parcel, {"status": SENT, "sent_at": now, "message_id": message_id, "body_sealed": None}
        )

    async def postpone(self, parcel: Parcel, due_at: datetime, *, reason: str) -> None:
        """Not sent, to be tried again later; its chat waits with it."""
        await self._set(parcel, {"attempts": parcel.attempts + 1, "due_at": due_at, "reason": reason[:200]})

    async def make_new(self, parcel: Parcel) -> None:
        """The message it would change is gone: it becomes a message of its own."""
        body: Json = {
            "method": "sendMessage",
            "parameters": parcel.parameters,
            "forget": parcel.forgets,
        }
        sealed = self._cells.seal_json(body, "outbox.body", parcel.id)
        await self._set(parcel, {"body_sealed": sealed, "edits": None})

    async def halve(self, parcel: Parcel, key: str, now: datetime) -> None:
        """Telegram refused a list as a whole: each half of it is tried by itself."""
        whole = parcel.parameters[key]
        parts = [whole[: len(whole) // 2], whole[len(whole) // 2 :]] if isinstance(whole, list) else []
        for part in parts:
            parameters = {**parcel.parameters, key: part}
            await self.put(
                parcel.chat_id, parcel.method, parameters=parameters, now=now, forget=parcel.forgets
            )
        await self.sent(parcel, now, message_id=None)

    async def bury(self, parcel: Parcel, *, reason: str) -> None:
        """Telegram will never take it: kept, visible, and no longer in the way."""
        await self._set(parcel, {"status": DEAD, "attempts": parcel.attempts + 1, "reason": reason[:200]})

    async def give_up_chat(self, chat_id: int, *, reason: str) -> None:
        """The person has blocked the bot or is gone: nothing more is tried in this chat."""
        await self._cells.connection.execute(
            update(outbox)
            .where(outbox.c.chat_blind == self._cells.blind("chat", chat_id), outbox.c.status == WAITING)
            .values(status=UNREACHABLE, reason=reason[:200])
        )

    async def move_chat(self, old: int, new: int) -> None:
        """A group became a supergroup: what waits for it, and its cards, follow."""
        query = select(outbox.c.id).where(outbox.c.chat_blind == self._cells.blind("chat", old))
        for row_id in list((await self._cells.connection.execute(query)).scalars()):
            values = {
                "chat_blind": self._cells.blind("chat", new),
                "chat_sealed": self._cells.seal(str(new), "outbox.chat", row_id),
            }
            await self._cells.connection.execute(update(outbox).where(outbox.c.id == row_id).values(values))

    async def counts(self) -> dict[str, int]:
        """How many rows stand in each status."""
        query = select(outbox.c.status, func.count()).group_by(outbox.c.status)
        return {row[0]: row[1] for row in (await self._cells.connection.execute(query)).all()}

    async def next_due_at(self) -> datetime | None:
        """When the next first row of a chat is due."""
        query = select(func.min(outbox.c.due_at)).where(outbox.c.status == WAITING, _is_first())
        due: datetime | None = (await self._cells.connection.execute(query)).scalar()
        return due

    async def _set(self, parcel: Parcel, values: dict[str, str | int | bytes | datetime | None]) -> None:
        query = update(outbox).where(outbox.c.position == parcel.position, outbox.c.status == WAITING)
        await self._cells.connection.execute(query.values(values))


def _is_first() -> ColumnElement[bool]:
    """Nothing waits before the row in its chat."""
    earlier = outbox.alias("earlier")
    return ~exists().where(
        and_(
            earlier.c.status == WAITING,
            earlier.c.chat_blind == outbox.c.chat_blind,
            earlier.c.position < outbox.c.position,
        )
    )
