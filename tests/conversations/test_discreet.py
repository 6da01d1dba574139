"""A phone that others can look at: whatever is sent without being asked for says only that there is news."""

from __future__ import annotations

from datetime import timedelta

import pytest

from bot.language import gettext, speaking
from referrals.contact import change_contact, contact_draft
from referrals.draft import Step
from tests.conversations.steps import WORDS, Words, arrive
from tests.conversations.test_cases import ask_for_partner
from tests.conversations.test_desk import colleague, take
from tests.fakes.telegram import Shown
from tests.fakes.world import Actor, World

EVERY_LANGUAGE = pytest.mark.parametrize("words", WORDS.values(), ids=WORDS)
LT = WORDS["lt"]
PERSON = 5
PARTNER = "The social worker asks: may this organisation be told about your request?"
HELPED = "Did you get the help you asked about? Only if you want to say."
WEEK = timedelta(days=7, hours=1)


def said(words: Words, english: str) -> str:
    """A sentence in the reader's language."""
    with speaking(words.code):
        return gettext(english)


async def refer(world: World, words: Words, *, seen_by_others: bool) -> Actor:
    """Somebody with a name to share, whose phone others look at, or not."""
    person = await arrive(world, words, PERSON)
    await person.presses_data("w:child-day-centres", person.screen)
    await person.presses(words.for_me)
    await person.says("Canary")
    seen = words.yes if seen_by_others else words.no
    for label in (words.area, words.skip, words.soon, words.chat, words.yes, seen):
        await person.presses(label)
    for label in (words.language, words.agree, words.send):
        await person.presses(label)
    return person


async def must_not_be_written_to(world: World) -> None:
    """The person has changed how to be reached."""
    async with world.app.store.work() as work:
        person = await work.persons.find(PERSON)
        assert person is not None
        referral = (await work.referrals.of_person(person.id))[0]
        draft = contact_draft(person.id, world.clock.now())
        draft.answers |= {Step.REACH: "chat", Step.MAY_WRITE: False}
        await change_contact(work, person, referral.id, draft, now=world.clock.now())
        await work.commit()


async def follow_up(world: World) -> None:
    """A week goes by."""
    world.clock.advance(WEEK)
    await world.app.ask_follow_ups()
    await world.settle()


def sent_since(world: World, count: int) -> list[Shown]:
    """What the person was sent meanwhile."""
    return world.telegram.chats[PERSON][count:]


def is_neutral(shown: Shown, words: Words) -> bool:
    """Whether it says only that there is news."""
    news, show = said(words, "There is news about your question."), said(words, "Show")
    return shown.text == news and shown.labels == [show]


@EVERY_LANGUAGE
async def test_a_partners_question_stands_behind_the_button(world: World, words: Words) -> None:
    person = await refer(world, words, seen_by_others=True)
    rasa = await colleague(world, 11, "Rasa")
    await take(world, rasa)
    before = len(world.telegram.chats[PERSON])

    name = await ask_for_partner(world, rasa)
    sent = sent_since(world, before)
    neutral = [is_neutral(each, words) for each in sent]
    question = await person.presses(said(words, "Show"))
    thanked = await person.presses(said(words, "Yes, share it"))
    again = await person.presses(said(words, "Show my request"))

    assert neutral == [True]
    assert said(words, PARTNER) in question
    assert name in question
    assert name in thanked
    assert said(words, PARTNER) not in again
    assert "sutiko" in rasa.sees


@EVERY_LANGUAGE
async def test_whether_help_came_is_asked_behind_the_button(world: World, words: Words) -> None:
    person = await refer(world, words, seen_by_others=True)
    rasa = await colleague(world, 11, "Rasa")
    await take(world, rasa)
    for label in ("Priimti", "Užbaigti"):
        await rasa.presses(label)
    before = len(world.telegram.chats[PERSON])

    await follow_up(world)
    neutral = [is_neutral(each, words) for each in sent_since(world, before)]
    question = await person.presses(said(words, "Show"))
    await person.presses(said(words, "Partly"))
    await person.says("/mine")
    again = await person.presses("ATR-")

    assert neutral == [True]
    assert said(words, HELPED) in question
    assert said(words, HELPED) not in again
    async with world.app.store.work() as work:
        assert [each.said for each in await work.remarks.all()] == ["help-partly"]


async def test_whose_phone_is_theirs_alone_reads_the_questions_at_once(world: World) -> None:
    person = await refer(world, LT, seen_by_others=False)
    rasa = await colleague(world, 11, "Rasa")
    await take(world, rasa)

    await ask_for_partner(world, rasa)
    partner = person.sees
    for label in ("Priimti", "Užbaigti"):
        await rasa.presses(label)
    await follow_up(world)

    assert said(LT, PARTNER) in partner
    assert said(LT, HELPED) in person.sees


async def test_who_must_not_be_written_to_any_more_is_asked_nothing(world: World) -> None:
    await refer(world, LT, seen_by_others=True)
    rasa = await colleague(world, 11, "Rasa")
    await take(world, rasa)
    await must_not_be_written_to(world)
    before = len(world.telegram.chats[PERSON])

    await ask_for_partner(world, rasa)
    refused = rasa.sees
    for label in ("Priimti", "Užbaigti"):
        await rasa.presses(label)
    await follow_up(world)

    assert sent_since(world, before) == []
    assert said(LT, "It is not safe to write to this person, so they cannot be asked here.") in refused


async def test_a_case_given_back_by_the_watch_says_no_more_than_that(world: World) -> None:
    await refer(world, LT, seen_by_others=True)
    rasa = await colleague(world, 11, "Rasa")
    await take(world, rasa)
    before = len(world.telegram.chats[PERSON])

    await rasa.says("/away")
    await rasa.presses("Taip")
    await world.app.watch()
    await world.settle()

    assert [is_neutral(each, LT) for each in sent_since(world, before)] == [True]
