"""Promises are kept within working hours, and public holidays are no working days."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from referrals.hours import ZONE, DeskHours, Hours, HoursError
from referrals.referral import Area, Urgency
from tests.fakes.clock import START

DESK = Hours().usual


def at(text: str) -> datetime:
    """A moment in Vilnius."""
    return datetime.fromisoformat(text).replace(tzinfo=ZONE)


@pytest.mark.parametrize(
    ("asked", "opens"),
    [
        ("2026-11-26T10:00", "2026-11-26T10:00"),  # Thursday, open
        ("2026-11-26T17:00", "2026-11-27T08:00"),  # closing time is over
        ("2026-11-27T15:50", "2026-11-30T08:00"),  # Friday closes earlier
        ("2026-12-24T09:00", "2026-12-28T08:00"),  # Christmas, then a weekend
        ("2026-02-16T12:00", "2026-02-17T08:00"),  # the Day of Restoration of the State
    ],
)
def test_when_somebody_is_there_next(asked: str, opens: str) -> None:
    assert DESK.next_open(at(asked)) == at(opens)


@pytest.mark.parametrize(
    ("urgency", "asked", "promised"),
    [
        (Urgency.ASAP, "2026-11-26T10:00", "2026-11-27T10:00"),
        (Urgency.ASAP, "2026-11-26T16:30", "2026-11-27T15:45"),
        (Urgency.ASAP, "2026-11-27T20:00", "2026-11-30T17:00"),  # closed: the day it opens
        (Urgency.ASAP, "2026-11-26T19:22", "2026-11-27T15:45"),
        (Urgency.URGENT, "2026-11-26T19:22", "2026-12-01T17:00"),
        (Urgency.URGENT, "2026-11-26T10:00", "2026-12-01T10:00"),
        (Urgency.ROUTINE, "2026-11-26T10:00", "2026-12-10T10:00"),
        (Urgency.ASAP, "2026-03-27T10:00", "2026-03-30T10:00"),  # the clocks change between
    ],
)
def test_a_promise_counts_working_days(urgency: Urgency, asked: str, promised: str) -> None:
    assert DESK.promise(urgency, at(asked)) == at(promised)


@given(st.integers(0, 4 * 365 * 24 * 60).map(lambda minutes: START + timedelta(minutes=minutes)))
def test_no_promise_falls_where_nobody_is(asked: datetime) -> None:
    promises = [DESK.promise(urgency, asked) for urgency in (Urgency.ASAP, Urgency.URGENT, Urgency.ROUTINE)]

    assert promises == sorted(promises)
    assert all(DESK.is_working_day(each.astimezone(ZONE).date()) for each in promises)
    assert all(each > asked for each in promises)


def test_each_area_has_its_own_hours() -> None:
    hours = Hours.parse("jonava-district=Mo-Fr 9:00-18:00; Mo-Th 8:00-17:00")

    assert hours.of(Area("jonava-district")) == DeskHours.parse("Mo-Fr 9:00-18:00")
    assert hours.of(Area("kaunas-city")) == hours.of(None) == DeskHours.parse("Mo-Th 8:00-17:00")


@pytest.mark.parametrize(
    "text", ["", "always", "Mo 8:00", "Fr-Mo 8:00-17:00", "Mo 17:00-8:00", "Mo 8:00-25:00"]
)
def test_hours_that_cannot_be_read_are_refused(text: str) -> None:
    with pytest.raises(HoursError):
        DeskHours.parse(text)
