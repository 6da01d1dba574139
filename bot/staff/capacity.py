"""Coordinators tell whether a service has room; the service is found by words, like an answer."""

from __future__ import annotations

from aiogram import F, Router
from aiogram.filters import CommandObject, StateFilter
from aiogram.fsm.context import FSMContext
from aiogram.fsm.state import State, StatesGroup
from aiogram.types import CallbackQuery, Message

from bot.buttons.office import Office, RoomOf
from bot.middlewares import When, command
from bot.views.capacity import (
    LETTERS,
    ask_service_view,
    nothing_found_hint,
    room_view,
    rooms_view,
    services_view,
)
from bot.views.desk import no_such_case_view
from bot.visit import Visit
from knowledge.library import Library
from referrals.access import Act, may_in
from referrals.actions import record_refusal
from referrals.capacity import Room, tell_capacity
from referrals.errors import Forbidden
from referrals.referral import Area, EntryId

MOST = 6  # services on one screen
NOTHING = frozenset({"unknown", "human", "smalltalk"})  # decisions that name no service


class Telling(StatesGroup):
    """What is typed is the name of a service."""

    service = State()


def setup() -> Router:
    """Routes of the services' capacity."""
    router = Router(name="capacity")
    private = When(F.chat.type == "private")
    router.message.register(capacity, command("capacity"), private)
    router.callback_query.register(ask_service, Office.filter(F.to == "capacity"))
    router.callback_query.register(tell, RoomOf.filter())
    is_service = When(F.text.as_("text")), When(~F.text.startswith("/"))
    router.message.register(search, StateFilter(Telling.service), private, *is_service)
    return router


async def capacity(
    _message: Message, command: CommandObject, visit: Visit, library: Library, state: FSMContext
) -> None:
    """Ask for the service, unless it stands behind the command."""
    if not _areas(visit, library):
        await _refuse(visit)
    elif command.args:
        await _find(visit, command.args, library, state)
    else:
        await state.set_state(Telling.service)
        await visit.show(ask_service_view())


async def ask_service(_press: CallbackQuery, visit: Visit, library: Library, state: FSMContext) -> None:
    """Ask for the service."""
    if not _areas(visit, library) or not visit.is_private:
        await _refuse(visit)
        return
    await state.set_state(Telling.service)
    await visit.replace(ask_service_view())


async def search(_message: Message, text: str, visit: Visit, library: Library, state: FSMContext) -> None:
    """The services that could be meant."""
    if not _areas(visit, library):
        await state.set_state(None)
        await _refuse(visit)
        return
    await _find(visit, text, library, state)


async def _find(visit: Visit, text: str, library: Library, state: FSMContext) -> None:
    finding = library.find(text, area=None, language=visit.language)
    found = () if finding.decision in NOTHING else finding.entries
    own = {area for area, _name in _areas(visit, library)}
    ids = [
        entry.id
        for entry in (library.get(entry_id) for entry_id, _score in found)
        if entry.published and entry.referable and own.intersection(entry.areas)
    ]
    if not ids:
        await state.set_state(Telling.service)
        await visit.show(ask_service_view(hint=nothing_found_hint()))
        return
    await state.set_state(None)
    await visit.show(services_view(library.names(ids[:MOST], visit.language)))


async def tell(_press: CallbackQuery, callback_data: RoomOf, visit: Visit, library: Library) -> None:
    """Show a service; with an area and a state, keep what is told."""
    entry = library.find_entry(callback_data.entry)
    own = _areas(visit, library)
    areas = [(area, name) for area, name in own if entry is not None and area in entry.areas]
    chosen = [(area, name) for area, name in areas if callback_data.area in {"", area}]
    is_odd = callback_data.room not in {"", *LETTERS} or (callback_data.room and not callback_data.area)
    if entry is None or not chosen or is_odd or not visit.is_private:
        await _refuse(visit)
        return
    entry_id, name = EntryId(entry.id), entry.short_name(visit.language)
    if callback_data.room:
        room = Room(entry_id, Area(callback_data.area), LETTERS[callback_data.room], visit.now)
        try:
            await tell_capacity(visit.work, visit.worker, room)
        except Forbidden:
            await _refuse(visit)
            return
    rooms = await visit.work.capacity.find(entry_id, [Area(area) for area, _name in areas])
    if callback_data.area and not callback_data.room:
        known = next((each for each in rooms if each.area == callback_data.area), None)
        await visit.replace(room_view(entry.id, name, chosen[0], known))
    else:
        await visit.replace(rooms_view(entry.id, name, areas, rooms))


def _areas(visit: Visit, library: Library) -> list[tuple[str, str]]:
    """The areas whose services the one who acts may tell of."""
    return [
        (area, name)
        for area, name in library.area_names(visit.language)
        if may_in(visit.worker, Act.SET_CAPACITY, Area(area))
    ]


async def _refuse(visit: Visit) -> None:
    await record_refusal(visit.work, Act.SET_CAPACITY, visit.telegram_id, referral_id=None, now=visit.now)
    if visit.callback_id is None:
        await visit.show(no_such_case_view())
