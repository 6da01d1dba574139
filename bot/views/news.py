"""News for the person: what happened to their request, in their language."""

from __future__ import annotations

from aiogram.utils.formatting import Code, Text

from bot.buttons.mine import ShowReferral
from bot.language import gettext as _
from bot.views.screen import Screen, button, paragraphs
from bot.views.words import reason_word
from referrals.news import Happened, News


def _handed_over(news: News) -> str:
    """A sentence that blames nobody."""
    if news.referral.owner is not None:
        return _("Another social worker is looking after your request now.")
    return _("Your request is now with the social workers of another area. You do not have to do anything.")


def news_view(news: News) -> Screen:
    """One change, with its reason where there is one."""
    referral = news.referral
    sentence = {
        Happened.TAKEN: _("A social worker has taken your request."),
        Happened.HANDED_BACK: _("Your request is back in the queue; another social worker will take it."),
        Happened.ACCEPTED: _("Your request is accepted."),
        Happened.STARTED: _("Work on your request has begun."),
        Happened.HELD: _("Your request is on hold."),
        Happened.REJECTED: _("Your request was not accepted."),
        Happened.COMPLETED: _("Your request is completed."),
        Happened.FAILED: _("Your request is closed, because we could not reach you."),
        Happened.MARKED_AS_ERROR: _("Your request was closed as entered in error."),
        Happened.HANDED_OVER: _handed_over(news),
        Happened.WORKER_WROTE: _("The social worker has written to you."),
    }[news.happened]
    told = [Text(Code(referral.reference), ": ", sentence)]
    if referral.reason is not None and news.happened is not Happened.FAILED:
        told.append(Text(_("Why: "), reason_word(referral.reason)))
    rows = ((button(_("Show my request"), ShowReferral(referral=referral.id)),),)
    return Screen(paragraphs(told), rows=rows)
