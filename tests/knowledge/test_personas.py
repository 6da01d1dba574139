"""Personas drawn from the sources get what a careful worker would say; the logic holds for anybody."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Collection
from dataclasses import replace
from datetime import date
from functools import cache
from pathlib import Path
from random import Random
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from knowledge.criteria import ROLES, Attribute
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
from knowledge.eligibility.members import SOME_CHILD
from knowledge.eligibility.verdict import judged_entry
from knowledge.eligibility.worth import value_of
from knowledge.entry import AREAS
from knowledge.library import Library
from tests.benchmarks.asking import PERSONAS, medians

TODAY = date(2026, 11, 24)
FILES = sorted(PERSONAS.glob("*.json"))
EXPECTATIONS = {"likely", "unlikely", "unknown", "not_likely", "not_checked", "value"}
KEYS = {"story", "source", "household"}
MOST = 300  # questions; a dialogue that is longer does not end
Persona = dict[str, Any]
Place = tuple[str, str]  # whose attribute
Conditions = dict[tuple[str, str | None, str, str | None], State]
anybody = settings(
    max_examples=60,
    deadline=None,
    derandomize=True,
    database=None,
    suppress_health_check=[HealthCheck.too_slow],
)
randoms = st.integers(0, 2**32 - 1).map(Random)


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
    found += [f"{entry} is checked" for entry in persona.get("not_checked", []) if entry not in unchecked]
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


def test_there_are_enough_personas_in_every_area_and_each_says_what_it_expects() -> None:
    personas = [read(path) for path in FILES]
    areas = Counter(persona["household"]["area"] for persona in personas)

    assert len(personas) >= 40
    assert all(areas[area] >= 8 for area in AREAS)
    assert all(set(persona) - EXPECTATIONS == KEYS for persona in personas)
    assert all(sum(len(persona.get(key, ())) for key in EXPECTATIONS) >= 4 for persona in personas)


def test_every_entry_that_a_persona_names_exists_and_most_entries_that_can_be_judged_are_named(
    judge: Judge, library: Library
) -> None:
    named = {entry for path in FILES for key in EXPECTATIONS for entry in read(path).get(key, ())}

    assert named <= {entry.id for entry in library.entries}
    assert len(named & set(judge.plans)) >= 0.9 * len(judge.plans)


def test_an_engine_in_which_a_described_group_excludes_does_not_pass(
    judge: Judge, library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Reason, "weighed", property(lambda self: self.state))
    wrong = {path.stem for path in FILES if disagreements(read(path), judge, library)}

    assert {"eu-citizen-after-2-months", "unregistered-in-the-city"} <= wrong


@cache
def limits(judge: Judge) -> dict[str, list[float]]:
    """The numbers that criteria compare with, of each attribute."""
    found: dict[str, list[float]] = {}
    for plan in judge.plans.values():
        for each in plan.criteria:
            for value in each.value if isinstance(each.value, tuple) else (each.value,):
                if isinstance(value, int | float) and not isinstance(value, bool):
                    found.setdefault(each.attribute, []).append(float(value))
    return {name: sorted(set(values)) for name, values in sorted(found.items())}


def some_value(name: str, attribute: Attribute, judge: Judge, random: Random) -> Value:
    """An answer, as often as not near a limit."""
    if attribute.type == "bool":
        return random.random() < 0.5
    if attribute.type == "choice":
        return random.choice([*sorted(attribute.options), "somewhere-else"])
    near = limits(judge).get(name, [1.0])
    return max(0.0, random.choice(near) + random.choice([-1.0, -0.1, 0.0, 0.1, 1.0, 20.0]))


def places(household: Household, library: Library) -> list[Place]:
    """What can be known of a household: what is of the family, and of an unnamed child, stands on self."""
    has_child = any(each.role == "child" for each in household.members)
    found = []
    for member in household.members:
        for name, attribute in library.content.attributes.items():
            is_self = member.role == "self"
            of_some_child = is_self and not has_child and name.startswith("child_")
            own = is_self if attribute.scope == "family" else member.role in attribute.asked_of
            if name != "residence" and (own or of_some_child):
                found.append((member.id, name))
    return found


def some_household(judge: Judge, library: Library, random: Random) -> Household:
    """Anybody, with anything known of them."""
    roles = [
        "self",
        *random.choice([[], ["partner"], ["child"], ["child", "child"], ["cared-for"], ROLES[1:]]),
    ]
    members = tuple(Member(f"m{at}", role, {}) for at, role in enumerate(roles))  # type: ignore[arg-type]
    household = Household(random.choice(AREAS), members, random.choice([None, 0.0, 500.0, 1500.0]))
    share = random.choice([0.05, 0.3, 0.7])
    for place in places(household, library):
        if random.random() < share:
            household = told(household, place, judge, library, random)
    return household


def told(household: Household, place: Place, judge: Judge, library: Library, random: Random) -> Household:
    """The household with one thing more known."""
    member, name = place
    return household.knowing(member, name, some_value(name, library.content.attributes[name], judge, random))


def is_known(household: Household, place: Place, judge: Judge) -> bool:
    """Whether it was said or follows; one may belong to one group more at any time."""
    member, name = household.find(place[0]), place[1]
    facts = judge.facts_of(household)
    assert member is not None
    if name == "client_group":
        return facts.given(member, name) is not None
    of_some_child = name.startswith("child_") and member.role == "self"
    return facts.value(SOME_CHILD if of_some_child else member, name) is not None


def verdicts(judged: Judged) -> dict[tuple[str, str | None], Verdict]:
    """By entry and member."""
    return {(each.entry_id, each.member): each.verdict for each in judged.judgements}


def conditions(household: Household, judge: Judge, wanted: Collection[str]) -> Conditions:
    """The state of every condition of the wanted entries."""
    facts = judge.facts_of(household)
    return {
        (each.entry_id, each.member, reason.attribute, reason.criterion.path if reason.criterion else None): (
            reason.state
        )
        for entry in wanted
        for each in judged_entry(judge.plans[entry], facts)
        for reason in each.because
    }


def some_entries(household: Household, judge: Judge, random: Random) -> list[str]:
    """Entries of the area that somebody wants to know about."""
    ours = sorted(name for name, plan in judge.plans.items() if household.area in plan.entry.areas)
    return random.sample(ours, min(random.choice([1, 3, 8, 20]), len(ours)))


@anybody
@given(randoms)
def test_what_becomes_known_never_changes_a_likely_or_an_unlikely(
    judge: Judge, library: Library, random: Random
) -> None:
    household = some_household(judge, library, random)
    for _time in range(4):
        before = verdicts(judge.judge(household))
        unknown = [each for each in places(household, library) if not is_known(household, each, judge)]
        if not unknown:
            return
        place = random.choice(unknown)
        household = told(household, place, judge, library, random)
        after = verdicts(judge.judge(household))
        sure = {key: verdict for key, verdict in before.items() if verdict is not Verdict.UNKNOWN}
        assert {key: after.get(key) for key in sure} == sure, (place, household)


@anybody
@given(randoms)
def test_of_whom_nothing_is_known_only_the_area_makes_anything_unlikely(
    judge: Judge, library: Library, random: Random
) -> None:
    known = some_household(judge, library, random)
    nothing = Household(known.area, tuple(replace(each, attributes={}) for each in known.members))
    against = [each.because for each in judge.judge(nothing).of(Verdict.UNLIKELY)]

    assert {(reason.attribute, reason.state) for each in against for reason in each} == {
        ("residence", State.UNMET)
    }


@anybody
@given(randoms)
def test_the_order_of_attributes_and_of_answers_does_not_matter(
    judge: Judge, library: Library, random: Random
) -> None:
    household = some_household(judge, library, random)
    wanted = some_entries(household, judge, random)
    answers = [
        (each.id, name, value) for each in household.members for name, value in each.attributes.items()
    ]
    random.shuffle(answers)
    other = replace(household, members=tuple(replace(each, attributes={}) for each in household.members))
    for member, name, value in answers:
        other = other.knowing(member, name, value)

    assert judge.judge(other) == judge.judge(household)
    assert next_question(other, judge, library, wanted=wanted) == next_question(
        household, judge, library, wanted=wanted
    )


@anybody
@given(randoms)
def test_asking_ends_never_asks_the_same_twice_and_never_asks_what_changes_nothing(
    judge: Judge, library: Library, random: Random
) -> None:
    household = some_household(judge, library, random)
    wanted = some_entries(household, judge, random)
    seen: set[Question] = set()
    declined: set[tuple[str, str | None]] = set()
    while question := next_question(household, judge, library, declined=declined, wanted=wanted):
        assert question not in seen
        assert len(seen) < MOST
        seen.add(question)
        place = (question.member or household.self.id, question.attribute)
        assert settles(place, household, judge, library, wanted)
        if random.random() < 0.3:
            declined.add((question.attribute, question.member))
        else:
            household = told(household, place, judge, library, random)


def settles(
    place: Place, household: Household, judge: Judge, library: Library, wanted: Collection[str]
) -> bool:
    """Whether some answer makes a condition known, or changes a verdict, of an entry that is open."""
    before = conditions(household, judge, wanted)
    name = place[1]
    attribute = library.content.attributes[name]
    answers: list[Value] = [True, False] if attribute.type == "bool" else sorted(attribute.options)
    answers = answers or [*limits(judge).get(name, []), 0.0, 1000.0]
    for answer in answers:
        after = conditions(household.knowing(*place, answer), judge, wanted)
        if any(state is State.UNKNOWN and after.get(key) is not state for key, state in before.items()):
            return True
    return False


def test_asking_takes_less_than_a_third_of_a_form(judge: Judge, library: Library) -> None:
    found = medians(judge, library)

    assert found.asked < found.form / 3, f"{found.asked:g} questions, {found.form:g} in a form of all"
    assert found.asked < found.short_form, f"{found.asked:g} questions, {found.short_form:g} in a short form"
