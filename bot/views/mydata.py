"""What is held about a person, to read here or to take away."""

from __future__ import annotations

from collections.abc import Sequence

from aiogram.utils.formatting import Bold, Text

from bot.buttons import Go
from bot.buttons.privacy import MyData
from bot.language import gettext as _
from bot.views.consents import purpose_text
from bot.views.screen import Screen, button, heading, home_row, lines, paragraphs
from bot.views.told import answer_word
from bot.views.words import call_time_word, moment, phone_word, role_word, state_word, yes_no
from referrals.consent import Given
from referrals.draft import Draft
from referrals.mydata import Held, HeldReferral
from referrals.person import Role
from referrals.referral import Details

Areas = Sequence[tuple[str, str]]
FILE = "atrama-my-data.json"


def confirm_view(asked: int) -> Screen:
    """Before anything is shown: somebody may be looking."""
    body = paragraphs(
        [
            heading(_("Show here what we hold about you?")),
            _("Somebody may be looking. A file stays in this chat until you delete it."),
        ]
    )
    rows = (
        (button(_("Show it here"), MyData(do="show", asked=asked)),),
        (button(_("Send me a file"), MyData(do="file", asked=asked)),),
        (button(_("No"), Go(to="home")),),
    )
    return Screen(body, rows=rows)


def data_view(held: Held, areas: Areas, asked: int) -> Screen:
    """Everything, to be read."""
    person = held.person
    area = dict(areas).get(person.area or "", _("not given"))
    body = paragraphs(
        [
            heading(_("What we hold about you")),
            lines(
                [
                    _("Your Telegram account, since {at}").format(at=moment(held.since)),
                    Text(_("Area: "), area),
                ]
            ),
            _draft(held.draft, areas) if held.draft is not None else "",
            *[_referral(each) for each in held.referrals],
            _consents(held.consents) if held.consents else "",
            "" if held.referrals else _("You have not sent any requests."),
        ]
    )
    rows = (
        (button(_("Send me a file"), MyData(do="file", asked=asked)),),
        (button(_("🙈 Hide this chat"), Go(to="hide")),),
        home_row(),
    )
    return Screen(body, rows=rows)


def file_caption() -> str:
    """Under the file."""
    return _("Everything we hold about you, for a program to read. /hide deletes it from this chat.")


def _draft(draft: Draft, areas: Areas) -> Text:
    answers = [answer_word(step, answer, areas) for step, answer in draft.answers.items()]
    return Text(Bold(_("A form you have not sent")), "\n", "; ".join(answers) or "–")


def _referral(held: HeldReferral) -> Text:
    referral = held.referral
    told = [
        Text(Bold(_("Request {reference}").format(reference=referral.reference))),
        Text(_("State: "), state_word(referral)),
        Text(_("Sent: "), moment(referral.requested_at)),
        *_details(referral.details),
        *[_message(each.by is None, moment(each.at), each.text) for each in held.messages],
        Text(_("Opened: "), _opened(held)),
    ]
    if held.notes:
        told.append(
            Text(
                _("Workers' notes for each other: {count}. Ask your worker about them.").format(
                    count=held.notes
                )
            )
        )
    told += [
        Text(_("Partner asked about: "), each.provider, " – ", _agreed(each.agreed)) for each in held.partners
    ]
    return lines(told)


def _details(details: Details) -> list[Text]:
    told = [(_("Name"), details.name), (_("Need"), details.need)]
    if details.phone:
        told.append((_("Phone"), phone_word(details.phone)))
        told.append((_("Safe to call"), yes_no(details.may_call)))
    if details.call_time is not None:
        told.append((_("When to call"), call_time_word(details.call_time)))
    told.append((_("Safe to write here"), yes_no(details.may_write)))
    return [Text(f"{label}: ", value) for label, value in told if value]


def _message(is_own: bool, at: str, text: str) -> Text:
    who = _("You") if is_own else _("Worker")
    return Text(f"{who}, {at}: ", text)


def _opened(held: HeldReferral) -> str:
    if not held.opened:
        return _("by nobody yet")
    roles = {role.value: role_word(role) for role in Role}
    return ", ".join(
        f"{roles.get(role, _('former colleague'))} × {count}" for role, count in held.opened.items()
    )


def _agreed(agreed: bool | None) -> str:
    return _("no answer yet") if agreed is None else yes_no(agreed)


def _consents(given: Sequence[Given]) -> Text:
    return lines([Bold(_("What you agreed to")), *[_consent(each) for each in given]])


def _consent(given: Given) -> Text:
    ended = "" if given.withdrawn_at is None else _(", taken back {at}").format(at=moment(given.withdrawn_at))
    return Text(f"• {purpose_text(given.purpose).rstrip('.')} – {moment(given.given_at)}{ended}")
