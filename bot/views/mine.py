"""A person's own referrals: the receipt, the list, one of them, withdrawing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime

from aiogram.utils.formatting import Bold, Code, Text

from bot.buttons import Go
from bot.buttons.form import AskWorker
from bot.buttons.mine import ChangeContact, MakeReceipt, ShowReferral, Withdraw, WriteMessage
from bot.language import gettext as _
from bot.views.letters import letters_row
from bot.views.nextstep import next_word
from bot.views.reading import promise_word, whom_to_call
from bot.views.screen import (
    Button,
    Rows,
    Screen,
    button,
    heading,
    home_row,
    leave_row,
    lines,
    paragraphs,
)
from bot.views.words import moment, reason_word, state_word
from knowledge.entry import Helpline
from referrals.referral import OPEN, Reason, Referral


@dataclass(frozen=True)
class Standing:
    """Where a referral stands: its place in the area's queue while it waits, and whom to call meanwhile."""

    referral: Referral
    now: datetime
    area: str | None
    place: int | None
    language: str
    helplines: Sequence[Helpline] = field(default=())
    messages: int = 0


def receipt_view(referral: Referral, now: datetime) -> Screen:
    """It is sent: the reference, until when somebody looks, and what happens next."""
    next_step = (
        _("You will see every change here.")
        if referral.details.may_write
        else _("We will not write first; look at /mine when it is safe.")
    )
    body = paragraphs(
        [
            heading(_("Your request is sent")),
            Text(_("Its reference: "), Code(referral.reference)),
            f"{promise_word(referral, now)} {next_step}",
            _("You can look at it or withdraw it at any time with /mine. In danger call 112."),
        ]
    )
    code = (button(_("🔢 A code for another phone"), MakeReceipt(referral=referral.id)),)
    return Screen(body, rows=(_own_row(referral), code, home_row()))


def sent_before_view(referral: Referral) -> Screen:
    """The second press on Send opened nothing."""
    body = Text(_("This request was already sent. Its reference: "), Code(referral.reference))
    return Screen(body, rows=(_own_row(referral), home_row()))


def mine_view(referrals: Sequence[Referral], *, has_draft: bool) -> Screen:
    """The list, newest first."""
    rows = [
        (button(f"{each.reference} · {state_word(each)}", ShowReferral(referral=each.id)),)
        for each in referrals[:20]  # Telegram shows no more than a screen or two of buttons well
    ]
    if has_draft:
        rows.insert(0, (button(_("✍️ Continue the form"), Go(to="draft")),))
    if not referrals:
        rows.append((button(_("🙋 Ask a social worker"), AskWorker()),))
    rows.append((button(_("🔢 I have a code"), Go(to="code")),))
    text = _("Your requests:") if referrals else _("You have not sent any requests.")
    return Screen(Text(text), rows=(*rows, home_row()))


def referral_view(standing: Standing, kind: str) -> Screen:
    """One referral as its person sees it."""
    referral = standing.referral
    facts = [
        Text(_("Reference: "), Code(referral.reference)),
        Text(_("About: "), kind),
        Text(_("Sent: "), moment(referral.requested_at)),
    ]
    body = paragraphs([lines(facts), *standing_parts(standing)])
    is_open = referral.status in OPEN
    rows = (*(_open_rows(referral) if is_open else ()), *letters_row(referral, standing.messages))
    return Screen(body, rows=(*rows, home_row(), leave_row()))


def standing_parts(standing: Standing) -> list[Text | str]:
    """State, reason, place, promise and what comes next; nothing of what was told."""
    referral = standing.referral
    state = [Text(_("State: "), Bold(state_word(referral)))]
    if referral.reason is not None and referral.reason is not Reason.BY_PERSON:
        state.append(Text(_("Why: "), reason_word(referral.reason)))
    waiting = []
    if standing.place is not None:
        waiting = [_place_word(standing.place, standing.area), promise_word(referral, standing.now)]
    parts: list[Text | str] = [lines(state), lines(waiting), next_word(referral)]
    if standing.helplines and referral.status in OPEN:
        parts.append(whom_to_call(standing.helplines, standing.language))
    return parts


def _place_word(place: int, area: str | None) -> str:
    if area is None:
        return _("You are number {place} of those waiting.").format(place=place)
    return _("You are number {place} of those waiting in {area}.").format(place=place, area=area)


def _open_rows(referral: Referral) -> Rows:
    return (
        (button(_("✍️ Add a message"), WriteMessage(referral=referral.id)),),
        (button(_("📞 Change how to reach me"), ChangeContact(referral=referral.id)),),
        (button(_("🔢 A code for another phone"), MakeReceipt(referral=referral.id)),),
        (button(_("Withdraw this request"), Withdraw(referral=referral.id)),),
    )


def referral_over_view() -> Screen:
    """Nothing can be added to what is over."""
    text = _("This request is closed, so nothing can be added to it. You can send a new one at any time.")
    return Screen(Text(text), rows=(home_row(), leave_row()))


def withdrawn_view(referral: Referral) -> Screen:
    """It is withdrawn; no reason is asked."""
    body = Text(
        _("Request "), Code(referral.reference), _(" is withdrawn. You can send a new one at any time.")
    )
    return Screen(body, rows=(home_row(),))


def _own_row(referral: Referral) -> tuple[Button, ...]:
    return (button(_("Show my request"), ShowReferral(referral=referral.id)),)
