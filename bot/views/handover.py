"""Handing a case over: to whom, once more, and what the others hear of it."""

from __future__ import annotations

from collections.abc import Sequence

from aiogram.utils.formatting import Bold, Code, Text

from bot.buttons.case import CaseDo, short
from bot.buttons.desk import ShowCase
from bot.buttons.queue import Desk
from bot.language import gettext as _
from bot.views.desk import Card
from bot.views.screen import Button, Screen, button, lines, paragraphs
from bot.views.words import role_word
from referrals.person import Role, Worker
from referrals.referral import Referral

Areas = Sequence[tuple[str, str]]  # ids with their names
MOST = 30  # colleagues: more do not fit a screen of buttons


def receivers_view(referral: Referral, colleagues: Sequence[Worker], areas: Areas) -> Screen:
    """The colleagues at work in the area, and the other desks."""
    people = [
        button(_known_as(each), CaseDo(do="to", referral=referral.id, value=short(each.id)))
        for each in colleagues[:MOST]
    ]
    rows = [tuple(people[at : at + 2]) for at in range(0, len(people), 2)]
    rows += [
        (button(_("🏢 To the desk: {area}").format(area=name), _area(referral, "area", area)),)
        for area, name in areas
        if area != referral.area
    ]
    alone = "" if colleagues else _("No colleague of this area is at work now.")
    body = paragraphs([Text(Code(referral.reference)), Bold(_("To whom do you hand it over?")), alone])
    return Screen(body, rows=(*rows, _back(referral)), protected=True)


def to_colleague_view(referral: Referral, colleague: Worker) -> Screen:
    """Once more, before the case is somebody else's."""
    ask = _("Hand this case over to {worker}? You will no longer see what the person told.")
    sure = CaseDo(do="to!", referral=referral.id, value=short(colleague.id))
    body = paragraphs([Text(Code(referral.reference)), ask.format(worker=_known_as(colleague))])
    rows = ((button(_("Yes, hand over"), sure),), _back(referral))
    return Screen(body, rows=rows, protected=True)


def to_area_view(referral: Referral, area: str, name: str) -> Screen:
    """Once more, before the case is at another desk."""
    ask = _(
        "Hand this case over to another desk: {area}? It waits there for a worker, and you will "
        "no longer see what the person told."
    )
    body = paragraphs([Text(Code(referral.reference)), ask.format(area=name)])
    rows = ((button(_("Yes, hand over"), _area(referral, "area!", area)),), _back(referral))
    return Screen(body, rows=rows, protected=True)


def handed_over_view(referral: Referral, to: str) -> Screen:
    """It is done."""
    told = _("Handed over: {to}. The person reads that others look after it now.").format(to=to)
    rows = ((button(_("🗂 To the queue"), Desk(to="queue")), button(_("🏠 Desk"), Desk(to="home"))),)
    return Screen(paragraphs([Text(Code(referral.reference)), told]), rows=rows, protected=True)


def moved_card_view(card: Card) -> Screen:
    """The old desk's card, which changes no more."""
    told = _("Handed over to another desk: {area}").format(area=card.area)
    return Screen(lines([Text(Code(card.referral.reference)), told]), protected=True)


def given_view(referral: Referral, by: str) -> Screen:
    """For the new owner."""
    told = _("{worker} has handed this case over to you.").format(worker=by or _("A colleague"))
    rows = ((button(_("Open the case"), ShowCase(referral=referral.id)),),)
    return Screen(Text(Code(referral.reference), ": ", told), rows=rows, protected=True)


def taken_away_view(referral: Referral, by: str) -> Screen:
    """For whoever was its owner and did not hand it over."""
    told = _("{worker} has handed your case over to others.").format(worker=by or _("A colleague"))
    return Screen(Text(Code(referral.reference), ": ", told), protected=True)


def cannot_receive_view() -> str:
    """The list was older than the colleague's day."""
    return _("This colleague cannot take the case now. Choose again.")


def _known_as(colleague: Worker) -> str:
    """The first name; a coordinator is told apart, and one who never wrote has no name yet."""
    if colleague.role is not Role.COORDINATOR:
        return colleague.name or _("A colleague")
    return f"{colleague.name} ({role_word(colleague.role)})" if colleague.name else role_word(colleague.role)


def _area(referral: Referral, do: str, area: str) -> CaseDo:
    return CaseDo(do=do, referral=referral.id, value=area)


def _back(referral: Referral) -> tuple[Button, ...]:
    return (button(_("Back to the case"), ShowCase(referral=referral.id)),)
