"""The composition root: the one place where everything meets. Tests build the app here too."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from functools import partial

from aiogram import Bot, Dispatcher
from aiogram.methods import SetMyCommands
from aiogram.types import BotCommand, Update
from aiogram.types import BotCommandScopeAllPrivateChats as PrivateChats
from aiohttp import web
from sqlalchemy.exc import SQLAlchemyError

from bot.clock import Clock
from bot.conversation import talks_of
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
from bot.muted import muted_bot
from bot.resident.followup import FollowUps
from bot.resident.forms import Forms
from bot.resident.standings import Standings
from bot.routing import make_dispatcher
from bot.settings import Settings
from bot.staff.cards import Cards, Links
from bot.sweeper import Sweeper
from bot.views.start import commands_of_person, sorry_view
from bot.watch import Watch
from knowledge.library import Library
from referrals.asked import KEPT_FOR
from referrals.erasing import Talks
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
    watcher: Watch
    follow_ups: FollowUps
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
            tasks.create_task(self.watcher.run())
            tasks.create_task(self._follow_up())

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
                await work.questions.wipe_words(self.clock.now() - KEPT_FOR)
                await work.commit()
        except SQLAlchemyError:
            logger.exception("what has expired could not be erased")

    async def watch(self) -> None:
        """One look over the queue."""
        await self.watcher.round()

    async def _follow_up(self) -> None:
        """Ask people afterwards whether help came."""
        while True:
            await self.ask_follow_ups()
            await self.clock.sleep(CLEANING)

    async def ask_follow_ups(self) -> None:
        """One round of it; a database that is busy is asked again in the next one."""
        try:
            await self.follow_ups.ask_due()
        except SQLAlchemyError:
            logger.exception("follow-ups could not be asked")

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
    dispatcher.workflow_data.update(handed_over(settings, library, cards, links), talks=talks)
    sweeper = make_sweeper(settings, store, clock, talks=talks, tell=herald.tell)
    quiet = muted_bot(bot)
    follow_ups = FollowUps(store, clock, settings.hours, wake=courier.wake)
    watcher = Watch(settings, store, library, links=links, clock=clock, tell=herald.tell, wake=courier.wake)

    tell = telling(herald, follow_ups)
    after = sending(courier, sweeper)
    handling = Handling(feed=feeding(dispatcher, quiet), tell=tell, apologise=apologise, after_commit=after)
    worker = InboxWorker(store, clock, handling, bot=quiet)
    cry = FirstAid(library, courier)
    receiving = Receiving(store, clock, bot_id=bot.id, answer_cry=cry, wake=worker.wake)
    return App(
        settings=settings, store=store, library=library, bot=bot, clock=clock, dispatcher=dispatcher,
        courier=courier, worker=worker, receiving=receiving, links=links, watcher=watcher,
        follow_ups=follow_ups, sweeper=sweeper,
    )  # fmt: skip


def make_sweeper(
    settings: Settings, store: Store, clock: Clock, *, talks: Talks, tell: Callable[[Turn], Awaitable[None]]
) -> Sweeper:
    """The one that erases by the register."""
    ledger = Ledger(settings.data_dir)
    return Sweeper(store, clock, settings.privacy.periods, ledger=ledger, talks=talks, tell=tell)


def handed_over(settings: Settings, library: Library, cards: Cards, links: Links) -> dict[str, object]:
    """What handlers ask for by name."""
    return {
        "library": library,
        "cards": cards,
        "links": links,
        "hours": settings.hours,
        "settings": settings,
        "forms": Forms(library, settings.hours),
        "standings": Standings(library),
    }


def feeding(dispatcher: Dispatcher, quiet: Bot) -> Callable[[Update, Turn], Awaitable[object]]:
    """Handlers, with a bot that cannot speak past the outbox."""

    async def feed(update: Update, turn: Turn) -> object:
        return await dispatcher.feed_update(quiet, update, turn=turn)

    return feed


def telling(herald: Herald, follow_ups: FollowUps) -> Callable[[Turn], Awaitable[None]]:
    """What follows from news: messages now, and a question later."""

    async def tell(turn: Turn) -> None:
        await herald.tell(turn)
        await follow_ups.follow(turn)

    return tell


def sending(courier: Courier, sweeper: Sweeper) -> Callable[[Turn], None]:
    """What a commit makes possible: sending, calls worth one try, a line in the ledger of erasures."""

    def after_commit(turn: Turn) -> None:
        courier.wake()
        sweeper.note(turn.work.erasing.done)
        for call in turn.instant:
            courier.try_once(call)

    return after_commit


async def apologise(raw: object, turn: Turn) -> None:
    """Tell the person of a private chat that we could not handle what they sent."""
    found = find_private_chat(raw)
    if found is None:
        return
    chat_id, code = found
    person = await turn.work.persons.find(chat_id)
    with speaking((person.language if person else None) or guess_language(code)):
        await turn.work.outbox.put(chat_id, SEND, parameters=sorry_view().parameters(), now=turn.now)
