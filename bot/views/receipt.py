"""The code that leads back to a request from another phone, and what it opens."""

from __future__ import annotations

from datetime import datetime

from aiogram.utils.formatting import Bold, Code, Text

from bot.buttons.mine import ShowReferral, WriteMessage
from bot.language import gettext as _
from bot.views.mine import Standing, standing_parts
from bot.views.screen import Button, Screen, button, heading, home_row, leave_row, paragraphs
from bot.views.words import time_of_day
from referrals.receipt import in_groups
from referrals.referral import OPEN, ReferralId


def code_view(referral_id: ReferralId, code: str) -> Screen:
    """The code, this once."""
    body = paragraphs(
        [
            heading(_("Your code")),
            Code(in_groups(code)),
            _(
                "Write it down or copy it now: it is shown only this once. With it you can see from another "
                "phone or account how your request stands, and write to the worker. Send /code there."
            ),
            _(
                "Whoever has the code can do the same, but never sees your name, phone or what you need. "
                "A new code ends this one."
            ),
        ]
    )
    noted = button(_("I have it. Take it away"), ShowReferral(referral=referral_id))
    return Screen(body, rows=((Button(_("📋 Copy the code"), copy=code),), (noted,)))


def ask_code_view(*, hint: str = "") -> Screen:
    """The next text is a code."""
    body = paragraphs([hint, heading(_("Write the 16 digits of your code.")), _("Spaces do not matter.")])
    return Screen(body, rows=(leave_row(),))


def no_code_view() -> str:
    """What came is no code at all."""
    return _("A code has 16 digits and no letters. If you want to ask something else, press “Leave”.")


def no_such_code_view() -> str:
    """Wrong, unknown, replaced: one answer for all."""
    return _("This code opens nothing. Please look at it once more.")


def too_many_tries_view(until: datetime) -> Screen:
    """Guessing is slowed down."""
    text = _("There were too many wrong codes. Please try again after {time}.").format(
        time=time_of_day(until)
    )
    return Screen(paragraphs([text, _("In danger call 112.")]), rows=(home_row(),))


def bearer_view(standing: Standing) -> Screen:
    """What a code opens: the state and what comes next. Nothing that was told."""
    referral = standing.referral
    rows = [home_row(), leave_row()]
    if referral.status in OPEN:
        rows.insert(0, (button(_("✍️ Add a message"), WriteMessage(referral=referral.id)),))
    head = Text(_("The request: "), Bold(referral.reference))
    return Screen(paragraphs([head, *standing_parts(standing)]), rows=tuple(rows))
