"""A household: who lives in it, and what is known of each. What is absent or null is not known."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace

from knowledge.criteria import ROLES, Attribute, Role
from knowledge.entry import AREAS

Value = bool | int | float | str | tuple[str, ...]
SELF: Role = "self"
MOST_MEMBERS = 30


class HouseholdError(ValueError):
    """What was given is no household; says what and where."""


@dataclass(frozen=True)
class Member:
    """One person. A known absence is False, or `none` for a level."""

    id: str
    role: Role
    attributes: Mapping[str, Value] = field(default_factory=dict)


@dataclass(frozen=True)
class Household:
    """`income_eur`: the net total a month. The first member is the one who asks."""

    area: str
    members: tuple[Member, ...]
    income_eur: float | None = None

    @property
    def self(self) -> Member:
        """The member who asks."""
        return next(each for each in self.members if each.role == SELF)

    def find(self, member_id: str) -> Member | None:
        """The member with this id."""
        return next((each for each in self.members if each.id == member_id), None)

    def knowing(self, member_id: str, attribute: str, value: Value) -> Household:
        """The same household with one thing more known."""
        members = tuple(
            replace(each, attributes={**each.attributes, attribute: value}) if each.id == member_id else each
            for each in self.members
        )
        return replace(self, members=members)


def read_household(row: object, attributes: Mapping[str, Attribute]) -> Household:
    """From JSON as `atrama eligible` takes it. Raises HouseholdError."""
    if not isinstance(row, dict):
        raise HouseholdError("a household is an object with an area and members")
    area = row.get("area")
    if area not in AREAS:
        raise HouseholdError(f"area: {area!r} is none of {', '.join(AREAS)}")
    listed = row.get("members")
    if not isinstance(listed, list) or not 1 <= len(listed) <= MOST_MEMBERS:
        raise HouseholdError(f"members: a list of 1 to {MOST_MEMBERS} is needed")
    members = tuple(_member(each, number, attributes) for number, each in enumerate(listed, start=1))
    if sum(each.role == SELF for each in members) != 1:
        raise HouseholdError("members: exactly one has the role self")
    if len({each.id for each in members}) != len(members):
        raise HouseholdError("members: two have the same id")
    _no_others(row, {"area", "members", "monthly_income_eur"}, "household")
    return Household(area, members, _income(row.get("monthly_income_eur")))


def _income(value: object) -> float | None:
    if value is None:
        return None
    if isinstance(value, bool) or not isinstance(value, int | float) or not 0 <= value < 1e7:
        raise HouseholdError(f"monthly_income_eur: {value!r} is no amount of euros")
    return float(value)


def _member(row: object, number: int, attributes: Mapping[str, Attribute]) -> Member:
    place = f"member {number}"
    if not isinstance(row, dict):
        raise HouseholdError(f"{place}: an object is needed")
    role = next((each for each in ROLES if each == row.get("role")), None)
    if role is None:
        raise HouseholdError(f"{place}: role {row.get('role')!r} is none of {', '.join(ROLES)}")
    _no_others(row, {"id", "role", "age", "attributes"}, place)
    given = row.get("attributes") or {}
    if not isinstance(given, dict):
        raise HouseholdError(f"{place}: attributes are an object")
    known = {"age": row.get("age"), **given}
    values = {
        name: _value(value, name, attributes, place) for name, value in known.items() if value is not None
    }
    return Member(str(row.get("id", number)), role, values)


def _value(value: object, name: str, attributes: Mapping[str, Attribute], place: str) -> Value:
    attribute = attributes.get(name)
    if attribute is None:
        raise HouseholdError(f"{place}: there is no attribute {name!r}")
    if attribute.type == "bool" and isinstance(value, bool):
        return value
    if attribute.type == "number" and isinstance(value, int | float) and not isinstance(value, bool):
        if value < 0:
            raise HouseholdError(f"{place}: {name} is below zero")
        return value
    if attribute.type == "choice" and isinstance(value, str):
        return value
    if (
        attribute.type == "choice"
        and isinstance(value, list)
        and all(isinstance(each, str) for each in value)
    ):
        return tuple(value)
    if attribute.type == "choice" and value is False:
        return "none"
    raise HouseholdError(f"{place}: {name} cannot be {value!r}; a {attribute.type} is needed")


def _no_others(row: Mapping[str, object], known: Iterable[str], place: str) -> None:
    others = sorted(set(row) - set(known))
    if others:
        raise HouseholdError(f"{place}: there is no {others[0]!r}")
