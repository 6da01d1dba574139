"""A worker's own desk: what is theirs, what waits, page by page, and a request found by its number."""

from __future__ import annotations

from aiogram import F, Router
from aiogram.filters import CommandStart, StateFilter
from aiogram.fsm.context import FSMContext
from aiogram.types import CallbackQuery, Message

from bot.buttons.queue import Desk, Page, Sift
from bot.middlewares import When, command
from bot.staff.cards import DESK
from bot.staff.casework import PRIVATE, refuse
from bot.staff.memory import AtDesk, remember, wanted_of
from bot.views.desk import no_such_case_view
from bot.views.home import curator_desk_view, desk_view
from bot.views.queue import (
    Shown,
    found_view,
    found_words,
    kinds_view,
    no_area_word,
    not_found_view,
    queue_view,
    sift_view,
)
from bot.visit import Visit
from knowledge.library import Library
from referrals.access import Act, may_in
from referrals.person import Role, Worker
from referrals.queue import NO_AREA, Position, Waiting, Wanted, open_queue, scope
from referrals.reference import read_reference
from referrals.referral import OPEN

PAGE = 8  # rows: a screen of a phone without scrolling far
COUNTED = 50  # what is chosen is counted up to here
BYS = ("state", "area", "kind", "language", "overdue", "mine", "unclaimed")
IS_REFERENCE = When(F.text.func(lambda text: read_reference(text or "")).as_("reference"))


def setup() -> Router:
    """Routes of the worker's own desk."""
    router = Router(name="queue")
    router.message.register(home, command("work"), PRIVATE)
    by_link = CommandStart(deep_link=True, ignore_mention=True, magic=F.args == DESK)
    router.message.register(home, by_link, PRIVATE)
    router.message.register(find, StateFilter(AtDesk.queue), PRIVATE, IS_REFERENCE)
    router.callback_query.register(go, Desk.filter())
    router.callback_query.register(turn, Page.filter())
    router.callback_query.register(sift, Sift.filter())
    return router


async def home(_message: Message, visit: Visit, library: Library, state: FSMContext) -> None:
    """The first screen of a role. Whoever is no worker learns nothing."""
    if visit.worker is None:
        await refuse(visit, Act.LIST, None)
        await visit.show(no_such_case_view())
    elif visit.worker.role is Role.CURATOR:
        await visit.show(curator_desk_view(visit.worker))
    else:
        await _home(visit, visit.worker, library, state)


async def _home(visit: Visit, worker: Worker, library: Library, state: FSMContext) -> None:
    await state.set_state(AtDesk.queue)
    names = dict(library.area_names(visit.language))
    cases = await visit.work.referrals.of_worker(worker.id)
    cases.sort(key=lambda each: (not each.is_pressing, each.promised_by, each.id))
    counts = await visit.work.queue.counts(scope(worker, Wanted()), now=visit.now)
    areas = sorted(names.get(area, area) for area in worker.areas)
    screen = desk_view(worker, cases, counts, mine=len(cases), areas=areas)
    await (visit.show(screen) if visit.callback_id is None else visit.replace(screen))


async def go(
    _press: CallbackQuery, callback_data: Desk, visit: Visit, library: Library, state: FSMContext
) -> None:
    """To a place of the desk."""
    worker = await _worker(visit)
    if worker is None:
        return
    if callback_data.to == "home":
        await _home(visit, worker, library, state)
        return
    if callback_data.to in {"clear", "all", "mine"}:
        mine = "on" if callback_data.to == "mine" else None
        await remember(state, **(dict.fromkeys(f"by_{by}" for by in BYS) | {"by_mine": mine}))
    await state.set_state(AtDesk.queue)
    if callback_data.to == "sift":
        await _show_sift(visit, worker, library, state)
    elif callback_data.to == "kinds":
        await visit.replace(kinds_view(await wanted_of(state), _topics(visit, library)))
    else:
        await open_queue(visit.work, worker, now=visit.now)
        await _show_page(visit, worker, library, state, None, backward=False)


async def turn(
    _press: CallbackQuery, callback_data: Page, visit: Visit, library: Library, state: FSMContext
) -> None:
    """The next rows or those before, from the place the button carries."""
    worker = await _worker(visit)
    if worker is None:
        return
    await _show_page(visit, worker, library, state, callback_data.position, backward=callback_data.way == "b")


async def sift(
    _press: CallbackQuery, callback_data: Sift, visit: Visit, library: Library, state: FSMContext
) -> None:
    """A switch is turned."""
    worker = await _worker(visit)
    if worker is None or callback_data.by not in BYS:
        return
    await remember(state, **{f"by_{callback_data.by}": callback_data.value or None})
    await _show_sift(visit, worker, library, state)


async def find(_message: Message, reference: str, visit: Visit, library: Library) -> None:
    """A request by its number. Not theirs and not there are answered, and recorded, alike."""
    waiting = await visit.work.queue.find(reference)
    if waiting is None or visit.worker is None or not _may_see(visit.worker, waiting):
        await refuse(visit, Act.LIST, waiting.id if waiting else None)
        await visit.show(not_found_view())
        return
    areas = _areas(visit, library, visit.worker)
    await visit.show(found_view(waiting, _topics(visit, library), areas, visit.now))


async def _show_page(
    visit: Visit,
    worker: Worker,
    library: Library,
    state: FSMContext,
    start: Position | None,
    *,
    backward: bool,
) -> None:
    wanted = await wanted_of(state)
    rows = await _read(visit, worker, wanted, start, backward=backward, limit=PAGE + 1)
    is_near_an_end = len(rows) <= PAGE if backward else not rows
    if start is not None and is_near_an_end:  # a full page from the beginning
        start, backward = None, False
        rows = await _read(visit, worker, wanted, None, backward=False, limit=PAGE + 1)
    is_more = len(rows) > PAGE
    shown = Shown(
        rows=rows[-PAGE:] if backward else rows[:PAGE],
        has_more=backward or is_more,
        has_earlier=is_more if backward else start is not None,
        wanted=wanted,
        areas=_areas(visit, library, worker),
        topics=_topics(visit, library),
    )
    await visit.replace(queue_view(shown, visit.now))


async def _show_sift(visit: Visit, worker: Worker, library: Library, state: FSMContext) -> None:
    wanted = await wanted_of(state)
    found = await _read(visit, worker, wanted, None, backward=False, limit=COUNTED + 1)
    told = found_words(min(len(found), COUNTED), is_more=len(found) > COUNTED)
    areas = _areas(visit, library, worker)
    await visit.replace(sift_view(wanted, areas, _topics(visit, library), found=told))


async def _read(
    visit: Visit, worker: Worker, wanted: Wanted, start: Position | None, *, backward: bool, limit: int
) -> list[Waiting]:
    within = scope(worker, wanted)
    return await visit.work.queue.page(
        within, wanted, me=worker.id, now=visit.now, start=start, backward=backward, limit=limit
    )


async def _worker(visit: Visit) -> Worker | None:
    """The worker of a press in their own chat; anybody else's is recorded."""
    worker = visit.worker
    if worker is None or worker.role is Role.CURATOR or not visit.is_private:
        await refuse(visit, Act.LIST, None)
        return None
    return worker


def _may_see(worker: Worker, waiting: Waiting) -> bool:
    """A worker finds what is open in the area, and all they own; a coordinator also what is over."""
    is_listed = waiting.status in OPEN or worker.role is Role.COORDINATOR
    return waiting.owner == worker.id or (is_listed and may_in(worker, Act.LIST, waiting.area))


def _areas(visit: Visit, library: Library, worker: Worker) -> dict[str, str]:
    """The areas this worker may list, with their names."""
    names = dict(library.area_names(visit.language))
    if worker.role is Role.COORDINATOR and not worker.areas:
        return {**names, NO_AREA: no_area_word()}
    return {area: name for area, name in names.items() if area in worker.areas}


def _topics(visit: Visit, library: Library) -> dict[str, str]:
    return {topic: texts[visit.language] for topic, texts in library.content.topics.items()}
