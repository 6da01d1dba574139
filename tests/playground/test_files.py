"""Pictures and documents in the playground: sent as Telegram takes them, shown on the page."""

from __future__ import annotations

import pytest
from aiogram import Bot
from aiogram.exceptions import TelegramBadRequest
from aiogram.types import BufferedInputFile
from aiohttp import ClientSession

from bot.chart import Bar, Chart, Panel, draw
from bot.playground.cast import RESIDENT
from bot.playground.server import Playground
from tests.playground.test_api import bot, playground  # noqa: F401 - fixtures

CHART = Chart(
    "Ąžuolas, Їжак", [Panel("Šiuo metu", ("vienas", "два"), [("Ė", (Bar(3, "3"), Bar(1.5, "<3")))])]
)


async def test_a_picture_is_kept_and_can_be_seen(playground: Playground, bot: Bot) -> None:  # noqa: F811
    playground.simulation.people.say(RESIDENT, {"text": "/start"})
    png = draw(CHART)

    sent = await bot.send_photo(RESIDENT, BufferedInputFile(png, "a.png"), caption="Numbers")

    assert sent.photo is not None
    assert sent.caption == "Numbers"
    async with ClientSession() as session:
        shown = await session.get(f"{playground.address}/playground/file/{sent.photo[-1].file_id}")
        assert shown.content_type == "image/png"
        assert await shown.read() == png


async def test_a_document_is_kept_and_can_be_saved(playground: Playground, bot: Bot) -> None:  # noqa: F811
    playground.simulation.people.say(RESIDENT, {"text": "/start"})
    content = b"a;b\r\n" * 400_000  # two megabytes: more than a web server takes unless it is told to

    sent = await bot.send_document(RESIDENT, BufferedInputFile(content, "cases.csv"), protect_content=True)

    assert sent.document is not None
    assert sent.document.file_name == "cases.csv"
    async with ClientSession() as session:
        saved = await session.get(f"{playground.address}/playground/file/{sent.document.file_id}")
        assert saved.headers["Content-Disposition"] == 'attachment; filename="cases.csv"'
        assert await saved.read() == content


async def test_what_is_no_picture_is_refused(playground: Playground, bot: Bot) -> None:  # noqa: F811
    playground.simulation.people.say(RESIDENT, {"text": "/start"})

    with pytest.raises(TelegramBadRequest, match="IMAGE_PROCESS_FAILED"):
        await bot.send_photo(RESIDENT, BufferedInputFile(b"GIF89a", "a.png"))


async def test_a_file_nobody_sent_is_not_there(playground: Playground) -> None:  # noqa: F811
    async with ClientSession() as session:
        answer = await session.get(f"{playground.address}/playground/file/none")

    assert answer.status == 404
