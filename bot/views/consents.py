"""Every yes of a person, and taking it back."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

from aiogram.utils.formatting import Bold, Text

from bot.buttons.privacy import Agree
from bot.language import gettext as _
from bot.views.screen import Button, Screen, button, heading, home_row, lines, paragraphs
from bot.views.words import moment
from referrals.consent import OPTIONAL, Purpose

Sent = Sequence[tuple[str, datetime]]  # references, and when they were agreed to
Since = Mapping[Purpose, datetime]  # each optional purpose that holds, and since when


def purpose_text(purpose: Purpose) -> str:
    """The very sentence that a person says yes or no to; its digest is kept."""
    return {
        Purpose.REFERRAL: _("Keeping my request, so that a worker can read it and help."),
        Purpose.CALLS: _("Calling the phone number in my open requests."),
        Purpose.PARTNERS: _(
            "Telling a partner organisation about my request. I am asked again about each organisation."
        ),
        Purpose.STATISTICS: _(
            "Counting which service my request was about, also after everything about me is deleted."
        ),
    }[purpose]


def consents_view(sent: Sent, since: Since) -> Screen:
    """What was agreed to with each request, then what is optional."""
    told = [Text(f"• {reference} – ", moment(at)) for reference, at in sent]
    requests = [
        Text(Bold(purpose_text(Purpose.REFERRAL)), "\n", lines(told)),
        _("To take this back, withdraw the request with /mine or delete everything with /delete."),
    ]
    body = paragraphs(
        [
            heading(_("What you agreed to")),
            *(requests if told else [_("You have not sent any requests.")]),
            *[_state(purpose, since) for purpose in OPTIONAL],
            _("The last three are your free choice. A no changes nothing for your request."),
        ]
    )
    return Screen(body, rows=(*[(_toggle(purpose, since),) for purpose in OPTIONAL], home_row()))


def _state(purpose: Purpose, since: Since) -> Text:
    at = since.get(purpose)
    state = _("no") if at is None else _("yes, since {at}").format(at=moment(at))
    return Text(Bold(purpose_text(purpose)), "\n", state)


def _toggle(purpose: Purpose, since: Since) -> Button:
    holds = purpose in since
    labels = {
        Purpose.CALLS: _("Take back: calls") if holds else _("Allow: calls"),
        Purpose.PARTNERS: _("Take back: partners") if holds else _("Allow: partners"),
        Purpose.STATISTICS: _("Take back: statistics") if holds else _("Allow: statistics"),
    }
    return button(labels[purpose], Agree(purpose=purpose, yes=not holds))
