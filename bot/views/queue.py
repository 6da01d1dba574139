"""The queue of a worker's own desk. Masked: a number, a mark, a state, an age; nobody's name or need."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from aiogram.utils.formatting import Bold, Code, Text

from bot.buttons.desk import ShowCase
from bot.buttons.queue import Desk, Page, Sift
from bot.language import LANGUAGES, ngettext
from bot.language import gettext as _
from bot.views.desk import MARKS
from bot.views.screen import Button, Rows, Screen, button, heading, lines, paragraphs
from bot.views.words import age, language_name, state_word, status_word
from referrals.queue import Waiting, Wanted
from referrals.referral import Referral, Status

STATES = (Status.REQUESTED, Status.ACCEPTED, Status.IN_PROGRESS, Status.ON_HOLD)


@dataclass(frozen=True)
class Shown:
    """One page of the queue as it is read."""

    rows: Sequence[Waiting]
    has_more: bool
    has_earlier: bool
    wanted: Wanted
    areas: Mapping[str, str]
    topics: Mapping[str, str]


def queue_view(shown: Shown, now: datetime) -> Screen:
    """One page; what is most pressing stands first."""
    chosen = chosen_words(shown.wanted, shown.areas, shown.topics)
    body = paragraphs(
        [
            heading(_("The queue")),
            Text(_("Shown: "), ", ".join(chosen)) if chosen else "",
            *[_line(each, shown, now) for each in shown.rows],
            "" if shown.rows else _("Nothing is waiting here."),
        ]
    )
    opening = [button(f"{mark_of(each)} {each.reference}", ShowCase(referral=each.id)) for each in shown.rows]
    rows = [tuple(opening[at : at + 2]) for at in range(0, len(opening), 2)]
    sift = button(_("🔎 Choose what to see"), Desk(to="sift"))
    return Screen(body, rows=(*rows, *_turns(shown), (sift,), _home_row()), protected=True)


def _line(each: Waiting, shown: Shown, now: datetime) -> Text:
    topic = shown.topics.get(each.topic, each.topic)
    area = shown.areas.get(each.area or "", _("area not known"))
    told: list[Text | str] = [
        Text(
            mark_of(each), " ", Code(each.reference), f" · {state_word(each)}, {age(each.requested_at, now)}"
        ),
        f"{topic} · {area}",
    ]
    if each.is_overdue(now):
        told.append(Bold(_("⏰ Overdue")))
    return lines(told)


def mark_of(each: Waiting | Referral) -> str:
    """The danger that was seen, and the urgency."""
    return ("⚠️" if each.crisis is not None else "") + MARKS[each.urgency]


def _turns(shown: Shown) -> Rows:
    turns = []
    if shown.has_earlier and shown.rows:
        turns.append(button(_("◀️ Back"), Page.of("b", shown.rows[0].position)))
    if shown.has_more and shown.rows:
        turns.append(button(_("Next ▶️"), Page.of("n", shown.rows[-1].position)))
    return (tuple(turns),) if turns else ()


def sift_view(wanted: Wanted, areas: Mapping[str, str], topics: Mapping[str, str], *, found: str) -> Screen:
    """What to see, as switches; a tick stands at what is on."""
    states = [_switch(status_word(each), "state", each, wanted.status) for each in STATES]
    places = [_switch(name, "area", area, wanted.area) for area, name in areas.items()]
    spoken = [_switch(language_name(each), "language", each, wanted.language) for each in LANGUAGES]
    marks = [
        _switch(_("Overdue"), "overdue", "on", "on" if wanted.overdue else None),
        _switch(_("Mine"), "mine", "on", "on" if wanted.mine else None),
        _switch(_("Not taken"), "unclaimed", "on", "on" if wanted.unclaimed else None),
    ]
    kind = topics.get(wanted.topic or "")
    kind_label = _("Kind of help: {kind}").format(kind=kind) if kind else _("Any kind of help")
    kinds = button(f"{_tick(kind)}{kind_label}", Desk(to="kinds"))
    end = (button(_("Show"), Desk(to="queue")), button(_("Show all"), Desk(to="clear")))
    rows = (tuple(marks), *_pairs(states), *(_pairs(places) if len(places) > 1 else ()), tuple(spoken))
    body = paragraphs([heading(_("What do you want to see?")), found, _("The language is the person's.")])
    return Screen(body, rows=(*rows, (kinds,), end), protected=True)


def found_words(count: int, *, is_more: bool) -> str:
    """How much fits what is chosen."""
    if is_more:
        return _("Found: more than {count}").format(count=count)
    return ngettext("Found: {count} request", "Found: {count} requests", count).format(count=count)


def kinds_view(wanted: Wanted, topics: Mapping[str, str]) -> Screen:
    """The kinds of help."""
    kinds = [_switch(name, "kind", topic, wanted.topic) for topic, name in topics.items()]
    back = (button(_("Back"), Desk(to="sift")),)
    return Screen(Text(_("Which kind?")), rows=(*_pairs(kinds), back), protected=True)


def chosen_words(wanted: Wanted, areas: Mapping[str, str], topics: Mapping[str, str]) -> list[str]:
    """What is chosen, in words."""
    words = [
        _("mine") if wanted.mine else "",
        _("overdue") if wanted.overdue else "",
        _("not taken") if wanted.unclaimed else "",
        status_word(wanted.status) if wanted.status else "",
        areas.get(wanted.area or "", ""),
        topics.get(wanted.topic or "", ""),
        language_name(wanted.language) if wanted.language else "",
    ]
    return [word for word in words if word]


def found_view(
    waiting: Waiting, topics: Mapping[str, str], areas: Mapping[str, str], now: datetime
) -> Screen:
    """A request found by its number; masked like the queue."""
    shown = Shown([waiting], False, False, Wanted(), areas, topics)
    rows = ((button(_("Open the case"), ShowCase(referral=waiting.id)),), _home_row())
    return Screen(_line(waiting, shown, now), rows=rows, protected=True)


def not_found_view() -> Screen:
    """The same for a number that is not ours to see and for one that does not exist."""
    return Screen(Text(_("There is no request with this number in your queue.")), rows=(_home_row(),))


def no_area_word() -> str:
    """Where the person does not know the area."""
    return _("area not known")


def _switch(label: str, by: str, value: str, chosen: str | None) -> Button:
    is_on = value == chosen
    return button(f"{_tick(is_on)}{label}", Sift(by=by, value="" if is_on else value))


def _tick(is_on: object) -> str:
    return "✓ " if is_on else ""


def _pairs(buttons: Sequence[Button]) -> Rows:
    return tuple(tuple(buttons[at : at + 2]) for at in range(0, len(buttons), 2))


def _home_row() -> tuple[Button, ...]:
    return (button(_("🏠 Desk"), Desk(to="home")),)
