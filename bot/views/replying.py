"""Answering a person: ready replies or own words, both languages side by side before it is sent."""

from __future__ import annotations

from dataclasses import dataclass

from aiogram.utils.formatting import Bold, Code, Text

from bot.buttons.case import CaseDo, short
from bot.buttons.desk import ShowCase
from bot.language import gettext as _
from bot.language import spoken
from bot.views.screen import Button, Screen, button, heading, lines, paragraphs
from bot.views.templates import TEMPLATES, filled, group_words, slot_words
from bot.views.words import language_name
from referrals.referral import Referral


@dataclass(frozen=True)
class Reply:
    """What is about to be sent: a ready reply with what was filled in, or the worker's own words."""

    text: str = ""
    template: str | None = None
    detail: str = ""

    def words(self, language: str) -> str:
        """As somebody reads it; own words are the same for everybody."""
        return self.text if self.template is None else filled(self.template, self.detail, language)


def reply_view(referral: Referral, language: str) -> Screen:
    """Write now, or choose a ready reply."""
    groups = [
        button(word, CaseDo(do="group", referral=referral.id, value=group))
        for group, word in group_words().items()
    ]
    rows = [tuple(groups[at : at + 2]) for at in range(0, len(groups), 2)]
    body = paragraphs(
        [
            Text(Code(referral.reference)),
            heading(_("What do you answer?")),
            Text(_("The person reads: "), language_name(language)),
            _("Choose a ready reply; the person gets it in their language. Or write in your own words now."),
            unsafe_line(referral),
        ]
    )
    return Screen(body, rows=(*rows, _cancel_row(referral)), protected=True)


def group_view(referral: Referral, group: str) -> Screen:
    """The ready replies of a group, in the worker's language."""
    names = [name for name, template in TEMPLATES.items() if template.group == group]
    words = [filled(name, "…", spoken()) for name in names]
    rows = [
        (button(f"{number}. {text}", CaseDo(do="ready", referral=referral.id, value=name)),)
        for number, (name, text) in enumerate(zip(names, words, strict=True), start=1)
    ]
    rows.append((button(_("Back"), CaseDo(do="reply", referral=referral.id)),))
    told = [f"{number}. {text}" for number, text in enumerate(words, start=1)]
    return Screen(paragraphs([heading(group_words()[group]), lines(told)]), rows=tuple(rows), protected=True)


def slot_view(referral: Referral, template: str) -> Screen:
    """What is missing in a ready reply."""
    body = paragraphs([filled(template, "…", spoken()), Bold(slot_words(TEMPLATES[template].slot))])
    return Screen(body, rows=(_cancel_row(referral),), protected=True)


def confirm_view(referral: Referral, reply: Reply, language: str, *, hint: str = "") -> Screen:
    """Exactly what will be sent, and what it means in the worker's language."""
    sent = reply.words(language)
    own = reply.words(spoken())
    parts: list[Text | str] = [
        hint,
        Text(Code(referral.reference)),
        heading(_("This will be sent to the person:")),
        sent,
    ]
    if own != sent:
        parts += [heading(_("In your language:")), own]
    if reply.template is None and language != spoken():
        note = _("The person reads: {language}. Write simply, or choose a ready reply.")
        parts.append(note.format(language=language_name(language)))
    parts.append(unsafe_line(referral))
    send = CaseDo(do="send", referral=referral.id, value=short(sent))
    again = CaseDo(do="reply", referral=referral.id)
    rows = ((button(_("Send"), send),), (button(_("Choose again"), again),), _cancel_row(referral))
    return Screen(paragraphs(parts), rows=rows, protected=True)


def unsafe_line(referral: Referral) -> Text | str:
    """Where writing first is not safe, nothing is sent, and the worker knows."""
    if referral.details.may_write:
        return ""
    return Bold(_("⚠️ It is not safe to write to this person first. Your answer waits in their request."))


def sent_view(referral: Referral) -> str:
    """It is on its way."""
    if referral.details.may_write:
        return _("✉️ Your answer is sent.")
    return _("✉️ Your answer is kept in the request; no message is sent, as that is not safe.")


def too_long_view(limit: int) -> str:
    """The text was cut where the limit is."""
    return _("The text is too long: only the first {limit} characters fit.").format(limit=limit)


def forgotten_view() -> str:
    """The draft of the answer is not there any more."""
    return _("This answer was sent or changed meanwhile.")


def _cancel_row(referral: Referral) -> tuple[Button, ...]:
    return (button(_("Cancel"), ShowCase(referral=referral.id)),)
