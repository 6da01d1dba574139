"""How many questions it takes until nothing wanted is open: `python -m tests.benchmarks.asking`.

Each persona starts as the members alone and answers from what its file says; what that does not say is
declined. Wanted are the entries whose verdict the persona names. The form it is measured against asks, in the
order of attributes.yaml, every askable attribute of the entries that are open at the start, of every member
it makes sense to ask; the short form does so for the wanted entries only, and is the harder peer.
"""

from __future__ import annotations

import json
from collections.abc import Collection
from dataclasses import replace
from datetime import date
from pathlib import Path
from statistics import median
from typing import NamedTuple

from knowledge.eligibility import Household, Judge, Question, Verdict, next_question, read_household
from knowledge.library import Library

PERSONAS = Path(__file__).parents[1] / "knowledge" / "personas"
TODAY = date(2026, 11, 24)
MOST = 200  # questions; more are never needed


class Medians(NamedTuple):
    """Questions over the personas."""

    asked: float
    form: float
    short_form: float


def main() -> None:
    """Print the medians."""
    library = Library.load()
    found = medians(Judge(library, TODAY), library)
    lines = [
        f"questions, median of {len(list(PERSONAS.glob('*.json')))} personas",
        f"  next_question                 {found.asked:g}",
        f"  a form of all open entries    {found.form:g}",
        f"  a form of the wanted entries  {found.short_form:g}",
    ]
    print("\n".join(lines))


def medians(judge: Judge, library: Library) -> Medians:
    """Over all personas."""
    rows = [_counts(path, judge, library) for path in sorted(PERSONAS.glob("*.json"))]
    return Medians(*(median(row[place] for row in rows) for place in range(3)))


def _counts(path: Path, judge: Judge, library: Library) -> Medians:
    persona = json.loads(path.read_text("utf-8"))
    told = read_household(persona["household"], library.content.attributes)
    start = Household(told.area, tuple(replace(each, attributes={}) for each in told.members))
    opened = {each.entry_id for each in judge.judge(start).of(Verdict.UNKNOWN)}
    named = {*persona.get("likely", ()), *persona.get("unlikely", ()), *persona.get("unknown", ())}
    wanted = named & opened
    return Medians(
        len(asked(start, told, judge, library, wanted)),
        _form(start, judge, library, opened),
        _form(start, judge, library, wanted),
    )


def asked(
    start: Household, told: Household, judge: Judge, library: Library, wanted: Collection[str]
) -> list[Question]:
    """The questions until nothing wanted is open, answered from what is told."""
    facts = judge.facts_of(told)
    household, questions = start, list[Question]()
    while len(questions) < MOST:
        done = {(each.attribute, each.member) for each in questions}
        question = next_question(household, judge, library, declined=done, wanted=wanted)
        if question is None:
            break
        questions.append(question)
        member = told.find(question.member or told.self.id)
        value = facts.value(member, question.attribute) if member is not None else None
        if value is not None:
            household = household.knowing(question.member or told.self.id, question.attribute, value)
    return questions


def _form(start: Household, judge: Judge, library: Library, entries: Collection[str]) -> int:
    """Every askable attribute of the entries, of every member it makes sense to ask, one after the other."""
    names = {each.attribute for entry in entries for each in judge.plans[entry].criteria}
    return sum(
        1 if attribute.scope == "family" else sum(each.role in attribute.asked_of for each in start.members)
        for name, attribute in library.content.attributes.items()
        if name in names and attribute.askable
    )


if __name__ == "__main__":
    main()
