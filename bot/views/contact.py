"""Changing how to be reached: the form's questions with another way out, and that it is changed."""

from __future__ import annotations

from aiogram.utils.formatting import Text

from bot.buttons.mine import ShowReferral
from bot.language import gettext as _
from bot.views.form import step_view
from bot.views.screen import Screen, button, leave_row
from referrals.draft import Draft
from referrals.referral import ReferralId


def contact_question_view(draft: Draft, referral_id: ReferralId, *, hint: str = "") -> Screen:
    """One question of how to reach the person."""
    back = (button(_("Change nothing"), ShowReferral(referral=referral_id)),)
    return step_view(draft, (), hint=hint, foot=(back, leave_row()))


def contact_kept_view(referral_id: ReferralId) -> Screen:
    """It is kept, and the worker knows."""
    rows = ((button(_("Back to my request"), ShowReferral(referral=referral_id)),), leave_row())
    return Screen(Text(_("It is changed. The worker sees it with your request.")), rows=rows)
