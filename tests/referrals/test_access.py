"""Every role, every act, every area: nobody may unless a line says so."""

from __future__ import annotations

from uuid import uuid4

import pytest

from referrals.access import Act, may
from referrals.person import Role, Worker
from referrals.referral import Area, WorkerId
from tests.referrals.test_referral import make_referral

CITY, DISTRICT = Area("kaunas-city"), Area("kaunas-district")


def worker(role: Role, *areas: Area, active: bool = True) -> Worker:
    """A member of staff."""
    return Worker(WorkerId(uuid4()), 1, role, "Rasa", frozenset(areas), active)


MATRIX = {
    "own area, free": ({Act.TAKE}, {Act.TAKE, Act.OPEN, Act.DECIDE, Act.INVITE}),
    "own area, a colleague's": ({Act.TAKE}, {Act.TAKE, Act.OPEN, Act.DECIDE, Act.INVITE}),
    "other area": (set(), {Act.TAKE, Act.OPEN, Act.DECIDE, Act.INVITE}),
    "no area": (set(), {Act.TAKE, Act.OPEN, Act.DECIDE, Act.INVITE}),
    "own case": ({Act.TAKE, Act.OPEN, Act.DECIDE}, {Act.TAKE, Act.OPEN, Act.DECIDE, Act.INVITE}),
}


@pytest.mark.parametrize("situation", MATRIX)
@pytest.mark.parametrize("role", Role)
@pytest.mark.parametrize("act", Act)
def test_the_matrix(situation: str, role: Role, act: Act) -> None:
    referral = make_referral()
    someone = worker(role, CITY)
    referral.area = {"other area": DISTRICT, "no area": None}.get(situation, CITY)
    referral.owner = {"own case": someone.id, "own area, a colleague's": WorkerId(uuid4())}.get(situation)

    allowed = act in MATRIX[situation][role is Role.COORDINATOR]

    assert may(someone, act, referral) == allowed


@pytest.mark.parametrize("act", Act)
def test_nobody_and_the_removed_may_nothing(act: Act) -> None:
    referral = make_referral()
    removed = worker(Role.COORDINATOR, active=False)

    assert not may(None, act, referral)
    assert not may(removed, act, referral)
