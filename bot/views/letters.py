"""Messages between person and worker: writing one, being told of one, reading them. No account is shown."""

from __future__ import annotations

from collections.abc import Sequence

from aiogram.utils.formatting import Code, Italic, Text

from bot.buttons.desk import ShowCase
from bot.buttons.mine import ShowMessages, ShowReferral, WriteMessage
from bot.language import gettext as _
from bot.views.screen import Button, Rows, Screen, button, heading, leave_row, lines, paragraphs
from bot.views.words import moment
from referrals.message import Message
from referrals.news import News
from referrals.referral import Referral, ReferralId

SHOWN = 10  # messages: the last ones; more make a wall of text that nobody reads


def write_view(referral: Referral, *, hint: str = "") -> Screen:
    """What may be written, and who will read it."""
    reader = (
        _("The social worker who has your request will read it.")
        if referral.owner is not None
        else _("The social worker who takes your request will read it.")
    )
    body = paragraphs(
        [
            hint,
            heading(_("Write your message now.")),
            reader,
            _("Do not write personal codes, card numbers or passwords here. In danger call 112."),
        ]
    )
    return Screen(body, rows=(_back_row(referral.id), leave_row()))


def written_view(referral: Referral) -> Screen:
    """The message is kept."""
    body = paragraphs(
        [
            heading(_("Your message is kept with your request.")),
            _("It is read in working hours, not at once. In danger call 112."),
        ]
    )
    again = (button(_("✍️ Add another message"), WriteMessage(referral=referral.id)),)
    return Screen(body, rows=(again, _back_row(referral.id), leave_row()))


def letters_view(referral: Referral, letters: Sequence[Message]) -> Screen:
    """The last messages, oldest first."""
    told: list[Text | str] = [
        lines(
            [Italic(f"{_('You') if each.by is None else _('Social worker')}, {moment(each.at)}"), each.text]
        )
        for each in letters[-SHOWN:]
    ]
    body = paragraphs([heading(_("Messages")), *(told or [_("Nothing has been written yet.")])])
    return Screen(body, rows=(_back_row(referral.id), leave_row()))


def _author(letter: Message) -> str:
    return _("You") if letter.by is None else _("Social worker")


def letter_view(news: News) -> Screen:
    """What the worker has written, with a way to answer."""
    referral = news.referral
    head = Text(Code(referral.reference), ": ", _("The social worker has written to you."))
    reply = (button(_("✍️ Reply"), WriteMessage(referral=referral.id)),)
    return Screen(paragraphs([head, news.message or ""]), rows=(reply, _show_row(referral.id)))


def discreet_news_view(referral: Referral) -> Screen:
    """For a phone somebody else can look at: that there is news, and nothing about what."""
    rows = ((button(_("Show"), ShowReferral(referral=referral.id)),),)
    return Screen(Text(_("There is news about your question.")), rows=rows)


def person_wrote_view(referral: Referral) -> Screen:
    """For the worker: where to read it. What was written stands only in the case."""
    said = _("the person has written.")
    return Screen(Text(Code(referral.reference), ": ", said), rows=_case_rows(referral))


def contact_changed_view(referral: Referral) -> Screen:
    """For the worker: the old way to reach the person may be wrong, or the new one not theirs."""
    said = _("the person has changed how to reach them. Make sure it is them before you tell anything.")
    return Screen(Text(Code(referral.reference), ": ", said), rows=_case_rows(referral))


def letters_row(referral: Referral, count: int) -> Rows:
    """The way to what was written, if anything was."""
    label = _("💬 Messages: {count}").format(count=count)
    return ((button(label, ShowMessages(referral=referral.id)),),) if count else ()


def _case_rows(referral: Referral) -> Rows:
    return ((button(_("Open the case"), ShowCase(referral=referral.id)),),)


def _show_row(referral_id: ReferralId) -> tuple[Button, ...]:
    return (button(_("Show my request"), ShowReferral(referral=referral_id)),)


def _back_row(referral_id: ReferralId) -> tuple[Button, ...]:
    return (button(_("Back to my request"), ShowReferral(referral=referral_id)),)
