"""An entry as plain text, for a terminal."""

from __future__ import annotations

from datetime import date

from bot.language import speaking
from bot.views.answer import answer_view, further_sections, section_view
from knowledge.answer import answer
from knowledge.library import Library


def plain_answer(library: Library, entry_id: str, *, language: str, area: str | None, today: date) -> str:
    """The very screens that a person sees, one after another, without their buttons. Raises NoSuchEntry."""
    rendered = answer(library.get(entry_id), language=language, area=area, today=today, library=library)
    with speaking(language):
        screens = [answer_view(rendered)]
        screens += [section_view(rendered, key) for key in further_sections(rendered)]
        return "\n\n— — —\n\n".join(screen.body.render()[0] for screen in screens)
