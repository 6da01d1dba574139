"""Deleting what is held: what goes at once, what a worker is on, and asking once more."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from aiogram.utils.formatting import Text

from bot.buttons import Go
from bot.buttons.privacy import Erase
from bot.language import gettext as _
from bot.language import ngettext
from bot.views.screen import Button, Screen, button, heading, home_row, lines, paragraphs
from bot.views.spans import day_word
from bot.views.words import VILNIUS, state_word
from referrals.referral import Referral


@dataclass(frozen=True)
class Deletable:
    """What is there to delete, and until when at the latest what is open would go."""

    open: Sequence[Referral]
    over: int
    held: int
    has_draft: bool
    at_latest: datetime
    asked_at: datetime | None = None


def delete_view(found: Deletable) -> Screen:
    """What would be deleted. With an open request there is a choice, else it only has to be sure."""
    if found.asked_at is not None:
        return _waiting_view(found)
    if not found.open:
        return sure_view("all", found)
    rows = (
        (button(_("Withdraw and delete everything"), Erase(do="all")),),
        (button(_("Delete the rest, leave what is open"), Erase(do="rest")),),
        _no_row(),
    )
    return Screen(_about_open(found), rows=rows)


def _about_open(found: Deletable) -> Text:
    listed = [Text(f"• {each.reference} – {state_word(each)}") for each in found.open]
    return paragraphs(
        [
            heading(_("Delete what we hold about you")),
            ngettext(
                "{count} request is still open, and a worker may be on it:",
                "{count} requests are still open, and workers may be on them:",
                len(found.open),
            ).format(count=len(found.open)),
            lines(listed),
            _("If everything is deleted now, what is open is withdrawn and nobody works on it any more."),
            _(
                "Or we delete the rest now, and what is open when it is over, on {day} at the latest. Then "
                "it is withdrawn and deleted in any case."
            ).format(day=_day(found.at_latest)),
            *_held(found),
        ]
    )


def sure_view(what: str, found: Deletable) -> Screen:
    """Once more, with what exactly goes."""
    everything = what == "all"
    goes = _what_goes(found, everything=everything)
    body = paragraphs(
        [
            heading(_("Delete? This cannot be undone.")),
            lines(goes) if goes else "",
            *_held(found),
            *([_chat()] if everything else []),
        ]
    )
    rows: list[tuple[Button, ...]] = [(button(_("Yes, delete"), Erase(do=f"{what}-surely")),)]
    if everything:
        rows.append((button(_("Yes, and clear this chat"), Erase(do="all-hide")),))
    return Screen(body, rows=(*rows, _no_row()))


def _what_goes(found: Deletable, *, everything: bool) -> list[str]:
    goes = [_("• the form you have not sent")] if found.has_draft else []
    if found.over:
        goes.append(
            ngettext("• {count} request that is over", "• {count} requests that are over", found.over).format(
                count=found.over
            )
        )
    if everything and found.open:
        goes.append(
            ngettext(
                "• {count} open request, which is withdrawn",
                "• {count} open requests, which are withdrawn",
                len(found.open),
            ).format(count=len(found.open))
        )
    if everything:
        goes.append(_("• your messages, your choices and your Telegram account"))
    elif found.open:
        later = _("• later what is open: when it is over, on {day} at the latest")
        goes.append(later.format(day=_day(found.at_latest)))
    return goes


def _chat() -> str:
    return _("This chat itself is Telegram's. We can also delete its messages of the last 48 hours.")


def _held(found: Deletable) -> list[str]:
    if not found.held:
        return []
    text = ngettext(
        "{count} request has to be kept for a complaint or a court. It is deleted when that is over.",
        "{count} requests have to be kept for a complaint or a court. They are deleted when that is over.",
        found.held,
    )
    return [text.format(count=found.held)]


def _waiting_view(found: Deletable) -> Screen:
    body = paragraphs(
        [
            heading(_("You have asked us to delete everything")),
            _("The rest is deleted when your open requests are over, on {day} at the latest.").format(
                day=_day(found.at_latest)
            ),
            *_held(found),
        ]
    )
    rows = (
        (button(_("Delete everything now"), Erase(do="all")),),
        (button(_("Keep my requests after all"), Erase(do="keep")),),
        home_row(),
    )
    return Screen(body, rows=rows)


def deleted_view() -> Screen:
    """It is done; nothing further is offered."""
    body = paragraphs(
        [
            _("Deleted. Nothing is left here that says who you are."),
            _("This chat is still in your Telegram: open its menu and choose “Delete chat”."),
        ]
    )
    return Screen(body, clears=True)


def cleared_view() -> Screen:
    """The same after the chat was cleared, in words that say nothing."""
    text = _("Done. If anything older is left here, open the menu of this chat and choose “Delete chat”.")
    return Screen(Text(text), clears=True)


def kept_view() -> Screen:
    """All but what is held."""
    body = paragraphs(
        [
            _("Deleted, except for what has to be kept for a complaint or a court."),
            _("The rest is deleted when that is over; you need not ask again."),
        ]
    )
    return Screen(body, rows=(home_row(),))


def rest_deleted_view(at_latest: datetime) -> Screen:
    """The open ones wait."""
    body = paragraphs(
        [
            _("Deleted, except for your open requests."),
            _("They are deleted when they are over, on {day} at the latest.").format(day=_day(at_latest)),
        ]
    )
    return Screen(body, rows=(home_row(),))


def stays_view() -> Screen:
    """The wish is taken back."""
    return Screen(Text(_("Your requests stay. Nothing more is deleted.")), rows=(home_row(),))


def _day(at: datetime) -> str:
    return day_word(at.astimezone(VILNIUS).date())


def _no_row() -> tuple[Button, ...]:
    return (button(_("No, keep everything"), Go(to="home")),)
