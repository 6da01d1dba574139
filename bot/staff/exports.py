"""Files with cases, for coordinators: every press is checked against the database, every file recorded."""

from __future__ import annotations

import asyncio

from aiogram import F, Router
from aiogram.types import CallbackQuery, Message

from bot.buttons.exports import ConfirmExport, ExportArea, MakeExport
from bot.courier.calls import SEND
from bot.courier.files import DOCUMENT, file_parameters
from bot.language import DEFAULT, speaking
from bot.middlewares import When, command
from bot.staff.rights import refuse
from bot.views.exports import (
    area_name,
    confirm_view,
    confirmed_view,
    export_caption,
    export_kinds_view,
    export_over_view,
    export_view,
    export_waits_view,
    table,
)
from bot.visit import Visit
from knowledge.library import Library
from referrals.access import Act, may_in
from referrals.draft import UNKNOWN_AREA
from referrals.errors import ExportOver, Forbidden
from referrals.exporting import as_csv, as_xlsx
from referrals.exports import Export, Kind, ask_for_export, confirm_export, others_who_may_confirm
from referrals.person import Worker
from referrals.referral import Area

WRITERS = {Kind.CSV: as_csv, Kind.XLSX: as_xlsx}


def setup() -> Router:
    """Routes of exports."""
    router = Router(name="exports")
    router.message.register(begin, command("export"), When(F.chat.type == "private"))
    router.callback_query.register(choose, ExportArea.filter())
    router.callback_query.register(make, MakeExport.filter())
    router.callback_query.register(confirm, ConfirmExport.filter())
    return router


async def begin(_message: Message, visit: Visit, library: Library) -> None:
    """The areas the coordinator answers for."""
    known = [*library.area_names(visit.language), (UNKNOWN_AREA, area_name(None, {}))]
    served = [(area, name) for area, name in known if may_in(visit.worker, Act.EXPORT, _area(area))]
    if not served:
        await refuse(visit, Act.EXPORT)
        return
    await visit.show(export_view(served))


async def choose(_press: CallbackQuery, callback_data: ExportArea, visit: Visit, library: Library) -> None:
    """Which file."""
    area = _area(callback_data.area)
    if not (visit.is_private and _is_known(area, library) and may_in(visit.worker, Act.EXPORT, area)):
        await refuse(visit, Act.EXPORT)
        return
    await visit.replace(export_kinds_view(callback_data.area, _name(area, visit, library)))


async def make(_press: CallbackQuery, callback_data: MakeExport, visit: Visit, library: Library) -> None:
    """A file without names at once; one with names is asked for."""
    area = _area(callback_data.area)
    try:
        export = await ask_for_export(
            visit.work,
            visit.worker if visit.is_private and _is_known(area, library) else None,
            kind=Kind(callback_data.kind),
            area=area,
            with_names=callback_data.with_names,
            now=visit.now,
        )
    except (Forbidden, ValueError):
        await refuse(visit, Act.EXPORT)
        return
    if export.with_names:
        await _ask_second(visit, export, library)
    else:
        await _send(visit, export, visit.telegram_id, visit.language, library)


async def _ask_second(visit: Visit, export: Export, library: Library) -> None:
    """Tell every other coordinator of the area, each in their language."""
    others = await others_who_may_confirm(visit.work, export)
    for other in others:
        language = await _language(visit, other)
        with speaking(language):
            name = area_name(export.area, dict(library.area_names(language)))
            screen = confirm_view(export, visit.first_name, name)
        await visit.work.outbox.put(other.telegram_id, SEND, parameters=screen.parameters(), now=visit.now)
    await visit.replace(export_waits_view(len(others)))


async def confirm(
    _press: CallbackQuery, callback_data: ConfirmExport, visit: Visit, library: Library
) -> None:
    """The second coordinator agrees: the file goes to whoever asked, in their private chat."""
    worker = visit.worker if visit.is_private else None
    try:
        export, asker = await confirm_export(visit.work, worker, callback_data.export, now=visit.now)
    except Forbidden:
        await refuse(visit, Act.CONFIRM_EXPORT)
    except ExportOver:
        await visit.replace(export_over_view())
    else:
        await _send(visit, export, asker.telegram_id, await _language(visit, asker), library)
        await visit.replace(confirmed_view())


async def _send(visit: Visit, export: Export, chat_id: int, language: str, library: Library) -> None:
    cases = await visit.work.exports.cases(export.area, with_names=export.with_names)
    areas = dict(library.area_names(language))
    topics = {topic: library.topic_name(topic, language) for topic in library.content.topics}
    with speaking(language):
        rows = table(cases, areas, topics, visit.now, with_names=export.with_names)
        caption = export_caption(area_name(export.area, areas), with_names=export.with_names)
    content = await asyncio.to_thread(WRITERS[export.kind], rows)
    name = f"atrama-{export.area or UNKNOWN_AREA}-{visit.now:%Y-%m-%d}.{export.kind}"
    parameters = file_parameters(name, content, caption=caption, protected=export.with_names)
    await visit.work.outbox.put(chat_id, DOCUMENT, parameters=parameters, now=visit.now)


async def _language(visit: Visit, worker: Worker) -> str:
    person = await visit.work.persons.find(worker.telegram_id)
    return (person.language if person else None) or DEFAULT


def _area(value: str) -> Area | None:
    return None if value == UNKNOWN_AREA else Area(value)


def _is_known(area: Area | None, library: Library) -> bool:
    """A coordinator of all areas answers for no area that does not exist."""
    return area is None or area in dict(library.area_names(DEFAULT))


def _name(area: Area | None, visit: Visit, library: Library) -> str:
    return area_name(area, dict(library.area_names(visit.language)))
