"""Which question next: the one that is expected to settle most of what is open, for what it costs to answer.

An entry is open while it could still become likely and something that a person can answer is unknown.
A question that would change nothing is never asked; a very private one has to settle much to be worth asking.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

from knowledge.criteria import Attribute
from knowledge.eligibility.conditions import State
from knowledge.eligibility.facts import Facts
from knowledge.eligibility.household import Household, Member, Value
from knowledge.eligibility.members import SOME_CHILD
from knowledge.eligibility.verdict import (
    Judge,
    Judged,
    Judgement,
    Plan,
    Reason,
    Verdict,
)
from knowledge.eligibility.verdict import judged as judged_for
from knowledge.library import Library

WORTH = {"core": 1.0, "signpost": 0.8, "secondary": 0.5, "context": 0.25}  # of settling an entry, by its tier
SENSITIVE_SECONDS = (0, 3, 10, 25)  # what a private question costs beside its seconds
_Open = tuple[Plan, Member]  # an entry that is open for a member
OF_CHILD = "child_"  # how the attributes of children are called
OF_SOME_CHILD = {"age": "child_age", "has_disability": "child_has_disability"}  # of one nobody has named
GROUP = "client_group"  # of several, so that it may be asked for though one is known
PROGRESS = 0.25  # of an entry's worth, when a question answers one of several things that are open


@dataclass(frozen=True)
class Question:
    """An attribute to ask of a member (None: of a child that nobody has named yet)."""

    attribute: str
    member: str | None


def next_question(
    household: Household,
    judge: Judge,
    library: Library,
    *,
    judged: Judged | None = None,
    declined: Collection[tuple[str, str | None]] = (),
    wanted: Collection[str] | None = None,
) -> Question | None:
    """The best question, or None when nothing open can be settled by asking.

    `declined`: what was asked and not answered. `wanted`: the entries that matter; None: all.
    """
    found = judged or judge.judge(household)
    facts = judge.facts_of(household)
    attributes = library.content.attributes
    askable: dict[Question, list[_Open]] = {}
    for judgement in found.of(Verdict.UNKNOWN):
        plan = judge.plans.get(judgement.entry_id)
        if plan is None or (wanted is not None and judgement.entry_id not in wanted):
            continue
        member = household.find(judgement.member or "") or SOME_CHILD
        for question in _questions(plan, judgement, member, facts, attributes):
            if (question.attribute, question.member) not in declined:
                askable.setdefault(question, []).append((plan, member))
    return _best(askable, household, judge, attributes)


def _best(
    askable: Mapping[Question, list[_Open]],
    household: Household,
    judge: Judge,
    attributes: Mapping[str, Attribute],
) -> Question | None:
    """The question of the greatest worth for its cost.

    One that could settle all and would still be worth less than the best is not looked at closely.
    """
    most = {
        question: sum(WORTH[plan.entry.tier] for plan, _member in opened)
        / _cost(attributes[question.attribute])
        for question, opened in askable.items()
    }
    best: tuple[float, str, str] = (0.0, "", "")
    found: Question | None = None
    for question in sorted(most, key=lambda each: (-most[each], each.attribute, each.member or "")):
        if most[question] < best[0]:
            break
        worth = _worth(question, askable[question], household, judge, attributes)
        rank = (worth / _cost(attributes[question.attribute]), question.attribute, question.member or "")
        if worth > 0 and rank > best:
            best, found = rank, question
    return found


def _questions(
    plan: Plan, judgement: Judgement, member: Member, facts: Facts, attributes: Mapping[str, Attribute]
) -> Iterable[Question]:
    """What could still be asked about an entry: what is unknown, where nothing speaks against it yet."""
    against = {_path(each) for each in judgement.because if each.state is State.UNMET}
    if judgement.verdict is not Verdict.UNKNOWN or None in against:
        return  # a condition of all paths is known not to hold, be it one that only describes a group
    if member is SOME_CHILD and facts.value(facts.household.self, "raises_child") is None:
        yield Question("raises_child", facts.household.self.id)  # whether there is one comes first
        return
    for reason in judgement.because:
        name = reason.attribute if member.id else OF_SOME_CHILD.get(reason.attribute, reason.attribute)
        attribute = attributes.get(name)
        is_open = reason.state is State.UNKNOWN and _path(reason) not in against
        if is_open and attribute is not None and attribute.askable:
            yield from _about(name, attribute, plan, member, facts)


def _path(reason: Reason) -> str | None:
    return reason.criterion.path if reason.criterion is not None else None


def _about(name: str, attribute: Attribute, plan: Plan, member: Member, facts: Facts) -> Iterable[Question]:
    """Of whom: of those who are meant, whoever it makes sense to ask about and has not been asked about."""
    me = facts.household.self
    is_shared = plan.entry.beneficiary == "family"
    if attribute.scope == "family":
        if facts.value(me, name) is None:
            yield Question(name, me.id)
    elif member is SOME_CHILD:
        if name.startswith(OF_CHILD) and facts.value(member, name) is None:
            yield Question(name, None)  # kept with the one who asks; for anything else there is no place
    elif is_shared and name.startswith(OF_CHILD) and facts.value(me, "raises_child") is None:
        yield Question("raises_child", me.id)
    else:
        for each in facts.household.members if is_shared else (member,):
            known = facts.given(each, name) if name == GROUP else facts.value(each, name)
            is_grown = name == "age" and is_shared and each.role == "child"
            if known is None and each.role in attribute.asked_of and not is_grown:
                yield Question(name, each.id)


def _cost(attribute: Attribute) -> float:
    return attribute.seconds + SENSITIVE_SECONDS[attribute.sensitive]


def _worth(
    question: Question,
    opened: Sequence[_Open],
    household: Household,
    judge: Judge,
    attributes: Mapping[str, Attribute],
) -> float:
    """The mean over answers of what gets settled; a little for what comes nearer to it."""
    answers = _answers(question.attribute, attributes[question.attribute], [plan for plan, _member in opened])
    member_id = question.member or household.self.id
    total = 0.0
    for value in answers:
        facts = judge.facts_of(household.knowing(member_id, question.attribute, value))
        for plan, member in opened:
            now = facts.household.find(member.id) or SOME_CHILD
            left = _questions(plan, judged_for(plan, now, facts), now, facts, attributes)
            total += WORTH[plan.entry.tier] * (PROGRESS if any(True for _each in left) else 1.0)
    return total / max(len(answers), 1)


def _answers(name: str, attribute: Attribute, plans: Sequence[Plan]) -> list[Value]:
    """Answers that make a difference: yes and no, each option, numbers on both sides of every limit."""
    if attribute.type == "bool":
        return [True, False]
    criteria = [each for plan in plans for each in plan.criteria if each.attribute == name]
    wanted = {
        value
        for each in criteria
        for value in (each.value if isinstance(each.value, tuple) else (each.value,))
        if value is not None
    }
    if attribute.type == "choice":
        options = {str(value) for value in wanted} | set(attribute.options)
        return sorted(options) or ["none"]
    limits = sorted(float(value) for value in wanted if isinstance(value, int | float))
    return sorted({max(limit + step, 0.0) for limit in limits for step in (-1.0, 0.0, 1.0)})


def open_entries(household: Household, judge: Judge, library: Library) -> set[str]:
    """The entries about which something is left to ask."""
    facts = judge.facts_of(household)
    found = set()
    for judgement in judge.judge(household).of(Verdict.UNKNOWN):
        member = household.find(judgement.member or "") or SOME_CHILD
        plan = judge.plans[judgement.entry_id]
        if any(True for _each in _questions(plan, judgement, member, facts, library.content.attributes)):
            found.add(judgement.entry_id)
    return found
