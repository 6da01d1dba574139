"""What a likely benefit comes to, where the entry's own facts say so: each with its state and its source."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from knowledge.eligibility.facts import Facts
from knowledge.eligibility.household import Household, Member
from knowledge.eligibility.members import SOME_CHILD
from knowledge.eligibility.verdict import Judge, Judgement, Verdict
from knowledge.facts import State as FactState
from knowledge.facts import value_of as fact_value
from knowledge.library import Library

SMALL, BIG = 3, 10  # ages of a fostered child between which less is paid (city council decision T-315)
GENERAL_CARD = 1.5  # state-supported incomes: above, the social card's exceptions have their own limit


@dataclass(frozen=True)
class Worth:
    """An amount or a limit in euros, and the fact that says so."""

    eur: float
    kind: str  # monthly, once, or limit (the income up to which it is given, for each member)
    fact: str
    state: str

    def as_json(self) -> dict[str, object]:
        """For a machine."""
        return {"eur": self.eur, "kind": self.kind, "fact": self.fact, "state": self.state}


Pick = Callable[[Facts, Member], str | None]  # which of the entry's facts is meant


def _foster(facts: Facts, child: Member) -> str | None:
    level = facts.given(child, "disability_level")
    age = facts.value(child, "age")
    if level in {"moderate", "severe"}:
        return "four-now"
    if not isinstance(age, int | float):
        return None
    return "three-now" if SMALL <= age < BIG else "four-now"


def _card(facts: Facts, _member: Member) -> str | None:
    multiple = facts.value(facts.household.self, "income_vrp_multiple")
    is_general = isinstance(multiple, int | float) and multiple <= GENERAL_CARD
    return "limit" if is_general else "exception"


def _always(name: str) -> Pick:
    return lambda _facts, _member: name


WORTH: dict[str, tuple[str, Pick]] = {
    "child-benefit": ("monthly", _always("monthly")),
    "child-benefit-supplement": ("monthly", _always("together")),
    "foster-care-allowance": ("monthly", _foster),
    "birth-grant": ("once", _always("sum")),
    "funeral-allowance": ("once", _always("sum")),
    "social-benefit": ("limit", _always("limit")),
    "social-card": ("limit", _card),
}


def value_of(judgement: Judgement, household: Household, judge: Judge, library: Library) -> Worth | None:
    """The value of a likely entry, or None where the sources name none or it cannot be told."""
    found = WORTH.get(judgement.entry_id)
    if judgement.verdict is not Verdict.LIKELY or found is None:
        return None
    kind, pick = found
    entry = library.get(judgement.entry_id)
    member = household.find(judgement.member or "") or SOME_CHILD
    name = pick(judge.facts_of(household), member)
    fact = entry.facts.get(name) if name else None
    if fact is None or fact.publishable is False:
        return None
    value = fact_value(fact, library.content.amounts)
    state = FactState.CURRENT if fact.publishable is True else FactState.WITHHELD
    amount = round(float(value), 2) if isinstance(value, int | float) else 0.0
    return Worth(amount, kind, f"{entry.id}/{name}", state.value)
