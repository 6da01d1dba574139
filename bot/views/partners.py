"""Referring onward: which partner, the question with exactly what is shared, the text itself."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from aiogram.utils.formatting import Bold, Code, Text

from bot.buttons.case import AnswerPartner, CaseDo, OpenPartner, short
from bot.buttons.desk import ShowCase
from bot.buttons.mine import ShowReferral
from bot.language import gettext as _
from bot.views.screen import Button, Screen, button, heading, lines, paragraphs
from bot.views.words import language_name, moment, phone_word
from referrals.onward import Onward, shared
from referrals.referral import Referral

NOTICE_VERSION = "1"
PAGE = 8  # partners: residential care has ninety


def partners_view(referral: Referral, partners: Sequence[tuple[str, str]], page: int) -> Screen:
    """The organisations that give what the case is about, in its area."""
    last = max(0, (len(partners) - 1) // PAGE)
    page = min(page, last)
    rows = [
        (button(name, CaseDo(do="partner", referral=referral.id, value=short(partner))),)
        for partner, name in partners[page * PAGE : (page + 1) * PAGE]
    ]
    turns = [
        button(label, CaseDo(do="onward", referral=referral.id, value=str(to)))
        for label, to in ((_("◀️ Back"), page - 1), (_("Next ▶️"), page + 1))
        if 0 <= to <= last
    ]
    ask = (
        Bold(_("To whom should the person be referred?"))
        if partners
        else Text(_("No organisation is known that gives this help in this area."))
    )
    body = paragraphs([Text(Code(referral.reference)), ask])
    return Screen(body, rows=(*rows, *((tuple(turns),) if turns else ()), _back(referral)), protected=True)


def ask_first_view(referral: Referral, partner: str, name: str) -> Screen:
    """The worker sees what the person will be asked before the person is."""
    body = paragraphs(
        [
            Text(Code(referral.reference)),
            heading(name),
            _("The person is asked first. If they agree, this would be shared, and nothing else:"),
            lines(_shared(referral)),
        ]
    )
    ask = CaseDo(do="ask", referral=referral.id, value=short(partner))
    return Screen(body, rows=((button(_("Ask the person"), ask),), _back(referral)), protected=True)


def cannot_ask_view(referral: Referral) -> str:
    """Why the person cannot be asked in the chat."""
    if not referral.details.may_write:
        return _("It is not safe to write to this person, so they cannot be asked here.")
    return _("The person has given neither a name nor a phone nor a need: there is nothing to share.")


def asked_view(name: str) -> str:
    """The person has the question."""
    return _(
        "The person has been asked whether {provider} may be told. You will read the answer here."
    ).format(provider=name)


def question(referral: Referral, name: str) -> Text:
    """What the person agrees to: this very text is kept as a digest."""
    ask = _("The social worker asks: may this organisation be told about your request?")
    return paragraphs(
        [
            Text(Code(referral.reference)),
            ask,
            Bold(name),
            _("This would be shared, and nothing else:"),
            lines(_shared(referral)),
            _("You can say no. Work on your request goes on either way."),
        ]
    )


def question_view(referral: Referral, onward: Onward, name: str, *, hint: str = "") -> Screen:
    """The question with its two answers."""
    body = question(referral, name)
    digest = short(body.render()[0])
    rows = (
        (button(_("Yes, share it"), AnswerPartner(answer="y", digest=digest, onward=onward.id)),),
        (button(_("No, do not share"), AnswerPartner(answer="n", digest=digest, onward=onward.id)),),
    )
    return Screen(paragraphs([hint, body]), rows=rows, protected=True)


def changed_question_view() -> str:
    """The text is not the one whose button was pressed."""
    return _("The text has changed. Please read it again.")


def thanked_view(referral: Referral, name: str, *, agreed: bool) -> Screen:
    """For the person."""
    told = (
        _("Thank you. The social worker may tell {provider} now.")
        if agreed
        else _("Thank you. {provider} will be told nothing.")
    ).format(provider=name)
    rows = ((button(_("Show my request"), ShowReferral(referral=referral.id)),),)
    return Screen(Text(Code(referral.reference), ": ", told), rows=rows)


def too_late_view(referral: Referral) -> Screen:
    """Answered before, or the request is over."""
    told = _("This question is answered or no longer open.")
    rows = ((button(_("Show my request"), ShowReferral(referral=referral.id)),),)
    return Screen(Text(Code(referral.reference), ": ", told), rows=rows)


def answer_view(referral: Referral, onward: Onward, name: str) -> Screen:
    """For the worker who asked."""
    told = (
        _("the person agreed that {provider} may be told.")
        if onward.agreed
        else _("the person does not want {provider} to be told.")
    ).format(provider=name)
    rows: list[tuple[Button, ...]] = [(button(_("Open the case"), ShowCase(referral=referral.id)),)]
    if onward.has_consent:
        label = _("📄 Text for {provider}").format(provider=name)
        rows.insert(0, (button(label, OpenPartner(onward=onward.id)),))
    return Screen(Text(Code(referral.reference), ": ", told), rows=tuple(rows), protected=True)


def partner_text_view(referral: Referral, onward: Onward, name: str, contacts: Sequence[str]) -> Screen:
    """What to hand over. The only screen of a case that can be copied: the person said yes to it."""
    details, agreed_at = referral.details, onward.answered_at
    agreed = _("The person agreed on {moment} that this is shared.").format(
        moment=moment(agreed_at) if agreed_at else ""
    )
    quiet = details.may_call and not details.may_say_who
    text = paragraphs(
        [
            Text(Bold(name)),
            lines([Text(_("Reference: "), Code(referral.reference)), *_shared(referral)]),
            Text(_("Language"), ": ", language_name(details.language)),
            _("When calling, do not tell anybody else who calls or why.") if quiet else "",
            agreed,
        ]
    )
    hint = _("Hand over only this text, and only to this organisation:")
    reach = lines(contacts) if contacts else ""
    return Screen(paragraphs([hint, text, reach]), rows=(_back(referral),))


def no_consent_view() -> str:
    """There is no text without a yes."""
    return _("The person has not agreed, or has taken the yes back. There is nothing to hand over.")


def _shared(referral: Referral) -> list[str]:
    labels: Mapping[str, str] = {"name": _("Name"), "phone": _("Phone"), "need": _("Need")}
    return [
        f"• {labels[what]}: {phone_word(value) if what == 'phone' else value}"
        for what, value in shared(referral.details).items()
    ]


def _back(referral: Referral) -> tuple[Button, ...]:
    return (button(_("Back to the case"), ShowCase(referral=referral.id)),)
