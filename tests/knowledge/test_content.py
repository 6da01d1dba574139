"""Mistakes are named by file and line; facts are shown in each language and only while they hold."""

from __future__ import annotations

import shutil
from datetime import date
from pathlib import Path

import pytest

from knowledge.answer import answer
from knowledge.checks import check
from knowledge.entry import Fact
from knowledge.facts import State, shown, state_of
from knowledge.library import FOLDER, Library
from knowledge.loading import ContentError, load

TODAY = date(2026, 11, 24)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A copy of the content with one entry, to break."""
    for file in FOLDER.glob("*.yaml"):
        shutil.copy(file, tmp_path)
    (tmp_path / "entries").mkdir()
    shutil.copy(FOLDER / "entries" / "help-at-home.yaml", tmp_path / "entries")
    return tmp_path


def spoil(folder: Path, old: str, new: str) -> int:
    """Change the entry; returns the line of the change."""
    file = folder / "entries" / "help-at-home.yaml"
    text = file.read_text("utf-8")
    if old not in text:
        raise AssertionError(old)
    file.write_text(text.replace(old, new, 1), "utf-8")
    return text[: text.index(old)].count("\n") + 1


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("unit: hours", "unit: parsecs"),
        ("urgency: normal", "urgency: whenever"),
        ("  uk: Допомога вдома", "  pl: Pomoc"),
        ("confidence: A", "confidence: Z"),
        ("areas: [kaunas-city]", "areas: [vilnius]"),
    ],
)
def test_a_mistake_is_named_by_file_and_line(folder: Path, old: str, new: str) -> None:
    line = spoil(folder, old, new)

    with pytest.raises(ContentError) as caught:
        load(folder)

    places = {(mistake.file.name, mistake.line) for mistake in caught.value.mistakes}
    assert any(name == "help-at-home.yaml" and abs(where - line) <= 3 for name, where in places)


@pytest.mark.parametrize(
    ("old", "new", "complaint"),
    [
        ("Up to {hours:number} hours", "Up to 40 hours", "different facts"),
        ("Up to {hours:number} hours", "Up to {hour:number} hours", "no fact 'hour'"),
        ("for one person, on any day", "for one person, 7 days", "a number is typed"),
        ("source: kaunas-city-plan-2022", "source: somewhere", "no source 'somewhere'"),
        ("  - valakupiu-reabilitacijos-centras", "  - nobody", "no provider 'nobody'"),
    ],
)
def test_what_a_careful_editor_would_notice(folder: Path, old: str, new: str, complaint: str) -> None:
    line = spoil(folder, old, new)

    found = [mistake for mistake in check(Library.load(folder), TODAY) if mistake.is_error]

    assert [mistake for mistake in found if complaint in mistake.text and abs(mistake.line - line) <= 12]


def test_the_real_content_has_no_errors(library: Library) -> None:
    assert [str(mistake) for mistake in check(library, TODAY) if mistake.is_error] == []


def test_there_is_something_for_every_area_and_topic(library: Library) -> None:
    entries = library.entries

    assert len(entries) >= 45
    for area in ("kaunas-city", "kaunas-district", "jonava-district"):
        assert sum(area in entry.areas for entry in entries) >= 15
    assert sum("from-ukraine" in entry.life_events for entry in entries) >= 5


@pytest.mark.parametrize(
    ("unit", "value", "wanted"),
    [
        ("eur", 129.5, ("129,50 €", "€129.50", "129,50 €")),
        ("eur", 1036, ("1036 €", "€1036", "1036 €")),
        ("months", 1, ("1 mėnuo", "1 month", "1 місяць")),
        ("months", 12, ("12 mėnesių", "12 months", "12 місяців")),
        ("hours", 22, ("22 valandos", "22 hours", "22 години")),
        ("working-days", 5, ("5 darbo dienos", "5 working days", "5 робочих днів")),
        ("date", "2026-06-01", ("2026 m. birželio 1 d.", "1 June 2026", "1 червня 2026 р.")),
        ("phone", "+37052717112", ("+370 5 271 7112",) * 3),
        ("phone", "116 123", ("116 123",) * 3),
        ("percent", 55, ("55 %", "55%", "55%")),
    ],
)
def test_a_fact_is_written_as_its_reader_writes(
    unit: str, value: float | str, wanted: tuple[str, str, str]
) -> None:
    fact = Fact.model_validate(
        {"value": value, "unit": unit, "as_of": "2026", "review_by": TODAY, "source": "x", "confidence": "A"}
    )

    told = tuple(" ".join(shown(fact, {}, language=language).split()) for language in ("lt", "en", "uk"))

    assert told == tuple(" ".join(each.split()) for each in wanted)


def test_a_fact_ages(library: Library) -> None:
    monthly = library.get("child-benefit").facts["monthly"]
    amounts = library.content.amounts

    states = [state_of(monthly, amounts, day) for day in (TODAY, date(2026, 12, 31), date(2027, 1, 1))]

    assert states == [State.CURRENT, State.CURRENT, State.TO_CONFIRM]


def test_what_staff_must_check_is_not_shown(library: Library) -> None:
    rendered = answer(
        library.get("funeral-allowance"), language="en", area=None, today=TODAY, library=library
    )

    ask = next(section for section in rendered.sections if section.key == "ask")

    assert ask.withheld
    assert "months" not in " ".join(line.text for line in ask.lines)


def test_a_derived_amount_follows_its_base(library: Library) -> None:
    funeral = library.get("funeral-allowance").facts["sum"]

    assert shown(funeral, library.content.amounts, language="en") == "€592"


def test_an_answer_says_when_the_area_is_another_one(library: Library) -> None:
    entry = library.get("help-at-home")

    there, here = (
        answer(entry, language="lt", area=area, today=TODAY, library=library).elsewhere
        for area in ("jonava-district", "kaunas-city")
    )

    assert (there, here) == (True, False)


def test_a_multiple_names_the_source_of_its_base_too(library: Library) -> None:
    rendered = answer(library.get("social-card"), language="lt", area=None, today=TODAY, library=library)

    sites = {note.address.split("/")[0] for note in rendered.notes}

    assert {"svencionys.lt", "kauno.diena.lt"} <= sites


def test_in_danger_what_to_do_comes_first(library: Library) -> None:
    rendered = answer(library.get("child-protection"), language="lt", area=None, today=TODAY, library=library)

    assert rendered.sections[0].key == "ask"
    assert "112" in rendered.sections[0].lines[0].text
