"""What can I get? Asked one thing at a time, told with reasons, erased after an hour."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest

from bot.checkup import Checkup
from bot.resident.check import NUMBER
from knowledge.eligibility import Question
from tests.conversations.steps import WORDS, Words, arrive
from tests.fakes.clock import START
from tests.fakes.world import Actor, World

EVERY_LANGUAGE = pytest.mark.parametrize("words", WORDS.values(), ids=WORDS)
SAYS = {
    "lt": {
        "begin": "Kas man priklauso", "me": "Man ar mano šeimai", "skip": "Nežinau", "show": "Rodyti, kas",
        "why": "Kodėl klausiate", "decides": "Tai ne sprendimas", "erase": "Ištrinti",
        "erased": "ištrinti",
        "card": "Kortelė lietuviškai", "take": "Pasiimti", "because": "Nes:",
        "unknown": "Dar negalima pasakyti", "unchecked": "Netikrinta", "to-result": "Atgal prie rezultato",
        "refer": "Klausti darbuotojo su",
        "yes": "Taip", "back": "← Atgal",
    },
    "en": {
        "begin": "What can I get", "me": "For me or my family", "skip": "I do not know", "show": "Show what",
        "why": "Why do you ask", "decides": "This is not a decision", "erase": "Erase my",
        "erased": "are erased",
        "card": "Card in Lithuanian", "take": "Take it along", "because": "Because:",
        "unknown": "Cannot be told yet", "unchecked": "Not checked", "to-result": "Back to the result",
        "refer": "Ask a worker with",
        "yes": "Yes", "back": "← Back",
    },
    "uk": {
        "begin": "Що мені належить", "me": "Для мене чи моєї", "skip": "Не знаю", "show": "Показати, що",
        "why": "Чому питаєте", "decides": "Це не рішення", "erase": "Стерти",
        "erased": "стерто",
        "card": "Картка литовською", "take": "Взяти з собою", "because": "Тому що:",
        "unknown": "Поки не можна сказати", "unchecked": "Не перевірено", "to-result": "Назад до результату",
        "refer": "Запитати працівника з",
        "yes": "Так", "back": "← Назад",
    },
}  # fmt: skip


async def begin(world: World, words: Words) -> tuple[Actor, dict[str, str]]:
    """Somebody stands before the first question."""
    says = SAYS[words.code]
    person = await arrive(world, words)
    await person.says("/menu")
    await person.presses(says["begin"])
    await person.presses(says["me"])
    return person, says


async def answered(person: Actor, says: dict[str, str], *, times: int) -> None:
    """Answers a few questions with yes, a number, or whatever stands first."""
    for _time in range(times):
        labels = person.screen.labels
        if says["yes"] in labels:
            await person.presses(says["yes"])
        elif NUMBER.search(labels[0]) or labels[0] == says["skip"]:
            await person.says("3")
        else:
            await person.presses(labels[0])


@EVERY_LANGUAGE
async def test_questions_lead_to_a_result_with_reasons_and_sources(world: World, words: Words) -> None:
    person, says = await begin(world, words)
    await answered(person, says, times=6)

    result = await person.presses(says["show"])
    first = person.screen.labels[0]
    reasons = await person.presses(first)

    assert says["decides"] in result
    assert says["because"] in reasons
    assert "✅" in reasons


@EVERY_LANGUAGE
async def test_every_question_may_be_skipped_explained_and_taken_back(world: World, words: Words) -> None:
    person, says = await begin(world, words)
    question = person.sees

    why = await person.presses(says["why"])
    await person.presses({"lt": "Atgal prie", "en": "Back to the q", "uk": "Назад до"}[words.code])
    await person.presses(says["skip"])
    second = person.sees
    back = await person.presses(says["back"])

    assert why != question
    assert second.splitlines()[0] != question.splitlines()[0]
    assert back.splitlines()[0] == question.splitlines()[0]


async def test_a_number_that_is_none_is_asked_for_again(world: World) -> None:
    person, says = await begin(world, WORDS["lt"])
    while "Parašykite skaičių" not in person.sees:
        await person.presses(says["skip"])
    question = person.sees.splitlines()[0]

    again = await person.says("nežinau tiksliai")

    assert re.search(r"Parašykite skaičių nuo \d+ iki \d+ arba paspauskite mygtuką.", again)
    assert question in again


@EVERY_LANGUAGE
async def test_what_cannot_be_told_and_what_was_not_checked_can_be_looked_at(
    world: World, words: Words
) -> None:
    person, says = await begin(world, words)
    await person.presses(says["show"])

    unknown = await person.presses(says["unknown"])
    missing = await person.presses(person.screen.labels[0])
    await person.presses(says["to-result"])
    unchecked = await person.presses(says["unchecked"])

    assert len(set(unknown.splitlines())) > 8
    assert "❔" in missing
    assert says["unchecked"] in unchecked
    assert len(person.screen.labels) > 8


@EVERY_LANGUAGE
async def test_answers_are_erased_on_request(world: World, words: Words) -> None:
    person, says = await begin(world, words)
    await answered(person, says, times=2)
    await person.presses(says["show"])

    erased = await person.presses(says["erase"])

    assert says["erased"] in erased
    async with world.app.store.work() as work:
        assert await work.conversations.read("check:5") == {}


async def test_after_an_hour_nothing_is_left_even_if_nobody_comes_back(world: World) -> None:
    person, says = await begin(world, WORDS["lt"])
    await answered(person, says, times=2)
    async with world.app.store.work() as work:
        assert await work.conversations.read("check:5")

    world.clock.advance(timedelta(minutes=61))
    await world.app.erase_expired()

    async with world.app.store.work() as work:
        assert await work.conversations.read("check:5") == {}


async def test_before_the_hour_is_over_it_goes_on(world: World) -> None:
    person, says = await begin(world, WORDS["lt"])
    await answered(person, says, times=2)

    world.clock.advance(timedelta(minutes=59))
    await world.app.erase_expired()
    result = await person.presses(says["show"])

    assert says["decides"] in result


@EVERY_LANGUAGE
async def test_a_card_for_the_desk_is_in_lithuanian(world: World, words: Words) -> None:
    person, says = await begin(world, words)
    await answered(person, says, times=6)
    await person.presses(says["show"])

    card = await person.presses(says["card"])

    assert "Norėčiau paklausti apie šią pagalbą" in card
    assert "Tai ne sprendimas" in card


@EVERY_LANGUAGE
async def test_shown_facts_and_only_those_go_into_a_referral(world: World, words: Words) -> None:
    person, says = await begin(world, words)
    await answered(person, says, times=6)
    await person.presses(says["show"])
    reasons = await person.presses(person.screen.labels[0])

    await person.presses(says["refer"])
    async with world.app.store.work() as work:
        draft = await work.drafts.find((await work.persons.get_or_add(5, world.clock.now())).id)

    assert draft is not None
    assert draft.question is not None
    facts = [line for line in draft.question.splitlines() if line[:1] in "✅❌❔"]
    assert facts
    assert all(line in reasons for line in facts)


async def test_a_button_of_an_erased_check_is_explained(world: World) -> None:
    person, says = await begin(world, WORDS["en"])
    old = person.screen
    world.clock.advance(timedelta(hours=2))

    told = await person.presses(says["skip"])

    assert told != old.text
    assert "?" not in told.splitlines()[0] or "old" in told.lower()


async def test_it_can_begin_with_what_has_happened(world: World) -> None:
    person = await arrive(world, WORDS["en"])
    await person.says("/topics")
    await person.presses("What has happened")
    await person.presses("A death")

    await person.presses("What can I get")
    await person.presses("For me or my family")
    await person.presses("Show what")

    assert any("uneral" in label for label in person.screen.labels)


def test_going_back_keeps_what_came_with_the_event() -> None:
    begun = Checkup(START, "kaunas-city", "me", "new-baby").begun_with({"has_newborn_or_adopted_child": True})
    asked = begun.with_answer(Question("age", "me"), 30)

    back = asked.without_last().without_last()

    assert Checkup.from_row(back.as_row()) == begun
    assert back.said("has_newborn_or_adopted_child") is True
