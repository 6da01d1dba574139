"""The loopback Bot API: confirm semantics, refusals, webhooks, faults, independent clients, closed doors."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import telebot.async_telebot
import telegram
from aiogram import Bot
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.client.telegram import TelegramAPIServer
from aiogram.exceptions import (
    TelegramBadRequest,
    TelegramConflictError,
    TelegramForbiddenError,
    TelegramNetworkError,
    TelegramNotFound,
    TelegramRetryAfter,
)
from aiogram.types import BufferedInputFile, InlineKeyboardButton, InlineKeyboardMarkup
from aiohttp import ClientSession, web
from telebot import asyncio_helper

from bot.playground.cast import DESK, RESIDENT, TOKEN
from bot.playground.faults import Fault
from bot.playground.files import PNG
from bot.playground.server import Playground


@pytest.fixture
async def playground() -> AsyncIterator[Playground]:
    """A playground in memory."""
    playground = Playground()
    await playground.start()
    yield playground
    await playground.stop()


@pytest.fixture
async def bot(playground: Playground) -> AsyncIterator[Bot]:
    """aiogram's own client."""
    server = TelegramAPIServer.from_base(playground.address)
    async with Bot(TOKEN, session=AiohttpSession(api=server)) as bot:
        yield bot


async def test_an_update_is_kept_until_it_is_confirmed(playground: Playground, bot: Bot) -> None:
    for text in "ab":
        playground.simulation.people.say(RESIDENT, {"text": text})

    first = await bot.get_updates()
    again = await bot.get_updates()
    later = await bot.get_updates(offset=first[0].update_id + 1)
    left = await bot.get_updates(offset=first[1].update_id + 1)

    assert again == first
    assert [update.message.text for update in later if update.message] == ["b"]
    assert left == []


async def test_long_polling_wakes_when_somebody_writes(playground: Playground, bot: Bot) -> None:
    question = asyncio.create_task(bot.get_updates(timeout=20, request_timeout=25))

    playground.simulation.people.say(RESIDENT, {"text": "a"})

    assert len(await question) == 1


async def test_numbers_never_begin_again_over_a_kept_store(tmp_path: Path) -> None:
    numbers = []
    for _ in range(2):
        playground = Playground(tmp_path)
        await playground.start()
        numbers.append(playground.simulation.people.say(RESIDENT, {"text": "a"}))
        playground.store.reset()
        await playground.stop()

    assert numbers[1] > numbers[0]


async def test_polling_beside_a_webhook_is_a_conflict(bot: Bot) -> None:
    await bot.set_webhook("http://127.0.0.1:9/")

    with pytest.raises(TelegramConflictError):
        await bot.get_updates()


async def test_a_refused_update_comes_again_with_the_secret(playground: Playground, bot: Bot) -> None:
    seen: list[tuple[str | None, int]] = []
    done = asyncio.Event()

    async def receive(request: web.Request) -> web.Response:
        secret = request.headers.get("X-Telegram-Bot-Api-Secret-Token")
        seen.append((secret, (await request.json())["update_id"]))
        if len(seen) == 1:
            return web.Response(status=500)
        done.set()
        return web.Response()

    application = web.Application()
    application.router.add_post("/", receive)
    runner = web.AppRunner(application)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    await bot.set_webhook(f"http://127.0.0.1:{runner.addresses[0][1]}/", secret_token="a-secret")
    number = playground.simulation.people.say(RESIDENT, {"text": "a"})
    async with asyncio.timeout(10):
        await done.wait()
    await runner.cleanup()

    assert seen == [("a-secret", number)] * 2


async def test_what_telegram_refuses_is_refused(playground: Playground, bot: Bot) -> None:
    with pytest.raises(TelegramForbiddenError):
        await bot.send_message(RESIDENT, "before Start")
    playground.simulation.people.say(RESIDENT, {"text": "/start"})
    sent = await bot.send_message(RESIDENT, "a")

    with pytest.raises(TelegramBadRequest):
        await bot.send_message(RESIDENT, "x" * 4097)
    with pytest.raises(TelegramBadRequest, match="message is not modified"):
        await bot.edit_message_text("a", chat_id=RESIDENT, message_id=sent.message_id)
    with pytest.raises(TelegramBadRequest, match="message to edit not found"):
        await bot.edit_message_text("b", chat_id=RESIDENT, message_id=999)
    too_long = InlineKeyboardButton(text="a", callback_data="ы" * 33)
    with pytest.raises(TelegramBadRequest, match="BUTTON_DATA_INVALID"):
        await bot.send_message(DESK, "a", reply_markup=InlineKeyboardMarkup(inline_keyboard=[[too_long]]))
    with pytest.raises(TelegramNotFound):
        await bot.get_star_transactions()


@pytest.mark.parametrize(
    ("fault", "error"),
    [
        (Fault("429", retry_after=7), TelegramRetryAfter),
        (Fault("403"), TelegramForbiddenError),
        (Fault("400"), TelegramBadRequest),
    ],
)
async def test_faults_happen_on_demand_and_once(
    playground: Playground, bot: Bot, fault: Fault, error: type[Exception]
) -> None:
    playground.faults.add(fault)

    with pytest.raises(error):
        await bot.send_message(DESK, "a")

    assert (await bot.send_message(DESK, "a")).text == "a"


async def test_a_call_that_is_done_but_not_answered_has_happened(playground: Playground, bot: Bot) -> None:
    playground.faults.add(Fault("timeout"))

    with pytest.raises(TelegramNetworkError):
        await bot.send_message(DESK, "a")

    assert [message["text"] for message in playground.store.messages(DESK)] == ["a"]


async def test_python_telegram_bot_talks_to_it(playground: Playground) -> None:
    playground.simulation.people.say(RESIDENT, {"text": "/start"})

    async with telegram.Bot(TOKEN, base_url=f"{playground.address}/bot") as client:
        updates = await client.get_updates()
        row = [telegram.InlineKeyboardButton("Press", callback_data="x")]
        markup = telegram.InlineKeyboardMarkup([row])
        sent = await client.send_message(RESIDENT, "Ž", reply_markup=markup)
        playground.simulation.people.press_label(RESIDENT, "Press")
        presses = await client.get_updates(offset=updates[-1].update_id + 1)
        query = presses[0].callback_query
        answered = query is not None and await client.answer_callback_query(query.id, text="ok")
        edited = await client.edit_message_text("ї", chat_id=RESIDENT, message_id=sent.message_id)

    assert query is not None
    assert (query.data, answered, getattr(edited, "text", "")) == ("x", True, "ї")


async def test_telebot_talks_to_it(playground: Playground, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(asyncio_helper, "API_URL", playground.address + "/bot{0}/{1}")
    playground.simulation.people.say(RESIDENT, {"text": "/start"})
    client = telebot.async_telebot.AsyncTeleBot(TOKEN)

    updates = await client.get_updates(timeout=0)
    sent = await client.send_message(RESIDENT, "labas")
    await client.close_session()

    assert updates[0].message.text == "/start"
    assert sent.text == "labas"


@pytest.mark.parametrize(
    "headers",
    [{"Host": "evil.example"}, {"Origin": "http://evil.example"}, {"Host": "127.0.0.1:1"}],
)
async def test_no_other_page_can_reach_it(playground: Playground, headers: dict[str, str]) -> None:
    async with ClientSession() as session:
        body = {"person": RESIDENT, "text": "a"}
        answer = await session.post(f"{playground.address}/playground/say", json=body, headers=headers)
        page = await session.get(playground.address)

    assert answer.status == 403
    assert playground.store.pending() == 0
    assert "default-src 'none'" in page.headers["Content-Security-Policy"]


async def test_a_file_comes_through_and_can_be_downloaded_but_not_opened_as_a_page(
    playground: Playground, bot: Bot
) -> None:
    playground.simulation.people.say(RESIDENT, {"text": "/start"})
    content = b"<script>alert(1)</script>"

    sent = await bot.send_document(RESIDENT, BufferedInputFile(content, filename="a.json"), caption="yours")
    picture = await bot.send_photo(RESIDENT, BufferedInputFile(PNG, filename="a.png"))
    async with ClientSession() as page:
        answer = await page.get(f"{playground.address}/playground/file/{sent.document.file_id}")  # type: ignore[union-attr]
        body, headers = await answer.read(), answer.headers
        missing = await page.get(f"{playground.address}/playground/file/999")

    assert sent.document is not None
    assert (sent.document.file_name, sent.caption, body) == ("a.json", "yours", content)
    assert headers["Content-Disposition"].startswith("attachment")
    assert headers["Content-Type"] == "application/octet-stream"
    assert picture.photo
    assert missing.status == 404


async def test_many_messages_are_deleted_at_once(playground: Playground, bot: Bot) -> None:
    playground.simulation.people.say(RESIDENT, {"text": "/start"})
    sent = [(await bot.send_message(RESIDENT, text)).message_id for text in "ab"]

    deleted = await bot.delete_messages(RESIDENT, [1, *sent, 999])

    assert deleted
    assert playground.store.messages(RESIDENT) == []
    for odd in ([], list(range(1, 102))):
        with pytest.raises(TelegramBadRequest):
            await bot.delete_messages(RESIDENT, odd)
