"""An update is stored before it is confirmed, handled once, in order, or put aside with a reason."""

from __future__ import annotations

from datetime import timedelta
from io import BytesIO

import pytest
from aiogram.exceptions import TelegramNetworkError
from aiogram.methods import GetMe
from aiohttp.test_utils import TestClient, TestServer
from sqlalchemy import text

from bot.intake.poller import GetRawUpdates, Poller
from bot.intake.raw import arrived, find_cry
from bot.intake.webhook import SECRET_HEADER, Webhook
from referrals.storage.inbox import Arrived
from tests.fakes.telegram import FakeTelegram
from tests.fakes.world import World

SECRET = "a-secret-of-sixteen"


class Updates(FakeTelegram):
    """A Telegram that also has updates to give, and remembers what was confirmed."""

    def __init__(self) -> None:
        super().__init__()
        self.pending: list[object] = []
        self.offsets: list[int | None] = []

    async def make_request(self, bot, method, timeout=None):  # type: ignore[no-untyped-def]
        """Give what is pending; everything else as ever."""
        if not isinstance(method, GetRawUpdates):
            return await super().make_request(bot, method, timeout)
        self.offsets.append(method.offset)
        return list(self.pending)


def message(number: int, words: str, sender: int = 5) -> dict[str, object]:
    """A raw update with a text."""
    user = {"id": sender, "is_bot": False, "first_name": "Ona", "language_code": "lt"}
    chat = {"id": sender, "type": "private", "first_name": "Ona"}
    body = {"message_id": 1, "date": 1_790_000_000, "chat": chat, "from": user, "text": words}
    return {"update_id": number, "message": body}


async def stored(world: World) -> dict[str, int]:
    """How many updates stand in each status."""
    async with world.app.store.work() as work:
        return await work.inbox.counts()


async def test_polling_confirms_only_what_is_stored(world: World) -> None:
    telegram = Updates()
    world.app.bot.session = telegram
    poller = Poller(world.app.bot, world.app.receiving, world.clock)
    telegram.pending = [message(7, "labas"), message(8, "labas")]

    await poller.step(0)
    kept = await stored(world)
    await poller.step(0)

    assert kept == {"new": 2}
    assert telegram.offsets == [None, 9]


async def test_polling_confirms_nothing_while_the_store_is_away(world: World) -> None:
    telegram = Updates()
    world.app.bot.session = telegram
    poller = Poller(world.app.bot, world.app.receiving, world.clock)
    telegram.pending = [message(7, "labas")]
    async with world.app.store.work() as work:
        await work.connection.execute(text("ALTER TABLE inbox RENAME TO gone"))
        await work.commit()

    with pytest.raises(Exception, match="inbox"):
        await poller.step(0)
    async with world.app.store.work() as work:
        await work.connection.execute(text("ALTER TABLE gone RENAME TO inbox"))
        await work.commit()
    await poller.step(0)

    assert telegram.offsets == [None, None]
    assert await stored(world) == {"new": 1}


async def test_one_update_that_cannot_be_read_does_not_stop_the_next(world: World) -> None:
    ona = world.person(5)
    broken = message(1, "x")
    broken["message"]["chat"]["id"] = "not a number"  # type: ignore[index]

    await world.app.receiving.receive([broken, {"update_id": 2, "new_kind": {"x": 1}}, message(3, "/help")])
    await world.settle()

    assert (await stored(world)) == {"done": 2, "parked": 1}
    assert "/mine" in ona.sees


async def test_a_repeated_update_is_handled_once(world: World) -> None:
    for _ in range(3):
        await world.app.receiving.receive([message(1, "/help")])
    await world.settle()

    assert len(world.telegram.chats[5]) == 1


async def test_a_failing_handler_is_tried_again_and_then_put_aside(world: World) -> None:
    async def broken(*_: object) -> object:
        raise RuntimeError("Jonas Jonaitis")

    object.__setattr__(world.app.worker._handling, "feed", broken)
    await world.app.receiving.receive([message(1, "labas")])
    tries = 0
    for _ in range(10):
        tries += await world.app.worker.step()
        world.clock.advance(timedelta(seconds=30))
    await world.settle()

    async with world.app.store.work() as work:
        reason = (await work.connection.execute(text("SELECT reason FROM inbox"))).scalar_one()
    assert tries == 4
    assert reason.startswith("RuntimeError")
    assert "Jonaitis" not in reason
    assert "112" in world.telegram.chats[5][-1].text


async def test_a_failed_update_changes_nothing_and_says_nothing(world: World) -> None:
    real = world.app.worker._handling.feed

    async def half(update: object, turn: object) -> object:
        await real(update, turn)  # type: ignore[arg-type]
        raise RuntimeError

    object.__setattr__(world.app.worker._handling, "feed", half)
    await world.app.receiving.receive([message(1, "/start")])
    await world.app.worker.step()

    async with world.app.store.work() as work:
        assert await work.persons.find(5) is None
        assert await work.outbox.counts() == {}


async def test_what_is_done_is_wiped(world: World) -> None:
    await world.app.receiving.receive([message(1, "very private words")])
    await world.settle()

    async with world.app.store.work() as work:
        body = (await work.connection.execute(text("SELECT body_sealed FROM inbox"))).scalar_one()

    assert body is None


async def test_sos_is_answered_without_a_database(world: World) -> None:
    await world.app.store.close()
    async with world.app.store.work() as work:
        await work.connection.execute(text("DROP TABLE inbox"))
        await work.commit()

    with pytest.raises(Exception, match="inbox"):
        await world.app.receiving.receive([message(1, "/sos")])

    assert "112" in world.telegram.chats[5][-1].text


async def test_an_answered_cry_is_stored_as_done_and_not_answered_again(world: World) -> None:
    await world.app.receiving.receive([message(1, "/sos")])
    await world.app.receiving.receive([message(1, "/sos")])
    await world.settle()

    assert len(world.telegram.chats[5]) == 1
    assert await stored(world) == {"done": 1}


async def test_a_cry_that_telegram_did_not_take_goes_the_durable_way(world: World) -> None:
    world.telegram.faults = [TelegramNetworkError(method=GetMe(), message="away")]

    await world.app.receiving.receive([message(1, "/sos")])
    await world.settle()

    assert "112" in world.telegram.chats[5][-1].text


@pytest.mark.parametrize("words", ["/sos", "/SOS", " /sos please", "/sos@atrama_bot"])
def test_a_cry_is_recognised_however_it_is_typed(words: str) -> None:
    cry = find_cry(message(1, words))

    assert cry is not None
    assert cry.chat_id == 5


@pytest.mark.parametrize("words", ["sos", "/sosiska", "help /sos"])
def test_other_words_are_no_cry(words: str) -> None:
    assert find_cry(message(1, words)) is None


@pytest.mark.parametrize("raw", [None, [], "text", {"update_id": 2**70}, {"update_id": True}, {}])
def test_an_update_without_a_number_is_parked_from_the_start(raw: object) -> None:
    kept = arrived(raw)

    assert isinstance(kept, Arrived)
    assert kept.update_id is None
    assert kept.reason


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {SECRET_HEADER: ""},
        {SECRET_HEADER: "wrong"},
        {SECRET_HEADER: "šėk"},
        {SECRET_HEADER: "\udcff"},
    ],
)
async def test_the_webhook_knows_its_secret(world: World, headers: dict[str, str]) -> None:
    webhook = Webhook(world.app.receiving, SECRET)

    async with TestClient(TestServer(webhook.application())) as client:
        refused = await client.post("/", json=message(1, "labas"), headers=headers)
        taken = await client.post("/", json=message(2, "labas"), headers={SECRET_HEADER: SECRET})

    assert (refused.status, taken.status) == (401, 200)
    assert await stored(world) == {"new": 1}


async def test_the_webhook_parks_what_is_not_json_and_answers_200(world: World) -> None:
    webhook = Webhook(world.app.receiving, SECRET)

    async with TestClient(TestServer(webhook.application())) as client:
        answer = await client.post("/", data=b"\xff{", headers={SECRET_HEADER: SECRET})
        got = await client.get("/", headers={SECRET_HEADER: SECRET})
        big = await client.post("/", data=BytesIO(b"x" * 2_000_000), headers={SECRET_HEADER: SECRET})

    assert (answer.status, got.status, big.status) == (200, 401, 413)
    assert await stored(world) == {"parked": 1}


async def test_the_webhook_says_503_when_it_cannot_store(world: World) -> None:
    webhook = Webhook(world.app.receiving, SECRET)
    async with world.app.store.work() as work:
        await work.connection.execute(text("DROP TABLE inbox"))
        await work.commit()

    async with TestClient(TestServer(webhook.application())) as client:
        answer = await client.post("/", json=message(1, "labas"), headers={SECRET_HEADER: SECRET})

    assert answer.status == 503


async def test_a_webhook_without_a_secret_does_not_come_about(world: World) -> None:
    with pytest.raises(ValueError, match="secret"):
        Webhook(world.app.receiving, "")
