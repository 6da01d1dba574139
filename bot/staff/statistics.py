"""The numbers of a week, for coordinators and curators."""

from __future__ import annotations

import asyncio

from aiogram import F, Router
from aiogram.types import Message

from bot.chart import draw
from bot.courier.files import PHOTO, file_parameters
from bot.middlewares import When, command
from bot.staff.rights import is_allowed
from bot.views.statistics import statistics_chart, statistics_view
from bot.visit import Visit
from knowledge.library import Library
from referrals.access import Act


def setup() -> Router:
    """Route of the statistics."""
    router = Router(name="statistics")
    router.message.register(show, command("stats"), When(F.chat.type == "private"))
    return router


async def show(_message: Message, visit: Visit, library: Library) -> None:
    """In words and as a picture, of the worker's own areas; without areas, of everything."""
    if not await is_allowed(visit, Act.SEE_STATISTICS) or visit.worker is None:
        return
    scope = visit.worker.areas or None
    numbers = await visit.work.statistics.at(visit.now, scope)
    areas = dict(library.area_names(visit.language))
    topics = {topic: library.topic_name(topic, visit.language) for topic in library.content.topics}
    served = sorted(areas.get(area, area) for area in scope or ())
    await visit.show(statistics_view(numbers, areas, topics, scope=served))
    chart = statistics_chart(numbers, areas)
    if chart.panels:
        picture = await asyncio.to_thread(draw, chart)
        parameters = file_parameters("atrama.png", picture, caption=chart.title)
        await visit.work.outbox.put(visit.chat_id, PHOTO, parameters=parameters, now=visit.now)
