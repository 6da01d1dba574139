"""What staff are told without asking: alerts about a case, the morning's numbers, an alarm.

An alert names a case by its reference, area and urgency; nothing that a person told is in it.
"""

from __future__ import annotations

from datetime import datetime

from aiogram.utils.formatting import Bold, Code, Text

from bot.buttons.desk import ShowCase, Take
from bot.language import gettext as _
from bot.views.desk import MARKS
from bot.views.screen import Button, Screen, button, heading, lines, paragraphs
from bot.views.words import age, moment, state_word_of, urgency_word
from referrals.audit import Anchor
from referrals.referral import Urgency
from referrals.watching import MANY, WINDOW, Alert, Numbers, Watched


def alert_view(alert: Alert, watched: Watched, area: str, now: datetime, *, contact: str = "") -> Screen:
    """One alert about one case, with the one thing to press."""
    mark = MARKS[Urgency.ASAP] if watched.is_pressing else MARKS[watched.urgency]
    told = [
        Text(mark, " ", Code(watched.reference)),
        Text(_("Area: "), area),
        Text(_("Urgency: "), urgency_word(watched.urgency)),
        Text(_("Requested: "), f"{moment(watched.requested_at)} ({age(watched.requested_at, now)})"),
        Text(_("Answer promised by: "), moment(watched.promised_by)),
        Text(_("State: "), Bold(state_word_of(watched.status, is_taken=watched.owner is not None))),
    ]
    if watched.crisis:
        told.insert(1, Text(_("There were signs of danger in what the person asked.")))
    rows = [(button(_("Open the case"), ShowCase(referral=watched.id)),)]
    if watched.owner is None:
        rows = [(button(_("Take"), Take(referral=watched.id)),)]
    body = paragraphs([heading(_sentence(alert)), lines(told), contact])
    return Screen(body, rows=tuple(rows), protected=True)


def _sentence(alert: Alert) -> str:
    return {
        Alert.NEW: _("A new request that cannot wait"),
        Alert.UNCLAIMED: _("Nobody has taken this request, and half of its time is over"),
        Alert.OVERDUE: _("The promised time is over, and the request has not been accepted"),
        Alert.HELD_LONG: _("This case has waited for the person for more than two weeks"),
        Alert.UNANSWERED: _("The person has waited for an answer for two working days"),
        Alert.UNREACHABLE: _("Your messages no longer reach the person"),
    }[alert]


def digest_view(
    numbers: Numbers, area: str | None, since: datetime, *, link: str, anchor: Anchor | None = None
) -> Screen:
    """The morning's numbers of an area; no case is named."""
    told = [
        Text(_("New since {moment}: ").format(moment=moment(since)), Bold(str(numbers.new))),
        Text(_("Not taken: "), Bold(str(numbers.unclaimed))),
        Text(_("Overdue: "), Bold(str(numbers.overdue))),
        Text(_("On hold: "), Bold(str(numbers.on_hold))),
    ]
    head = _("{area}: the desk today").format(area=area or _("Area not known"))
    body = paragraphs([heading(head), lines(told), _anchored(anchor)])
    return Screen(body, rows=((Button(_("Open the desk"), url=link),),), protected=True)


def _anchored(anchor: Anchor | None) -> Text | str:
    """The end of the audit's chain: whoever keeps this message can prove that nothing was cut off."""
    if anchor is None:
        return ""
    told = _("Audit, record {position}:").format(position=anchor.position)
    return Text(told, " ", Code(anchor.digest.hex()))


def many_opened_view(worker: str, count: int) -> Screen:
    """For coordinators: somebody opens case after case."""
    told = _(
        "{worker} has opened {count} different cases within {minutes} minutes; more than {limit} is unusual. "
        "Please ask why. It is recorded."
    ).format(
        worker=worker or _("A colleague"),
        count=count,
        minutes=int(WINDOW.total_seconds() // 60),
        limit=MANY,
    )
    return Screen(Text(told), protected=True)
