"""The composition root: the one place where everything meets. Tests build the app here too."""

from __future__ import annotations

import asyncio
import logging
from dataclasses import dataclass
from functools import partial

from aiogram import Bot, Dispatcher, F, Router
from aiogram.methods import SetMyCommands
from aiogram.types import BotCommand, Update
from aiogram.types import BotCommandScopeAllPrivateChats as PrivateChats
from aiohttp import web
from sqlalchemy.exc import SQLAlchemyError

from bot.clock import Clock
from bot.conversation import ConversationStorage, talks_of
from bot.courier.calls import SEND
from bot.courier.courier import Courier
from bot.erasures import Ledger
from bot.firstaid import FirstAid
from bot.herald import Herald
from bot.intake.poller import Poller
from bot.intake.raw import find_private_chat
from bot.intake.receiving import Receiving
from bot.intake.webhook import Webhook
from bot.intake.worker import Handling, InboxWorker, Turn
from bot.language import LANGUAGES, guess_language, speaking
from bot.middlewares import VisitMiddleware, When
from bot.muted import muted_bot
from bot.resident import (
    ask,
    check,
    consents,
    deleting,
    form,
    hide,
    mine,
    mydata,
    other,
    privacy,
    review,
    sms,
    sos,
    start,
)
from bot.settings import Settings
from bot.staff import desk, holding, people
from bot.staff.cards import Cards, Links
from bot.sweeper import Sweeper
from bot.views.start import commands_of_person, sorry_view
from knowledge.library import Library
from referrals.storage.schema import migrate
from referrals.storage.work import Store

CLEANING = 300.0  # seconds: answers that are kept for an hour are gone five minutes later
logger = logging.getLogger(__name__)


@dataclass
class App:
    """The parts that run, put together."""

    settings: Settings
    store: Store
    library: Library
    bot: Bot
    clock: Clock
    dispatcher: Dispatcher
    courier: Courier
    worker: InboxWorker
    receiving: Receiving
    links: Links
    sweeper: Sweeper

    async def prepare(self) -> None:
        """Bring the database up to date, name the coordinators, learn the bot's name."""
        await self.prepare_store()
        async with self.store.work() as work:
            await work.workers.set_coordinators(self.settings.coordinators, self.clock.now())
            await work.commit()
        self.links.username = (await self.bot.me()).username or ""

    async def prepare_store(self) -> None:
        """Bring the database up to date, and erase again what an older backup has brought back."""
        await migrate(self.store.engine)
        await self.sweeper.restore()

    async def set_commands(self) -> None:
        """Tell Telegram the commands in each language."""
        for language in LANGUAGES:
            with speaking(language):
                commands = [BotCommand(command=name, description=text) for name, text in commands_of_person()]
            await self.bot(SetMyCommands(commands=commands, scope=PrivateChats(), language_code=language))
        with speaking("en"):
            commands = [BotCommand(command=name, description=text) for name, text in commands_of_person()]
        await self.bot(SetMyCommands(commands=commands, scope=PrivateChats()))

    async def run(self) -> None:
        """Run until cancelled: one owner for every task, and none outlives it."""
        async with asyncio.TaskGroup() as tasks:
            tasks.create_task(self.worker.run())
            tasks.create_task(self.courier.run())
            tasks.create_task(self.courier.run_instant())
            tasks.create_task(self._listen())
            tasks.create_task(self._keep_clean())

    async def _keep_clean(self) -> None:
        """Erase what was only kept for a time."""
        while True:
            await self.erase_expired()
            await self.sweeper.round()
            await self.clock.wait(self.sweeper.woken, CLEANING)

    async def sweep(self) -> dict[str, int]:
        """Erase everything that is due by the register; how much, by rule."""
        return await self.sweeper.sweep()

    async def erase_expired(self) -> None:
        """One round of it; a database that is busy is asked again in the next one."""
        try:
            async with self.store.work() as work:
                await work.conversations.erase_expired(self.clock.now())
                await work.commit()
        except SQLAlchemyError:
            logger.exception("what has expired could not be erased")

    async def _listen(self) -> None:
        if self.settings.webhook_url is None:
            await self.bot.delete_webhook()
            await Poller(self.bot, self.receiving, self.clock).run()
            return
        webhook = Webhook(self.receiving, self.settings.webhook_secret or "")
        runner = web.AppRunner(webhook.application(), access_log=None)
        await runner.setup()
        try:
            host, port = self.settings.webhook_listen
            await web.TCPSite(runner, host, port).start()
            await self.bot.set_webhook(self.settings.webhook_url, secret_token=self.settings.webhook_secret)
            await asyncio.Event().wait()
        finally:
            await runner.cleanup()


def build(settings: Settings, store: Store, library: Library, *, bot: Bot, clock: Clock) -> App:
    """The app over its outermost things: a store, a library, a bot, a clock."""
    library.warm_up()
    links = Links()
    cards = Cards(library, links)
    herald = Herald(cards, settings.desk_chats)
    courier = Courier(store, bot, clock)
    talks = partial(talks_of, bot.id)
    dispatcher = make_dispatcher(clock)
    dispatcher.workflow_data |= {"library": library, "cards": cards, "links": links, "talks": talks}
    dispatcher["hours"], dispatcher["settings"] = settings.hours, settings
    ledger = Ledger(settings.data_dir)
    sweeper = Sweeper(store, clock, settings.privacy.periods, ledger=ledger, talks=talks, tell=herald.tell)
    quiet = muted_bot(bot)

    async def feed(update: Update, turn: Turn) -> object:
        return await dispatcher.feed_update(quiet, update, turn=turn)

    after_commit = partial(follow_up, courier, sweeper)
    handling = Handling(feed=feed, tell=herald.tell, apologise=apologise, after_commit=after_commit)
    worker = InboxWorker(store, clock, handling, bot=quiet)
    first_aid = FirstAid(library, courier)
    receiving = Receiving(store, clock, bot_id=bot.id, answer_cry=first_aid, wake=worker.wake)
    return App(settings, store, library, bot, clock, dispatcher, courier, worker, receiving, links, sweeper)


def follow_up(courier: Courier, sweeper: Sweeper, turn: Turn) -> None:
    """What a commit makes possible: sending, calls worth one try, a line in the ledger of erasures."""
    courier.wake()
    sweeper.note(turn.work.erasing.done)
    for call in turn.instant:
        courier.try_once(call)


def make_resident() -> Router:
    """What a person meets in the private chat, in the order it is asked; the first that fits answers."""
    resident = Router(name="resident")
    in_private = When(F.chat.type == "private")
    resident.message.filter(in_private)
    resident.edited_message.filter(in_private)
    resident.callback_query.filter(When(F.message.chat.type == "private"))
    resident.include_routers(
        start.setup(),  # commands and the menu work everywhere, also inside a form
        check.setup(),  # a number for "what can I get?" is no question
        sms.setup(),  # an address for an SMS to 112 is no question
        hide.setup(),
        mine.setup(),
        privacy.setup(),
        consents.setup(),
        mydata.setup(),
        deleting.setup(),
        review.setup(),
        form.setup(),  # what is typed while a form is open belongs to it
        ask.setup(),  # any other text is a question
        other.setup(),  # what nothing else answers
    )
    return resident


def make_dispatcher(clock: Clock) -> Dispatcher:
    """The routers in the order they are asked; the first that fits answers."""
    dispatcher = Dispatcher(storage=ConversationStorage(clock))
    dispatcher.update.outer_middleware(VisitMiddleware())
    dispatcher.include_routers(
        sos.setup(),  # a cry for help that the direct path missed
        desk.setup(),  # deep links of staff come before the plain /start
        holding.setup(),
        people.setup(),
        make_resident(),
    )
    return dispatcher


async def apologise(raw: object, turn: Turn) -> None:
    """Tell the person of a private chat that we could not handle what they sent."""
    found = find_private_chat(raw)
    if found is None:
        return
    chat_id, code = found
    person = await turn.work.persons.find(chat_id)
    with speaking((person.language if person else None) or guess_language(code)):
        await turn.work.outbox.put(chat_id, SEND, parameters=sorry_view().parameters(), now=turn.now)
