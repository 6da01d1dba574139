"""What coordinators see of their colleagues, and what anybody of staff sees of themselves."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from aiogram.utils.formatting import Bold, Text

from bot.buttons.office import Colleague, Office, ServeArea
from bot.language import gettext as _
from bot.language import ngettext
from bot.views.screen import Button, Screen, button, heading, home_row, lines, paragraphs
from bot.views.words import role_word
from referrals.person import Role, Worker

Areas = Mapping[str, str]  # names by id, in the reader's language
MOST = 80  # buttons; Telegram shows no more than 100


def staff_view(colleagues: Sequence[Worker], areas: Areas) -> Screen:
    """The colleagues of a coordinator's areas."""
    told = [Text("• ", Bold(name_of(each)), ": ", _described(each, areas)) for each in colleagues]
    rows = [(button(name_of(each), Colleague(do="show", worker=each.id)),) for each in colleagues[:MOST]]
    rows.append((button(_("Waiting lists"), Office(to="capacity")),))
    body = paragraphs([heading(_("Colleagues")), lines(told), _("/invite makes a link for a new colleague.")])
    return Screen(body, rows=tuple(rows), protected=True)


def colleague_view(colleague: Worker, areas: Areas, *, may_change: bool, hint: str = "") -> Screen:
    """One colleague, and what may be done."""
    body = paragraphs([hint, Text(Bold(name_of(colleague)), ": ", _described(colleague, areas))])
    back = (button(_("Back"), Office(to="staff")),)
    if not may_change:
        return Screen(body, rows=(back,), protected=True)
    turn = (
        button(_("Back at work"), Colleague(do="back", worker=colleague.id))
        if colleague.away
        else button(_("Mark as away"), Colleague(do="away", worker=colleague.id))
    )
    rows: list[tuple[Button, ...]] = [(turn,)]
    if colleague.role is not Role.CURATOR:
        rows.append((button(_("Areas"), Colleague(do="areas", worker=colleague.id)),))
    rows.append((button(_("Remove"), Colleague(do="remove", worker=colleague.id)),))
    return Screen(body, rows=(*rows, back), protected=True)


def areas_view(colleague: Worker, areas: Sequence[tuple[str, str]], *, hint: str = "") -> Screen:
    """The areas a coordinator may give or take; a tap turns one on or off."""
    rows = [
        (
            button(
                f"✓ {name}" if area in colleague.areas else name,
                ServeArea(area=area, worker=colleague.id),
            ),
        )
        for area, name in areas
    ]
    rows.append((button(_("Back"), Colleague(do="show", worker=colleague.id)),))
    asked = _("Which areas does {worker} serve?").format(worker=name_of(colleague))
    return Screen(paragraphs([hint, asked]), rows=tuple(rows), protected=True)


def sure_view(colleague: Worker, do: str, count: int) -> Screen:
    """Once more, before cases go back to the queue or rights are lost."""
    asked = {
        "remove": _("Remove {worker}? They will no longer be able to open or do anything here."),
        "away": _("Mark {worker} as away?"),
    }[do].format(worker=name_of(colleague))
    rows = (
        (button(_("Yes"), Colleague(do=f"{do}-surely", worker=colleague.id)),),
        (button(_("No"), Colleague(do="show", worker=colleague.id)),),
    )
    return Screen(paragraphs([asked, _returning(count)]), rows=rows, protected=True)


def own_away_view(count: int) -> Screen:
    """For a worker who goes away with cases in hand."""
    rows = ((button(_("Yes, I am away"), Office(to="away")),),)
    body = paragraphs([_("Do you want to be marked as away?"), _returning(count)])
    return Screen(body, rows=(*rows, home_row()))


def _returning(count: int) -> str:
    if count == 0:
        return ""
    return ngettext(
        "{count} open case goes back to the queue, and its person is told. Notes stay with the case.",
        "{count} open cases go back to the queue, and their people are told. Notes stay with the cases.",
        count,
    ).format(count=count)


def away_view(role: Role) -> Screen:
    """For a worker who is away from now on."""
    if role is Role.CURATOR:
        return Screen(Text(curator_away_words()))
    told = _("You are marked as away: new cases are not announced to you. /back when you are here again.")
    return Screen(Text(told))


def curator_away_words() -> str:
    """For whoever sees no cases: nothing is said of them."""
    return _("You are marked as away. Send /back when you are here again.")


def away_takes_nothing_view() -> str:
    """Why a worker who is away cannot take a case."""
    return _("You are marked as away, so you cannot take cases. Send /back when you are at work again.")


def back_view() -> Screen:
    """For a worker who is back."""
    return Screen(Text(_("Welcome back. New cases of your areas are announced to you again.")))


def removed_hint(colleague: Worker) -> str:
    """It is done."""
    return _("{worker} is removed.").format(worker=name_of(colleague))


def last_area_hint() -> str:
    """Why an area of a coordinator stays."""
    return _("This cannot be changed: a coordinator without areas would answer for all of them.")


def name_of(colleague: Worker) -> str:
    """The first name, which Telegram tells when somebody first writes."""
    return colleague.name or _("A colleague")


def _described(colleague: Worker, areas: Areas) -> str:
    served = ", ".join(sorted(areas.get(area, area) for area in colleague.areas))
    everywhere = _("all areas") if colleague.role is Role.COORDINATOR else ""
    parts = [role_word(colleague.role), served or everywhere, _("away") if colleague.away else ""]
    return ", ".join(part for part in parts if part)
