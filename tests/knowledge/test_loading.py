"""Whatever stands in a file, loading says where it is wrong, for all files at once, and never falls over."""

from __future__ import annotations

import shutil
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import bot.commands.knowledge as commands
from bot.cli import main
from knowledge.checks import check
from knowledge.entry import Amount, Derived, Fact
from knowledge.facts import State, shown, state_of, value_of
from knowledge.library import FOLDER, Library
from knowledge.loading import ContentError, load, read

ENTRY = "help-at-home"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A copy of the content with two entries, to break."""
    for file in FOLDER.glob("*.yaml"):
        shutil.copy(file, tmp_path)
    (tmp_path / "entries").mkdir()
    for name in (ENTRY, "temporary-protection"):
        shutil.copy(FOLDER / "entries" / f"{name}.yaml", tmp_path / "entries")
    return tmp_path


def spoil(folder: Path, old: str, new: str) -> int:
    """Change the entry; returns the line on which the change begins."""
    file = folder / "entries" / f"{ENTRY}.yaml"
    text = file.read_text("utf-8")
    if old not in text:
        raise AssertionError(old)
    file.write_text(text.replace(old, new, 1), "utf-8")
    return text[: text.index(old)].count("\n") + 1


@pytest.mark.parametrize(
    ("old", "new", "below", "complaint"),
    [
        ("review_by: 2022-12-31", "review_by: 2022-13-45", 0, "there is no day 2022-13-45"),
        ("tier: core", "tier: core\ntier: core", 1, "'tier' stands here for the second time"),
        ("    value: 40", "    value: {a: 1}", 0, "facts.hours.value: "),
        ("  en: Help at home", "  en: ''", 0, "title.en: "),
        ("life_events: [old-parent", "life_events: [old-age", 0, "life_events"),
        ("    unit: hours", "   unit: hours", 0, "not YAML"),
    ],
)
def test_a_mistake_is_named_on_its_very_line(
    folder: Path, old: str, new: str, below: int, complaint: str
) -> None:
    line = spoil(folder, old, new)

    _content, mistakes = read(folder)

    assert [(each.file.stem, each.line) for each in mistakes] == [(ENTRY, line + below)]
    assert complaint in mistakes[0].text


def test_all_mistakes_are_told_at_once(folder: Path) -> None:
    spoil(folder, "urgency: normal", "urgency: whenever")
    spoil(folder, "confidence: A", "confidence: Z")
    (folder / "entries" / "temporary-protection.yaml").write_text("", "utf-8")

    with pytest.raises(ContentError) as caught:
        load(folder)

    assert [each.file.stem for each in caught.value.mistakes] == [ENTRY, ENTRY, "temporary-protection"]


@pytest.mark.parametrize(
    "content",
    [b"\xff\xfe\xfa", b"a\x00b", b"", b"- 1", b"&a [*a]", b"a: !!python/object:os.x 1", b"? [a]\n: 1"],
)
def test_what_is_no_entry_is_refused_by_name(folder: Path, content: bytes) -> None:
    (folder / "entries" / f"{ENTRY}.yaml").write_bytes(content)

    found, mistakes = read(folder)

    assert {each.file.stem for each in mistakes} == {ENTRY}
    assert list(found.entries) == ["temporary-protection"]


@given(st.binary(max_size=60) | st.text(max_size=60).map(str.encode))
@settings(max_examples=200, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_no_file_makes_loading_fall_over(folder: Path, content: bytes) -> None:
    (folder / "entries" / f"{ENTRY}.yaml").write_bytes(content)

    _content, mistakes = read(folder)

    assert mistakes


def test_one_bad_entry_hides_the_mistakes_of_no_other(
    folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    spoil(folder, "urgency: normal", "urgency: whenever")
    other = folder / "entries" / "temporary-protection.yaml"
    other.write_text(other.read_text("utf-8").replace("  source: ", "  source: nobody-", 1), "utf-8")
    monkeypatch.setattr(commands, "FOLDER", folder)

    status = main(["knowledge", "check"])

    told = capsys.readouterr().out
    assert status == 1
    assert f"{ENTRY}.yaml:" in told
    assert "no source 'nobody-" in told


@pytest.mark.parametrize(
    ("old", "new", "complaint"),
    [
        ("    value: 40", "    value: forty", "'forty' is no hours"),
        (
            "Up to {hours:number} hours",
            "Up to {hours:nubmer} hours",
            "a brace that belongs to no placeholder",
        ),
        ("    value: 40\n    unit: hours", '    value: "837123456"\n    unit: phone', "the old 8"),
    ],
)
def test_a_fact_that_would_read_wrong_is_an_error(folder: Path, old: str, new: str, complaint: str) -> None:
    before = [each.text for each in check(Library.load(folder), date(2026, 11, 24)) if each.is_error]
    spoil(folder, old, new)

    found = [each.text for each in check(Library.load(folder), date(2026, 11, 24)) if each.is_error]

    assert before == []
    assert any(complaint in text for text in found)


def test_an_organisation_without_a_known_source_is_an_error(folder: Path) -> None:
    file = folder / "providers.yaml"
    file.write_text(
        file.read_text("utf-8").replace("source: [kaunas-city-plan-2022]", "source: [x]", 1), "utf-8"
    )

    found = [str(each) for each in check(Library.load(folder), date(2026, 11, 24)) if each.is_error]

    assert any("providers.yaml:" in text and "no source 'x'" in text for text in found)


DAYS = st.dates(date(2020, 1, 1), date(2035, 1, 1))


def fact(**fields: object) -> Fact:
    """A fact with what every fact has."""
    rest = {"unit": "eur", "as_of": "2026", "review_by": date(2026, 12, 31), "source": "x", "confidence": "A"}
    return Fact.model_validate({**rest, **fields})


@given(DAYS, DAYS)
def test_a_fact_is_current_up_to_its_day_and_never_after(review_by: date, today: date) -> None:
    state = state_of(fact(value=1, review_by=review_by), {}, today)

    assert state is (State.CURRENT if today <= review_by else State.TO_CONFIRM)


@given(DAYS, st.sampled_from([False, "after-staff-check"]))
def test_what_may_not_be_published_is_withheld_on_every_day(today: date, publishable: object) -> None:
    assert state_of(fact(value=1, publishable=publishable), {}, today) is State.WITHHELD


@given(st.integers(1, 500), st.sampled_from([0.2, 0.5, 1.1, 2, 8, 14]))
def test_a_derived_amount_is_whole_cents_and_ages_with_its_base(base: int, times: float) -> None:
    base_day = date(2026, 6, 30)
    amount = Amount.model_validate(
        {
            "meaning": {"lt": "b", "en": "b", "uk": "b"},
            "value": base,
            "valid_from": date(2026, 1, 1),
            "review_by": base_day,
            "source": "x",
            "confidence": "B",
        }
    )
    derived = fact(derived=Derived.model_validate({"from": "BSI", "times": times}))

    value = value_of(derived, {"BSI": amount})

    assert isinstance(value, float)
    assert abs(value - base * times) < 0.005 + 1e-9
    assert state_of(derived, {"BSI": amount}, base_day + timedelta(days=1)) is State.TO_CONFIRM


@given(st.integers(0, 9999), st.sampled_from(["eur", "percent", "months", "hours", "days", "working-days"]))
def test_every_language_shows_the_same_number(number: int, unit: str) -> None:
    told = [shown(fact(value=number, unit=unit), {}, language=language) for language in ("lt", "en", "uk")]

    assert {"".join(sign for sign in text if sign.isdigit()) for text in told} == {str(number)}
