"""From a read question to scored entries: evidence of several kinds, added with fitted weights.

What is said (words, runs of letters, concepts, learned signs) is scored for all entries at once, and so is
whether they exist where the person lives.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray
from rapidfuzz import fuzz, process

from knowledge.entry import AREAS, LANGUAGES
from knowledge.matching.concepts import Lexicon
from knowledge.matching.fitted import WEIGHTS
from knowledge.matching.index import PREFIX, Bm25, Scores, WordIndex
from knowledge.matching.learned import EntryWeights
from knowledge.matching.reading import SHORT_WORD, Reading

CANDIDATES = 12  # kept of all entries; the right one is among them in 99 of 100
MEANT = 0.9  # a repaired word is nearly as good as a typed one
TYPED = 0.5  # the misspelt form itself may still meet something
NOT_LEARNED = -1
CONCEPT_K1 = 4.0  # a concept that stands in most of an entry's texts is what the entry is about


@dataclass(frozen=True)
class Document:
    """What is known of an entry: by language its names, questions and summary; and where it exists."""

    entry_id: str
    asked: Mapping[str, tuple[tuple[str, ...], ...]]  # folded words of each title, question, summary
    areas: frozenset[str]


@dataclass(frozen=True)
class Candidate:
    """An entry with its score and the evidence of each kind."""

    entry_id: str
    score: float
    evidence: Mapping[str, float] = field(default_factory=dict)


class Ranker:
    """The indexes of all languages over the same documents, and the concepts that join them."""

    def __init__(self, documents: Iterable[Document], lexicon: Lexicon, learned: EntryWeights) -> None:
        self.documents = list(documents)
        self.lexicon = lexicon
        self.learned = learned
        places = {entry: at for at, entry in enumerate(learned.entries)}
        self._learned_at = np.array([places.get(each.entry_id, NOT_LEARNED) for each in self.documents])
        self.indexes = {
            language: WordIndex(each.asked[language] for each in self.documents) for language in LANGUAGES
        }
        self._positions = {each.entry_id: at for at, each in enumerate(self.documents)}
        self._concepts = [
            lexicon.counted((text, language) for language in LANGUAGES for text in each.asked[language])
            for each in self.documents
        ]
        self.concepts = Bm25(self._concepts, k1=CONCEPT_K1)
        self._prefixes = {
            language: [
                {word[:PREFIX] for text in each.asked[language] for word in text} for each in self.documents
            ]
            for language in LANGUAGES
        }
        self._areas = np.array([[area in each.areas for area in AREAS] for each in self.documents])
        self._last: tuple[Reading, dict[str, set[str]]] | None = None

    def position(self, entry_id: str) -> int:
        """Where an entry stands in every index. Raises KeyError."""
        return self._positions[entry_id]

    def has(self, at: int, concept: str) -> bool:
        """Whether an entry's texts hold a concept."""
        return concept in self._concepts[at]

    def has_prefix(self, at: int, language: str, prefix: str) -> bool:
        """Whether an entry's questions hold a word that begins so."""
        return prefix in self._prefixes[language][at]

    def rank(self, reading: Reading, *, area: str | None, named: str | None) -> list[Candidate]:
        """The best entries for a reading, best first; `area` is the person's, `named` the question's own."""
        said = self._said(reading)
        of_words = _sum(said, len(self.documents))
        evidence = said | self._of_areas(area, named)
        scores = _sum(evidence, len(self.documents))
        count = min(CANDIDATES, len(self.documents))
        best = [int(at) for at in np.argpartition(-scores, count - 1)[:count] if of_words[at] > 0]
        rows = [
            Candidate(
                self.documents[at].entry_id,
                float(scores[at]),
                {name: float(values[at]) for name, values in evidence.items()},
            )
            for at in best
        ]
        return sorted(rows, key=lambda each: (-each.score, each.entry_id))

    def _said(self, reading: Reading) -> dict[str, Scores]:
        """What the words say of each entry, by kind of evidence."""
        size = len(self.documents)
        found = {name: np.zeros(size, dtype=np.float32) for name in ("prefixes", "runs")}
        for language in LANGUAGES:
            terms = _weighted(reading, language)
            if terms:
                index = self.indexes[language]
                found["prefixes"] += index.prefixes.scores(terms)
                found["runs"] += index.runs.scores(terms)
        found["concepts"] = self.concepts.scores(dict.fromkeys(self.concepts_of(reading), 1.0))
        found["signs"] = self._signs(reading)
        return found

    def _signs(self, reading: Reading) -> Scores:
        """What was learned says of each entry; of one that came since, what it says of the last candidate."""
        margins = self.learned.told(reading.meant)
        of_last = np.partition(margins, -CANDIDATES)[-CANDIDATES]
        found: Scores = np.append(margins, of_last)[self._learned_at].astype(np.float32)
        return found

    def concepts_of(self, reading: Reading) -> dict[str, set[str]]:
        """The concepts in a reading, each with the words that say so; the last reading's are remembered."""
        if self._last is not None and self._last[0] is reading:
            return self._last[1]
        found: dict[str, set[str]] = {}
        for language in LANGUAGES:
            spoken = [word for word in reading.words if word.language == language]
            keys = [word.meant or word.key for word in spoken]
            for concept, places in self.lexicon.fired(keys, language).items():
                found.setdefault(concept, set()).update(spoken[at].key for at in places)
        self._last = reading, found
        return found

    def _of_areas(self, area: str | None, named: str | None) -> dict[str, Scores]:
        """Whether each entry exists where the person lives, and in the place that is named."""
        one = np.float32(1)
        lives, meant = self._exists_in(area), self._exists_in(named)
        only = meant & (self._areas.sum(axis=1) == 1) & (named is not None)
        return {"elsewhere": one * ~lives, "named-elsewhere": one * ~meant, "named-only-here": one * only}

    def _exists_in(self, area: str | None) -> NDArray[np.bool_]:
        """Which entries exist in an area; all, where none is known."""
        everywhere = np.ones(len(self.documents), dtype=np.bool_)
        return everywhere if area is None else everywhere & self._areas[:, AREAS.index(area)]

    def closest(self, entry_id: str, reading: Reading) -> str:
        """The example of an entry whose letters are nearest to a question's; "" where none is near."""
        at, best = self.position(entry_id), (0.0, "")
        for language in LANGUAGES:
            typed, shown = reading.of(language), self.documents[at].asked[language]
            if typed:
                match = process.extractOne(
                    " ".join(typed), [" ".join(each) for each in shown], scorer=fuzz.token_sort_ratio
                )
                best = max(best, (match[1] * len(typed), match[0])) if match else best
        return best[1]


def _sum(evidence: Mapping[str, Scores], size: int) -> Scores:
    """The evidence of all entries, added with the fitted weights."""
    found = np.zeros(size, dtype=np.float32)
    for name, values in evidence.items():
        found += np.float32(WEIGHTS[name]) * values
    return found


def _weighted(reading: Reading, language: str) -> dict[str, float]:
    """The words of one language with their weights; a word said twice counts once."""
    found: dict[str, float] = {}
    for word in reading.words:
        if word.language == language:
            found[word.key] = 1.0 if word.meant is None else TYPED
            if word.meant is not None:
                found.setdefault(word.meant, MEANT)
    return found


def is_content(word: str) -> bool:
    """Whether a folded word is long enough to carry content."""
    return len(word) > SHORT_WORD
