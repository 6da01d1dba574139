"""Colleagues: the coordinator's list, being away, areas, removing. Rights are read anew at every press."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

from aiogram import F, Router
from aiogram.types import CallbackQuery, Message

from bot.buttons.office import Colleague, Office, ServeArea
from bot.middlewares import When, command
from bot.views.colleagues import (
    areas_view,
    away_view,
    back_view,
    colleague_view,
    last_area_hint,
    own_away_view,
    removed_hint,
    staff_view,
    sure_view,
)
from bot.views.desk import no_such_case_view
from bot.visit import Visit
from knowledge.library import Library
from referrals.access import Act, may_in
from referrals.actions import record_refusal
from referrals.errors import Forbidden
from referrals.person import Role, Worker
from referrals.referral import Area, WorkerId
from referrals.staffing import knows, may_change, remove, see_colleague, set_away, turn_area

Step = Callable[[Visit, WorkerId, Library], Awaitable[None]]


def setup() -> Router:
    """Routes of the office's staff."""
    router = Router(name="colleagues")
    private = When(F.chat.type == "private")
    router.message.register(staff, command("staff"), private)
    router.message.register(away, command("away"), private)
    router.message.register(back, command("back"), private)
    router.callback_query.register(staff, Office.filter(F.to == "staff"))
    router.callback_query.register(away_surely, Office.filter(F.to == "away"))
    router.callback_query.register(back, Office.filter(F.to == "back"))
    router.callback_query.register(change, Colleague.filter())
    router.callback_query.register(serve, ServeArea.filter())
    return router


async def staff(event: Message | CallbackQuery, visit: Visit, library: Library) -> None:
    """The colleagues of the coordinator's areas."""
    worker = visit.worker
    if worker is None or not _is_coordinator(visit):
        await _refuse(visit)
        return
    if worker.name != visit.first_name:
        await visit.work.workers.name(worker, visit.first_name)
    await _show_staff(visit, library, replace=isinstance(event, CallbackQuery))


async def away(_message: Message, visit: Visit) -> None:
    """From now on away; asked first when there are cases to give back."""
    worker = visit.worker
    if worker is None:
        await _refuse(visit)
        return
    cases = await visit.work.referrals.of_worker(worker.id)
    if cases:
        await visit.show(own_away_view(len(cases)))
        return
    await set_away(visit.work, worker, worker.id, away=True, now=visit.now)
    await visit.show(away_view(worker.role))


async def away_surely(_press: CallbackQuery, visit: Visit) -> None:
    """Away, and the cases are given back."""
    worker = visit.worker
    if worker is None or not visit.is_private:
        await _refuse(visit)
        return
    await set_away(visit.work, worker, worker.id, away=True, now=visit.now)
    await visit.replace(away_view(worker.role))


async def back(_event: Message | CallbackQuery, visit: Visit) -> None:
    """Here again."""
    worker = visit.worker
    if worker is None or not visit.is_private:
        await _refuse(visit)
        return
    await set_away(visit.work, worker, worker.id, away=False, now=visit.now)
    await visit.replace(back_view())


async def change(_press: CallbackQuery, callback_data: Colleague, visit: Visit, library: Library) -> None:
    """Look at a colleague or change something about them."""
    steps: dict[str, Step] = {
        "show": _see,
        "areas": _see_areas,
        "away": _ask_away,
        "away-surely": _set_away,
        "back": _set_back,
        "remove": _ask_remove,
        "remove-surely": _remove,
    }
    step = steps.get(callback_data.do)
    if step is None or not visit.is_private:
        await _refuse(visit)
        return
    try:
        await step(visit, WorkerId(callback_data.worker), library)
    except Forbidden:
        await _refuse(visit)


async def _see(visit: Visit, worker_id: WorkerId, library: Library) -> None:
    await _show(visit, await see_colleague(visit.work, visit.worker, worker_id), library)


async def _see_areas(visit: Visit, worker_id: WorkerId, library: Library) -> None:
    await _show_areas(visit, await _to_change(visit, worker_id), library)


async def _ask_away(visit: Visit, worker_id: WorkerId, _library: Library) -> None:
    await _ask(visit, worker_id, "away")


async def _ask_remove(visit: Visit, worker_id: WorkerId, _library: Library) -> None:
    await _ask(visit, worker_id, "remove")


async def _ask(visit: Visit, worker_id: WorkerId, do: str) -> None:
    colleague = await _to_change(visit, worker_id)
    cases = await visit.work.referrals.of_worker(worker_id)
    await visit.replace(sure_view(colleague, do, len(cases)))


async def _set_away(visit: Visit, worker_id: WorkerId, library: Library) -> None:
    await _turn(visit, worker_id, library, away=True)


async def _set_back(visit: Visit, worker_id: WorkerId, library: Library) -> None:
    await _turn(visit, worker_id, library, away=False)


async def _turn(visit: Visit, worker_id: WorkerId, library: Library, *, away: bool) -> None:
    await _to_change(visit, worker_id)  # of others: for oneself there are commands
    colleague = await set_away(visit.work, visit.worker, worker_id, away=away, now=visit.now)
    await _show(visit, colleague, library)


async def _remove(visit: Visit, worker_id: WorkerId, library: Library) -> None:
    colleague = await remove(visit.work, visit.worker, worker_id, now=visit.now)
    visit.toast(removed_hint(colleague))
    await _show_staff(visit, library, replace=True)


async def serve(_press: CallbackQuery, callback_data: ServeArea, visit: Visit, library: Library) -> None:
    """Turn an area of a colleague on or off."""
    worker_id = WorkerId(callback_data.worker)
    if not visit.is_private or callback_data.area not in dict(library.area_names(visit.language)):
        await _refuse(visit)
        return
    try:
        colleague = await _to_change(visit, worker_id)
        if colleague.role is Role.COORDINATOR and colleague.areas == {callback_data.area}:
            await _show_areas(visit, colleague, library, hint=last_area_hint())
            return
        area = Area(callback_data.area)
        colleague = await turn_area(visit.work, visit.worker, worker_id, area, now=visit.now)
    except Forbidden:
        await _refuse(visit)
    else:
        if knows(visit.worker, colleague):
            await _show_areas(visit, colleague, library)
        else:
            await _show_staff(visit, library, replace=True)


async def _to_change(visit: Visit, worker_id: WorkerId) -> Worker:
    colleague = await see_colleague(visit.work, visit.worker, worker_id)
    if not await may_change(visit.work, visit.worker, colleague):
        raise Forbidden(worker_id)
    return colleague


async def _show_staff(visit: Visit, library: Library, *, replace: bool) -> None:
    known = [each for each in await visit.work.staff.active() if knows(visit.worker, each)]
    colleagues = sorted(known, key=lambda each: each.name.casefold())
    screen = staff_view(colleagues, dict(library.area_names(visit.language)))
    await (visit.replace(screen) if replace else visit.show(screen))


async def _show(visit: Visit, colleague: Worker, library: Library) -> None:
    names = dict(library.area_names(visit.language))
    changeable = await may_change(visit.work, visit.worker, colleague)
    await visit.replace(colleague_view(colleague, names, may_change=changeable))


async def _show_areas(visit: Visit, colleague: Worker, library: Library, *, hint: str = "") -> None:
    own = [
        (area, name)
        for area, name in library.area_names(visit.language)
        if may_in(visit.worker, Act.MANAGE_STAFF, Area(area))
    ]
    await visit.replace(areas_view(colleague, own, hint=hint))


def _is_coordinator(visit: Visit) -> bool:
    worker = visit.worker
    return visit.is_private and worker is not None and worker.role is Role.COORDINATOR


async def _refuse(visit: Visit) -> None:
    """Kept, and nothing is told; what was typed gets the answer that everybody else gets."""
    await record_refusal(visit.work, Act.MANAGE_STAFF, visit.telegram_id, referral_id=None, now=visit.now)
    if visit.callback_id is None:
        await visit.show(no_such_case_view())
