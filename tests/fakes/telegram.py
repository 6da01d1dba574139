"""Telegram at aiogram's session: remembers every chat, and fails at any call nobody planned."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import AsyncGenerator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from aiogram import Bot
from aiogram.client.session.base import BaseSession
from aiogram.exceptions import TelegramBadRequest
from aiogram.methods import (
    AnswerCallbackQuery,
    DeleteMessage,
    DeleteMessages,
    DeleteWebhook,
    EditMessageText,
    GetMe,
    SendDocument,
    SendMessage,
    SendPhoto,
    SetMyCommands,
    TelegramMethod,
)
from aiogram.types import (
    BufferedInputFile,
    Chat,
    InlineKeyboardMarkup,
    Message,
    ReplyKeyboardMarkup,
    User,
)

TOKEN = "1:fake"
USERNAME = "atrama_bot"


@dataclass
class Shown:
    """A message as it stands in a chat."""

    message_id: int
    chat_id: int
    text: str
    entities: list[dict[str, Any]]
    buttons: list[list[dict[str, Any]]] = field(default_factory=list)
    contact: str | None = None
    protected: bool = False
    edits: int = 0
    file: BufferedInputFile | None = None

    @property
    def file_name(self) -> str:
        """The name of the file, if it is one."""
        return self.file.filename if self.file else ""

    @property
    def content(self) -> bytes:
        """What the file holds."""
        return self.file.data if self.file else b""

    @property
    def labels(self) -> list[str]:
        """The labels of its buttons."""
        return [button["text"] for row in self.buttons for button in row]

    def transcript(self) -> str:
        """The message and its buttons as people see them."""
        rows = ["  " + " ".join(f"[{button['text']}]" for button in row) for row in self.buttons]
        if self.contact:
            rows.append(f"  <{self.contact}>")
        head = [f"📎 {self.file.filename}"] if self.file else []
        return "\n".join([*head, self.text, *rows])


class FakeTelegram(BaseSession):
    """What the courier speaks to."""

    def __init__(self) -> None:
        super().__init__()
        self.calls: list[TelegramMethod[Any]] = []
        self.chats: dict[int, list[Shown]] = defaultdict(list)
        self.latest: dict[int, Shown] = {}
        self.toasts: list[AnswerCallbackQuery] = []
        self.asked_to_delete: dict[int, list[int]] = defaultdict(list)
        self.too_old: set[int] = set()
        self.faults: list[Exception | None] = []
        self.faults_by_chat: dict[int, list[Exception]] = defaultdict(list)
        self._last_id = 100

    def next_id(self) -> int:
        """The number of a new message, whoever writes it."""
        self._last_id += 1
        return self._last_id

    async def make_request(self, bot: Bot, method: TelegramMethod[Any], timeout: int | None = None) -> Any:
        """Answer a planned call, with the next fault first."""
        self.calls.append(method)
        if self.faults and (fault := self.faults.pop(0)) is not None:
            raise fault
        chat_id = getattr(method, "chat_id", None)
        if self.faults_by_chat.get(chat_id):
            raise self.faults_by_chat[chat_id].pop(0)
        match method:
            case GetMe():
                return User(id=bot.id, is_bot=True, first_name="Atrama", username=USERNAME)
            case SendMessage():
                return self._send(method)
            case SendPhoto() | SendDocument():
                return self._upload(method)
            case EditMessageText():
                return self._edit(method)
            case AnswerCallbackQuery():
                self.toasts.append(method)
                return True
            case SetMyCommands() | DeleteWebhook():
                return True
            case DeleteMessage() | DeleteMessages():
                return self._delete(method)
            case _:
                msg = f"nobody planned {type(method).__name__}"
                raise AssertionError(msg)

    def _send(self, method: SendMessage) -> Message:
        if not method.text or len(method.text.encode("utf-16-le")) // 2 > 4096:
            raise TelegramBadRequest(method=method, message="Bad Request: message is too long")
        shown = Shown(
            message_id=self.next_id(),
            chat_id=method.chat_id,
            text=method.text,
            entities=[entity.model_dump(exclude_none=True) for entity in method.entities or []],
            protected=method.protect_content is True,
        )
        self._dress(shown, method.reply_markup)
        self.chats[method.chat_id].append(shown)
        self.latest[method.chat_id] = shown
        return self._message(shown)

    def _upload(self, method: SendPhoto | SendDocument) -> Message:
        file = method.photo if isinstance(method, SendPhoto) else method.document
        if not isinstance(file, BufferedInputFile) or not file.data or not file.filename:
            raise TelegramBadRequest(method=method, message="Bad Request: file must be non-empty")
        if len(method.caption or "") > 1024:
            raise TelegramBadRequest(method=method, message="Bad Request: message caption is too long")
        shown = Shown(
            message_id=self.next_id(),
            chat_id=int(method.chat_id),
            text=method.caption or "",
            entities=[],
            protected=method.protect_content is True,
            file=file,
        )
        self._dress(shown, method.reply_markup)
        self.chats[shown.chat_id].append(shown)
        self.latest[shown.chat_id] = shown
        return self._message(shown)

    def _delete(self, method: DeleteMessage | DeleteMessages) -> bool:
        """All or none: one message that is too old keeps the others."""
        chat_id = int(method.chat_id)
        numbers = [method.message_id] if isinstance(method, DeleteMessage) else method.message_ids
        if not 1 <= len(numbers) <= 100:
            raise TelegramBadRequest(method=method, message="Bad Request: wrong number of messages")
        if self.too_old & set(numbers):
            raise TelegramBadRequest(method=method, message="Bad Request: message can't be deleted")
        self.asked_to_delete[chat_id] += numbers
        self.chats[chat_id] = [each for each in self.chats[chat_id] if each.message_id not in numbers]
        if chat_id in self.latest and self.latest[chat_id].message_id in numbers:
            del self.latest[chat_id]
        return True

    def _edit(self, method: EditMessageText) -> Message:
        for shown in self.chats[method.chat_id]:
            if shown.message_id == method.message_id:
                shown.text, shown.edits = method.text or "", shown.edits + 1
                shown.buttons = []
                self._dress(shown, method.reply_markup)
                self.latest[shown.chat_id] = shown
                return self._message(shown)
        raise TelegramBadRequest(method=method, message="Bad Request: message to edit not found")

    def _dress(self, shown: Shown, markup: object) -> None:
        if isinstance(markup, InlineKeyboardMarkup):
            shown.buttons = [
                [button.model_dump(exclude_none=True) for button in row] for row in markup.inline_keyboard
            ]
            for button in (each for row in shown.buttons for each in row):
                if len(button.get("callback_data", "").encode()) > 64:
                    raise TelegramBadRequest(method=GetMe(), message="Bad Request: BUTTON_DATA_INVALID")
        elif isinstance(markup, ReplyKeyboardMarkup):
            shown.contact = markup.keyboard[0][0].text

    def _message(self, shown: Shown) -> Message:
        kind = "private" if shown.chat_id > 0 else "supergroup"
        return Message(
            message_id=shown.message_id,
            date=datetime.now(UTC),
            chat=Chat(id=shown.chat_id, type=kind),
            text=shown.text,
        )

    async def stream_content(self, *_args: Any, **_options: Any) -> AsyncGenerator[bytes, None]:
        """Nobody downloads anything."""
        raise AssertionError("nobody planned a download")
        yield b""

    async def close(self) -> None:
        """Nothing is open."""
