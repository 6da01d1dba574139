"""Every role, every act, every area: nobody may unless a line says so."""

from __future__ import annotations

from uuid import uuid4

import pytest

from referrals.access import OF_AREA, OF_CASE, OF_OWNER, OF_WHOLE, Act, may, may_in
from referrals.person import Role, Worker
from referrals.referral import Area, WorkerId
from tests.referrals.test_referral import make_referral

CITY, DISTRICT = Area("kaunas-city"), Area("kaunas-district")
NONE: frozenset[Act] = frozenset()

# Situation -> what a worker, a coordinator of the area, and one of all areas may do with the case.
CASES = {
    "own area, free": ({Act.TAKE}, OF_CASE, OF_CASE),
    "own area, a colleague's": ({Act.TAKE}, OF_CASE, OF_CASE),
    "own area, own case": (OF_OWNER | {Act.TAKE}, OF_CASE, OF_CASE),
    "other area": (NONE, NONE, OF_CASE),
    "other area, own case": (OF_OWNER, NONE, OF_CASE),  # handed over to another area, not yet given up
    "no area": (NONE, NONE, OF_CASE),
}
AREAS = {
    "own area": (CITY, {Act.LIST}, OF_AREA, OF_AREA),
    "other area": (DISTRICT, NONE, NONE, OF_AREA),
    "no area": (None, NONE, NONE, OF_AREA),
}
WHOLE = {Role.WORKER: NONE, Role.COORDINATOR: OF_WHOLE, Role.CURATOR: {Act.SEE_STATISTICS, Act.CURATE}}
PEOPLE = ("worker", "coordinator", "coordinator of all", "curator")


def somebody(kind: str, *, active: bool = True) -> Worker:
    """A member of staff."""
    role = Role(kind.partition(" ")[0])
    areas = frozenset() if kind.endswith("all") else frozenset({CITY})
    return Worker(WorkerId(uuid4()), 1, role, "Rasa", areas, active)


@pytest.mark.parametrize("situation", CASES)
@pytest.mark.parametrize("kind", PEOPLE)
@pytest.mark.parametrize("act", Act)
def test_with_a_case(situation: str, kind: str, act: Act) -> None:
    referral = make_referral()
    someone = somebody(kind)
    where, _, whose = situation.partition(", ")
    referral.area = {"other area": DISTRICT, "no area": None}.get(where, CITY)
    referral.owner = {"own case": someone.id, "a colleague's": WorkerId(uuid4())}.get(whose)
    allowed = dict(zip(PEOPLE, (*CASES[situation], NONE), strict=True))[kind]

    expected = act in (WHOLE[someone.role] if act in OF_WHOLE else allowed)

    assert may(someone, act, referral) == expected


@pytest.mark.parametrize("situation", AREAS)
@pytest.mark.parametrize("kind", PEOPLE)
@pytest.mark.parametrize("act", Act)
def test_in_an_area(situation: str, kind: str, act: Act) -> None:
    area, *allowed = AREAS[situation]

    expected = act in dict(zip(PEOPLE, (*allowed, NONE), strict=True))[kind]

    assert may_in(somebody(kind), act, area) == expected


@pytest.mark.parametrize("act", Act)
def test_nobody_and_the_removed_may_nothing(act: Act) -> None:
    referral = make_referral()
    removed = somebody("coordinator of all", active=False)

    assert not may(None, act, referral)
    assert not may(removed, act, referral)
    assert not may_in(removed, act, CITY)


def test_every_act_has_its_place() -> None:
    assert set(Act) == OF_CASE | OF_AREA | OF_WHOLE
