"""The case's own screen: what presses, what the person told, the latest, and what can be done."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from aiogram.utils.formatting import Bold, Code, Text

from bot.buttons.case import CaseDo, OpenPartner
from bot.buttons.desk import ShowCase
from bot.buttons.queue import Desk
from bot.language import gettext as _
from bot.views.desk import Card, case_view
from bot.views.screen import Button, Rows, Screen, button, heading, paragraphs
from bot.views.timeline import SHORT, ProviderName, event_line
from bot.views.words import moment
from referrals.access import Why
from referrals.duplicates import Likeness, Twin
from referrals.onward import Onward
from referrals.referral import OPEN, Referral, Status, WorkerId
from referrals.timeline import Event

LATEST = 3  # events under the case: the last question and its answer, and what came before


@dataclass(frozen=True)
class CaseFile:
    """A case with everything around it, for who may open it."""

    card: Card
    events: Sequence[Event]
    names: Mapping[WorkerId, str]
    provider: ProviderName
    is_mine: bool
    twins: Sequence[Twin] = ()
    original: str | None = None


def case_screen(file: CaseFile, now: datetime, *, hint: str = "") -> Screen:
    """The case: what presses first, what the person told, the latest events, the buttons."""
    referral = file.card.referral
    base = case_view(file.card, now, mine=file.is_mine)
    latest = [event_line(each, file.names, file.provider, most=SHORT) for each in file.events[-LATEST:]]
    body = paragraphs(
        [
            hint,
            crisis_line(referral),
            promise_line(referral, now),
            *_doubts(file),
            base.body,
            heading(_("Latest")),
            *latest,
        ]
    )
    rows = _work_rows(file) if file.is_mine else ()
    end = ((button(_("🗂 To the queue"), Desk(to="queue")),),)
    return Screen(body, rows=(*rows, _history_row(file), *base.rows, *end), protected=True)


def crisis_line(referral: Referral) -> Text | str:
    """The danger that was seen in what the person wrote before or in the form."""
    if referral.crisis is None:
        return ""
    kinds = {
        "medical": _("illness or injury that cannot wait"),
        "suicide": _("thoughts of suicide"),
        "child": _("a child in danger"),
        "violence": _("violence"),
        "trafficking": _("exploitation or trafficking"),
        "homeless-tonight": _("no place to sleep tonight"),
    }
    signs = _("⚠️ Signs of danger: {kind}").format(kind=kinds.get(referral.crisis, referral.crisis))
    return Bold(signs)


def promise_line(referral: Referral, now: datetime) -> Text | str:
    """Until when somebody was promised to look; only while nobody has."""
    if referral.status is not Status.REQUESTED:
        return ""
    until = moment(referral.promised_by)
    if referral.is_overdue(now):
        return Bold(_("⏰ Overdue: was to be looked at until {moment}").format(moment=until))
    return Text(_("⏳ To be looked at until {moment}").format(moment=until))


def _doubts(file: CaseFile) -> list[Text | str]:
    if file.original is not None:
        return [Text(_("👯 Marked as the same as "), Code(file.original))]
    return [
        Text(_("👯 May be the same as "), Code(twin.referral.reference), f": {likeness_word(twin.likeness)}")
        for twin in file.twins
    ]


def likeness_word(likeness: Likeness) -> str:
    """Why two requests may be one."""
    return {
        Likeness.SAME_PERSON: _("the same person, about the same"),
        Likeness.SAME_PHONE: _("the same phone number, about the same"),
        Likeness.SIMILAR_NEED: _("what is needed is described almost in the same words"),
    }[likeness]


def _work_rows(file: CaseFile) -> Rows:
    referral = file.card.referral
    note = _do(_("📝 Note"), "note", referral)
    if referral.status not in OPEN:
        return ((note,), *_partner_rows(file))
    over = _do(_("🤝 Hand over"), "over", referral)
    if referral.owner is None:
        return ((note, over),)
    reply, onward = _do(_("✉️ Reply"), "reply", referral), _do(_("🔗 Refer onward"), "onward", referral)
    twins = ((_do(_("👯 Duplicate?"), "twins", referral),),) if file.twins else ()
    return ((reply, note), (over, onward), *_partner_rows(file), *twins)


def _partner_rows(file: CaseFile) -> Rows:
    agreed = [each for each in file.events if isinstance(each, Onward) and each.has_consent]
    label = _("📄 Text for {provider}")
    return tuple(
        (button(label.format(provider=file.provider(each.provider)), OpenPartner(onward=each.id)),)
        for each in agreed
    )


def _history_row(file: CaseFile) -> tuple[Button, ...]:
    label = _("🕘 What has happened ({count})").format(count=len(file.events))
    return (_do(label, "history", file.card.referral),)


def _do(label: str, do: str, referral: Referral) -> Button:
    return button(label, CaseDo(do=do, referral=referral.id))


def why_view(referral: Referral) -> Screen:
    """Before a case that is not one's own is opened."""
    labels = {
        Why.TAKING_OVER: _("I am taking it over"),
        Why.ASSIGNING: _("To give it to a colleague"),
        Why.COMPLAINT: _("There is a complaint"),
        Why.QUALITY: _("Quality check"),
    }
    rows = [
        (button(label, CaseDo(do="why", referral=referral.id, value=why)),) for why, label in labels.items()
    ]
    rows.append((button(_("Do not open"), Desk(to="queue")),))
    ask = _("This case is not yours. Why do you open it? The reason is recorded.")
    return Screen(paragraphs([Text(Code(referral.reference)), ask]), rows=tuple(rows), protected=True)


def note_view(referral: Referral) -> Screen:
    """A note is typed next."""
    ask = _("Write a note for colleagues. The person will never see it.")
    rows = ((button(_("Cancel"), ShowCase(referral=referral.id)),),)
    return Screen(paragraphs([Text(Code(referral.reference)), ask]), rows=rows, protected=True)


def note_kept_view(*, is_cut: bool) -> str:
    """The note is there."""
    return (
        _("📝 Your note is kept, but it was too long: its end is cut off.")
        if is_cut
        else _("📝 Your note is kept.")
    )
