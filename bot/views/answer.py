"""An answer, a choice, or an honest "I don't know"."""

from __future__ import annotations

from collections.abc import Sequence

from knowledge.answer import Answer

from bot.buttons import AskWorker, Doubt, ShowEntry, ShowOthers, ShowSection
from bot.language import gettext as _
from bot.views.screen import Button, Rows, Screen, button, heading, home_row, paragraphs

Named = Sequence[tuple[str, str]]  # entry id and its short name
ON_THE_FIRST_SCREEN = ("who", "amount", "ask")


def answer_view(answer: Answer) -> Screen:
    """The entry's main facts with their sources; what more there is stands behind buttons."""
    shown = [section for section in answer.sections if section.key in ON_THE_FIRST_SCREEN]
    body = paragraphs(
        [
            heading(answer.title),
            _elsewhere(answer),
            answer.summary.text,
            *(_section(section) for section in shown),
            *_silence(answer),
            _sources(answer, shown),
        ]
    )
    return Screen(body, rows=_answer_rows(answer))


def section_view(answer: Answer, key: str) -> Screen:
    """One more section of an entry."""
    section = next((each for each in answer.sections if each.key == key), None)
    told = [section] if section else []
    body = paragraphs([heading(answer.title), *(_section(each) for each in told), _sources(answer, told)])
    return Screen(body, rows=((button(_("Back to the answer"), ShowEntry(entry=answer.id)),), home_row()))


def _answer_rows(answer: Answer) -> Rows:
    more = [
        button(_heading(section.key), ShowSection(section=section.key, entry=answer.id))
        for section in answer.sections
        if section.key not in ON_THE_FIRST_SCREEN
    ]
    rows: list[tuple[Button, ...]] = [tuple(more[at : at + 2]) for at in range(0, len(more), 2)]
    rows.append((button(_("🙋 Ask a worker about this"), AskWorker(entry=answer.id)),))
    rows.append(
        (
            button(_("Other answers"), ShowOthers(entry=answer.id)),
            button(_("Wrong or outdated?"), Doubt(said="", entry=answer.id)),
        )
    )
    return (*rows, home_row())
