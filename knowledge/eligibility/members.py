"""Whose circumstances count: services are often for one member of a household."""

from __future__ import annotations

from knowledge.eligibility.conditions import State
from knowledge.eligibility.facts import ADULT, Facts
from knowledge.eligibility.household import Member
from knowledge.entry import Entry

SOME_CHILD = Member("", "child")  # stands for a child that nobody has named yet


def members_for(entry: Entry, facts: Facts) -> list[Member]:
    """Whose circumstances an entry asks about; who is helped comes before who helps.

    What becomes known takes nobody away who could still qualify, and adds nobody: a verdict stands.
    """
    members = sorted(facts.household.members, key=lambda each: each.role != "cared-for")
    if entry.beneficiary == "family":
        return [facts.me]
    if entry.beneficiary == "anyone":
        return members
    if entry.beneficiary == "adult":
        return [each for each in members if each.role != "child" or minor(each, facts) is not State.MET]
    children = [each for each in members if each.role == "child"]
    roles = {"cared-for"} if children else {"cared-for", "self"}
    perhaps = [each for each in members if each.role in roles and minor(each, facts) is not State.UNMET]
    return [*(children or [SOME_CHILD]), *perhaps]


def minor(member: Member, facts: Facts) -> State:
    """Whether a member is under age."""
    age = facts.value(member, "age")
    if not isinstance(age, int | float):
        return State.UNKNOWN
    return State.MET if age < ADULT else State.UNMET
