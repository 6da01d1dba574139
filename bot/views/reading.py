"""When somebody reads a request, said before it is sent and after; never promised when nobody is there."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from aiogram.utils.formatting import Text
from babel.dates import format_datetime

from bot.language import gettext as _
from bot.language import spoken
from bot.views.screen import lines
from bot.views.sos import helpline_line
from bot.views.words import VILNIUS
from knowledge.entry import Helpline
from referrals.referral import Referral, Urgency

PRESSING = frozenset({Urgency.ASAP, Urgency.URGENT})
DAY = {"lt": "MMMM d 'd.' (EEEE)", "en": "EEEE, d MMMM", "uk": "d MMMM (EEEE)"}
TIME = {
    "lt": "MMMM d 'd.' (EEEE) 'nuo' H:mm",
    "en": "EEEE, d MMMM, 'from' H:mm",
    "uk": "d MMMM (EEEE) 'з' H:mm",
}


@dataclass(frozen=True)
class Reading:
    """A desk as it stands now: whether it is open, when it next is, and what it would promise."""

    is_open: bool
    opens_at: datetime
    promised_by: datetime


def day(at: datetime) -> str:
    """A day in Lithuania, with its weekday."""
    return format_datetime(at.astimezone(VILNIUS), DAY[spoken()], locale=spoken())


def reading_parts(
    reading: Reading, urgency: Urgency, helplines: Sequence[Helpline], language: str
) -> list[Text | str]:
    """For a request that is not sent yet: when it is read, and whom to call meanwhile."""
    promise = _("Somebody looks at it by {day}.").format(day=day(reading.promised_by))
    first = _("It will stand before less urgent requests.") if urgency is Urgency.ASAP else ""
    if reading.is_open:
        danger = _("In danger do not wait: call 112.") if urgency in PRESSING else ""
        return [" ".join(filter(None, (promise, first, danger)))]
    opens = format_datetime(reading.opens_at.astimezone(VILNIUS), TIME[spoken()], locale=spoken())
    closed = _(
        "The desk is closed now. Nobody reads requests at night, at weekends or on public holidays. "
        "Somebody is there again on {moment}."
    )
    parts: list[Text | str] = [" ".join(filter(None, (closed.format(moment=opens), promise, first)))]
    return [*parts, whom_to_call(helplines, language)] if urgency in PRESSING else parts


def whom_to_call(helplines: Sequence[Helpline], language: str) -> Text:
    """For whoever cannot wait."""
    shown = lines([helpline_line(each, language) for each in helplines])
    return Text(_("If you cannot wait, call:"), "\n", shown)


def promise_word(referral: Referral, now: datetime) -> str:
    """Until when somebody looks at a waiting request. Once the day is over, that it did not happen."""
    promised = day(referral.promised_by)
    if referral.promised_by.astimezone(VILNIUS).date() >= now.astimezone(VILNIUS).date():
        return _("Somebody looks at it by {day}.").format(day=promised)
    late = _("We said that somebody would look at it by {day}. That has not happened, and we are sorry.")
    return late.format(day=promised)
