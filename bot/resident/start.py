"""Beginning, and the way around: welcome, language, area, menu, help."""

from __future__ import annotations

from aiogram import F, Router
from aiogram.filters import CommandStart
from aiogram.fsm.context import FSMContext
from aiogram.types import CallbackQuery, ChatMemberUpdated, Message

from bot.buttons import Go, PickArea, PickLanguage
from bot.language import LANGUAGES, speaking
from bot.middlewares import When, command
from bot.settings import Settings
from bot.views.form import paused_view
from bot.views.screen import Screen
from bot.views.start import (
    area_view,
    events_view,
    help_view,
    home_view,
    language_view,
    topics_view,
    welcome_view,
)
from bot.visit import Visit
from knowledge.library import Library
from referrals.referral import Area

GONE = frozenset({"kicked", "left"})  # Telegram's words for a person who has blocked the bot


def setup() -> Router:
    """Routes of the first screens and the menu."""
    router = Router(name="start")
    router.message.register(start, CommandStart(ignore_mention=True))
    router.message.register(help_, command("help"))
    router.message.register(menu, command("menu"))
    router.message.register(topics, command("topics"))
    router.message.register(language, command("language"))
    router.message.register(area, command("area"))
    router.message.register(cancel, command("cancel"))
    router.callback_query.register(go_welcome, Go.filter(F.to == "welcome"))
    router.callback_query.register(menu, Go.filter(F.to == "home"))
    router.callback_query.register(leave, Go.filter(F.to == "leave"))
    router.callback_query.register(help_, Go.filter(F.to == "help"))
    router.callback_query.register(topics, Go.filter(F.to == "topics"))
    router.callback_query.register(events, Go.filter(F.to == "events"))
    router.callback_query.register(language, Go.filter(F.to == "language"))
    router.callback_query.register(area, Go.filter(F.to == "area"))
    router.callback_query.register(pick_language, PickLanguage.filter())
    router.callback_query.register(pick_area, PickArea.filter())
    router.my_chat_member.register(follow, When(F.chat.type == "private"))
    return router


async def start(_message: Message, visit: Visit, library: Library, state: FSMContext) -> None:
    """The welcome for somebody new, the menu for somebody who is back."""
    await state.clear()
    if visit.person.welcomed:
        await visit.show(await _home(visit, library))
        return
    visit.person.welcomed = True
    visit.person.language = visit.language
    await visit.work.persons.save(visit.person)
    await visit.show(welcome_view(visit.language))


async def go_welcome(_press: CallbackQuery, visit: Visit) -> None:
    """What this bot is, once more."""
    await visit.replace(welcome_view(visit.language))


async def menu(_event: Message | CallbackQuery, visit: Visit, library: Library, state: FSMContext) -> None:
    """The menu; a form that is open is put aside, not lost."""
    await state.set_state(None)
    await visit.show(await _home(visit, library))


async def leave(_press: CallbackQuery, visit: Visit, library: Library, state: FSMContext) -> None:
    """Out at once: what stood here is gone from the screen, and nothing says that a form is open."""
    await state.set_state(None)
    names = dict(library.area_names(visit.language))
    await visit.replace(home_view(names.get(visit.person.area or ""), has_draft=False))


async def help_(_event: Message | CallbackQuery, visit: Visit) -> None:
    """How this works."""
    await visit.show(help_view())


async def topics(_event: Message | CallbackQuery, visit: Visit, library: Library, state: FSMContext) -> None:
    """What can be browsed; a form that is open is put aside."""
    await state.set_state(None)
    await visit.show(topics_view(library.topic_names(visit.language)))


async def events(_press: CallbackQuery, visit: Visit, library: Library) -> None:
    """What can happen in a life, as a way in."""
    await visit.replace(events_view(library.event_names(visit.language)))


async def language(_event: Message | CallbackQuery, visit: Visit) -> None:
    """The three languages."""
    await visit.show(language_view(visit.language))


async def area(_event: Message | CallbackQuery, visit: Visit, library: Library) -> None:
    """The three areas."""
    await visit.show(area_view(library.area_names(visit.language), visit.person.area))


async def pick_language(
    _press: CallbackQuery, callback_data: PickLanguage, visit: Visit, library: Library
) -> None:
    """From now on in this language; the screen it was chosen on is shown in it."""
    if callback_data.language not in LANGUAGES:
        return
    visit.language = visit.person.language = callback_data.language
    await visit.work.persons.save(visit.person)
    with speaking(visit.language):
        if callback_data.then == "welcome":
            await visit.replace(welcome_view(visit.language))
        else:
            await visit.replace(await _home(visit, library))


async def pick_area(_press: CallbackQuery, callback_data: PickArea, visit: Visit, library: Library) -> None:
    """Where the person lives, or nothing for now; then the menu."""
    known = {area for area, _name in library.area_names(visit.language)}
    if callback_data.area in known:
        visit.person.area = Area(callback_data.area)
        await visit.work.persons.save(visit.person)
    await visit.replace(await _home(visit, library))


async def cancel(
    _message: Message, visit: Visit, library: Library, state: FSMContext, settings: Settings
) -> None:
    """Stop what is open. A form is put aside with its answers."""
    was_open = await state.get_state() is not None
    await state.set_state(None)
    draft = await visit.work.drafts.find(visit.person.id)
    if was_open and draft is not None:
        await visit.show(paused_view(settings.privacy.periods["drafts"]))
    else:
        await visit.show(await _home(visit, library))


async def follow(event: ChatMemberUpdated, visit: Visit) -> None:
    """The person has blocked the bot, or let it back in."""
    visit.person.reachable = event.new_chat_member.status not in GONE
    await visit.work.persons.save(visit.person)


async def _home(visit: Visit, library: Library) -> Screen:
    names = dict(library.area_names(visit.language))
    draft = await visit.work.drafts.find(visit.person.id)
    return home_view(names.get(visit.person.area or ""), has_draft=draft is not None)
