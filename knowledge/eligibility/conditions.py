"""Whether one condition holds for one member: met, unmet or unknown."""

from __future__ import annotations

from enum import IntEnum
from typing import NamedTuple

from knowledge.criteria import Criterion
from knowledge.eligibility.facts import Facts
from knowledge.eligibility.household import Member, Value


class State(IntEnum):
    """Of one condition, the worst first."""

    UNMET = 0
    UNKNOWN = 1
    MET = 2

    def __str__(self) -> str:
        return self.name.lower()


STATES = tuple(State)


class Condition(NamedTuple):
    """A criterion with what is asked of it thousands of times made ready."""

    criterion: Criterion
    attribute: str
    source: str
    is_rule: bool
    asks: tuple[object, ...]  # what many entries' criteria ask alike


def condition_of(criterion: Criterion) -> Condition:
    """The criterion, ready."""
    asks = (criterion.attribute, criterion.operator, criterion.value)
    return Condition(
        criterion, criterion.attribute, ", ".join(criterion.source), criterion.basis == "rule", asks
    )


def known_state(condition: Condition, member: Member, facts: Facts) -> State:
    """Whether a condition holds for a member; what one entry has asked, the next one need not."""
    place = (member.id, condition.asks)
    known = facts.states.get(place)
    if known is not None:
        return STATES[known]
    state = state_of(condition.criterion, member, facts)
    facts.states[place] = int(state)
    return state


def state_of(criterion: Criterion, member: Member, facts: Facts) -> State:
    """Whether a condition holds for a member."""
    value = facts.value(member, criterion.attribute)
    if value is None:
        return State.UNKNOWN
    if criterion.attribute == "client_group":
        wanted = criterion.value if isinstance(criterion.value, tuple) else (criterion.value,)
        named = value if isinstance(value, tuple) else (value,)
        return State.MET if set(named) & set(wanted) else State.UNKNOWN
    return State.MET if _holds(criterion, value) else State.UNMET


def _holds(criterion: Criterion, value: Value) -> bool:
    wanted = criterion.value
    if criterion.operator == "exists":
        return value not in {False, "none"}
    if criterion.operator == "==":
        return value == wanted
    if criterion.operator == "in":
        named = value if isinstance(value, tuple) else (value,)
        return isinstance(wanted, tuple) and bool(set(named) & set(wanted))
    return _compares(criterion.operator, value, wanted)


def _compares(operator: str, value: Value, wanted: object) -> bool:
    if not isinstance(value, int | float):
        return False
    if operator == "between" and isinstance(wanted, tuple):
        return float(wanted[0]) <= value <= float(wanted[1])
    limit = float(str(wanted))
    return {"<": value < limit, "<=": value <= limit, ">": value > limit, ">=": value >= limit}[operator]
