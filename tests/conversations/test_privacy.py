"""A person and their data: the notice, each yes, the copy, deleting, hiding."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import timedelta

import pytest
from aiogram.exceptions import TelegramBadRequest, TelegramNetworkError
from aiogram.methods import DeleteMessages, GetMe
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.settings import LegalBasis, Privacy, Settings
from knowledge.library import Library
from referrals.consent import Purpose
from referrals.message import write_to_worker
from referrals.mydata import as_json
from referrals.referral import Details, ForWhom, Reach
from referrals.register import Period, default_periods
from referrals.storage.work import Store
from tests.conversations.steps import WORDS, Words, arrive, fill_form, refer
from tests.conversations.test_desk import take
from tests.fakes.clock import START
from tests.fakes.world import COORDINATOR, Actor, World, make_world
from tests.storage.seeding import keep

EVERY_LANGUAGE = pytest.mark.parametrize("words", WORDS.values(), ids=WORDS)
LT = WORDS["lt"]
SAYS = {
    "lt": {
        "parts": ["Kas atsakingas", "Kodėl", "Kiek laiko", "Kas skaito", "Telegram", "Jūsų teisės"],
        "show": "Parodyti čia",
        "file": "Atsiųsti failą",
        "allow": "Leisti: partneriai",
        "back": "Atsiimti: partneriai",
        "all": "Atsiimti ir viską ištrinti",
        "rest": "Ištrinti kita",
        "surely": "Taip, ištrinti",
        "clear": "Taip, ir išvalyti",
        "gone": "Ištrinta.",
        "hidden": "Paskutinių 48 valandų",
    },
    "en": {
        "parts": ["Who is responsible", "Why", "How long", "Who reads it", "Telegram", "Your rights"],
        "show": "Show it here",
        "file": "Send me a file",
        "allow": "Allow: partners",
        "back": "Take back: partners",
        "all": "Withdraw and delete everything",
        "rest": "Delete the rest",
        "surely": "Yes, delete",
        "clear": "Yes, and clear",
        "gone": "Deleted.",
        "hidden": "last 48 hours",
    },
    "uk": {
        "parts": ["Хто відповідає", "Навіщо", "Як довго", "Хто читає", "Telegram", "Ваші права"],
        "show": "Показати тут",
        "file": "Надіслати файл",
        "allow": "Дозволити: партнери",
        "back": "Відкликати: партнери",
        "all": "Відкликати й видалити все",
        "rest": "Видалити решту",
        "surely": "Так, видалити",
        "clear": "Так, і очистити",
        "gone": "Видалено.",
        "hidden": "останні 48 годин",
    },
}


async def refer_by_phone(world: World, words: Words, telegram_id: int = 5) -> Actor:
    """A request with a name, a need and a phone that may be called."""
    person = await arrive(world, words, telegram_id)
    await person.says("/worker")
    await fill_form(person, words, need="mama krito", phone="8 612 34567", name="Ona")
    await person.presses(words.send)
    return person


@EVERY_LANGUAGE
async def test_the_first_screen_of_the_notice_is_short(world: World, words: Words) -> None:
    person = await arrive(world, words)

    await person.says("/privacy")
    text = person.screen.text

    assert len(text.split()) <= 60
    assert len([line for line in text.splitlines()[1:] if line]) == 5


@EVERY_LANGUAGE
async def test_every_layer_of_the_notice_is_there_and_leads_back(world: World, words: Words) -> None:
    person = await arrive(world, words)
    first = await person.says("/privacy")
    shown = []

    for row in person.screen.buttons[:4]:
        for button in row:
            shown.append(await person.presses(button["text"]))
            assert await person.presses("←") == first

    assert len(set(shown)) == 8
    assert "GDPR" in shown[1] or "BDAR" in shown[1]
    assert "VDAI" in shown[5]
    assert "/mydata" in shown[5]
    assert "/hide" in shown[6]
    assert "112" in shown[7]
    assert "08:00–17:00" in shown[7]


async def test_who_is_not_named_is_said_not_to_be(world: World) -> None:
    person = await arrive(world, WORDS["en"])
    await person.says("/privacy")

    assert "has not named who is responsible" in await person.presses("Who is responsible")


async def test_the_notice_says_what_the_controller_has_set(sqlite_url: str, library: Library) -> None:
    periods = {**default_periods(), "closed": Period(6, "month")}
    privacy = Privacy("Kauno rajono savivaldybė, info@krs.lt", "dap@krs.lt", LegalBasis.PUBLIC_TASK, periods)
    async with make_world(sqlite_url, library, settings=Settings(privacy=privacy)) as world:
        person = await arrive(world, WORDS["en"])
        await person.says("/privacy")
        who = await person.presses("Who is responsible")
        await person.presses("←")
        why = await person.presses("Why")
        await person.presses("←")
        how_long = await person.presses("How long")

    assert "info@krs.lt" in who
    assert "dap@krs.lt" in who
    assert "public task" in why
    assert "6 months" in how_long
    assert "12 months" in how_long  # accounts
    assert "24 hours" in how_long


@EVERY_LANGUAGE
async def test_a_yes_is_given_and_taken_back_in_one_tap(world: World, words: Words) -> None:
    person, says = await refer(world, words), SAYS[words.code]
    await person.says("/consent")
    has = []
    for label in (says["allow"], says["back"]):
        await person.presses(str(label))
        async with world.app.store.work() as work:
            known = await work.persons.find(5)
            assert known is not None
            has.append(await work.consents.has(known.id, Purpose.PARTNERS))

    assert has == [True, False]
    assert "ATR-" in person.sees


async def test_no_more_calls_reaches_the_worker_at_once(world: World) -> None:
    person = await refer_by_phone(world, LT)
    rasa = world.person(COORDINATOR, "Rasa")
    before = await take(world, rasa)

    await person.says("/consent")
    await person.presses("Atsiimti: skambučiai")
    async with world.app.store.work() as work:
        after = (await work.referrals.queue())[0].details
    again = await person.presses("Leisti: skambučiai")
    async with world.app.store.work() as work:
        allowed = (await work.referrals.queue())[0].details

    assert "+370 612 34567" in before
    assert not after.may_call
    assert allowed == replace(after, may_call=True)
    assert "Atsiimti: skambučiai" in again


async def test_the_yes_to_a_request_is_no_button(world: World) -> None:
    person = await refer(world, LT)
    await person.says("/consent")

    await person.presses_data("ag:referral:0", person.screen)

    async with world.app.store.work() as work:
        known = await work.persons.find(5)
        assert known is not None
        given = await work.consents.of_person(known.id)
    assert [each.holds for each in given] == [True]


@EVERY_LANGUAGE
async def test_the_copy_is_shown_and_sent_only_after_a_fresh_yes(world: World, words: Words) -> None:
    person, says = await refer_by_phone(world, words), SAYS[words.code]

    asked = await person.says("/mydata")
    shown = await person.presses(str(says["show"]))
    await person.presses(str(says["file"]))
    file = json.loads(person.screen.content)

    assert "mama krito" not in asked
    for own in ("ATR-", "mama krito", "Ona", "+370 612 34567"):
        assert own in shown
    assert person.screen.file_name == "atrama-my-data.json"
    assert file["requests"][0]["details"]["need"] == "mama krito"
    assert file["person"]["telegram_id"] == 5
    assert [each["purpose"] for each in file["consents"]] == ["referral"]


async def test_an_old_confirmation_shows_nothing(world: World) -> None:
    person = await refer_by_phone(world, LT)
    await person.says("/mydata")
    shown, data = person.find_button("Parodyti čia")
    world.clock.advance(timedelta(minutes=12))

    await person.presses_data(data, shown)

    assert "mama krito" not in person.sees
    assert "Parodyti čia" in person.sees


async def test_the_copy_says_how_often_it_was_opened_but_not_by_whom(world: World) -> None:
    person = await refer_by_phone(world, LT)
    await take(world, world.person(COORDINATOR, "Rasa"))
    await person.says("/mydata")

    shown = await person.presses("Parodyti čia")
    await person.presses("Atsiųsti failą")

    assert "koordinatorius × 1" in shown
    assert "Rasa" not in shown
    assert b"Rasa" not in person.screen.content


async def test_a_file_that_does_not_get_through_is_sent_once_in_the_end(world: World) -> None:
    person = await refer_by_phone(world, LT)
    await person.says("/mydata")
    broken = TelegramNetworkError(method=GetMe(), message="reset")
    world.telegram.faults_by_chat[5] = [broken, broken]

    await person.presses("Atsiųsti failą")

    files = [each for each in world.telegram.chats[5] if each.file_name]
    assert len(files) == 1


WORD = st.text("ĄČĘĖĮŠŲŪŽ", min_size=6, max_size=12)  # stands in no name of a field


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(own=WORD, others=WORD)
async def test_nothing_of_anybody_else_is_in_the_copy(store: Store, own: str, others: str) -> None:
    if own in others or others in own:
        return
    async with store.work() as work:
        for telegram_id, word, reference in ((77001, own, "ATR-2222-2"), (77002, others, "ATR-3333-3")):
            person = await work.persons.get_or_add(telegram_id, START)
            details = Details(ForWhom.ME, Reach.PHONE, "lt", name=word, need=word, phone="+37061234567")
            referral = await keep(work, person, reference=reference, details=details)
            await write_to_worker(work, person, referral.id, f"{word}!", now=START)
        first = await work.persons.find(77001)
        assert first is not None
        text = json.dumps(as_json(await work.holdings.of(first, talk={})), ensure_ascii=False)

    assert own in text
    for foreign in (others, "77002", "ATR-3333-3"):
        assert foreign not in text


@EVERY_LANGUAGE
async def test_deleting_asks_twice_and_tells_plainly_that_a_worker_is_on_it(
    world: World, words: Words
) -> None:
    person, says = await refer_by_phone(world, words), SAYS[words.code]
    async with world.app.store.work() as work:
        reference = (await work.referrals.queue())[0].reference

    told = await person.says("/delete")
    sure = await person.presses(str(says["all"]))
    async with world.app.store.work() as work:
        before = await work.persons.find(5)
    done = await person.presses(str(says["surely"]))

    assert reference in told
    assert str(says["surely"]) in sure
    assert before is not None
    assert str(says["gone"]) in done
    async with world.app.store.work() as work:
        assert await work.persons.find(5) is None
        assert await work.referrals.queue() == []


@EVERY_LANGUAGE
async def test_the_rest_goes_and_the_open_request_waits_for_its_day(world: World, words: Words) -> None:
    person, says = await refer_by_phone(world, words), SAYS[words.code]
    await person.says("/worker")
    await person.presses(words.for_me)
    await person.says("/delete")

    await person.presses(str(says["rest"]))
    done = await person.presses(str(says["surely"]))
    again = await person.says("/delete")
    async with world.app.store.work() as work:
        known = await work.persons.find(5)
        assert known is not None
        assert await work.drafts.find(known.id) is None
        waiting = (await work.referrals.queue())[0]
    world.clock.advance(timedelta(days=30))
    await world.app.sweep()

    assert waiting.details.need == "mama krito"
    assert "24" in done
    assert "24" in again
    async with world.app.store.work() as work:
        assert await work.persons.find(5) is None
        assert await work.referrals.queue() == []


async def test_who_changes_their_mind_stays(world: World) -> None:
    person = await refer_by_phone(world, LT)
    await person.says("/delete")
    await person.presses("Ištrinti kita")
    await person.presses("Taip, ištrinti")
    await person.says("/delete")

    await person.presses("Vis dėlto palikti")
    world.clock.advance(timedelta(days=31))
    await world.app.sweep()

    async with world.app.store.work() as work:
        assert (await work.referrals.queue())[0].details.need == "mama krito"


async def test_after_deleting_the_bot_begins_anew(world: World) -> None:
    person = await refer_by_phone(world, LT)
    shown, data = person.find_button("Rodyti mano prašymą")
    await person.says("/delete")
    await person.presses("Atsiimti ir viską")
    await person.presses("Taip, ištrinti")

    await person.presses_data(data, shown)
    old_button = person.sees
    await person.says("/mine")
    mine = person.sees

    assert "nebenaudojamas" in old_button or "nebeveikia" in old_button
    assert "ATR-" not in mine


@EVERY_LANGUAGE
async def test_hiding_asks_for_every_message_of_the_last_two_days_and_no_older(
    world: World, words: Words
) -> None:
    person = await arrive(world, words)
    await person.says("/sos")
    old = [*person.wrote, *[each.message_id for each in world.telegram.chats[5]]]
    world.clock.advance(timedelta(hours=48, minutes=1))
    begun = len(person.wrote)
    await person.says(words.question)
    await person.says("/sos")
    await person.says("/worker")
    await person.presses(words.for_me)
    young = {each.message_id for each in world.telegram.chats[5]} - set(old)

    last = await person.says("/hide")

    asked = world.telegram.asked_to_delete[5]
    assert set(asked) == young | set(person.wrote[begun:])
    assert not set(asked) & set(old)
    assert str(SAYS[words.code]["hidden"]) in last
    assert [each.text for each in world.telegram.chats[5] if each.message_id not in old] == [
        person.screen.text
    ]


async def test_hiding_a_long_chat_takes_a_hundred_at_a_time_newest_first(world: World) -> None:
    person = await arrive(world, LT)
    for _ in range(70):
        await person.says("/help")
    before = {each.message_id for each in world.telegram.chats[5]} | set(person.wrote)

    await person.says("/hide")

    lists = [call.message_ids for call in world.telegram.calls if isinstance(call, DeleteMessages)]
    assert [len(each) for each in lists] == [100, len(before) + 1 - 100]
    assert lists[0] == sorted(lists[0], reverse=True)
    assert min(lists[0]) > max(lists[1])


async def test_one_message_that_is_too_old_keeps_no_other(world: World) -> None:
    person = await arrive(world, LT)
    for _ in range(5):
        await person.says("/help")
    stuck = world.telegram.chats[5][2].message_id
    world.telegram.too_old.add(stuck)

    await person.says("/hide")

    assert world.telegram.chats[5][0].message_id == stuck
    assert len(world.telegram.chats[5]) == 2  # and the last line


async def test_what_was_on_its_way_is_deleted_too(world: World) -> None:
    person = await arrive(world, LT)
    async with world.app.store.work() as work:
        await work.outbox.put(5, "sendMessage", parameters={"text": "news"}, now=world.clock.now())
        await work.commit()
    await world.app.receiving.receive(
        [{"update_id": 10_000, "message": {"message_id": 999, "date": 1, "text": "/hide",
          "entities": [{"type": "bot_command", "offset": 0, "length": 5}],
          "chat": {"id": 5, "type": "private"}, "from": person.user}}]
    )  # fmt: skip

    await world.app.worker.step()
    await world.settle()

    assert [each.text.startswith("Atlikta.") for each in world.telegram.chats[5]] == [True]


async def test_hiding_twice_asks_for_nothing_twice(world: World) -> None:
    person = await arrive(world, LT)
    await person.says("/hide")
    first = list(world.telegram.asked_to_delete[5])

    await person.says("/hide")

    second = world.telegram.asked_to_delete[5][len(first) :]
    assert len(second) == 2  # the last line of the first time, and the second /hide
    assert not set(first) & set(second)


async def test_hiding_closes_the_form_and_keeps_its_answers_unless_they_are_to_go(world: World) -> None:
    person = await arrive(world, LT)
    await person.says("/worker")
    await person.presses(LT.for_me)

    last = await person.says("/hide")
    typed = await person.says("/worker")
    await person.says("/hide")
    gone = await person.presses("Ištrinti ir tai")

    assert "Ištrinti ir tai, ką rašiau" in last
    assert "112" not in last
    assert "Turite nebaigtą" in typed or "nebaigt" in typed
    assert gone == "Ištrinta."
    async with world.app.store.work() as work:
        known = await work.persons.find(5)
        assert known is not None
        assert await work.drafts.find(known.id) is None


async def test_hiding_forgets_what_was_asked(world: World) -> None:
    person = await arrive(world, LT)
    await person.says("kas padėtų senam žmogui namuose")
    await person.says("/hide")

    async with world.app.store.work() as work:
        left = await work.conversations.read(f"{world.app.bot.id}:5:5:None:default")

    assert left == {}


async def test_the_last_line_says_nothing_of_what_it_was_about(world: World) -> None:
    person = await refer_by_phone(world, LT)

    last = (await person.says("/hide")).casefold()

    for word in ("prašym", "atram", "social", "darbuotoj", "pagalb", "112", "atr-"):
        assert word not in last


@EVERY_LANGUAGE
async def test_deleting_can_clear_the_chat_as_well(world: World, words: Words) -> None:
    person, says = await refer_by_phone(world, words), SAYS[words.code]
    await person.says("/delete")
    await person.presses(str(says["all"]))

    await person.presses(str(says["clear"]))

    assert len(world.telegram.chats[5]) == 1
    async with world.app.store.work() as work:
        assert await work.persons.find(5) is None
        assert await work.traces.take(5, START) == []


async def test_hiding_under_faults_loses_nothing(world: World) -> None:
    person = await arrive(world, LT)
    await person.says("/help")
    count = len(world.telegram.chats[5]) + len(person.wrote) + 1
    world.telegram.faults_by_chat[5] = [
        TelegramNetworkError(method=GetMe(), message="reset"),
        TelegramBadRequest(method=GetMe(), message="Bad Request: message can't be deleted"),
    ]

    await person.says("/hide")

    assert len(set(world.telegram.asked_to_delete[5])) == count
    assert len(world.telegram.chats[5]) == 1


async def test_hide_is_one_tap_from_help(world: World) -> None:
    person = await arrive(world, LT)
    await person.says("/help")

    last = await person.presses("Paslėpti pokalbį")

    assert "Atlikta." in last
    assert len(world.telegram.chats[5]) == 1


async def test_only_a_coordinator_can_keep_a_case_from_erasing(world: World) -> None:
    await refer(world, LT)
    async with world.app.store.work() as work:
        referral = (await work.referrals.queue())[0]
    stranger, rasa = await arrive(world, LT, 66), world.person(COORDINATOR, "Rasa")

    refused = await stranger.says(f"/hold {referral.reference}")
    await stranger.presses_data(f"hold:{referral.id.hex}:1", stranger.screen)
    async with world.app.store.work() as work:
        before = (await work.referrals.queue())[0].held
    await rasa.says("/hold")
    unknown = rasa.sees
    await rasa.says(f"/hold {referral.reference.lower()}")
    kept = await rasa.presses("Apsaugoti nuo trynimo")
    async with world.app.store.work() as work:
        after = (await work.referrals.queue())[0].held

    assert "nėra ko atverti" in refused
    assert "/hold ATR-" in unknown
    assert (before, after) == (False, True)
    assert "apsaugotas nuo trynimo" in kept
