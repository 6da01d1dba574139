"""What of an entry is searched: its names, its example questions, its summary."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from knowledge.entry import LANGUAGES, Entry
from knowledge.facts import PLACEHOLDER
from knowledge.matching.concepts import Lexicon
from knowledge.matching.crisis import CrisisGate
from knowledge.matching.language import LanguageGuess
from knowledge.matching.learned import EntryWeights
from knowledge.matching.matcher import Matcher
from knowledge.matching.normalise import plain
from knowledge.matching.places import Places
from knowledge.matching.rank import Document
from knowledge.matching.reading import folded
from knowledge.matching.senses import Senses
from knowledge.matching.signs import SignWeights
from knowledge.matching.talk import Talk

FOLDER = Path(__file__).parent


def make_gate_and_matcher(entries: Sequence[Entry]) -> tuple[CrisisGate, Matcher]:
    """What recognises danger, and what finds entries."""
    return CrisisGate.load(FOLDER / "crisis.yaml", FOLDER), make_matcher(entries)


def make_matcher(entries: Sequence[Entry]) -> Matcher:
    """The matcher of entries, with the lexicon, the small words and the places of the content files."""
    spoken = {
        language: [plain(text) for entry in entries for text in getattr(entry.questions, language)]
        for language in (*LANGUAGES, "ru")
    }
    senses = Senses.load(FOLDER / "senses.tsv")
    return Matcher(
        [document_of(entry) for entry in entries],
        lexicon=Lexicon.load(FOLDER / "concepts.yaml"),
        guess=LanguageGuess.load(spoken, FOLDER / "languages.yaml"),
        places=Places.load(FOLDER.parent / "places.yaml"),
        scope=SignWeights.load(FOLDER / "scope.tsv.gz", senses),
        learned=EntryWeights.load(FOLDER / "entries.tsv.gz", senses),
        talk=Talk.load(FOLDER, senses),
        senses=senses,
    )


def document_of(entry: Entry) -> Document:
    """What is searched of an entry."""
    return Document(
        entry.id,
        asked={language: _asked(entry, language) for language in LANGUAGES},
        areas=frozenset(entry.areas),
    )


def _asked(entry: Entry, language: str) -> tuple[tuple[str, ...], ...]:
    """What the entry is asked by: its names, its questions (Russian ones with the Ukrainian), its summary."""
    named = sorted({entry.title[language], entry.short_name(language)})
    russian = entry.questions.ru if language == "uk" else ()
    texts = (*named, *getattr(entry.questions, language), *russian, entry.summary[language])
    return tuple(tuple(folded(plain(PLACEHOLDER.sub(" ", text)))) for text in texts)
