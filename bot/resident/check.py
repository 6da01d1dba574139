"""What can I get? One question a screen; the result at any time; everything erased after an hour."""

from __future__ import annotations

import re

from aiogram import F, Router
from aiogram.filters import StateFilter
from aiogram.fsm.context import FSMContext
from aiogram.fsm.state import State, StatesGroup
from aiogram.types import CallbackQuery, Message

from bot.buttons import Check, Go
from bot.checkup import INCOME, Checkup
from bot.middlewares import TYPED, command
from bot.resident.checkresult import rest, results, show_reasons, take_along, to_worker
from bot.resident.forms import Forms
from bot.views.check import area_first_view, erased_view, number_hint, question_view, whom_view, why_view
from bot.views.screen import Screen
from bot.views.start import outdated_button_view
from bot.visit import Visit
from knowledge.criteria import Attribute
from knowledge.eligibility import Judge, Question, Value
from knowledge.library import Library

NUMBER = re.compile(r"\d{1,6}(?:[.,]\d{1,2})?")
BIGGEST = 100_000.0
WHOM = frozenset({"me", "child", "adult"})
RESULT = frozenset({"results", "entry", "refer", "take", "card", "unknown", "unchecked"})
MOST_PAGES = 40  # of a list; a forged number of pages opens the last


class Checking(StatesGroup):
    """The next text is a number."""

    number = State()


def setup() -> Router:
    """Before the form and the questions: a number is an answer."""
    router = Router(name="check")
    router.message.register(begin, command("check"))
    router.callback_query.register(begin, Go.filter(F.to == "check"))
    router.callback_query.register(begin_with_event, Check.filter(F.do == "event"))
    router.callback_query.register(press, Check.filter())
    router.message.register(write, StateFilter(Checking.number), *TYPED)
    return router


async def begin(_event: Message | CallbackQuery, visit: Visit, state: FSMContext) -> None:
    """For whom?"""
    await state.set_state(None)
    await state.update_data(check_event="")
    await visit.show(whom_view())


async def begin_with_event(
    _press: CallbackQuery, callback_data: Check, visit: Visit, library: Library, state: FSMContext
) -> None:
    """For whom, about one event of a life only."""
    await state.set_state(None)
    known = callback_data.value in library.content.menu
    event = library.content.menu[callback_data.value].event if known else None
    await state.update_data(check_event=event or "")
    await visit.show(whom_view())


async def press(
    _press: CallbackQuery,
    callback_data: Check,
    visit: Visit,
    library: Library,
    forms: Forms,
    state: FSMContext,
) -> None:
    """Every button of the check."""
    checkup = await kept(visit)
    do, value = callback_data.do, callback_data.value
    if do == "whom" and value in WHOM:
        await _begin_for(value, visit, library, state)
    elif do == "area" and checkup is None:
        await _begin_in(value, visit, library, state)
    elif checkup is None:
        await visit.show(outdated_button_view())
    elif do == "stop":
        await forget(visit)
        await state.set_state(None)
        await visit.replace(erased_view())
    elif do in RESULT:
        await _result(do, value, checkup, visit, library, forms, state)
    else:
        await _question(do, value, checkup, visit, library, state)


async def _begin_for(whom: str, visit: Visit, library: Library, state: FSMContext) -> None:
    await state.update_data(check_whom=whom)
    if visit.person.area is None:
        await visit.replace(area_first_view(library.area_names(visit.language)))
    else:
        await _begin_in(visit.person.area, visit, library, state)


async def _begin_in(area: str, visit: Visit, library: Library, state: FSMContext) -> None:
    data = await state.get_data()
    whom = str(data.get("check_whom", "me"))
    if area not in library.content.areas:
        await visit.show(outdated_button_view())
        return
    checkup = Checkup(visit.now, area, whom if whom in WHOM else "me", str(data.get("check_event", "")))
    await _go_on(checkup.begun_with(implied_by(checkup.event, library)), visit, library, state)


def implied_by(event: str, library: Library) -> dict[str, Value]:
    """What somebody has said by beginning with an event."""
    found = (each.implies for each in library.content.menu.values() if event and each.event == event)
    return {name: said for implied in found for name, said in implied.items()}


async def _question(
    do: str, value: str, checkup: Checkup, visit: Visit, library: Library, state: FSMContext
) -> None:
    question = _now(checkup, visit, library)
    if do == "back":
        checkup = checkup.without_last()
    elif do == "why" and question is not None:
        await visit.replace(why_view(question, library, visit.language))
        return
    elif do == "skip" and question is not None:
        checkup = checkup.with_answer(question, None)
    elif do == "answer" and question is not None:
        read = _read(question, value, library)
        if read is None:
            await visit.show(outdated_button_view())
            return
        checkup = checkup.with_answer(question, read)
    await _go_on(checkup, visit, library, state)


async def write(_message: Message, text: str, visit: Visit, library: Library, state: FSMContext) -> None:
    """A typed number; what is none is asked for again, and nothing is lost."""
    checkup = await kept(visit)
    question = _now(checkup, visit, library) if checkup else None
    if checkup is None or question is None:
        await state.set_state(None)
        await visit.show(erased_view())
        return
    found = NUMBER.search(text)
    read = _read(question, found[0].replace(",", "."), library) if found else None
    if read is None:
        hint = number_hint(*_bounds(library.content.attributes.get(question.attribute)))
        await visit.show(question_view(checkup, question, library, visit.language, hint=hint))
        return
    await _go_on(checkup.with_answer(question, read), visit, library, state)


async def _go_on(checkup: Checkup, visit: Visit, library: Library, state: FSMContext) -> None:
    """Keep what is known and show the next question, or the result when nothing is left to ask."""
    await keep(checkup, visit)
    question = _now(checkup, visit, library)
    await state.set_state(Checking.number if _is_typed(question, library) else None)
    screen: Screen = (
        results(checkup, visit, library, is_done=True)
        if question is None
        else question_view(checkup, question, library, visit.language)
    )
    await visit.replace(screen)


async def _result(
    do: str, value: str, checkup: Checkup, visit: Visit, library: Library, forms: Forms, state: FSMContext
) -> None:
    await state.set_state(None)
    if do == "entry" and library.find_entry(value):
        await visit.replace(show_reasons(value, checkup, visit, library))
    elif do == "refer" and library.find_entry(value):
        await to_worker(value, checkup, visit, library, forms, state)
    elif do in {"take", "card"}:
        await visit.show(
            take_along(checkup, visit, library, language="lt" if do == "card" else visit.language)
        )
    else:
        page = min(int(value), MOST_PAGES) if value.isdigit() else 0
        await visit.replace(_list(do, page, checkup, visit, library))


def _list(do: str, page: int, checkup: Checkup, visit: Visit, library: Library) -> Screen:
    if do in {"unknown", "unchecked"}:
        return rest(do, checkup, visit, library, page=page)
    is_done = _now(checkup, visit, library) is None
    return results(checkup, visit, library, is_done=is_done, page=page)


def _now(checkup: Checkup, visit: Visit, library: Library) -> Question | None:
    return checkup.next_question(Judge(library, visit.now.date()), library)


def _is_typed(question: Question | None, library: Library) -> bool:
    if question is None:
        return False
    attribute = library.content.attributes.get(question.attribute)
    return attribute is None or attribute.type == "number"


def _bounds(attribute: Attribute | None) -> tuple[float, float]:
    if attribute is not None and attribute.bounds:
        return float(attribute.bounds[0]), float(attribute.bounds[1])
    return (1 if attribute is None else 0), BIGGEST


def _read(question: Question, value: str, library: Library) -> Value | None:
    """The answer in a button or a number, or None where it is none."""
    attribute = library.content.attributes.get(question.attribute)
    if attribute is not None and attribute.type == "bool":
        return {"yes": True, "no": False}.get(value)
    if attribute is not None and attribute.type == "choice":
        return value if value in attribute.options else None
    if not NUMBER.fullmatch(value):
        return None
    number = float(value)
    low, high = _bounds(attribute)
    if not low <= number <= high:
        return None
    return number if question.attribute == INCOME or number % 1 else int(number)


async def kept(visit: Visit) -> Checkup | None:
    """What is being checked, unless it has expired."""
    checkup = Checkup.from_row(await visit.work.conversations.read(_place(visit)))
    return checkup if checkup is not None and visit.now < checkup.expires_at else None


async def keep(checkup: Checkup, visit: Visit) -> None:
    """For an hour from the first answer on."""
    await visit.work.conversations.write(
        _place(visit), checkup.as_row(), visit.now, expires_at=checkup.expires_at
    )


async def forget(visit: Visit) -> None:
    """At once."""
    await visit.work.conversations.write(_place(visit), {}, visit.now)


def _place(visit: Visit) -> str:
    return f"check:{visit.chat_id}"
