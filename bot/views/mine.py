"""A person's own referrals: the receipt, the list, one of them, withdrawing."""

from __future__ import annotations

from collections.abc import Sequence

from aiogram.utils.formatting import Bold, Code, Text

from bot.buttons import Go
from bot.buttons.form import AskWorker
from bot.buttons.mine import ShowReferral, Withdraw
from bot.language import gettext as _
from bot.views.screen import Button, Screen, button, heading, home_row, lines, paragraphs
from bot.views.words import moment, reason_word, state_word
from referrals.referral import OPEN, Reason, Referral


def receipt_view(referral: Referral) -> Screen:
    """It is sent: the reference, and what happens next."""
    next_step = (
        _("A social worker reads it and you will see every change here.")
        if referral.details.may_write
        else _("A social worker reads it. We will not write first; look at /mine when it is safe.")
    )
    body = paragraphs(
        [
            heading(_("Your request is sent")),
            Text(_("Its reference: "), Code(referral.reference)),
            next_step,
            _("You can look at it or withdraw it at any time with /mine. In danger call 112."),
        ]
    )
    return Screen(body, rows=(_own_row(referral), home_row()))


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
    text = _("Your requests:") if referrals else _("You have not sent any requests.")
    return Screen(Text(text), rows=(*rows, home_row()))


def referral_view(referral: Referral, kind: str) -> Screen:
    """One referral as its person sees it."""
    facts = [
        Text(_("Reference: "), Code(referral.reference)),
        Text(_("About: "), kind),
        Text(_("Sent: "), moment(referral.requested_at)),
        Text(_("State: "), Bold(state_word(referral))),
    ]
    if referral.reason is not None and referral.reason is not Reason.BY_PERSON:
        facts.append(Text(_("Why: "), reason_word(referral.reason)))
    rows = [home_row()]
    if referral.status in OPEN:
        rows.insert(0, (button(_("Withdraw this request"), Withdraw(referral=referral.id)),))
    return Screen(lines(facts), rows=tuple(rows))


def withdrawn_view(referral: Referral) -> Screen:
    """It is withdrawn; no reason is asked."""
    body = Text(
        _("Request "), Code(referral.reference), _(" is withdrawn. You can send a new one at any time.")
    )
    return Screen(body, rows=(home_row(),))


def _own_row(referral: Referral) -> tuple[Button, ...]:
    return (button(_("Show my request"), ShowReferral(referral=referral.id)),)
