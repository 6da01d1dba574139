"""What should not be typed into a chat is neither kept nor searched, and the answer comes anyhow."""

from __future__ import annotations

import pytest

from bot.language import gettext, speaking
from referrals.asked import KEPT_FOR
from referrals.message import write_to_worker
from referrals.receipt import make_receipt
from tests.conversations.office import CODE
from tests.conversations.steps import WORDS, Words, arrive, fill_to_consent, refer
from tests.fakes.world import World

EVERY_LANGUAGE = pytest.mark.parametrize("words", WORDS.values(), ids=WORDS)
LT = WORDS["lt"]
WARNING = {
    "lt": "Prašome čia nesiųsti asmens kodo. Jo neišsaugojome.",
    "en": "Please do not send your personal code here. We have not kept it.",
    "uk": "Будь ласка, не надсилайте сюди особистий код. Ми його не зберегли.",
}


@EVERY_LANGUAGE
async def test_a_personal_code_in_a_question_is_answered_without_it(world: World, words: Words) -> None:
    person = await arrive(world, words)

    await person.says(f"{words.question}, {CODE}")

    warned, answered = [each.text for each in world.telegram.chats[person.id][-2:]]
    assert warned == WARNING[words.code]
    assert words.about_this in person.sees
    assert CODE not in person.transcript
    assert answered != warned


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("IBAN LT60 1010 0123 4567 8901", "banko sąskaitos"),
        ("4111 1111 1111 1111", "banko kortelės"),
        ("mano pasas 22345678", "paso ar asmens"),
        (f"{CODE} ir 4111-1111-1111-1111", "tokių numerių"),
    ],
)
async def test_each_kind_has_its_sentence(world: World, typed: str, said: str) -> None:
    person = await arrive(world, LT)

    await person.says(f"qwrtp zxcvb {typed}")

    assert said in world.telegram.chats[person.id][-2].text


async def test_the_words_that_are_kept_have_no_code(world: World) -> None:
    person = await arrive(world, LT)

    await person.says(f"qwrtp zxcvb {CODE}")

    async with world.app.store.work() as work:
        kept = await work.questions.unanswered(world.clock.now() - KEPT_FOR, marked=False)
    assert [each.words for each in kept] == ["qwrtp zxcvb •••"]


async def test_a_question_that_becomes_a_request_brings_no_code_along(world: World) -> None:
    person = await arrive(world, LT)
    await person.says(f"qwrtp zxcvb {CODE}")

    await person.says("/worker")

    async with world.app.store.work() as work:
        draft = await work.drafts.find((await work.persons.get_or_add(5, world.clock.now())).id)
    assert draft is not None
    assert draft.question == "qwrtp zxcvb •••"


@EVERY_LANGUAGE
async def test_a_need_with_a_code_is_kept_without_it(world: World, words: Words) -> None:
    person = await arrive(world, words)
    await person.says("/worker")

    await fill_to_consent(person, words, need=f"mama serga {CODE}", phone="8 612 34567")

    review = await person.presses(words.agree)
    assert WARNING[words.code] in person.transcript
    assert "mama serga •••" in review
    assert "+370 612 34567" in review
    assert CODE not in person.transcript


async def test_a_phone_is_never_taken_for_a_secret(world: World) -> None:
    person = await arrive(world, LT)
    await person.says("/worker")
    for label in (LT.for_me, LT.skip, LT.area, LT.skip, LT.soon, LT.phone):
        await person.presses(label)

    await person.says("48501012345")  # reads as a code with a day of birth in it

    assert "neišsaugojome" not in person.transcript


async def test_a_message_to_a_worker_is_kept_without_the_code(world: World) -> None:
    await refer(world, LT)
    async with world.app.store.work() as work:
        referral = (await work.referrals.queue())[0]
        person = await work.persons.get(referral.person_id)
        written = await write_to_worker(work, person, referral.id, f"kodas {CODE}", now=world.clock.now())
        kept = await work.messages.of(referral.id)

    assert written.text == "kodas •••"
    assert [each.text for each in kept] == ["kodas •••"]


async def test_danger_is_seen_beside_a_code(world: World) -> None:
    person = await arrive(world, LT)

    await person.says(f"vyras mane muša, mano kodas {CODE}")

    assert "112" in person.transcript
    assert "neišsaugojome" in person.transcript


@EVERY_LANGUAGE
async def test_whoever_adds_a_message_with_a_code_is_told(world: World, words: Words) -> None:
    person = await refer(world, words)
    await person.says("/mine")
    await person.presses("ATR-")
    with speaking(words.code):
        warned = gettext("Please do not send your personal code here. We have not kept it.")
        await person.presses(gettext("✍️ Add a message"))

    await person.says(f"{CODE} a message")

    assert warned in person.transcript
    async with world.app.store.work() as work:
        referral = (await work.referrals.queue())[0]
        assert [each.text for each in await work.messages.of(referral.id)] == ["••• a message"]


async def test_whoever_writes_by_code_from_another_phone_is_told_and_the_code_itself_is_no_secret(
    world: World,
) -> None:
    await refer(world, LT)
    async with world.app.store.work() as work:
        referral = (await work.referrals.queue())[0]
        owner = await work.persons.get(referral.person_id)
        code = await make_receipt(work, owner, referral.id, now=world.clock.now())
        await work.commit()
    other = await arrive(world, LT, 6)
    await other.says("/code")

    came = await other.says(code)
    entering = other.transcript
    await other.presses("žinutę")
    await other.says(f"kodas {CODE}")

    assert referral.reference in came
    assert "neišsaugojome" not in entering
    assert "neišsaugojome" in other.transcript
