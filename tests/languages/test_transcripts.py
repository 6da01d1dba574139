"""Every screen in every language, as a text that people can read in a diff.

The transcripts stand in `tests/languages/transcripts/`. After a change that is meant:
`UPDATE_TRANSCRIPTS=1 make test`, then read the diff.
"""

from __future__ import annotations

import os
import re
from pathlib import Path

import pytest

from tests.conversations.steps import WORDS, Words
from tests.conversations.test_check import SAYS
from tests.conversations.test_desk import take
from tests.conversations.test_sms import SAYS as SMS_SAYS
from tests.fakes.world import COORDINATOR, DESK, World

FOLDER = Path(__file__).parent / "transcripts"
REFERENCE = re.compile(r"ATR-\w{4}-\w")
LINK = re.compile(r"start=\w+_[\w-]+")


CHECK_SAYS = {
    "lt": {
        "first": ("Man ar mano šeimai", "Nežinau"),
        "again": "Atgal prie klausimo",
        "result": "Atgal prie rez",
    },
    "en": {
        "first": ("For me or my family", "I do not know"),
        "again": "Back to the question",
        "result": "Back to the r",
    },
    "uk": {"first": ("Для мене чи моєї", "Не знаю"), "again": "Назад до запитання", "result": "Назад до рез"},
}


class Writer:
    """Writes down what is shown, step by step."""

    def __init__(self) -> None:
        self.parts: list[str] = []

    def add(self, what: str, shown: str) -> None:
        """One step and its screen."""
        self.parts.append(f"### {what}\n\n{shown}")

    def text(self) -> str:
        """All of it, with what differs from run to run made the same."""
        text = "\n\n".join(self.parts) + "\n"
        return LINK.sub("start=…", REFERENCE.sub("ATR-7K3M-2", text))


async def resident_screens(world: World, words: Words, writer: Writer) -> None:
    """Everything a resident can meet."""
    person = world.person(5, "Ona", words.code)
    writer.add("/start", await person.says("/start"))
    writer.add("language: tapped", await person.presses(words.language))
    writer.add("continue", await person.presses(words.go_on))
    writer.add("area", await person.presses(words.area))
    for command in ("/help", "/language", "/area", "/topics", "/mine", "/sos", "/cancel"):
        writer.add(command, await person.says(command))
    writer.add("unknown", await person.says("qwrtp zxcvb"))
    await person.sends(voice={"file_id": "a", "file_unique_id": "b", "duration": 1})
    writer.add("a voice message", person.sees)
    await person.presses_data("no-such-thing", person.screen)
    writer.add("an old button", person.sees)
    for text in {"lt": ("labas", "žmogų"), "en": ("hello", "human"), "uk": ("привіт", "людину")}[words.code]:
        writer.add(text, await person.says(text))
    writer.add("a question", await person.says(words.question))
    for section in {"lt": ("Kur", "Pravartu"), "en": ("Where", "Good to"), "uk": ("Де", "Варто")}[words.code]:
        writer.add(section, await person.presses(section))
        await person.presses({"lt": "Grįžti", "en": "Back to", "uk": "Назад до"}[words.code])
    other = {"lt": "Kiti atsakymai", "en": "Other answers", "uk": "Інші відповіді"}[words.code]
    writer.add("other answers", await person.presses(other))
    doubt = {"lt": "Klaida ar", "en": "Wrong or", "uk": "Помилка чи"}[words.code]
    writer.add("wrong or outdated?", await person.presses(doubt))
    outdated = {"lt": "Pasenę", "en": "It is outdated", "uk": "Застаріло"}[words.code]
    writer.add("outdated", await person.presses(outdated))


async def form_screens(world: World, words: Words, writer: Writer) -> None:
    """Every step of the form."""
    person = world.person(5, "Ona", words.code)
    writer.add("/worker", await person.says("/worker"))
    writer.add("words instead of a button", await person.says("?!"))
    for label in (words.for_me, words.skip, words.area, words.skip, words.soon, words.phone):
        writer.add(f"[{label}]", await person.presses(label))
    writer.add("no phone", await person.says("?"))
    writer.add("a phone", await person.says("8 612 34567"))
    for label in (words.yes, words.no, words.yes, words.any_time, words.no, words.language, words.agree):
        writer.add(f"[{label}]", await person.presses(label))
    change = {"lt": "Pakeisti", "en": "Change something", "uk": "Змінити"}[words.code]
    writer.add("change", await person.presses(change))
    on = {"lt": "Nieko, toliau", "en": "Nothing, go on", "uk": "Нічого, далі"}[words.code]
    await person.presses(on)
    drop = {"lt": "Viską ištrinti", "en": "Delete all this", "uk": "Усе видалити"}[words.code]
    writer.add("delete", await person.presses(drop))
    back = {"lt": "Ne, tęsti", "en": "No, continue", "uk": "Ні, продовжити"}[words.code]
    await person.presses(back)
    writer.add("/cancel", await person.says("/cancel"))
    await person.presses({"lt": "Tęsti", "en": "Continue", "uk": "Продовжити"}[words.code])
    shown, data = person.find_button(words.send)
    writer.add("send", await person.presses(words.send))
    await person.presses_data(data, shown)
    writer.add("send again", person.sees)


async def case_screens(world: World, words: Words, writer: Writer) -> None:
    """The case moved on by a worker, and what the person hears of it."""
    person, rasa = world.person(5, "Ona", words.code), world.person(COORDINATOR, "Rasa")
    writer.add("the desk's card", world.telegram.chats[DESK][-1].transcript())
    writer.add("worker: the case", await take(world, rasa))
    writer.add("person: taken", person.sees)
    for label in ("Priimti", "Pradėti darbą"):
        writer.add(f"worker: {label}", await rasa.presses(label))
        writer.add("person", person.sees)
    writer.add("worker: hold", await rasa.presses("Sustabdyti"))
    await rasa.presses("laukiančiųjų")
    writer.add("person: on hold", person.sees)
    writer.add("/mine", await person.says("/mine"))
    writer.add("one's own request", await person.presses("ATR-"))
    writer.add("withdrawn", await person.presses(words.withdraw))
    writer.add("worker: withdrawn", rasa.sees)
    writer.add("the desk's card", world.telegram.chats[DESK][-1].transcript())
    writer.add("worker: /work", await rasa.says("/work"))
    writer.add("worker: /invite", await rasa.says("/invite"))
    writer.add("worker: invited", await rasa.presses("Jonavos"))


async def check_screens(world: World, words: Words, writer: Writer) -> None:
    """What can I get, from an event in a life to the card; and the SMS to 112."""
    person = world.person(7, "Oksana", words.code)
    await person.says("/start")
    await person.presses(words.language)
    await person.presses(words.go_on)
    await person.presses(words.area)
    says = {**SAYS[words.code], **CHECK_SAYS[words.code]}
    writer.add("/check", await person.says("/check"))
    for step in says["first"]:
        writer.add(f"[{step}]", await person.presses(step))
    for answer in ("34", "2", "700", "1"):
        typed = {"lt": "skaičių", "en": "number", "uk": "число"}[words.code] in person.sees
        first = person.screen.labels[0]
        writer.add(
            answer if typed else f"[{first}]", await (person.says(answer) if typed else person.presses(first))
        )
    writer.add("why", await person.presses(says["why"]))
    writer.add("result", await person.presses(says["again"]) and await person.presses(says["show"]))
    writer.add("reasons", await person.presses(person.screen.labels[0]))
    writer.add("result again", await person.presses(says["result"]))
    writer.add("card", await person.presses(says["card"]))
    writer.add("/sos", await person.says("/sos"))
    for step in SMS_SAYS[words.code]:
        writer.add(f"[{step}]", await person.presses(step))
    writer.add("an address", await person.says("Kaunas, Šilainiai, Milikonių g. 5-12"))


PARTS = [resident_screens, form_screens, case_screens]


@pytest.mark.parametrize("language", WORDS)
async def test_the_check_is_as_it_was_read(world: World, language: str) -> None:
    writer = Writer()
    await check_screens(world, WORDS[language], writer)
    compare(writer, f"check_screens.{language}.txt")


@pytest.mark.parametrize("part", PARTS, ids=lambda part: part.__name__)
@pytest.mark.parametrize("language", WORDS)
async def test_the_screens_are_as_they_were_read(world: World, language: str, part: object) -> None:
    writer, words = Writer(), WORDS[language]
    for step in PARTS[: PARTS.index(part) + 1]:  # type: ignore[arg-type]
        writer = Writer()
        await step(world, words, writer)
    compare(writer, f"{part.__name__}.{language}.txt")  # type: ignore[attr-defined]


def compare(writer: Writer, name: str) -> None:
    """What is shown with what was read; on request what is shown is written down."""
    file = FOLDER / name
    if os.environ.get("UPDATE_TRANSCRIPTS"):
        FOLDER.mkdir(exist_ok=True)
        file.write_text(writer.text(), "utf-8")

    assert writer.text() == file.read_text("utf-8")
