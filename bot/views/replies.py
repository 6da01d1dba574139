"""What is said when there is not one answer: none, several, a greeting, a topic, a doubt."""

from __future__ import annotations

from collections.abc import Sequence

from aiogram.utils.formatting import Bold, Text

from bot.buttons import Check, Doubt, Go, ShowEntry
from bot.buttons.form import AskWorker
from bot.language import gettext as _
from bot.language import ngettext
from bot.views.screen import Button, Screen, button, heading, home_row, paragraphs

Named = Sequence[tuple[str, str]]  # entry id and its short name


def several_view(count: int) -> Screen:
    """Several questions came in one message; the answers follow one by one."""
    text = ngettext(
        "You asked about {count} thing. Here is the answer.",
        "You asked about {count} things. Here are the answers, one by one.",
        count,
    )
    return Screen(Text(text.format(count=count)))


def unknown_view() -> Screen:
    """The honest answer when there is none."""
    body = paragraphs(
        [
            Bold(_("I do not know the answer to this.")),
            _(
                "Perhaps other words help, or a topic. A social worker can tell you too: "
                "I can pass on your question."
            ),
        ]
    )
    rows = (
        (button(_("🙋 Ask a social worker"), AskWorker()),),
        (button(_("📚 Topics"), Go(to="topics")),),
        home_row(),
    )
    return Screen(body, rows=rows)


def human_view() -> Screen:
    """Somebody wants to speak with a person."""
    text = _("I am a program. A social worker can answer you. A few questions come first; you can skip some.")
    return Screen(Text(text), rows=((button(_("🙋 Ask a social worker"), AskWorker()),), home_row()))


def smalltalk_view() -> Screen:
    """A greeting, thanks or a farewell: what fits them all."""
    text = _(
        "I am here whenever you need something. Write in your own words what has happened or what you need."
    )
    rows = ((button(_("📚 Topics"), Go(to="topics")),), home_row())
    return Screen(Text(text), rows=rows)


def topic_view(
    name: str, entries: Named, *, page: int, pages: int, turn: Sequence[Button], event: str | None = None
) -> Screen:
    """The entries of a topic; for an event in a life (`event`) also a check of what one may get."""
    rows: list[tuple[Button, ...]] = [(button(label, ShowEntry(entry=entry)),) for entry, label in entries]
    if turn:
        rows.append(tuple(turn))
    if event is not None:
        rows.append((button(_("🧭 What can I get?"), Check(do="event", value=event)),))
    rows.append((button(_("📚 Topics"), Go(to="topics")),))
    text = name if pages == 1 else f"{name} ({page + 1}/{pages})"
    return Screen(heading(text), rows=(*rows, home_row()))


def doubt_view(entry: str) -> Screen:
    """What is wrong with an answer."""
    choices = [
        ("wrong", _("Something is wrong")),
        ("outdated", _("It is outdated")),
        ("unclear", _("I do not understand it")),
    ]
    rows = [(button(label, Doubt(said=said, entry=entry)),) for said, label in choices]
    rows.append((button(_("Back to the answer"), ShowEntry(entry=entry)),))
    return Screen(Text(_("Thank you for telling us. What is it?")), rows=tuple(rows))


def doubted_view(entry: str) -> Screen:
    """It is noted, without who said it."""
    rows = ((button(_("🙋 Ask a worker about this"), AskWorker(entry=entry)),), home_row())
    return Screen(Text(_("Thank you. We will check this answer.")), rows=rows)
