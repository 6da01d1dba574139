"""Personas drawn from the sources get the verdicts a careful worker would give; the logic holds for anybody."""

from __future__ import annotations

import json
import random
from collections import Counter
from collections.abc import Collection, Iterable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from knowledge.criteria import Attribute
from knowledge.eligibility import (
    Household,
    Judge,
    Judged,
    Judgement,
    Member,
    Question,
    Reason,
    State,
    Value,
    Verdict,
    next_question,
    read_household,
)
from knowledge.eligibility.worth import value_of
from knowledge.entry import AREAS
from knowledge.library import Library
from tests.benchmarks.asking import PERSONAS, answered, medians

TODAY = date(2026, 11, 24)
FILES = sorted(PERSONAS.glob("*.json"))
EXPECTATIONS = {"likely", "unlikely", "unknown", "not_likely", "not_checked", "value"}
Persona = dict[str, Any]


@pytest.fixture(scope="module")
def judge(library: Library) -> Judge:
    return Judge(library, TODAY)


def read(path: Path) -> Persona:
    """A persona as it stands in its file."""
    persona: Persona = json.loads(path.read_text("utf-8"))
    return persona


def disagreements(persona: Persona, judge: Judge, library: Library) -> list[str]:
    """Where the engine's verdicts are others than the ones expected."""
    household = read_household(persona["household"], library.content.attributes)
    judged = judge.judge(household)
    unchecked = {entry for entry, _why in judged.not_checked}
    found = [
        f"{entry} for {wanted['member']} is not likely because of {wanted['because']}: {of(entry, judged)}"
        for entry, wanted in persona.get("likely", {}).items()
        if not any(is_as_wanted(each, wanted) for each in of(entry, judged))
    ]
    found += [
        f"{entry} is not unlikely because of {attribute}: {of(entry, judged)}"
        for entry, attribute in persona.get("unlikely", {}).items()
        if not is_refused(of(entry, judged), attribute)
    ]
    found += [
        f"{entry} is not unknown: {of(entry, judged)}"
        for entry in persona.get("unknown", [])
        if {each.verdict for each in of(entry, judged)} != {Verdict.UNKNOWN}
    ]
    found += [
        f"{entry} is likely: {of(entry, judged)}"
        for entry in persona.get("not_likely", [])
        if any(each.verdict is Verdict.LIKELY for each in of(entry, judged))
    ]
    found += [
        f"{entry} is checked" for entry in persona.get("not_checked", []) if entry not in unchecked
    ]
    for entry, value in persona.get("value", {}).items():
        worths = [value_of(each, household, judge, library) for each in of(entry, judged)]
        if value not in [worth.eur for worth in worths if worth is not None]:
            found.append(f"{entry} is not worth {value}: {worths}")
    return found


def of(entry: str, judged: Judged) -> list[Judgement]:
    """An entry's judgements."""
    return [each for each in judged.judgements if each.entry_id == entry]


def is_as_wanted(judgement: Judgement, wanted: dict[str, Any]) -> bool:
    """Likely for this member, with these conditions met."""
    met = {each.attribute for each in judgement.because if each.state is State.MET}
    is_whose = judgement.member == wanted["member"]
    return judgement.verdict is Verdict.LIKELY and is_whose and met >= set(wanted["because"])


def is_refused(judgements: list[Judgement], attribute: str) -> bool:
    """Unlikely for everybody, and the first reason given names the condition that is not met."""
    if {each.verdict for each in judgements} != {Verdict.UNLIKELY}:
        return False
    unmet = {each.attribute for each in judgements[0].because if each.state is State.UNMET}
    return attribute in unmet


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_a_persona_gets_the_verdicts_of_the_sources(path: Path, judge: Judge, library: Library) -> None:
    assert disagreements(read(path), judge, library) == []
