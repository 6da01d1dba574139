"""What of an entry is searched: its names, its example questions, its summary, and the text of its answer."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from knowledge.entry import LANGUAGES, Entry
from knowledge.facts import PLACEHOLDER
from knowledge.matching.concepts import Lexicon
from knowledge.matching.language import LanguageGuess
from knowledge.matching.matcher import Matcher
from knowledge.matching.normalise import plain
from knowledge.matching.places import Places
from knowledge.matching.rank import Document
from knowledge.matching.reading import folded
from knowledge.matching.signs import SignWeights

FOLDER = Path(__file__).parent


def make_matcher(entries: Sequence[Entry]) -> Matcher:
    """The matcher of entries, with the lexicon, the small words and the places of the content files."""
    spoken = {
        language: [plain(text) for entry in entries for text in getattr(entry.questions, language)]
        for language in (*LANGUAGES, "ru")
    }
    return Matcher(
        [_document(entry) for entry in entries],
        lexicon=Lexicon.load(FOLDER / "concepts.yaml"),
        guess=LanguageGuess.load(spoken, FOLDER / "languages.yaml"),
        places=Places.load(FOLDER.parent / "places.yaml"),
        scope=SignWeights.load(FOLDER / "scope.tsv.gz"),
    )


def _document(entry: Entry) -> Document:
    return Document(
        entry.id,
        asked={language: _asked(entry, language) for language in LANGUAGES},
        told={
            language: tuple(
                word
                for lines in entry.sections.values()
                for line in lines
                for word in folded(plain(PLACEHOLDER.sub(" ", line[language])))
            )
            for language in LANGUAGES
        },
        areas=frozenset(entry.areas),
        is_redirect=entry.kind == "redirect",
        is_context=entry.tier == "context",
    )


def _asked(entry: Entry, language: str) -> tuple[tuple[str, ...], ...]:
    """What the entry is asked by: its names, its questions (Russian ones with the Ukrainian), its summary."""
    named = sorted({entry.title[language], entry.short_name(language)})
    russian = entry.questions.ru if language == "uk" else ()
    texts = (*named, *getattr(entry.questions, language), *russian, entry.summary[language])
    return tuple(tuple(folded(plain(PLACEHOLDER.sub(" ", text)))) for text in texts)
