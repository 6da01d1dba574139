"""The form asks what matters, in order, and forgets nothing."""

from __future__ import annotations

from uuid import uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from referrals.draft import Draft, Step, read_phone
from referrals.errors import Incomplete
from referrals.referral import DraftId, PersonId, Reach
from tests.fakes.clock import START


def make_draft() -> Draft:
    """A draft without answers."""
    return Draft(DraftId(uuid4()), PersonId(uuid4()), None, "care", Step.FOR_WHOM, START)


def test_without_a_phone_nothing_about_calls_is_asked() -> None:
    draft = make_draft()
    asked = []

    while draft.next_step() is not Step.REVIEW:
        asked.append(draft.next_step())
        draft.answer(draft.next_step(), {Step.REACH: Reach.CHAT}.get(draft.next_step(), "me"), START)

    assert Step.PHONE not in asked
    assert Step.MAY_CALL not in asked
    assert asked[-1] is Step.CONSENT


def test_a_changed_answer_needs_a_new_consent() -> None:
    draft = make_draft()
    draft.answers = {step: "me" for step in Step if step is not Step.REVIEW}

    draft.answer(Step.NEED, "something else", START)

    assert draft.step is Step.CONSENT


def test_an_incomplete_draft_becomes_nothing() -> None:
    with pytest.raises(Incomplete):
        make_draft().details()


@pytest.mark.parametrize(
    ("typed", "number"),
    [
        ("+370 612 34567", "+37061234567"),
        ("0 612 34567", "+37061234567"),
        ("8 612 34567", "+37061234567"),
        ("861234567", "+37061234567"),
        ("37061234567", "+37061234567"),
        ("+380 50 123 45 67", "+380501234567"),
        ("my number is secret", None),
        ("12", None),
        ("", None),
    ],
)
def test_a_phone_is_read_as_people_write_it(typed: str, number: str | None) -> None:
    assert read_phone(typed) == number


@given(st.text(max_size=200))
def test_no_text_breaks_the_reading_of_phones(text: str) -> None:
    number = read_phone(text)

    assert number is None or number.startswith("+")
