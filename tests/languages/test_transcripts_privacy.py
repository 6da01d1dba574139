"""Every screen about a person's own data in every language, as a text that people can read in a diff."""

from __future__ import annotations

from functools import partial

import pytest

from tests.conversations.steps import WORDS, Words
from tests.conversations.test_privacy import SAYS, refer_by_phone
from tests.fakes.world import COORDINATOR, World
from tests.languages.test_transcripts import Writer, compare
from tests.languages.test_transcripts_cases import label


async def privacy_screens(world: World, words: Words, writer: Writer) -> None:
    """The notice in all its layers, each yes, the copy, hiding, deleting."""
    person, says = await refer_by_phone(world, words), SAYS[words.code]
    writer.add("/privacy", await person.says("/privacy"))
    for row in list(person.screen.buttons[:4]):
        for button in row:
            writer.add(f"[{button['text']}]", await person.presses(button["text"]))
            await person.presses("←")
    writer.add("/consent", await person.says("/consent"))
    writer.add("a yes", await person.presses(str(says["allow"])))
    writer.add("/mydata", await person.says("/mydata"))
    writer.add("shown", await person.presses(str(says["show"])))
    writer.add("sent", await person.presses(str(says["file"])))
    await person.says("/worker")
    await person.presses(words.for_me)
    writer.add("/hide", await person.says("/hide"))
    writer.add("/delete", await person.says("/delete"))
    writer.add("the rest", await person.presses(str(says["rest"])))
    writer.add("the rest is deleted", await person.presses(str(says["surely"])))
    writer.add("/delete again", await person.says("/delete"))
    await person.says("/delete")
    await person.presses_data("del:all", person.screen)
    writer.add("everything", person.sees)
    writer.add("deleted", await person.presses(str(says["surely"])))
    await person.says("/delete")
    writer.add("with nothing to delete", person.sees)
    writer.add("deleted and cleared", await person.presses(str(says["clear"])))


async def holding_screens(world: World, words: Words, writer: Writer) -> None:
    """What a coordinator sees who keeps a case, and its person who wants it deleted."""
    say = partial(label, words.code)
    person, rasa = await refer_by_phone(world, words), world.person(COORDINATOR, "Rasa")
    await rasa.says("/start")
    await rasa.presses(words.language)
    async with world.app.store.work() as work:
        referral = (await work.referrals.queue())[0]
    writer.add("/hold without a case", await rasa.says("/hold"))
    writer.add("/hold", await rasa.says(f"/hold {referral.reference}"))
    writer.add("kept", await rasa.presses(say("Keep it from erasing")))
    writer.add("person: /delete", await person.says("/delete"))
    writer.add("person: sure", await person.presses(say("Withdraw and delete everything")))
    writer.add("person: deleted but for that", await person.presses(say("Yes, delete")))


@pytest.mark.parametrize("part", [privacy_screens, holding_screens], ids=lambda part: part.__name__)
@pytest.mark.parametrize("language", WORDS)
async def test_the_screens_are_as_they_were_read(world: World, language: str, part: object) -> None:
    writer = Writer()
    await part(world, WORDS[language], writer)  # type: ignore[operator]  # one of the two above
    compare(writer, f"{part.__name__}.{language}.txt")  # type: ignore[attr-defined]
