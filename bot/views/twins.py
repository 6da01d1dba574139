"""Probable duplicates: what may be the same, and what was decided."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from aiogram.utils.formatting import Bold, Code, Text

from bot.buttons.case import CaseDo, short
from bot.buttons.desk import ShowCase
from bot.language import gettext as _
from bot.views.case import likeness_word
from bot.views.screen import Screen, button, lines, paragraphs
from bot.views.words import age, state_word
from referrals.duplicates import Twin
from referrals.referral import LEADS_TO, Referral, Status


def twins_view(referral: Referral, twins: Sequence[Twin], now: datetime) -> Screen:
    """Each suggestion with its reason; nothing of what the other person told."""
    rows = []
    for twin in twins:
        other = twin.referral
        rows += [
            (
                button(
                    _("The same as {reference}").format(reference=other.reference),
                    _do("same", referral, other),
                ),
            ),
            (button(_("Not {reference}").format(reference=other.reference), _do("other", referral, other)),),
        ]
    rows.append((button(_("Back to the case"), ShowCase(referral=referral.id)),))
    ask = Bold(_("Is it a duplicate?")) if twins else Text(_("Nothing looks the same now."))
    body = paragraphs(
        [Text(Code(referral.reference)), ask, *[_twin(each, now) for each in twins], _after(referral, twins)]
    )
    return Screen(body, rows=tuple(rows), protected=True)


def _twin(twin: Twin, now: datetime) -> Text:
    other = twin.referral
    told = f"{state_word(other)}, {age(other.requested_at, now)}"
    return lines([Text(Code(other.reference), f" · {told}"), likeness_word(twin.likeness)])


def _after(referral: Referral, twins: Sequence[Twin]) -> str:
    """What marking does, before it is done."""
    if not twins:
        return ""
    if Status.REJECTED in LEADS_TO[referral.status]:
        return _(
            "If you mark it, this case is closed and the person reads that there is already a request "
            "about the same. The other one goes on."
        )
    return _("If you mark it, this case stays open; complete it when nothing is left to do.")


def marked_view(referral: Referral, original: str) -> str:
    """It is marked."""
    if referral.status is Status.REJECTED:
        return _("Closed as the same as {reference}.").format(reference=original)
    return _("Marked as the same as {reference}.").format(reference=original)


def dismissed_view(other: str) -> str:
    """It is another request."""
    return _("{reference} is another request; it will not be suggested again.").format(reference=other)


def _do(do: str, referral: Referral, other: Referral) -> CaseDo:
    return CaseDo(do=do, referral=referral.id, value=short(other.id))
