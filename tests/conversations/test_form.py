"""Asking for a worker: every answer kept, every line changeable, one request however often it is sent."""

from __future__ import annotations

import pytest

from referrals.draft import Step
from tests.conversations.steps import WORDS, Words, arrive, fill_form, fill_to_consent, refer
from tests.fakes.world import DESK, World, make_world

EVERY_LANGUAGE = pytest.mark.parametrize("words", WORDS.values(), ids=WORDS)
LT = WORDS["lt"]


@EVERY_LANGUAGE
async def test_from_an_answer_to_a_reference(world: World, words: Words) -> None:
    person = await arrive(world, words)
    await person.says(words.question)
    await person.presses(words.about_this)

    review = await fill_form(person, words, need="mama", phone="+370 612 34567", name="Ona")
    receipt = await person.presses(words.send)

    assert "+370 612 34567" in review
    assert "mama" in review
    assert receipt.startswith(words.sent)
    assert "ATR-" in receipt


@EVERY_LANGUAGE
async def test_the_consent_names_everything_that_is_shared(world: World, words: Words) -> None:
    person = await arrive(world, words)
    await person.says("/worker")
    consent = await fill_to_consent(person, words, need="mama", phone="+370 612 34567", name="Ona")
    await person.presses(words.agree)

    for shared in ("Ona", "mama", "+370 612 34567", words.area, words.soon, words.language):
        assert shared in consent
    async with world.app.store.work() as work:
        row = await work.persons.find(5)
        assert row is not None
        draft = await work.drafts.find(row.id)
    assert draft is not None
    assert draft.step is Step.REVIEW
    assert len(str(draft.answers[Step.CONSENT])) == 64


async def test_sending_twice_opens_one_request(world: World) -> None:
    person = await arrive(world, LT)
    await person.says("/worker")
    await fill_form(person, LT)
    shown, data = person.find_button(LT.send)

    await person.presses_data(data, shown)
    await person.presses_data(data, shown)

    assert "jau išsiųstas" in person.sees
    async with world.app.store.work() as work:
        assert len(await work.referrals.queue()) == 1
    assert len(world.telegram.chats[DESK]) == 1


async def test_a_changed_answer_is_agreed_to_again(world: World) -> None:
    person = await arrive(world, LT)
    await person.says("/worker")
    await fill_form(person, LT)

    await person.presses("Pakeisti")
    await person.presses("Kaip skubu")
    again = await person.presses("Gali palaukti")
    await person.presses(LT.agree)
    await person.presses(LT.send)

    assert "Gali palaukti" in again
    assert "Ar sutinkate" in again
    async with world.app.store.work() as work:
        referral = (await work.referrals.queue())[0]
    assert referral.urgency == "routine"


async def test_the_language_changed_before_sending_needs_a_new_consent(world: World) -> None:
    person = await arrive(world, LT)
    await person.says("/worker")
    await fill_form(person, LT)
    shown, data = person.find_button(LT.send)
    await person.says("/language")
    await person.presses("English")

    await person.presses_data(data, shown)

    assert "Do you agree" in person.sees
    async with world.app.store.work() as work:
        assert await work.referrals.queue() == []


async def test_a_draft_survives_a_restart_at_its_step(sqlite_url: str, world: World, library: object) -> None:
    person = await arrive(world, LT)
    await person.says("/worker")
    await person.presses(LT.for_me)
    await person.says("Ona")
    keyring = world.app.store.keyring
    await world.app.store.close()

    async with make_world(sqlite_url, world.app.library, keyring=keyring, telegram=world.telegram) as later:
        later._updates = world._updates
        again = later.person(5)
        screen = await again.says("tekstas vietoj mygtuko")

    assert "Kur gyvena žmogus" in screen
    assert "mygtuku" in screen


async def test_a_form_put_aside_lets_questions_be_asked_and_goes_on_later(world: World) -> None:
    person = await arrive(world, LT)
    await person.says("/worker")
    await person.presses(LT.for_me)

    await person.presses("Sustoti")
    answer = await person.says(LT.question)
    await person.says("/menu")
    step = await person.presses("Tęsti anketą")

    assert answer.startswith("Pagalba į namus")
    assert "Kaip darbuotojui į jus kreiptis" in step


async def test_cancel_keeps_the_answers_and_dropping_forgets_them(world: World) -> None:
    person = await arrive(world, LT)
    await person.says("/worker")
    await person.presses(LT.for_me)

    kept = await person.says("/cancel")
    await person.presses("Viską ištrinti")
    dropped = await person.presses("Taip, ištrinti")

    assert "išsaugoti" in kept
    assert "ištrinti" in dropped
    async with world.app.store.work() as work:
        row = await work.persons.find(5)
        assert row is not None
        assert await work.drafts.find(row.id) is None


async def test_an_old_button_of_the_form_changes_nothing(world: World) -> None:
    person = await arrive(world, LT)
    await person.says("/worker")
    shown, data = person.find_button("Mano vaikui")
    await person.presses(LT.for_me)
    await person.presses_data(data, shown)

    assert "iš ankstesnio klausimo" in person.sees
    async with world.app.store.work() as work:
        row = await work.persons.find(5)
        assert row is not None
        draft = await work.drafts.find(row.id)
    assert draft is not None
    assert draft.answers == {"for-whom": "me"}


async def test_a_forged_answer_is_no_answer(world: World) -> None:
    person = await arrive(world, LT)
    await person.says("/worker")

    await person.presses_data("f:for-whom:everybody", person.screen)

    assert "Kam prašote pagalbos" in person.sees


@pytest.mark.parametrize("typed", ["nesakysiu", "12345", "+999"])
async def test_a_phone_that_cannot_be_dialled_is_asked_again(world: World, typed: str) -> None:
    person = await arrive(world, LT)
    await person.says("/worker")
    for label in (LT.for_me, LT.skip, LT.area, LT.skip, LT.soon, LT.phone):
        await person.presses(label)

    again = await person.says(typed)

    assert "+370 612 34567" in again
    assert "Koks jūsų telefono numeris" in again


async def test_ones_own_contact_is_confirmed_and_somebody_elses_is_not(world: World) -> None:
    for telegram_id, owner, confirmed in ((5, 5, True), (6, 77, False)):
        person = await arrive(world, LT, telegram_id)
        await person.says("/worker")
        for label in (LT.for_me, LT.skip, LT.area, LT.skip, LT.soon, LT.phone):
            await person.presses(label)
        await person.shares_contact("37061234567", owner=owner)
        for label in (LT.yes, LT.no, LT.yes, LT.any_time, LT.no, LT.language, LT.agree, LT.send):
            await person.presses(label)

        async with world.app.store.work() as work:
            row = await work.persons.find(telegram_id)
            assert row is not None
            referral = (await work.referrals.of_person(row.id))[0]
        assert referral.details.phone == "+37061234567"
        assert referral.details.phone_is_own is confirmed


async def test_a_long_need_is_refused_kindly_and_nothing_is_lost(world: World) -> None:
    person = await arrive(world, LT)
    await person.says("/worker")
    for label in (LT.for_me, LT.skip, LT.area):
        await person.presses(label)

    refused = await person.says("ž" * 1501)
    taken = await person.says("trumpai")

    assert "1" in refused
    assert "ženkl" in refused
    assert "Kaip greitai" in taken


async def test_text_cannot_move_what_stands_beside_it(world: World) -> None:
    person = await arrive(world, LT)
    await person.says("/worker")
    review = await fill_form(person, LT, name="Ona\u202e\u200banoT", need="a\u2066b\x07c")

    assert "OnaanoT" in review
    assert "abc" in review


async def test_somebody_who_does_not_know_the_area_goes_to_the_coordinators(world: World) -> None:
    person = await arrive(world, LT)
    await person.says("/worker")
    await person.presses(LT.for_me)
    await person.presses(LT.skip)
    await person.presses("Nežinau")
    for label in (LT.skip, LT.soon, LT.chat, LT.yes, LT.no, LT.language, LT.agree, LT.send):
        await person.presses(label)

    async with world.app.store.work() as work:
        referral = (await work.referrals.queue())[0]
    assert referral.area is None


async def test_words_of_despair_in_the_form_bring_the_numbers_and_are_kept(world: World) -> None:
    person = await arrive(world, LT)
    await person.says("/worker")
    for label in (LT.for_me, LT.skip, LT.area):
        await person.presses(label)
    before = len(world.telegram.chats[5])

    await person.says("nebenoriu gyventi")

    panel, step = world.telegram.chats[5][before:]
    assert "116 123" in panel.text
    assert "Kaip greitai" in step.text


@EVERY_LANGUAGE
async def test_ones_own_requests_are_listed_and_withdrawn_in_one_tap(world: World, words: Words) -> None:
    person = await refer(world, words)

    await person.says("/mine")
    await person.presses("ATR-")
    gone = await person.presses(words.withdraw)
    listed = await person.says("/mine")

    assert words.withdrawn in gone
    assert words.withdrawn.split()[-1] in listed.casefold()


async def test_nobody_sees_or_withdraws_somebody_elses_request(world: World) -> None:
    await refer(world, LT, 5)
    thief = await arrive(world, LT, 6)
    async with world.app.store.work() as work:
        referral = (await work.referrals.queue())[0]

    for data in (f"r:{referral.id.hex}", f"rw:{referral.id.hex}"):
        await thief.presses_data(data, thief.screen)
        assert referral.reference not in thief.sees

    async with world.app.store.work() as work:
        assert (await work.referrals.queue())[0].status == "requested"
