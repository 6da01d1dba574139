"""Whether every screen of every entry fits one message of Telegram."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from bot.language import speaking
from bot.views.answer import answer_view, further_sections, section_view
from bot.views.screen import LIMIT
from knowledge.answer import answer
from knowledge.entry import LANGUAGES
from knowledge.library import Library
from knowledge.loading import Mistake


def screens_too_long(library: Library, today: date) -> Iterator[Mistake]:
    """A mistake for each screen that would have to be split."""
    for entry in library.entries:
        file = library.content.folder / "entries" / f"{entry.id}.yaml"
        for language in LANGUAGES:
            rendered = answer(entry, language=language, area=None, today=today, library=library)
            with speaking(language):
                screens = {"answer": answer_view(rendered)}
                screens |= {key: section_view(rendered, key) for key in further_sections(rendered)}
            for name, screen in screens.items():
                if len(screen.body) > LIMIT:
                    yield Mistake(file, 1, f"the {language} screen {name!r} has {len(screen.body)} signs")
