"""Kleene's three-valued logic over criteria: met, unmet, unknown; likely, unlikely, cannot tell yet."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import NamedTuple

from knowledge.criteria import Criterion
from knowledge.eligibility.conditions import Condition, State, condition_of, known_state
from knowledge.eligibility.facts import Facts
from knowledge.eligibility.household import Household, Member
from knowledge.eligibility.members import SOME_CHILD, members_for, minor
from knowledge.entry import Entry
from knowledge.library import Library

INFORMATION = frozenset({"how-to", "organisation-info"})  # kinds that nobody can qualify for
BASE = "VRP"
CHILD_BENEFIT = "child-benefit"  # its supplement asks whether it is paid


class Verdict(StrEnum):
    """Of one entry for one member."""

    LIKELY = "likely"
    UNLIKELY = "unlikely"
    UNKNOWN = "unknown"


class Reason(NamedTuple):
    """A condition with its state. `criterion` is None for the area of an entry."""

    attribute: str
    state: State
    source: str
    criterion: Criterion | None = None

    @property
    def weighed(self) -> State:
        """As it counts: only a rule can be unmet; a group that a source describes excludes nobody."""
        if self.state or self.criterion is None or self.criterion.basis == "rule":
            return self.state
        return State.UNKNOWN


class Judgement(NamedTuple):
    """A verdict for a member (None: a child that nobody has named yet), with the reasons."""

    entry_id: str
    member: str | None
    verdict: Verdict
    because: tuple[Reason, ...]


@dataclass(frozen=True)
class Judged:
    """All entries: the judgements, one or more an entry, and those that were not judged and why."""

    judgements: tuple[Judgement, ...]
    not_checked: tuple[tuple[str, str], ...]

    def of(self, verdict: Verdict) -> list[Judgement]:
        """The judgements with a verdict."""
        return [each for each in self.judgements if each.verdict is verdict]


@dataclass(frozen=True)
class Plan:
    """An entry's criteria that count on a day: those that must all hold, and the alternatives."""

    entry: Entry
    base: tuple[Condition, ...]
    paths: tuple[tuple[Condition, ...], ...]
    shared: frozenset[str] = frozenset()  # attributes that any member of a family may bring

    @property
    def criteria(self) -> tuple[Criterion, ...]:
        """All of them."""
        return tuple(each.criterion for each in (*self.base, *(one for path in self.paths for one in path)))


class Judge:
    """The library's criteria as of a day."""

    def __init__(self, library: Library, today: date) -> None:
        self._library = library
        self._entries = [each for each in library.entries if each.published and each.kind != "redirect"]
        self._why = {entry.id: why_not_checked(entry, today) for entry in self._entries}
        attributes = library.content.attributes
        family = frozenset(name for name, each in attributes.items() if each.scope == "family")
        self._far = {entry.id: _elsewhere(entry) for entry in self._entries}
        self.plans = {
            entry.id: _plan(entry, today, family) for entry in self._entries if self._why[entry.id] is None
        }
        self._vrp = float(library.content.amounts[BASE].value)

    def judge(self, household: Household) -> Judged:
        """Every published entry that is ours against the household."""
        facts = self.facts_of(household)
        judgements: list[Judgement] = []
        not_checked: list[tuple[str, str]] = []
        for entry in self._entries:
            why = self._why[entry.id]
            if household.area not in entry.areas:
                judgements.append(self._far[entry.id])
            elif why is not None:
                not_checked.append((entry.id, why))
            else:
                judgements += judged_entry(self.plans[entry.id], facts)
        return Judged(tuple(judgements), tuple(not_checked))

    def facts_of(self, household: Household) -> Facts:
        """What is known, also by what follows."""
        return Facts(household, self._library.content.attributes, self._vrp, self._entitled)

    def _entitled(self, facts: Facts, child: Member) -> bool | None:
        plan = self.plans.get(CHILD_BENEFIT)
        verdict = judged(plan, child, facts).verdict if plan else Verdict.UNKNOWN
        return {Verdict.LIKELY: True, Verdict.UNLIKELY: False}.get(verdict)


def _plan(entry: Entry, today: date, family: frozenset[str]) -> Plan:
    counted = _counted(entry.criteria, today)
    names = dict.fromkeys(each.path for each in counted if each.path is not None)
    is_shared = entry.beneficiary == "family"
    return Plan(
        entry,
        tuple(condition_of(each) for each in counted if each.path is None),
        tuple(tuple(condition_of(each) for each in counted if each.path == name) for name in names),
        frozenset(each.attribute for each in counted if is_shared and each.attribute not in family),
    )


def why_not_checked(entry: Entry, today: date) -> str | None:
    """Why an entry cannot be judged: its kind, its status, or a lack of conditions. None when it can."""
    if entry.kind in INFORMATION:
        return "information"
    if entry.status in {"historic", "planned"}:
        return entry.status
    if entry.not_checkable:
        return entry.not_checkable
    counted = [each for each in _counted(entry.criteria, today) if each.attribute != "residence"]
    return None if counted else "residence-only"


def judged_entry(plan: Plan, facts: Facts) -> list[Judgement]:
    """Those that matter: of all likely members, else of all open ones, else one that says why not."""
    found = [judged(plan, member, facts) for member in members_for(plan.entry, facts)]
    for verdict in (Verdict.LIKELY, Verdict.UNKNOWN):
        of_verdict = [each for each in found if each.verdict is verdict]
        if of_verdict:
            return of_verdict
    return found[:1]


def _elsewhere(entry: Entry) -> Judgement:
    own = next((each for each in entry.criteria if each.attribute == "residence"), None)
    sources = ", ".join(own.source if own else entry.summary.sources)
    return Judgement(entry.id, None, Verdict.UNLIKELY, (Reason("residence", State.UNMET, sources, own),))


def judged(plan: Plan, member: Member, facts: Facts) -> Judgement:
    """One entry for one member."""
    entry = plan.entry
    base = [_reason(each, plan, member, facts) for each in plan.base]
    paths = [[_reason(each, plan, member, facts) for each in path] for path in plan.paths]
    of_age = _of_age(entry, member, facts)
    if of_age is not State.MET or all(each.attribute != "age" for each in base):
        base += [Reason("age", of_age, _first_source(entry))] if of_age is not None else []
    if member is SOME_CHILD:
        base = [_some_child(facts, entry), *(each for each in base if each.attribute != "raises_child")]
    state = _all(base)
    met: list[list[Reason]] = []
    if paths:
        states = [_all(path) for path in paths]
        state = min(state, max(states))
        met = [path for path, each in zip(paths, states, strict=True) if each is State.MET]
    told = [each for each in met if all(facts.given(member, one.attribute) is not None for one in each)]
    because = (*base, *(reason for path in (told or met)[:1] or paths for reason in path))
    verdict = {State.MET: Verdict.LIKELY, State.UNMET: Verdict.UNLIKELY}.get(state, Verdict.UNKNOWN)
    return Judgement(entry.id, member.id or None, verdict, because)


def _of_age(entry: Entry, member: Member, facts: Facts) -> State | None:
    """Whether a member is as young or as old as those an entry is for; None where the role says it."""
    if entry.beneficiary == "child" and member.role != "child":
        return minor(member, facts)
    if entry.beneficiary == "adult" and member.role == "child":  # a grown-up one, perhaps
        return State(State.MET - minor(member, facts))
    return None


def _counted(criteria: Iterable[Criterion], today: date) -> list[Criterion]:
    """The criteria that count today. What follows only from whose document it is does not."""
    return [
        each
        for each in criteria
        if each.basis != "implied"
        and (each.valid_from is None or each.valid_from <= today)
        and (each.valid_until is None or today <= each.valid_until)
    ]


def _all(reasons: Iterable[Reason]) -> State:
    """The worst of all."""
    worst = State.MET
    for reason in reasons:
        if reason.state < worst:
            worst = min(worst, reason.weighed)
            if worst is State.UNMET:
                break
    return worst


def _reason(condition: Condition, plan: Plan, member: Member, facts: Facts) -> Reason:
    """For a family, any member of whom it is true will do; what is of the whole family stands on `self`."""
    if condition.attribute in plan.shared:
        state = max(known_state(condition, each, facts) for each in facts.household.members)
    else:
        state = known_state(condition, member, facts)
    return Reason(condition.attribute, state, condition.source, condition.criterion)


def _some_child(facts: Facts, entry: Entry) -> Reason:
    """Whether there is a child at all; one of age counts."""
    raises = facts.value(facts.me, "raises_child")
    state = State.UNKNOWN if raises is None else State.MET if raises else State.UNMET
    own = next((each for each in entry.criteria if each.attribute == "raises_child"), None)
    return Reason("raises_child", state, ", ".join(own.source) if own else _first_source(entry), own)


def _first_source(entry: Entry) -> str:
    return ", ".join(entry.criteria[0].source) if entry.criteria else ", ".join(entry.summary.sources)
