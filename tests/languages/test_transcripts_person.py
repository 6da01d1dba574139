"""The person's side of a request in every language, as a text that people can read in a diff."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest

from tests.conversations.steps import WORDS, Words, fill_form
from tests.conversations.test_desk import card, colleague, take
from tests.conversations.test_person import NIGHT, SAYS, worker_writes
from tests.fakes.world import COORDINATOR, World
from tests.languages.test_transcripts import Writer, compare

CODE = re.compile(r"\b\d{4}( \d{4}){3}\b")
# Labels that only these walks press.
PRESSES = {
    "lt": {
        "relative": ("Artimam žmogui", "Mano mama", "Ne, nežino"),
        "child": ("Mano vaikui", "7–13", "Niekas"),
        "young": ("Man dar nėra 18", "Mažiau nei 14"),
        "wait": "Gali palaukti",
        "contact": "Keisti, kaip mane pasiekti",
        "evening": "Vakare",
        "back": "Grįžti prie mano prašymo",
        "messages": "Žinutės:",
        "noted": "Užsirašiau",
    },
    "en": {
        "relative": ("For a relative", "My mother or father", "No, does not know"),
        "child": ("For my child", "7 to 13", "Nobody"),
        "young": ("I am under 18", "Under 14"),
        "wait": "It can wait",
        "contact": "Change how to reach me",
        "evening": "In the evening",
        "back": "Back to my request",
        "messages": "Messages:",
        "noted": "I have it",
    },
    "uk": {
        "relative": ("Для близької", "Моя мама", "Ні, не знає"),
        "child": ("Для моєї дитини", "7–13", "Ніхто"),
        "young": ("Мені ще немає 18", "Менше ніж 14"),
        "wait": "Може почекати",
        "contact": "Змінити спосіб зв’язку",
        "evening": "Увечері",
        "back": "Назад до мого запиту",
        "messages": "Повідомлення:",
        "noted": "Записано",
    },
}


async def whom_screens(world: World, words: Words, writer: Writer) -> None:
    """Writing for another, for a child, and as a child."""
    presses = PRESSES[words.code]
    for telegram_id, way in ((21, "relative"), (22, "child"), (23, "young")):
        person = world.person(telegram_id, "Ona", words.code)
        writer.add(f"{way}: /worker", await person.says("/worker"))
        for label in presses[way]:
            writer.add(f"[{label}]", await person.presses(label))
        if way == "child":
            writer.add("a child's name", await person.says("Jonas"))
        for label in (words.skip, words.area, words.skip, words.soon, words.chat, words.yes, words.no):
            await person.presses(label)
        writer.add("consent", await person.presses(words.language))
        await person.presses(person.screen.labels[0])
        await person.presses(words.send)
        writer.add("the desk's card", card(world).transcript())
        writer.add("worker: the case", await take(world, world.person(COORDINATOR, "Rasa")))


async def own_screens(world: World, words: Words, writer: Writer) -> None:
    """One request from a night before it is sent to the worker's answer."""
    says, presses = SAYS[words.code], PRESSES[words.code]
    world.clock.advance(NIGHT - world.clock.now())
    person = world.person(5, "Ona", words.code)
    await person.says("/worker")
    writer.add("the review at night", await fill_form(person, words))
    writer.add("sent", await person.presses(words.send))
    writer.add("one's own request", await person.presses(words.show))
    writer.add("add a message", await person.presses(says["add"]))
    writer.add("too long", await person.says("ž" * 1001))
    writer.add("a message", await person.says("…"))
    writer.add("the desk's card", card(world).transcript())
    world.clock.advance(timedelta(days=9))
    writer.add("late", await person.presses(presses["back"]))
    rasa = await colleague(world, 11, "Rasa")
    await take(world, rasa)
    await worker_writes(world, 11, "Ateisiu trečiadienį.")
    writer.add("the worker's message", person.sees)
    await person.presses(says["reply"])
    await person.says("!")
    writer.add("worker: the person has written", rasa.sees)
    writer.add("taken", await person.presses(presses["back"]))
    writer.add("messages", await person.presses(presses["messages"]))
    await person.presses(presses["back"])


async def contact_screens(world: World, words: Words, writer: Writer) -> None:
    """Another way to be reached, and news for a phone that others see."""
    presses, says = PRESSES[words.code], SAYS[words.code]
    person, rasa = world.person(5, "Ona", words.code), world.person(11, "Rasa", "lt")
    writer.add("change contact", await person.presses(presses["contact"]))
    writer.add(f"[{words.phone}]", await person.presses(words.phone))
    await person.says("8 612 34567")
    for label in (words.yes, words.yes, words.yes, presses["evening"], words.no):
        writer.add(f"[{label}]", await person.presses(label))
    writer.add("worker: the contact is changed", rasa.sees)
    await worker_writes(world, 11, "…")
    writer.add("discreet news", person.sees)
    writer.add("opened", await person.presses(says["show"]))


async def code_screens(world: World, words: Words, writer: Writer) -> None:
    """A code, and what it opens on another phone."""
    presses, says = PRESSES[words.code], SAYS[words.code]
    person, other = world.person(5, "Ona", words.code), world.person(6, "Ona", words.code)
    shown = await person.presses(says["code"])
    writer.add("a code", shown)
    await person.presses(presses["noted"])
    writer.add("other: /code", await other.says("/code"))
    writer.add("other: words", await other.says("?"))
    writer.add("other: a wrong code", await other.says("0" * 16))
    found = CODE.search(shown)
    if found is None:
        raise AssertionError("no code was shown")
    writer.add("other: the code", await other.says(found[0]))
    await other.says("/code")
    for _ in range(5):
        writer.add("other: too many", await other.says("1" * 16))


PARTS = [own_screens, contact_screens, code_screens]


@pytest.mark.parametrize("language", WORDS)
async def test_whom_help_is_for_is_asked_as_it_was_read(world: World, language: str) -> None:
    writer = Writer()
    await whom_screens(world, WORDS[language], writer)
    compare(writer, f"whom_screens.{language}.txt")


@pytest.mark.parametrize("language", WORDS)
async def test_the_persons_screens_are_as_they_were_read(world: World, language: str) -> None:
    writer = Writer()
    for part in PARTS:
        await part(world, WORDS[language], writer)
    writer.parts = [CODE.sub("1234 5678 9012 3456", part) for part in writer.parts]
    compare(writer, f"person_screens.{language}.txt")
