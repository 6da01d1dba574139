"""Who is acting and how to answer them: handed to every handler, in "maybe" and "required" forms."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from aiogram.methods import AnswerCallbackQuery
from aiogram.types import CallbackQuery, InaccessibleMessage, Message, Update, User

from bot.courier.calls import EDIT, SEND
from bot.intake.worker import Turn
from bot.language import guess_language
from bot.views.screen import Screen
from referrals.person import Person, Worker
from referrals.storage.work import UnitOfWork


@dataclass
class Visit:
    """One update: its person and worker, if they are known, and what is said back."""

    turn: Turn
    chat_id: int
    telegram_id: int
    first_name: str
    language: str
    known_person: Person | None = None
    worker: Worker | None = None
    pressed: int | None = None
    callback_id: str | None = None
    is_answered: bool = False

    @property
    def work(self) -> UnitOfWork:
        """The transaction everything of this update belongs to."""
        return self.turn.work

    @property
    def now(self) -> datetime:
        """When the update is handled."""
        return self.turn.now

    @property
    def person(self) -> Person:
        """The person of a private chat. Raises LookupError elsewhere."""
        if self.known_person is None:
            raise LookupError(self.chat_id)
        return self.known_person

    @property
    def is_private(self) -> bool:
        """Whether nobody else reads along. A button can be forged into any chat."""
        return self.chat_id == self.telegram_id

    async def show(self, screen: Screen) -> None:
        """Say something new."""
        for page in screen.pages():
            await self.work.outbox.put(self.chat_id, SEND, parameters=page.parameters(), now=self.now)

    async def replace(self, screen: Screen) -> None:
        """Put the screen in place of the one whose button was pressed; without one, say it anew."""
        pages = screen.pages()
        if self.pressed is None or len(pages) > 1 or screen.contact is not None:
            await self.show(screen)
            return
        parameters = {**screen.parameters(), "message_id": self.pressed}
        await self.work.outbox.put(self.chat_id, EDIT, parameters=parameters, now=self.now)

    def toast(self, text: str, *, alert: bool = False) -> None:
        """A few words over the chat, for the one who pressed. At most 200 signs."""
        self._answer_press(text=text[:200], alert=alert, url=None)

    def open_link(self, url: str) -> None:
        """Take the one who pressed to a link of this bot."""
        self._answer_press(text=None, alert=False, url=url)

    def close_press(self) -> None:
        """Stop the button's clock if nothing else has."""
        self._answer_press(text=None, alert=False, url=None)

    def _answer_press(self, *, text: str | None, alert: bool, url: str | None) -> None:
        if self.callback_id is None or self.is_answered:
            return
        self.is_answered = True
        self.turn.instant.append(
            AnswerCallbackQuery(callback_query_id=self.callback_id, text=text, show_alert=alert, url=url)
        )


async def begin_visit(update: Update, turn: Turn) -> Visit | None:
    """The visit of an update, or None for what comes from nobody. A private chat makes its person known."""
    where = _where(update)
    if where is None:
        return None
    user, chat_id, is_private, pressed = where
    person = await turn.work.persons.get_or_add(user.id, turn.now) if is_private else None
    if person is None:
        person = await turn.work.persons.find(user.id)
    elif not person.reachable and update.my_chat_member is None:
        person.reachable = True
        await turn.work.persons.save(person)
    press = update.callback_query
    return Visit(
        turn=turn,
        chat_id=chat_id,
        telegram_id=user.id,
        first_name=user.first_name,
        language=(person.language if person else None) or guess_language(user.language_code),
        known_person=person,
        worker=await turn.work.workers.find(user.id),
        pressed=pressed,
        callback_id=press.id if press else None,
    )


def _where(update: Update) -> tuple[User, int, bool, int | None] | None:
    event = update.message or update.edited_message
    if isinstance(event, Message):
        if event.from_user is None:
            return None
        return event.from_user, event.chat.id, event.chat.type == "private", None
    if update.callback_query is not None:
        return _where_pressed(update.callback_query)
    if update.my_chat_member is not None:
        member = update.my_chat_member
        return member.from_user, member.chat.id, member.chat.type == "private", None
    return None


def _where_pressed(press: CallbackQuery) -> tuple[User, int, bool, int | None]:
    message = press.message
    if message is None:
        return press.from_user, press.from_user.id, True, None
    pressed = None if isinstance(message, InaccessibleMessage) else message.message_id
    return press.from_user, message.chat.id, message.chat.type == "private", pressed
