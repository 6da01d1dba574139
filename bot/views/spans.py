"""Lengths of time and working hours, as people say them."""

from __future__ import annotations

from datetime import date, time

from babel.dates import format_date, get_day_names

from bot.language import ngettext, spoken
from referrals.hours import DeskHours
from referrals.register import Period

PATTERNS = {"lt": "y-MM-dd"}  # the Lithuanian standard's way


def period_word(period: Period) -> str:
    """A named period: so many hours, days or months."""
    count = period.count
    match period.unit:
        case "hour":
            text = ngettext("{count} hour", "{count} hours", count)
        case "day":
            text = ngettext("{count} day", "{count} days", count)
        case _:
            text = ngettext("{count} month", "{count} months", count)
    return text.format(count=count)


def day_word(day: date) -> str:
    """A day, as the reader writes it; without a full stop at its end, for it often ends a sentence."""
    return format_date(day, PATTERNS.get(spoken(), "d MMMM y"), locale=spoken())


def hours_word(hours: DeskHours) -> str:
    """When somebody is at the desk: days with the same hours together."""
    names = get_day_names("abbreviated", locale=spoken())
    groups: list[tuple[int, int, tuple[time, time]]] = []
    for day, span in sorted(hours.days.items()):
        if groups and groups[-1][1] == day - 1 and groups[-1][2] == span:
            groups[-1] = (groups[-1][0], day, span)
        else:
            groups.append((day, day, span))
    return ", ".join(
        f"{names[first]}{'' if first == last else '–' + names[last]} {opens:%H:%M}–{closes:%H:%M}"
        for first, last, (opens, closes) in groups
    )
