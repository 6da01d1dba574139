"""Files with cases: without names at once, with names only when a second coordinator agrees."""

from __future__ import annotations

import csv
from dataclasses import asdict
from datetime import timedelta
from io import BytesIO, StringIO

import openpyxl
import pytest
from sqlalchemy import text

from referrals.access import Act
from referrals.person import Role
from tests.conversations.office import finished_case, staff
from tests.conversations.steps import WORDS, Words
from tests.fakes.telegram import Shown
from tests.fakes.world import COORDINATOR, Actor, World

EVERY_LANGUAGE = pytest.mark.parametrize("words", WORDS.values(), ids=WORDS)
LT = WORDS["lt"]
TOLD = ("Kanarėlė", "canary-need-7351", "612 73519")


def files(world: World) -> list[Shown]:
    """Every file that anybody was sent."""
    return [shown for chat in world.telegram.chats.values() for shown in chat if shown.file is not None]


def table_of(shown: Shown) -> list[list[str]]:
    """What the file holds."""
    assert shown.file is not None
    if shown.file.filename.endswith(".csv"):
        content = StringIO(shown.file.data.decode("utf-8-sig"), newline="")
        return list(csv.reader(content, delimiter=";"))
    book = openpyxl.load_workbook(BytesIO(shown.file.data))
    return [["" if cell is None else str(cell) for cell in row] for row in book.active.values]  # type: ignore[union-attr]


async def asks(actor: Actor, label: str, area: str = "Kauno miestas") -> str:
    """Through the screens of /export."""
    await actor.says("/export")
    await actor.presses(area)
    return await actor.presses(label)


async def second(world: World, area: str | None = "kaunas-city") -> Actor:
    """Another coordinator."""
    return await staff(world, 901, "Mantas", Role.COORDINATOR, area)


async def counts(world: World) -> dict[str, int]:
    """What the log of acts says of exports."""
    async with world.app.store.work() as work:
        return {
            f"{act} {allowed}": await work.records.count(act, allowed=allowed)
            for act in (Act.EXPORT, Act.CONFIRM_EXPORT)
            for allowed in (True, False)
        }


@EVERY_LANGUAGE
@pytest.mark.parametrize("kind", ["CSV", "Excel"])
async def test_a_file_without_names_comes_at_once(world: World, words: Words, kind: str) -> None:
    await finished_case(world, LT)
    boss = world.person(COORDINATOR, "Rasa", words.code)
    await boss.says("/start")
    await boss.presses(words.language)
    without = {"lt": "Be vardų", "en": "Without names", "uk": "Без імен"}[words.code]
    done = {"lt": "užbaigtas", "en": "completed", "uk": "завершено"}[words.code]

    await asks(boss, f"{without}: {kind}", words.area)

    (shown,) = files(world)
    head, case = table_of(shown)
    assert shown.chat_id == COORDINATOR
    assert len(head) == len(case) == 13
    assert case[0].startswith("ATR-")
    assert case[4] == done
    assert case[6] == "2026-11-24 12:00"
    assert not any(secret in str(table_of(shown)) for secret in TOLD)
    assert (await counts(world))["export True"] == 1


@pytest.mark.parametrize("kind", ["CSV", "Excel"])
async def test_with_names_nothing_is_made_until_a_second_coordinator_confirms(
    world: World, kind: str
) -> None:
    await finished_case(world, LT)
    mantas = await second(world)
    boss = world.person(COORDINATOR, "Rasa")

    waiting = await asks(boss, f"Su vardais: {kind}")
    before = files(world)
    asked = mantas.sees
    confirmed = await mantas.presses("Patvirtinti")

    (shown,) = files(world)
    rows = table_of(shown)
    assert "turi patvirtinti kitas koordinatorius" in waiting
    assert before == []
    assert "Rasa prašo failo" in asked
    assert "Patvirtinote" in confirmed
    assert shown.chat_id == COORDINATOR
    assert shown.protected
    assert all(any(secret in cell for cell in rows[1]) for secret in TOLD)
    assert await counts(world) == {
        "export True": 1,
        "export False": 0,
        "confirm-export True": 1,
        "confirm-export False": 0,
    }


async def test_a_confirmation_works_once(world: World) -> None:
    await finished_case(world, LT)
    mantas = await second(world)
    await asks(world.person(COORDINATOR, "Rasa"), "Su vardais: CSV")
    shown, data = mantas.find_button("Patvirtinti")

    for _ in range(3):
        await mantas.presses_data(data, shown)

    assert len(files(world)) == 1
    assert "nebelaukia" in mantas.sees


async def test_a_confirmation_comes_within_a_day_or_not_at_all(world: World) -> None:
    await finished_case(world, LT)
    mantas = await second(world)
    await asks(world.person(COORDINATOR, "Rasa"), "Su vardais: CSV")
    world.clock.advance(timedelta(hours=24, minutes=1))

    seen = await mantas.presses("Patvirtinti")

    assert "nebelaukia" in seen
    assert files(world) == []


async def test_without_a_second_coordinator_nothing_is_made(world: World) -> None:
    await finished_case(world, LT)
    await second(world, "jonava-district")

    seen = await asks(world.person(COORDINATOR, "Rasa"), "Su vardais: CSV")

    assert "neturi antro koordinatoriaus" in seen
    assert files(world) == []


async def test_forged_confirmations_are_refused_and_recorded(world: World) -> None:
    person = await finished_case(world, LT)
    await second(world)
    boss = world.person(COORDINATOR, "Rasa")
    await asks(boss, "Su vardais: CSV")
    async with world.app.store.work() as work:
        key = (await work.connection.execute(text("SELECT id FROM exports"))).scalar_one()
    data = f"xc:{str(key).replace('-', '')}"
    jonava = await staff(world, 902, "Jonas", Role.COORDINATOR, "jonava-district")
    worker = await staff(world, 11, "Ieva", Role.WORKER, "kaunas-city")
    curator = await staff(world, 31, "Jurga", Role.CURATOR)

    for each in (boss, person, jonava, worker, curator):
        await each.presses_data(data, each.screen)
    await boss.presses_data("xc:" + "0" * 32, boss.screen)

    assert files(world) == []
    assert (await counts(world))["confirm-export False"] == 6
    assert (await counts(world))["confirm-export True"] == 0


async def test_whoever_lost_the_right_meanwhile_gets_no_file(world: World) -> None:
    await finished_case(world, LT)
    jonas = await staff(world, 902, "Jonas", Role.COORDINATOR, "kaunas-city")
    await asks(jonas, "Su vardais: CSV")
    async with world.app.store.work() as work:
        await work.connection.execute(text("UPDATE workers SET active = false WHERE from_settings = false"))
        await work.commit()

    await world.person(COORDINATOR, "Rasa").presses("Patvirtinti")

    assert files(world) == []


async def test_a_forged_request_of_another_area_is_refused(world: World) -> None:
    await finished_case(world, LT)
    jonava = await staff(world, 902, "Jonas", Role.COORDINATOR, "jonava-district")
    before = jonava.transcript

    for data in ("xa:kaunas-city", "xm:kaunas-city:csv:0", "xm:unknown:csv:0", "xm:jonava-district:exe:0"):
        await jonava.presses_data(data, jonava.screen)

    assert jonava.transcript == before
    assert (await counts(world))["export False"] == 4
    assert files(world) == []


async def test_an_area_coordinator_is_offered_only_that_area(world: World) -> None:
    jonava = await staff(world, 902, "Jonas", Role.COORDINATOR, "jonava-district")

    await jonava.says("/export")

    assert jonava.screen.labels == ["Jonavos rajonas"]


async def test_nothing_is_exported_into_a_group(world: World) -> None:
    await finished_case(world, LT)
    boss = world.person(COORDINATOR, "Rasa")
    await boss.says("/export")
    shown = boss.screen
    shown.chat_id = -100500

    await boss.presses_data("xm:kaunas-city:csv:0", shown)

    assert files(world) == []


async def test_what_a_person_wrote_cannot_run_in_a_spreadsheet(world: World) -> None:
    await finished_case(world, LT)
    async with world.app.store.work() as work:
        referral = (await work.referrals.of_person((await work.persons.get_or_add(5, world.clock.now())).id))[
            0
        ]
        details = {**asdict(referral.details), "need": '=HYPERLINK("http://evil")', "name": "\ufeff@SUM(1)"}
        sealed = work.cells.seal_json(details, "referrals.details", referral.id)
        await work.connection.execute(text("UPDATE referrals SET details_sealed = :new"), {"new": sealed})
        await work.commit()
    mantas = await second(world)
    boss = world.person(COORDINATOR, "Rasa")

    for kind in ("CSV", "Excel"):
        await asks(boss, f"Su vardais: {kind}")
        await mantas.presses("Patvirtinti")

    as_csv, as_xlsx = files(world)
    assert '\'=HYPERLINK("http://evil")' in table_of(as_csv)[1]
    assert "'\ufeff@SUM(1)" in table_of(as_csv)[1]
    assert as_xlsx.file is not None
    book = openpyxl.load_workbook(BytesIO(as_xlsx.file.data))
    cells = [cell for row in book.active.iter_rows() for cell in row]  # type: ignore[union-attr]
    assert {cell.data_type for cell in cells if cell.value is not None} == {"s"}
