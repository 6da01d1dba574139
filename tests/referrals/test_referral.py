"""No sequence of actions reaches a state that nothing allows."""

from __future__ import annotations

from datetime import timedelta
from uuid import uuid4

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from referrals.errors import AlreadyTaken, NotAllowed, ReasonMissing
from referrals.referral import (
    LEADS_TO,
    OPEN,
    REASONS,
    Area,
    Details,
    DraftId,
    ForWhom,
    PersonId,
    Reach,
    Reason,
    Referral,
    ReferralId,
    Status,
    Urgency,
    WorkerId,
)
from tests.fakes.clock import START

RASA, MANTAS = WorkerId(uuid4()), WorkerId(uuid4())


def make_referral() -> Referral:
    """A request that nobody has taken."""
    return Referral(
        id=ReferralId(uuid4()),
        reference="ATR-7K3M-2",
        person_id=PersonId(uuid4()),
        draft_id=DraftId(uuid4()),
        area=Area("kaunas-city"),
        entry_id=None,
        topic="care",
        urgency=Urgency.ROUTINE,
        details=Details(for_whom=ForWhom.ME, reach=Reach.CHAT, language="lt"),
        requested_at=START,
        changed_at=START,
    )


def test_the_second_worker_is_told_who_has_it() -> None:
    referral = make_referral()
    referral.take(RASA, START)

    with pytest.raises(AlreadyTaken) as caught:
        referral.take(MANTAS, START)

    assert caught.value.owner == RASA
    assert referral.owner == RASA


def test_handing_back_makes_it_requested_without_an_owner() -> None:
    referral = make_referral()
    referral.take(RASA, START)
    referral.move(Status.ACCEPTED, START)

    referral.hand_back(START)

    assert (referral.status, referral.owner) == (Status.REQUESTED, None)


@pytest.mark.parametrize("status", [Status.ON_HOLD, Status.COMPLETED, Status.FAILED])
def test_accepted_leads_to_hold_completion_and_failure(status: Status) -> None:
    referral = make_referral()
    referral.move(Status.ACCEPTED, START)

    referral.move(status, START, reason=REASONS.get(status, (None,))[0])

    assert referral.status is status


@pytest.mark.parametrize("status", sorted(REASONS))
def test_a_step_that_needs_a_reason_has_one_of_its_own(status: Status) -> None:
    referral = make_referral()
    if status is Status.ON_HOLD:
        referral.move(Status.ACCEPTED, START)
    foreign = next(reason for reason in Reason if reason not in REASONS[status])

    for reason in (None, foreign):
        with pytest.raises(ReasonMissing):
            referral.move(status, START, reason=reason)

    assert referral.reason is None


def test_completed_can_be_reopened_and_nothing_else_that_is_over() -> None:
    over = {status for status in Status if status not in OPEN}

    leads = {status: LEADS_TO[status] for status in over if LEADS_TO[status]}

    assert leads == {Status.COMPLETED: frozenset({Status.IN_PROGRESS})}


class ReferralMachine(RuleBasedStateMachine):
    """Any worker presses anything in any order."""

    @initialize()
    def begin(self) -> None:
        """A fresh request."""
        self.referral = make_referral()
        self.now = START

    @rule(worker=st.sampled_from([RASA, MANTAS]))
    def take(self, worker: WorkerId) -> None:
        """Taking succeeds only without an owner."""
        before = self.referral.copy()
        try:
            self.referral.take(worker, self.now)
        except (AlreadyTaken, NotAllowed):
            assert self.referral == before
        else:
            assert before.owner is None
            assert self.referral.owner == worker

    @rule(wanted=st.sampled_from(Status), reason=st.none() | st.sampled_from(Reason))
    def move(self, wanted: Status, reason: Reason | None) -> None:
        """Moving follows the table, or changes nothing."""
        before = self.referral.copy()
        self.now += timedelta(minutes=1)
        try:
            self.referral.move(wanted, self.now, reason=reason)
        except (NotAllowed, ReasonMissing):
            assert self.referral == before
        else:
            assert wanted in LEADS_TO[before.status]

    @rule()
    def hand_back(self) -> None:
        """Handing back needs an owner and an open case."""
        before = self.referral.copy()
        try:
            self.referral.hand_back(self.now)
        except NotAllowed:
            assert self.referral == before
            assert before.owner is None or before.status not in OPEN

    @invariant()
    def a_reason_stands_exactly_where_it_belongs(self) -> None:
        """Coded reasons belong to four states."""
        assert (self.referral.reason is not None) == (self.referral.status in REASONS)


TestReferralMachine = ReferralMachine.TestCase
TestReferralMachine.settings = settings(max_examples=100, stateful_step_count=40, deadline=None)
