"""What is known of a member, also by what follows from other facts. Only what surely follows: never a guess.

Nothing derived here may turn from true to false, or back, when something more becomes known.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from knowledge.criteria import Attribute
from knowledge.eligibility.household import SELF, Household, Member, Value

ADULT = 18
OLDER = 65  # pension age in 2026; the sources' "older people" are at least so old
PART = 55  # percent: up to this participation (earlier: capacity for work) disability is established
LOW_VRP = 2  # the multiple under which the child benefit's supplement calls income low (neringa-child, 2022)
MANY_CHILDREN = 3
Derive = Callable[["Facts", Member], Value | None]


class Facts:
    """Looks things up in a household; `vrp` is the state-supported income in euros.

    `entitled` says whether a child's benefit is likely (True), unlikely (False) or open (None).
    """

    def __init__(
        self,
        household: Household,
        attributes: Mapping[str, Attribute],
        vrp: float,
        entitled: Callable[[Facts, Member], bool | None],
    ) -> None:
        self.household = household
        self.entitled = entitled
        self._attributes = attributes
        self._vrp = vrp
        self._known: dict[tuple[str, str], Value | None] = {}
        self.states: dict[tuple[str, tuple[object, ...]], int] = {}  # of conditions, as they become known
        self.me = household.self
        self._children = [each for each in household.members if each.role == "child"]

    def value(self, member: Member, name: str) -> Value | None:
        """What is known; None when nothing is."""
        place = (member.id, name)
        if place not in self._known:
            self._known[place] = self._found(member, name)
        return self._known[place]

    def _found(self, member: Member, name: str) -> Value | None:
        given = self.given(member, name)
        if given is not None and name != "client_group":
            return given
        derive = DERIVED.get(name)
        return derive(self, member) if derive is not None else given

    def is_of_family(self, name: str) -> bool:
        """Whether it is said of the family as a whole."""
        attribute = self._attributes.get(name)
        return attribute is not None and attribute.scope == "family"

    def given(self, member: Member, name: str) -> Value | None:
        """What was said: of the member, or of the family (which stands on `self`)."""
        attribute = self._attributes.get(name)
        own = member.attributes.get(name)
        if own is not None or attribute is None or member.role == SELF:
            return own
        is_shared = attribute.scope == "family" or (member.role == "child" and name.startswith("child_"))
        return self.me.attributes.get(name) if is_shared else None

    def is_true(self, member: Member, name: str) -> bool:
        """Whether it is known to be so."""
        return self.value(member, name) is True

    def children(self) -> list[Member]:
        """The members who are children."""
        return self._children

    def income_multiple(self) -> float | None:
        """Income for each member, in state-supported incomes."""
        income = self.household.income_eur
        return None if income is None else income / len(self.household.members) / self._vrp


def _number(value: Value | None) -> float | None:
    return value if isinstance(value, int | float) and not isinstance(value, bool) else None


def _yes_if(*names: str) -> Derive:
    """True when any of these is true."""
    return lambda facts, member: True if any(facts.is_true(member, name) for name in names) else None


def _raises_child(facts: Facts, member: Member) -> Value | None:
    children = facts.children()
    count = _number(facts.given(member, "number_of_children"))
    if children or (count or 0) >= 1 or facts.given(member, "has_minor_children") is True:
        return True
    return False if count == 0 else None


def _has_minor_children(facts: Facts, member: Member) -> Value | None:
    ages = [_number(facts.value(each, "age")) for each in facts.children()]
    if any(age is not None and age < ADULT for age in ages):
        return True
    return False if not ages and facts.given(member, "number_of_children") == 0 else None


def _number_of_children(facts: Facts, _member: Member) -> Value | None:
    return len(facts.children()) or None


def _large_family(facts: Facts, member: Member) -> Value | None:
    count = _number(facts.value(member, "number_of_children"))
    return True if count is not None and count >= MANY_CHILDREN else None


def _age(facts: Facts, member: Member) -> Value | None:
    return facts.given(member, "child_age") if member.role == "child" else None


def _child_age(_facts: Facts, member: Member) -> Value | None:
    age = _number(member.attributes.get("age"))
    return age if age is not None and (member.role == "child" or age < ADULT) else None


def _disability_level(_facts: Facts, member: Member) -> Value | None:
    """A level is set for children, a participation level for adults."""
    age = _number(member.attributes.get("age"))
    return "none" if age is not None and age >= ADULT else None


def _has_disability(facts: Facts, member: Member) -> Value | None:
    if member.role == "child" and facts.given(member, "child_has_disability") is not None:
        return facts.given(member, "child_has_disability")
    for name in ("disability_level", "disability_type", "special_needs_level", "special_need_established"):
        if facts.given(member, name) not in {None, "none", False}:
            return True
    for name in ("working_capacity_percent", "participation_level_percent"):
        share = _number(facts.given(member, name))
        if share is not None and share <= PART:
            return True
    return None


def _child_has_disability(facts: Facts, member: Member) -> Value | None:
    return facts.value(member, "has_disability") if member.role == "child" else None


def _income_multiple(facts: Facts, _member: Member) -> Value | None:
    return facts.income_multiple()


def _low_income(facts: Facts, member: Member) -> Value | None:
    multiple = _number(facts.value(member, "income_vrp_multiple"))
    return True if multiple is not None and multiple < LOW_VRP else None


def _active(facts: Facts, member: Member) -> Value | None:
    age = _number(facts.value(member, "age"))
    is_old = age is not None and age >= OLDER
    return True if is_old or facts.is_true(member, "registered_unemployed") else None


def _mother(facts: Facts, member: Member) -> Value | None:
    is_woman = facts.given(member, "sex") == "female"
    return True if is_woman and facts.is_true(member, "raises_child") else None


def _rents(facts: Facts, member: Member) -> Value | None:
    months = _number(facts.given(member, "registered_rent_contract_months"))
    return None if months is None else months > 0


def _no_home_of_own(facts: Facts, member: Member) -> Value | None:
    return False if facts.is_true(member, "homeless") else None


def _same_as(name: str) -> Derive:
    """What another name says, where only that one was given."""
    return lambda facts, member: facts.given(member, name)


def _groups(facts: Facts, member: Member) -> Value | None:
    """All groups that are named or follow; naming one never denies another."""
    given = facts.given(member, "client_group")
    found = set(given if isinstance(given, tuple) else [given] if isinstance(given, str) else [])
    age = _number(facts.value(member, "age"))
    if age is not None and age >= OLDER:
        found.add("older-people")
    if facts.is_true(member, "has_disability") and (age is not None or member.role == "child"):
        if member.role == "child" or (age is not None and age < ADULT):
            found.add("children-with-disability")
        if age is not None and age >= ADULT:
            found.add("adults-with-disability")
    found |= {group for group, name in GROUPS.items() if facts.is_true(member, name)}
    if found & {"women", "mothers"} or facts.is_true(member, "is_mother_with_children"):
        found.add("women-and-their-children")
    return tuple(sorted(found)) or None


GROUPS = {
    "ex-prisoners": "released_from_prison",
    "homeless": "homeless",
    "people-with-addiction": "has_addiction",
    "people-who-use-drugs": "injects_drugs",
    "victims-of-violence": "suffered_domestic_violence",
    "perpetrators-of-violence": "used_domestic_violence",
    "trafficking-victims": "may_have_suffered_trafficking",
    "carers-foster-adoptive": "is_guardian_or_foster_carer",
    "care-leavers": "was_in_care",
    "families-at-risk": "family_at_risk",
    "large-families": "large_family",
    "persons-in-crisis": "in_crisis",
    "low-income": "low_income",
    "unemployed": "registered_unemployed",
    "foreigners-with-status": "has_protection_status",
}
DERIVED: dict[str, Derive] = {
    "residence": lambda facts, _member: facts.household.area,
    "raises_child": _raises_child,
    "has_minor_children": _has_minor_children,
    "number_of_children": _number_of_children,
    "large_family": _large_family,
    "age": _age,
    "child_age": _child_age,
    "disability_level": _disability_level,
    "has_disability": _has_disability,
    "child_has_disability": _child_has_disability,
    "income_vrp_multiple": _income_multiple,
    "low_income": _low_income,
    "activity_condition_met": _active,
    "is_mother_with_children": _mother,
    "registered_rent_contract": _rents,
    "owns_suitable_home": _no_home_of_own,
    "working_capacity_percent": _same_as("participation_level_percent"),
    "participation_level_percent": _same_as("working_capacity_percent"),
    "has_protection_status": _yes_if("temporary_protection_status"),
    "legally_resident": _yes_if("has_protection_status", "citizen_or_long_term_resident"),
    "death_in_family": _yes_if("death_abroad"),
    "family_has_difficulties": _yes_if("family_at_risk"),
    "has_difficulties": _yes_if("family_has_difficulties", "in_crisis", "homeless"),
    "client_group": _groups,
    "entitled_to_child_benefit": lambda facts, member: facts.entitled(facts, member),
}
