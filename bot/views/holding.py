"""Keeping a case from erasing: for coordinators."""

from __future__ import annotations

from aiogram.utils.formatting import Bold, Code, Text

from bot.buttons.privacy import Hold
from bot.language import gettext as _
from bot.views.screen import Screen, button, lines
from referrals.referral import Referral


def hold_view(referral: Referral) -> Screen:
    """Whether it is kept, and the other way."""
    state = _("is kept from erasing") if referral.held else _("is erased in time")
    body = lines(
        [
            Text(_("Case: "), Code(referral.reference)),
            Text(_("Erasing: "), Bold(state)),
            _("Keep a case only while a complaint or a court needs it. It is recorded who did."),
        ]
    )
    label = _("Let it be erased in time") if referral.held else _("Keep it from erasing")
    rows = ((button(label, Hold(referral=referral.id, held=not referral.held)),),)
    return Screen(body, rows=rows, protected=True)


def which_case_view() -> Screen:
    """The command without a case, or with one that is nothing to this reader."""
    return Screen(Text(_("Write the command with the number of the case: /hold ATR-7K3M-2")))
