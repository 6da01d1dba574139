"""What people ask and how it went is noted without them, and curators see what is missing."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from sqlalchemy import text

from bot.cli import main
from knowledge.library import Library
from referrals.access import Act
from referrals.asked import KEPT_FOR
from referrals.person import Role
from referrals.storage.keyring import Keyring
from tests.conversations.office import staff
from tests.conversations.steps import WORDS, Words, arrive
from tests.fakes.clock import FakeClock
from tests.fakes.world import COORDINATOR, DESK, Actor, World, make_world

EVERY_LANGUAGE = pytest.mark.parametrize("words", WORDS.values(), ids=WORDS)
LT = WORDS["lt"]
ODD = "zxcvb qwrtp fghjk"
CRY = "vyras mane muša ir grasina nužudyti"


async def rows(world: World) -> list[tuple[str, str | None]]:
    """Decision and entry of each question, in order."""
    async with world.app.store.work() as work:
        found = await work.connection.execute(text("SELECT decision, entry_id FROM questions ORDER BY at"))
        return [(row[0], row[1]) for row in found]


async def kept_words(world: World) -> list[str | None]:
    """The words that were kept, newest first."""
    async with world.app.store.work() as work:
        found = await work.questions.unanswered(world.clock.now() - KEPT_FOR, marked=False)
    return [each.words for each in found]


async def curator(world: World) -> Actor:
    """Somebody who answers for the content."""
    return await staff(world, 31, "Jurga", Role.CURATOR)


@EVERY_LANGUAGE
async def test_an_answered_question_leaves_its_entry_and_no_words(world: World, words: Words) -> None:
    person = await arrive(world, words)

    await person.says(words.question)

    ((decision, entry),) = await rows(world)
    assert decision == "answer"
    assert entry is not None
    assert await kept_words(world) == []


async def test_an_unanswered_question_leaves_its_words(world: World) -> None:
    person = await arrive(world, LT)

    await person.says(f"{ODD} {'a' * 400}")

    assert await rows(world) == [("unknown", None)]
    assert await kept_words(world) == [f"{ODD} {'a' * 400}"[:300]]


async def test_none_of_these_leaves_the_words_once(world: World) -> None:
    person = await arrive(world, LT)
    await person.says(LT.question)
    await person.presses("Kiti atsakymai")
    shown, data = person.find_button("Nė vienas netinka")

    for _ in range(2):
        await person.presses_data(data, shown)

    assert [decision for decision, _entry in await rows(world)] == ["answer", "none"]
    assert await kept_words(world) == [LT.question]


async def test_what_is_said_in_danger_is_never_kept(world: World) -> None:
    person = await arrive(world, LT)
    await person.says(CRY)

    await person.presses_data("go:none", person.screen)

    assert [decision for decision, _entry in await rows(world)] == ["crisis", "none"]
    assert await kept_words(world) == []


async def test_a_question_about_the_answer_is_counted(world: World) -> None:
    person = await arrive(world, LT)
    await person.says(LT.question)

    await person.says("kiek kainuoja?")

    first, second = await rows(world)
    assert first == second


async def test_a_curator_sees_like_questions_together_and_marks_them_in_one_tap(world: World) -> None:
    for number, asked in enumerate((ODD, f"{ODD} m", "fghjk zxcvb qwrtp?", "mnbvc lkjhg wqrtp")):
        person = await arrive(world, LT, 50 + number)
        await person.says(asked)
    jurga = await curator(world)

    listed = await jurga.says("/unanswered")
    group = await jurga.presses("1 · 3×")
    after = await jurga.presses("Reikia parašyti turinį")
    marked = await jurga.presses("Jau pažymėti")

    assert listed.index("3× · ") < listed.index("1× · ")
    assert "Klausta 3 kartus" in group
    assert all(f"• {wording}" in group for wording in (ODD, f"{ODD} m", "fghjk zxcvb qwrtp?"))
    assert "Ona" not in group
    assert "3× · " not in after
    assert "3× · " in marked
    assert "reikia parašyti turinį" in marked
    assert jurga.screen.protected


async def test_a_marked_group_can_be_opened_again(world: World) -> None:
    person = await arrive(world, LT)
    await person.says(ODD)
    jurga = await curator(world)
    await jurga.says("/unanswered")
    await jurga.presses("1 · 1×")
    await jurga.presses("Ne mūsų tema")
    await jurga.presses("Jau pažymėti")
    await jurga.presses("1 · 1×")

    await jurga.presses("Vėl atverti")

    assert ODD in await jurga.says("/unanswered")


async def test_a_group_that_is_gone_is_told(world: World) -> None:
    person = await arrive(world, LT)
    await person.says(ODD)
    jurga = await curator(world)
    await jurga.says("/unanswered")
    await jurga.presses("1 · 1×")
    shown, data = jurga.find_button("Ne mūsų tema")

    for _ in range(2):
        await jurga.presses_data(data, shown)

    assert "jau pažymėjo kolega" in (world.telegram.toasts[-1].text or "")


async def test_many_groups_take_pages(world: World) -> None:
    person = await arrive(world, LT)
    for sign in "bcdfghjkl":
        await person.says(f"{sign * 9} {sign * 7}")
    jurga = await curator(world)

    first = await jurga.says("/unanswered")
    second = await jurga.presses("Toliau →")

    assert "(1/2)" in first
    assert "(2/2)" in second
    assert "7. 1×" in second


@pytest.mark.parametrize("asked", ["/unanswered", "/feedback", "/stats", "/export"])
async def test_whoever_has_no_right_learns_nothing_and_it_is_recorded(world: World, asked: str) -> None:
    person = await arrive(world, LT)
    await person.says(ODD)
    worker = await staff(world, 11, "Mantas", Role.WORKER, "kaunas-city")
    act = {"/stats": Act.SEE_STATISTICS, "/export": Act.EXPORT}.get(asked, Act.CURATE)

    for each in (person, worker):
        assert "nėra ko atverti" in await each.says(asked)

    async with world.app.store.work() as work:
        assert await work.records.count(act, allowed=False) == 2


async def test_forged_presses_show_and_change_nothing(world: World) -> None:
    person = await arrive(world, LT)
    await person.says(ODD)
    async with world.app.store.work() as work:
        (question,) = await work.questions.unanswered(world.clock.now() - KEPT_FOR, marked=False)
    before = person.transcript
    key = question.id.hex
    forged = [
        "ua:0:0",
        f"ug:{key}:0",
        f"um:{key}:0:not-ours",
        "fb:0",
        "fr:heating",
        "fs:heating:1",
    ]

    for data in forged:
        await person.presses_data(data, person.screen)
        assert person.transcript == before

    assert await kept_words(world) == [ODD]
    async with world.app.store.work() as work:
        assert await work.records.count(Act.CURATE, allowed=False) == 6


async def test_nothing_is_shown_where_others_read_along(world: World) -> None:
    person = await arrive(world, LT)
    await person.says(ODD)
    boss = world.person(COORDINATOR, "Rasa")
    await boss.says("/unanswered")
    shown = boss.screen
    shown.chat_id = DESK

    for data in ("ua:0:0", "fb:0"):
        await boss.presses_data(data, shown)

    assert world.telegram.chats[DESK] == []


async def test_doubts_are_listed_by_entry_until_a_curator_has_seen_them(world: World) -> None:
    for telegram_id, choice in ((51, 0), (52, 1)):
        person = await arrive(world, LT, telegram_id)
        await person.says(LT.question)
        await person.presses("Klaida ar")
        await person.presses(person.screen.labels[choice])
    jurga = await curator(world)

    listed = await jurga.says("/feedback")
    opened = await jurga.presses(jurga.screen.labels[0])
    after = await jurga.presses("Peržiūrėta")

    assert "2 naujos pastabos" in listed
    assert opened.count("• ") == 2
    assert "nauj" not in after
    assert "Ona" not in opened


async def test_a_doubt_about_no_entry_of_ours_shows_nothing(world: World) -> None:
    person = await arrive(world, LT)
    await person.presses_data("d:wrong:buy-pills-here", person.screen)
    jurga = await curator(world)

    assert "buy-pills" not in await jurga.says("/feedback")


async def test_old_words_are_wiped_with_everything_that_expires(world: World) -> None:
    person = await arrive(world, LT)
    await person.says(ODD)
    world.clock.advance(KEPT_FOR * 1.1)

    await world.app.erase_expired()

    async with world.app.store.work() as work:
        left = await work.connection.execute(text("SELECT count(*), count(text_sealed) FROM questions"))
        assert tuple(left.one()) == (1, 0)


async def test_the_command_lists_the_same(
    tmp_path: Path, library: Library, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    from asyncio import to_thread

    from bot.clock import SystemClock

    keys = Keyring.generate()
    url = f"sqlite:///{tmp_path / 'atrama.db'}"
    clock = FakeClock(SystemClock().now())
    async with make_world(url, library, clock=clock, keyring=Keyring.parse(keys)) as world:
        for telegram_id in (51, 52):
            person = await arrive(world, LT, telegram_id)
            await person.says(ODD)
    for name, value in {"DATABASE_URL": url, "KEYS": keys, "DATA_DIR": str(tmp_path)}.items():
        monkeypatch.setenv(f"ATRAMA_{name}", value)

    status = await to_thread(main, ["unanswered", "--json"])

    (group,) = json.loads(capsys.readouterr().out)
    assert status == 0
    assert (group["count"], group["area"], group["mark"]) == (2, "kaunas-city", None)
    assert group["wordings"] == [ODD]


async def test_a_new_colleague_reads_where_their_work_begins(world: World) -> None:
    seen = {role: (await staff(world, 70 + at, "Ieva", role)).sees for at, role in enumerate(Role)}

    assert {role: "/unanswered" in text for role, text in seen.items()} == {
        Role.WORKER: False,
        Role.COORDINATOR: True,
        Role.CURATOR: True,
    }
    assert "/work" not in seen[Role.CURATOR]
