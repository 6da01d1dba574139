"""Asking afterwards whether help came, in words that tell nothing to whoever looks over a shoulder."""

from __future__ import annotations

from aiogram.utils.formatting import Code, Text

from bot.buttons.followup import FollowedUp
from bot.buttons.form import AskWorker
from bot.language import gettext as _
from bot.views.screen import Screen, button, home_row, paragraphs
from referrals.followup import Said
from referrals.referral import Referral


def did_it_help_view(referral: Referral) -> Screen:
    """One question and four answers; saying nothing is fine."""
    labels = {
        Said.YES: _("Yes"),
        Said.PARTLY: _("Partly"),
        Said.NO: _("No"),
        Said.NOT_YET: _("Not yet"),
    }
    buttons = [button(label, FollowedUp(said=said, referral=referral.id)) for said, label in labels.items()]
    text = _("Did you get the help you asked about? Only if you want to say.")
    body = paragraphs([Text(Code(referral.reference)), text])
    return Screen(body, rows=(tuple(buttons[:2]), tuple(buttons[2:])))


def followed_up_view(referral: Referral, said: Said) -> Screen:
    """Thanks; who got no help, or only some, can ask again."""
    if said in {Said.NO, Said.PARTLY}:
        text = _("Thank you for telling us. If you wish, ask a social worker again.")
        asking = (button(_("🙋 Ask a social worker"), AskWorker(entry=referral.entry_id or "")),)
        return Screen(Text(text), rows=(asking, home_row()))
    if said is Said.NOT_YET:
        text = _("Thank you for telling us. If it takes too long, you can ask a social worker again.")
        return Screen(Text(text), rows=(home_row(),))
    return Screen(Text(_("Thank you for telling us.")), rows=(home_row(),))
