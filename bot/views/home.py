"""The first screen of whoever works here: their cases and what waits, and what else their role can do."""

from __future__ import annotations

from collections.abc import Sequence

from aiogram.utils.formatting import Text

from bot.buttons.desk import ShowCase
from bot.buttons.office import Office
from bot.buttons.queue import Desk
from bot.language import gettext as _
from bot.views.colleagues import curator_away_words
from bot.views.queue import mark_of
from bot.views.screen import Button, Screen, button, heading, lines, paragraphs
from bot.views.words import role_word, state_word
from referrals.person import Role, Worker
from referrals.queue import COUNTED, Counts
from referrals.referral import Referral

SHORTCUTS = 5  # own cases on the first screen


def desk_view(
    worker: Worker, cases: Sequence[Referral], counts: Counts, *, mine: int, areas: Sequence[str]
) -> Screen:
    """Who you are, your cases, how much waits."""
    served = f" ({', '.join(areas)})" if areas else ""
    body = paragraphs(
        [
            heading(_("Your desk")),
            Text(_("You are: "), role_word(worker.role), served),
            _away_words() if worker.away else "",
            "" if mine else _("No open cases. New ones appear in the desk's chat."),
            lines(_counts(counts)),
            _("You can type the number of a request here, for example 7K3M-2."),
            lines([*_of_coordinator(), *_of_content()]) if worker.role is Role.COORDINATOR else "",
        ]
    )
    rows = [
        (button(f"{mark_of(each)} {each.reference} · {state_word(each)}", ShowCase(referral=each.id)),)
        for each in cases[:SHORTCUTS]
    ]
    rows += [
        (button(_("👤 My cases ({count})").format(count=mine), Desk(to="mine")),),
        (button(_("🗂 The queue ({count})").format(count=_number(counts.open)), Desk(to="all")),),
    ]
    return Screen(body, rows=(*_back_rows(worker), *rows), protected=True)


def curator_desk_view(worker: Worker) -> Screen:
    """For whoever answers for the content: no cases, but what people ask and say."""
    body = paragraphs(
        [
            heading(_("Your desk")),
            Text(_("You are: "), role_word(worker.role)),
            curator_away_words() if worker.away else "",
            _("You answer for the content and see no cases."),
            lines(_of_content()),
        ]
    )
    return Screen(body, rows=_back_rows(worker), protected=True)


def _of_coordinator() -> list[str]:
    return [
        _("/staff – colleagues, their areas, who is away"),
        _("/invite – a link for a new colleague"),
        _("/capacity – whether a service has room"),
        _("/export – a file with cases"),
    ]


def _of_content() -> list[str]:
    return [
        _("/unanswered – questions that got no answer"),
        _("/feedback – what people say of the answers"),
        _("/stats – the numbers of the last 7 days"),
    ]


def _away_words() -> str:
    return _("You are marked as away: new cases are not announced to you, and you cannot take any.")


def _back_rows(worker: Worker) -> tuple[tuple[Button, ...], ...]:
    return ((button(_("I am back at work"), Office(to="back")),),) if worker.away else ()


def _counts(counts: Counts) -> list[str]:
    return [
        _("Open in your queue: {count}").format(count=_number(counts.open)),
        _("Nobody has taken yet: {count}").format(count=_number(counts.unclaimed)),
        _("Overdue: {count}").format(count=_number(counts.overdue)),
    ]


def _number(count: int) -> str:
    return str(count) if count <= COUNTED else f"{COUNTED}+"
