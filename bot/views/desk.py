"""What staff see: the thin card of the desk, the case, and the way cases move on."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from aiogram.utils.formatting import Bold, Code, Text

from bot.buttons.desk import Decide, InviteRole, ShowCase, Take
from bot.language import gettext as _
from bot.views.another import whom_lines
from bot.views.screen import Button, Rows, Screen, button, lines, paragraphs
from bot.views.words import (
    age,
    call_time_word,
    contact_left,
    language_name,
    moment,
    phone_word,
    reach_word,
    reason_word,
    role_word,
    state_word,
    urgency_word,
    yes_no,
)
from referrals.person import Role, Worker
from referrals.referral import LEADS_TO, OPEN, REASONS, Details, Referral, Status, Urgency

MARKS = {Urgency.ASAP: "🔴", Urgency.URGENT: "🟠", Urgency.ROUTINE: "⚪️"}


@dataclass(frozen=True)
class Card:
    """What a card may know: nothing that tells who asks or what for."""

    referral: Referral
    area: str
    kind: str
    owner: str | None
    link: str
    reachable: bool = True
    has_messages: bool = False


def card_view(card: Card, now: datetime) -> Screen:
    """The card in the group: reference, area, kind, urgency, age. No name, phone or need, ever."""
    referral = card.referral
    told = [
        Text(MARKS[referral.urgency], " ", Code(referral.reference)),
        Text(_("Area: "), card.area),
        Text(_("Kind: "), card.kind),
        Text(_("Urgency: "), urgency_word(referral.urgency)),
        Text(_("Requested: "), f"{moment(referral.requested_at)} ({age(referral.requested_at, now)})"),
        Text(_("State: "), Bold(state_word(referral))),
    ]
    if card.owner is not None:
        told.append(Text(_("Worker: "), card.owner))
    if referral.details.is_from_child:
        told.append(Text(Bold(_("⚠️ A child asks for themselves"))))
    if referral.is_waiting and card.has_messages:
        told.append(Text(_("✉️ The person has added a message")))
    return Screen(lines(told), rows=_card_rows(card), protected=True)


def _card_rows(card: Card) -> Rows:
    referral = card.referral
    if referral.status not in OPEN:
        return ()
    opening = Button(_("Open in private"), url=card.link)
    if referral.owner is None and referral.status is Status.REQUESTED:
        return ((button(_("Take"), Take(referral=referral.id)), opening),)
    return ((opening,),)


def case_view(card: Card, now: datetime, *, mine: bool, hint: str = "") -> Screen:
    """The case in a private chat, with everything the person told."""
    referral = card.referral
    head = [
        Text(MARKS[referral.urgency], " ", Code(referral.reference)),
        Text(_("State: "), Bold(state_word(referral))),
        Text(_("About: "), card.kind),
        Text(_("Area: "), card.area),
        Text(_("Urgency: "), urgency_word(referral.urgency)),
        Text(_("Requested: "), f"{moment(referral.requested_at)} ({age(referral.requested_at, now)})"),
    ]
    if referral.reason is not None:
        head.insert(2, Text(_("Why: "), reason_word(referral.reason)))
    if card.owner is not None:
        head.append(Text(_("Worker: "), card.owner))
    if not card.reachable:
        head.append(Text("⚠️ ", contact_left(referral.details)))
    body = paragraphs([hint, lines(head), lines(_told(referral.details))])
    return Screen(body, rows=_case_rows(referral, mine=mine), protected=True)


def _told(details: Details) -> list[Text]:
    told = [
        *whom_lines(details),
        Text(_("Need"), ": ", details.need or _("not given")),
        Text(_("Language"), ": ", language_name(details.language)),
        Text(_("How to reach"), ": ", reach_word(details.reach)),
        Text(_("Safe to write here"), ": ", Bold(yes_no(details.may_write))),
    ]
    if details.discreet:
        told.append(Text(Bold(_("⚠️ Somebody else can look at this phone: name nothing in your messages"))))
    if details.phone is not None:
        checked = "" if details.phone_is_own else _(" (typed, not confirmed)")
        told.append(Text(_("Phone"), ": ", Code(phone_word(details.phone)), checked))
        told.append(Text(_("Safe to call"), ": ", Bold(yes_no(details.may_call))))
    if details.call_time is not None:
        told.append(Text(_("When to call"), ": ", call_time_word(details.call_time)))
    if details.may_call:
        told.append(Text(_("May say who calls"), ": ", Bold(yes_no(details.may_say_who))))
    return told


def _case_rows(referral: Referral, *, mine: bool) -> Rows:
    if referral.owner is None and referral.status is Status.REQUESTED:
        return ((button(_("Take"), Take(referral=referral.id)),),)
    if not mine:
        return ()
    labels = {
        Status.ACCEPTED: _("Accept"),
        Status.IN_PROGRESS: _("Start work"),
        Status.ON_HOLD: _("Put on hold"),
        Status.COMPLETED: _("Complete"),
        Status.FAILED: _("Not reached"),
        Status.REJECTED: _("Do not accept"),
        Status.ENTERED_IN_ERROR: _("Entered in error"),
    }
    if referral.status is Status.COMPLETED:
        labels[Status.IN_PROGRESS] = _("Reopen")
    buttons = [
        button(label, Decide(to=status, referral=referral.id))
        for status, label in labels.items()
        if status in LEADS_TO[referral.status]
    ]
    if referral.status in OPEN:
        buttons.append(button(_("Hand back"), Decide(to=Status.REQUESTED, referral=referral.id)))
    return tuple(tuple(buttons[at : at + 2]) for at in range(0, len(buttons), 2))


def reasons_view(referral: Referral, wanted: Status) -> Screen:
    """The coded reasons of a step that needs one."""
    rows = [
        (button(reason_word(reason), Decide(to=wanted, referral=referral.id, reason=reason)),)
        for reason in REASONS[wanted]
    ]
    rows.append((button(_("Back"), ShowCase(referral=referral.id)),))
    body = paragraphs([Text(Code(referral.reference)), Bold(_("Why? The person will read the reason."))])
    return Screen(body, rows=tuple(rows), protected=True)


def taken_by_view(owner: str) -> str:
    """For the one who was a moment too late."""
    return _("{worker} has taken this case.").format(worker=owner or _("A colleague"))


def closed_view() -> str:
    """For a press on a card of something that is over."""
    return _("This case is no longer open.")


def no_such_case_view() -> Screen:
    """For a link that does not open anything for this reader; the same whether or not it exists."""
    return Screen(Text(_("There is nothing to open here.")))


def withdrawn_for_worker_view(referral: Referral) -> Screen:
    """For the owner: the person no longer wants it."""
    return Screen(Text(Code(referral.reference), ": ", _("the person has withdrawn this request.")))


def invite_view(areas: Sequence[tuple[str, str]], *, for_all: bool) -> Screen:
    """Whom the coordinator invites; only who answers for all areas invites others who do."""
    rows = [
        (button(_("Worker: {area}").format(area=name), InviteRole(role=Role.WORKER, area=area)),)
        for area, name in areas
    ]
    if for_all:
        rows.append((button(_("Coordinator"), InviteRole(role=Role.COORDINATOR)),))
    else:
        rows += [
            (
                button(
                    _("Coordinator: {area}").format(area=name), InviteRole(role=Role.COORDINATOR, area=area)
                ),
            )
            for area, name in areas
        ]
    rows.append((button(_("Curator of the content"), InviteRole(role=Role.CURATOR)),))
    return Screen(Text(_("Whom do you invite?")), rows=tuple(rows))


def invited_view(link: str, expires_at: datetime) -> Screen:
    """The one-time link."""
    until = _("It works once, until {moment}. Send it only to the person it is for.")
    body = paragraphs([_("Invitation link:"), Code(link), until.format(moment=moment(expires_at))])
    return Screen(body, rows=((Button(_("Copy"), copy=link),),), protected=True)


def joined_view(worker: Worker, areas: Sequence[str]) -> Screen:
    """For a new colleague."""
    served = f" ({', '.join(areas)})" if areas else ""
    body = paragraphs(
        [
            Text(_("You are now: "), role_word(worker.role), served),
            *_first_steps(worker.role),
        ]
    )
    return Screen(body)


def _first_steps(role: Role) -> list[str]:
    """Where the work of a role begins."""
    cases = [
        _("New requests appear in the desk's chat. /work shows your cases."),
        _("When you are not at work, send /away: your cases go back to the queue. /back when you return."),
    ]
    content = _(
        "/unanswered shows what people asked and got no answer to, /feedback what they say of the answers, "
        "/stats the numbers of the week."
    )
    staff = _("/staff shows your colleagues, /capacity is for telling whether a service has room.")
    return {
        Role.WORKER: cases,
        Role.CURATOR: [_("You answer for the content and see no cases."), content],
        Role.COORDINATOR: [*cases, staff, content, _("/export makes a file with cases.")],
    }[role]


def invite_unusable_view() -> Screen:
    """The invite does not work, and why does not matter."""
    return Screen(Text(_("This invitation cannot be used. Ask your coordinator for a new one.")))
