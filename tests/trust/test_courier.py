"""What was committed is sent, in order, no faster than allowed, and given up only in plain sight."""

from __future__ import annotations

import itertools
from collections.abc import AsyncIterator
from datetime import datetime, timedelta
from uuid import UUID

import pytest
from aiogram import Bot
from aiogram.exceptions import (
    TelegramBadRequest,
    TelegramForbiddenError,
    TelegramMigrateToChat,
    TelegramNetworkError,
    TelegramRetryAfter,
    TelegramServerError,
)
from aiogram.methods import AnswerCallbackQuery, GetMe

from bot.courier.courier import Courier
from referrals.storage.work import Store
from tests.fakes.clock import FakeClock
from tests.fakes.telegram import TOKEN, FakeTelegram

METHOD = GetMe()


class Post:
    """A courier with its outbox, its Telegram and its clock."""

    def __init__(self, store: Store) -> None:
        self.store, self.clock, self.telegram = store, FakeClock(), FakeTelegram()
        self.times: list[tuple[int, datetime]] = []
        self.courier = Courier(store, Bot(TOKEN, session=self.telegram), self.clock)

    async def put(
        self, chat: int, words: str, *, edits: UUID | None = None, message_id: int | None = None
    ) -> UUID:
        """Commit something to say."""
        method = "sendMessage" if edits is None and message_id is None else "editMessageText"
        parameters = {"text": words} | ({"message_id": message_id} if message_id else {})
        async with self.store.work() as work:
            row = await work.outbox.put(
                chat, method, parameters=parameters, now=self.clock.now(), edits=edits
            )
            await work.commit()
        return row

    async def deliver(self) -> None:
        """Let the courier work until nothing is left, noting when each call was made."""
        for _ in range(2000):
            before = len(self.telegram.calls)
            again_at = await self.courier.step()
            made = self.telegram.calls[before:]
            self.times += [(call.chat_id, self.clock.now()) for call in made if hasattr(call, "chat_id")]
            if again_at is None:
                return
            if again_at > self.clock.now():
                self.clock.advance(again_at - self.clock.now())
        raise AssertionError("the courier does not come to rest")

    def said(self, chat: int) -> list[str]:
        """What stands in a chat."""
        return [shown.text for shown in self.telegram.chats[chat]]

    async def counts(self) -> dict[str, int]:
        """How the outbox stands."""
        async with self.store.work() as work:
            return await work.outbox.counts()


@pytest.fixture
async def post(store: Store) -> AsyncIterator[Post]:
    """On either database."""
    return Post(store)


async def test_order_is_kept_in_each_chat(post: Post) -> None:
    for words in "abc":
        await post.put(5, words)

    await post.deliver()

    assert post.said(5) == ["a", "b", "c"]


@pytest.mark.parametrize(
    "error",
    [
        TelegramServerError(method=METHOD, message="502"),
        TelegramNetworkError(method=METHOD, message="reset"),
        TimeoutError(),
        OSError(),
    ],
)
async def test_a_failure_is_tried_again_before_anything_else_in_the_chat(
    post: Post, error: Exception
) -> None:
    post.telegram.faults_by_chat[5] = [error, error]
    await post.put(5, "a")
    await post.put(5, "b")

    await post.deliver()

    assert post.said(5) == ["a", "b"]
    assert await post.counts() == {"sent": 2}


async def test_retry_after_is_obeyed(post: Post) -> None:
    post.telegram.faults_by_chat[5] = [
        TelegramRetryAfter(method=METHOD, message="Too Many Requests", retry_after=17)
    ]
    await post.put(5, "a")
    await post.put(6, "b")

    await post.deliver()

    to_five = [at for chat, at in post.times if chat == 5]
    assert to_five[1] - to_five[0] >= timedelta(seconds=17)
    assert post.said(6) == ["b"]


async def test_two_chats_told_to_wait_mean_everybody_waits(post: Post) -> None:
    for chat in (5, 6):
        post.telegram.faults_by_chat[chat] = [
            TelegramRetryAfter(method=METHOD, message="Too Many Requests", retry_after=10)
        ]
        await post.put(chat, "a")
    await post.deliver()
    start = post.times[0][1]
    await post.put(5, "first")
    post.courier._pace.refused(1, post.clock.now() + timedelta(seconds=5), post.clock.now())
    post.courier._pace.refused(2, post.clock.now() + timedelta(seconds=5), post.clock.now())

    await post.deliver()

    assert post.times[-1][1] - start >= timedelta(seconds=15)


async def test_no_chat_hears_us_more_than_once_a_second(post: Post) -> None:
    for number in range(5):
        await post.put(5, str(number))

    await post.deliver()

    at = [when for _chat, when in post.times]
    assert all(later - earlier >= timedelta(seconds=1) for earlier, later in itertools.pairwise(at))


async def test_a_group_hears_us_no_more_than_twenty_times_a_minute(post: Post) -> None:
    for number in range(45):
        await post.put(-7, str(number))

    await post.deliver()

    at = [when for _chat, when in post.times]
    for position, when in enumerate(at[20:]):
        assert when - at[position] >= timedelta(minutes=1)


async def test_all_chats_together_hear_us_no_more_than_25_times_a_second(post: Post) -> None:
    for chat in range(1, 91):
        await post.put(chat, "a")

    await post.deliver()

    at = [when for _chat, when in post.times]
    for position, when in enumerate(at[25:]):
        assert when - at[position] >= timedelta(seconds=1)
    assert await post.counts() == {"sent": 90}


async def test_a_blocked_person_is_marked_and_left_in_peace(post: Post) -> None:
    async with post.store.work() as work:
        await work.persons.get_or_add(5, post.clock.now())
        await work.commit()
    post.telegram.faults_by_chat[5] = [
        TelegramForbiddenError(method=METHOD, message="Forbidden: bot was blocked by the user")
    ]
    await post.put(5, "a")
    await post.put(5, "b")

    await post.deliver()

    async with post.store.work() as work:
        person = await work.persons.find(5)
    assert person is not None
    assert not person.reachable
    assert await post.counts() == {"unreachable": 2}


async def test_a_refused_message_is_kept_in_sight_and_the_next_one_goes(post: Post) -> None:
    post.telegram.faults_by_chat[5] = [TelegramBadRequest(method=METHOD, message="Bad Request: can't parse")]
    await post.put(5, "a")
    await post.put(5, "b")

    await post.deliver()

    assert post.said(5) == ["b"]
    assert await post.counts() == {"dead": 1, "sent": 1}


async def test_a_group_that_became_a_supergroup_is_followed(post: Post) -> None:
    post.telegram.faults_by_chat[-7] = [
        TelegramMigrateToChat(method=METHOD, message="upgraded", migrate_to_chat_id=-1007)
    ]
    await post.put(-7, "a")
    await post.put(-7, "b")

    await post.deliver()

    assert post.said(-1007) == ["a", "b"]


async def test_an_edit_finds_the_message_it_names(post: Post) -> None:
    row = await post.put(5, "card")
    await post.put(5, "card, taken", edits=row)

    await post.deliver()

    assert post.said(5) == ["card, taken"]


async def test_an_edit_of_a_message_that_never_came_becomes_a_new_one(post: Post) -> None:
    post.telegram.faults_by_chat[5] = [TelegramBadRequest(method=METHOD, message="Bad Request: bad")]
    row = await post.put(5, "card")
    await post.put(5, "card, taken", edits=row)

    await post.deliver()

    assert post.said(5) == ["card, taken"]


async def test_an_edit_of_a_deleted_message_becomes_a_new_one(post: Post) -> None:
    await post.put(5, "new words", message_id=12345)

    await post.deliver()

    assert post.said(5) == ["new words"]


async def test_an_edit_that_changes_nothing_is_done(post: Post) -> None:
    row = await post.put(5, "card")
    await post.deliver()
    post.telegram.faults_by_chat[5] = [
        TelegramBadRequest(method=METHOD, message="Bad Request: message is not modified: …")
    ]
    await post.put(5, "card", edits=row)

    await post.deliver()

    assert await post.counts() == {"sent": 2}


async def test_what_was_not_recorded_as_sent_is_sent_by_the_next_courier(post: Post) -> None:
    await post.put(5, "a")

    later = Courier(post.store, Bot(TOKEN, session=post.telegram), post.clock)
    await later.step()

    assert post.said(5) == ["a"]


async def test_an_instant_call_is_tried_once(post: Post) -> None:
    post.telegram.faults = [TelegramNetworkError(method=METHOD, message="away")]
    post.courier.try_once(AnswerCallbackQuery(callback_query_id="1"))

    await post.courier.step_instant()
    await post.courier.step_instant()

    assert len(post.telegram.calls) == 1


async def test_a_courier_without_pacing_would_be_noticed(post: Post) -> None:
    """The broken variant of the pacing tests: the same measure fails on it."""
    post.courier._pace.free_at = lambda _chat, now: now  # type: ignore[method-assign]
    for number in range(30):
        await post.put(-7, str(number))

    await post.deliver()

    at = [when for _chat, when in post.times]
    assert at[-1] - at[0] < timedelta(minutes=1)
