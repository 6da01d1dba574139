"""What a curator sees: questions nobody could answer, and what people say of the answers."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from aiogram.filters.callback_data import CallbackData
from aiogram.utils.formatting import Bold, Text

from bot.buttons import ShowEntry
from bot.buttons.curator import MarkGroup, Remarks, SeeRemarks, ShowGroup, ShowRemarks, Unanswered
from bot.language import gettext as _
from bot.language import ngettext
from bot.staff.grouping import Group
from bot.views.screen import Button, Screen, button, heading, lines, paragraphs
from bot.views.words import language_name, moment
from referrals.asked import Mark, Remark, Remarked

PAGE = 6  # on one screen of a phone
SHORT = 120  # signs of a wording in a list
MOST_SHOWN = 20  # remarks on one entry's screen

Names = Mapping[str, str]


def unanswered_view(groups: Sequence[Group], areas: Names, *, page: int, marked: bool) -> Screen:
    """The groups, the biggest first."""
    pages = max(-(-len(groups) // PAGE), 1)
    page = min(max(page, 0), pages - 1)
    first = page * PAGE
    shown = list(enumerate(groups[first : first + PAGE], start=first + 1))
    title = _("Questions you have marked") if marked else _("Questions without an answer, last 90 days")
    empty = _("There are none.")
    told: list[Text | str] = [_listed(number, group, areas) for number, group in shown]
    rows = [
        tuple(
            button(f"{number} · {len(group.questions)}×", ShowGroup(question=group.first.id, marked=marked))
            for number, group in shown[at : at + 3]
        )
        for at in range(0, len(shown), 3)
    ]
    turn = _turn(page, pages, lambda to: Unanswered(page=to, marked=marked))
    other = _("Not marked yet") if marked else _("Marked ones")
    rows += [turn] if turn else []
    rows.append((button(other, Unanswered(marked=not marked)),))
    head = heading(title if pages == 1 else f"{title} ({page + 1}/{pages})")
    return Screen(paragraphs([head, *(told or [empty])]), rows=tuple(rows), protected=True)


def _listed(number: int, group: Group, areas: Names) -> Text:
    words = group.wordings[0]
    short = words if len(words) <= SHORT else words[: SHORT - 1].rstrip() + "…"
    return lines([Text(Bold(f"{number}. {_about(group, areas)}"), _marked(group)), short])


def _about(group: Group, areas: Names) -> str:
    language = language_name(group.first.language)
    area = areas.get(group.first.area or "", _("area not known"))
    return f"{len(group.questions)}× · {language} · {area}"


def _marked(group: Group) -> str:
    return "" if group.mark is None else f" · {mark_word(group.mark)}"


def mark_word(mark: Mark) -> str:
    """What was decided about a group."""
    return {Mark.TO_WRITE: _("content to write"), Mark.NOT_OURS: _("not ours")}[mark]


def group_view(group: Group, areas: Names, *, marked: bool) -> Screen:
    """One group: how it was asked, and one tap to decide about it. Nobody knows who asked."""
    asked = [each.at for each in group.questions]
    count = len(asked)
    times = ngettext("Asked {count} time", "Asked {count} times", count).format(count=count)
    head = [
        Text(Bold(_about(group, areas)), _marked(group)),
        Text(times),
        Text(_("Last asked: "), moment(max(asked))),
    ]
    body = paragraphs([lines(head), lines([f"• {words}" for words in group.wordings])])
    choices: list[tuple[str, str]] = [
        (_("Content to write"), Mark.TO_WRITE),
        (_("Not ours"), Mark.NOT_OURS),
    ]
    if marked:
        choices.append((_("Open again"), ""))
    rows = [
        (button(label, MarkGroup(question=group.first.id, marked=marked, to=to)),)
        for label, to in choices
        if to != group.mark
    ]
    rows.append((button(_("Back"), Unanswered(marked=marked)),))
    return Screen(body, rows=tuple(rows), protected=True)


def group_gone_view() -> str:
    """For a press on a group that a colleague has decided about meanwhile."""
    return _("A colleague has already marked these questions.")


def remarks_view(entries: Sequence[tuple[str, Remarked]], *, page: int) -> Screen:
    """Entries with what is said of them, most unseen trouble first; each with its name."""
    pages = max(-(-len(entries) // PAGE), 1)
    page = min(max(page, 0), pages - 1)
    shown = entries[page * PAGE : (page + 1) * PAGE]
    told: list[Text | str] = [_remarked(name, each) for name, each in shown]
    rows = [(button(name, ShowRemarks(entry=each.entry_id)),) for name, each in shown]
    turn = _turn(page, pages, lambda to: Remarks(page=to))
    title = _("What people say of the answers")
    head = heading(title if pages == 1 else f"{title} ({page + 1}/{pages})")
    body = paragraphs([head, *(told or [_("Nothing has been said yet.")])])
    return Screen(body, rows=(*rows, turn) if turn else tuple(rows), protected=True)


def _remarked(name: str, entry: Remarked) -> Text:
    unseen = entry.unseen_troubles
    news = ngettext("{count} new", "{count} new", unseen).format(count=unseen) if unseen else ""
    said = ", ".join(f"{said_word(said)}: {count}" for said, count in entry.counts.items())
    return lines([Text(Bold(name), f" · {news}" if news else ""), said])


def entry_remarks_view(name: str, entry: Remarked) -> Screen:
    """What was said of one entry, newest first."""
    told = [_remark(each) for each in entry.remarks[:MOST_SHOWN]]
    body = paragraphs([heading(name), lines(told)])
    until = int(entry.remarks[0].at.timestamp())
    rows = [
        (button(_("Show the answer"), ShowEntry(entry=entry.entry_id)),),
        (button(_("Back"), Remarks()),),
    ]
    if any(not each.seen for each in entry.remarks):
        rows.insert(0, (button(_("Seen"), SeeRemarks(entry=entry.entry_id, until=until)),))
    return Screen(body, rows=tuple(rows), protected=True)


def _remark(remark: Remark) -> str:
    seen = "✓" if remark.seen else "•"
    return f"{seen} {moment(remark.at)} · {said_word(remark.said)} · {language_name(remark.language)}"


def said_word(said: str) -> str:
    """What was said of an answer, or whether help came after it."""
    return {
        "wrong": _("Something is wrong"),
        "outdated": _("It is outdated"),
        "unclear": _("I do not understand it"),
        "help-yes": _("got help"),
        "help-partly": _("got help partly"),
        "help-no": _("got no help"),
    }.get(said, said)


def _turn(page: int, pages: int, to: Callable[[int], CallbackData]) -> tuple[Button, ...]:
    turn = []
    if page > 0:
        turn.append(button(_("← Back"), to(page - 1)))
    if page < pages - 1:
        turn.append(button(_("More →"), to(page + 1)))
    return tuple(turn)
