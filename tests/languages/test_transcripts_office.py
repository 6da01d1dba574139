"""The office's screens in every language, as texts that people can read in a diff (see test_transcripts)."""

from __future__ import annotations

from datetime import timedelta

import pytest

from referrals.person import Role
from tests.conversations.office import CODE, finished_case, staff
from tests.conversations.steps import WORDS, Words, arrive
from tests.fakes.world import COORDINATOR, Actor, World
from tests.languages.test_transcripts import Writer, compare

SAYS = {
    "lt": (
        "Nė vienas netinka",
        "Klaida ar",
        "Reikia parašyti",
        "Jau pažymėti",
        "Peržiūrėta",
        "Be vardų: CSV",
    ),
    "en": ("None of these", "Wrong or", "Content to", "Marked ones", "Seen", "Without names: CSV"),
    "uk": ("Нічого з цього", "Помилка чи", "Треба написати", "Уже позначені", "Переглянуто", "Без імен: CSV"),
}
WITH_NAMES = {"lt": "Su vardais: CSV", "en": "With names: CSV", "uk": "З іменами: CSV"}
CONFIRM = {"lt": "Patvirtinti", "en": "Confirm", "uk": "Підтвердити"}
HELP = {"lt": ("Dar ne", "Iš dalies"), "en": ("Not yet", "Partly"), "uk": ("Ще ні", "Частково")}


async def question_screens(world: World, words: Words, writer: Writer) -> None:
    """A code that does not belong here, and the question whether help came."""
    person = await arrive(world, words, 7)
    for name, typed in {
        "a personal code": f"qwrtp {CODE}",
        "an account": "qwrtp LT60 1010 0123 4567 8901",
        "a card": "qwrtp 4111 1111 1111 1111",
        "a passport": "qwrtp passport 22345678",
        "several": f"qwrtp {CODE}, 4111 1111 1111 1111",
    }.items():
        await person.says(typed)
        writer.add(name, world.telegram.chats[7][-2].transcript())
    helped = await finished_case(world, words)
    for label in HELP[words.code]:
        world.clock.advance(timedelta(days=14))
        await world.app.ask_follow_ups()
        await world.settle()
        writer.add("did help come?", helped.sees)
        writer.add(f"[{label}]", await helped.presses(label))


async def office_screens(world: World, words: Words, writer: Writer) -> None:
    """What curators and coordinators see."""
    none, doubt, to_write, marked, seen, without = SAYS[words.code]
    await _asked(world, words, none, doubt)
    boss = world.person(COORDINATOR, "Rasa", words.code)
    second = await staff(world, 901, "Mantas", Role.COORDINATOR)
    await second.says("/language")
    await second.presses(words.language)
    await boss.says("/language")
    await boss.presses(words.language)
    writer.add("/unanswered", await boss.says("/unanswered"))
    writer.add("a group", await boss.presses("1 · "))
    writer.add("marked", await boss.presses(to_write))
    writer.add("the marked ones", await boss.presses(marked))
    writer.add("/feedback", await boss.says("/feedback"))
    writer.add("an entry", await boss.presses(boss.screen.labels[0]))
    writer.add("seen", await boss.presses(seen))
    await boss.says("/stats")
    writer.add("/stats", "\n\n".join(each.transcript() for each in world.telegram.chats[COORDINATOR][-2:]))
    writer.add("/export", await boss.says("/export"))
    writer.add("an area", await boss.presses(words.area))
    writer.add("without names", await boss.presses(without))
    writer.add("the file", _content(boss))
    writer.add("with names", await boss.presses(WITH_NAMES[words.code]))
    writer.add("the second coordinator", second.sees)
    shown, data = second.find_button(CONFIRM[words.code])
    writer.add("confirmed", await second.presses(CONFIRM[words.code]))
    writer.add("the file with names", boss.sees)
    writer.add("what it holds", _content(boss))
    await second.presses_data(data, shown)
    writer.add("confirmed again", second.sees)


def _content(reader: Actor) -> str:
    """The CSV that was sent last."""
    return reader.screen.file.data.decode("utf-8-sig").replace("\r", "") if reader.screen.file else ""


async def _asked(world: World, words: Words, none: str, doubt: str) -> None:
    for telegram_id in (51, 52):
        person = await arrive(world, words, telegram_id)
        await person.says("zxcvb qwrtp fghjk")
        await person.says(words.question)
        await person.presses(doubt)
        await person.presses(person.screen.labels[0])
        await person.says(words.question)
        await person.presses({"lt": "Kiti", "en": "Other", "uk": "Інші"}[words.code])
        await person.presses(none)


@pytest.mark.parametrize("part", [question_screens, office_screens], ids=lambda part: part.__name__)
@pytest.mark.parametrize("language", WORDS)
async def test_the_office_is_as_it_was_read(world: World, language: str, part: object) -> None:
    writer, words = Writer(), WORDS[language]
    if part is office_screens:
        await question_screens(world, words, Writer())
    await part(world, words, writer)  # type: ignore[operator]

    compare(writer, f"{part.__name__}.{language}.txt")  # type: ignore[attr-defined]
