"""When somebody is at a desk, and until when an answer is promised.

The inter-agency form's priorities (24 hours, 72 hours, two weeks) are counted in working days of the
area's desk, so that nothing is promised for a time when nobody is there. Public holidays are Lithuania's
(package `holidays`); times of day are Europe/Vilnius.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from zoneinfo import ZoneInfo

import holidays

from referrals.referral import Area, Urgency

ZONE = ZoneInfo("Europe/Vilnius")
DAYS = ("Mo", "Tu", "We", "Th", "Fr", "Sa", "Su")
WORKING_DAYS = {Urgency.ASAP: 1, Urgency.URGENT: 3, Urgency.ROUTINE: 10}
USUAL = "Mo-Th 8:00-17:00, Fr 8:00-15:45"  # the working time of the three municipalities' offices
FURTHEST = 30  # days: no desk is closed for longer
SPAN = re.compile(
    r"(?P<first>[A-Z][a-z])(?:-(?P<last>[A-Z][a-z]))? (?P<opens>\d\d?:\d\d)-(?P<closes>\d\d?:\d\d)"
)


class HoursError(ValueError):
    """The working hours cannot be read; the message shows how they are written."""


@dataclass(frozen=True)
class DeskHours:
    """The working hours of one desk: opening and closing by day of the week, 0 is Monday."""

    days: Mapping[int, tuple[time, time]]

    @classmethod
    def parse(cls, text: str) -> DeskHours:
        """From `Mo-Th 8:00-17:00, Fr 8:00-15:45`. Raises HoursError."""
        days: dict[int, tuple[time, time]] = {}
        for part in text.split(","):
            found = SPAN.fullmatch(part.strip())
            if found is None or not {found["first"], found["last"] or found["first"]} <= set(DAYS):
                raise HoursError(f"working hours are written like {USUAL!r}, not {part.strip()!r}")
            first, last = DAYS.index(found["first"]), DAYS.index(found["last"] or found["first"])
            opens, closes = _time(found["opens"]), _time(found["closes"])
            if first > last or opens >= closes:
                raise HoursError(f"working hours run forwards, which {part.strip()!r} does not")
            days |= dict.fromkeys(range(first, last + 1), (opens, closes))
        return cls(days)

    def is_open(self, at: datetime) -> bool:
        """Whether somebody is at the desk."""
        span = self._span(at.astimezone(ZONE).date())
        return span is not None and span[0] <= at < span[1]

    def next_open(self, at: datetime) -> datetime:
        """The present while somebody is there, else when somebody will next be."""
        day = at.astimezone(ZONE).date()
        for ahead in range(FURTHEST):
            span = self._span(day + timedelta(days=ahead))
            if span is not None and at < span[1]:
                return max(at, span[0])
        raise HoursError("a desk that is never open promises nothing")

    def is_working_day(self, day: date) -> bool:
        """Whether the desk opens on a day at all."""
        return self._span(day) is not None

    def closing(self, day: date) -> datetime | None:
        """When the desk closes on a day; None when it does not open."""
        span = self._span(day)
        return None if span is None else span[1]

    def promise(self, urgency: Urgency, at: datetime) -> datetime:
        """Until when a request of this urgency, sent at a time, is looked at.

        Sent while somebody is there: the same time of day, so many working days later. Sent while the desk
        is closed, the day it opens is the first of them, and the promise is the closing of the last.
        """
        promised = self.next_open(at)
        came_late = promised != at
        for _day in range(WORKING_DAYS[urgency] - came_late):
            promised = self._same_time_on_the_next_day(promised)
        span = self._span(promised.astimezone(ZONE).date()) if came_late else None
        return span[1] if span else promised

    def after(self, at: datetime, working_days: int) -> datetime:
        """So many working days later, counted from when the desk is open."""
        later = self.next_open(at)
        for _day in range(working_days):
            later = self._same_time_on_the_next_day(later)
        return later

    def _same_time_on_the_next_day(self, at: datetime) -> datetime:
        """The same time of day on the next working day, or its closing if that is earlier."""
        local = at.astimezone(ZONE)
        span = None
        day = local.date()
        while span is None:
            day += timedelta(days=1)
            span = self._span(day)
        wanted = datetime.combine(day, local.time(), ZONE).astimezone(UTC)
        return min(max(wanted, span[0]), span[1])

    def _span(self, day: date) -> tuple[datetime, datetime] | None:
        """Opening and closing of a day, in UTC."""
        if day.weekday() not in self.days or day in _holidays():
            return None
        opens, closes = self.days[day.weekday()]
        return (
            datetime.combine(day, opens, ZONE).astimezone(UTC),
            datetime.combine(day, closes, ZONE).astimezone(UTC),
        )


@dataclass(frozen=True)
class Hours:
    """The working hours of all desks."""

    usual: DeskHours = field(default_factory=lambda: DeskHours.parse(USUAL))
    by_area: Mapping[str, DeskHours] = field(default_factory=dict)

    @classmethod
    def parse(cls, text: str) -> Hours:
        """From `jonava-district=Mo-Fr 8:00-17:00; Mo-Th 8:00-17:00`: areas first, all others last."""
        usual, by_area = DeskHours.parse(USUAL), {}
        for part in filter(None, (each.strip() for each in text.split(";"))):
            area, is_pair, hours = part.rpartition("=")
            if is_pair:
                by_area[area.strip()] = DeskHours.parse(hours)
            else:
                usual = DeskHours.parse(hours)
        return cls(usual, by_area)

    def of(self, area: Area | None) -> DeskHours:
        """The desk that serves an area; a referral without one waits for the coordinators."""
        return self.usual if area is None else self.by_area.get(area, self.usual)


def _time(text: str) -> time:
    try:
        return time.fromisoformat(text.rjust(5, "0"))
    except ValueError:
        raise HoursError(f"{text!r} is no time of day") from None


@cache
def _holidays() -> holidays.HolidayBase:
    return holidays.country_holidays("LT")
