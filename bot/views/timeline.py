"""What has happened to a case, as colleagues read it: oldest first, long ones in pages."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from aiogram.utils.formatting import Code, Italic, Text

from bot.buttons.case import CaseDo
from bot.buttons.desk import ShowCase
from bot.language import gettext as _
from bot.views.screen import Screen, button, heading, paragraphs
from bot.views.words import moment, reason_word
from referrals.message import Message, Note
from referrals.news import Happened
from referrals.onward import Onward
from referrals.referral import Referral, WorkerId
from referrals.timeline import Answered, Change, Event

Names = Mapping[WorkerId, str]
ProviderName = Callable[[str], str]
PAGE = 2600  # signs: with the longest message behind it still one message of Telegram
SHORT = 160  # signs: a line of the case's own screen


def timeline_view(
    referral: Referral, events: Sequence[Event], names: Names, provider: ProviderName, *, page: int | None
) -> Screen:
    """One page, the last if none is named."""
    pages = _pages([event_line(event, names, provider) for event in events])
    at = len(pages) - 1 if page is None else min(page, len(pages) - 1)
    turns = []
    if at > 0:
        earlier = CaseDo(do="history", referral=referral.id, value=str(at - 1))
        turns.append(button(_("◀️ Earlier"), earlier))
    if at < len(pages) - 1:
        later = CaseDo(do="history", referral=referral.id, value=str(at + 1))
        turns.append(button(_("Later ▶️"), later))
    back = (button(_("Back to the case"), ShowCase(referral=referral.id)),)
    head = Text(Code(referral.reference), ": ", heading(_("what has happened")))
    body = paragraphs([head, *pages[at]])
    return Screen(body, rows=(tuple(turns), back) if turns else (back,), protected=True)


def event_line(event: Event, names: Names, provider: ProviderName, *, most: int | None = None) -> Text:
    """One thing that happened: when, who, what."""
    who = (names.get(event.by) or _("A colleague")) if event.by is not None else _("the person")
    when = Italic(moment(event.at))
    if isinstance(event, Message | Note):
        text = event.text if most is None or len(event.text) <= most else event.text[: most - 1] + "…"
        return Text(when, "\n", _author(event, who), "\n", text)
    return Text(when, "\n", _what(event, who, provider))


def _author(event: Message | Note, who: str) -> str:
    if isinstance(event, Note):
        return _("📝 {worker}, a note for colleagues:").format(worker=who)
    if event.by is None:
        return _("💬 The person wrote:")
    return _("✉️ {worker} wrote to the person:").format(worker=who)


def _what(event: Change | Onward | Answered, who: str, provider: ProviderName) -> str:
    if isinstance(event, Onward):
        asked = _("🔗 {worker} asked the person whether {provider} may be told.")
        return asked.format(worker=who, provider=provider(event.provider))
    if isinstance(event, Answered):
        said = (
            _("🔗 The person agreed that {provider} may be told.")
            if event.onward.agreed
            else _("🔗 The person does not want {provider} to be told.")
        )
        return said.format(provider=provider(event.onward.provider))
    line = f"{happened_word(event.happened)} · {who}"
    return f"{line}. {reason_word(event.reason)}" if event.reason is not None else line


def happened_word(happened: Happened) -> str:
    """A change in a word or two, for colleagues."""
    words = {
        Happened.REQUESTED: _("Request sent"),
        Happened.TAKEN: _("Taken"),
        Happened.HANDED_BACK: _("Handed back to the queue"),
        Happened.ACCEPTED: _("Accepted"),
        Happened.STARTED: _("Work begun"),
        Happened.REJECTED: _("Not accepted"),
        Happened.HELD: _("Put on hold"),
        Happened.COMPLETED: _("Completed"),
        Happened.FAILED: _("Closed without contact"),
        Happened.WITHDRAWN: _("Withdrawn"),
        Happened.MARKED_AS_ERROR: _("Entered in error"),
        Happened.HANDED_OVER: _("Handed over"),
        Happened.MARKED_DUPLICATE: _("Marked as a duplicate"),
        Happened.CONTACT_CHANGED: _("Way of contact changed"),
        Happened.PERSON_WROTE: _("Message from the person"),
        Happened.WORKER_WROTE: _("Message to the person"),
    }
    return words[happened]


def _pages(lines: Sequence[Text]) -> list[list[Text]]:
    pages: list[list[Text]] = [[]]
    length = 0
    for line in lines:
        if pages[-1] and length + len(line) > PAGE:
            pages.append([])
            length = 0
        pages[-1].append(line)
        length += len(line) + 2
    return pages
