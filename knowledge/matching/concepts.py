"""The concept lexicon: different words for the same thing in life, in four languages side by side.

A row's column is applied to words of its own language only: an English `die*` would meet Lithuanian `diena`.
Patterns: `word`, `prefix*`, `*infix*`, `two_words` (in this order, side by side).
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

import yaml

from knowledge.matching.normalise import key

COLUMNS = ("lt", "en", "uk", "ru")
Parts = tuple[tuple[str, bool], ...]  # of a phrase: each word or its beginning, and which of both
CACHED = 50_000  # words repeat; a flood of new ones must not fill the memory
READ_AS = {"lt": ("lt",), "en": ("en",), "uk": ("uk", "ru"), "ru": ("uk", "ru")}


class Column:
    """One language's patterns."""

    def __init__(self, patterns: Iterable[tuple[str, str]]) -> None:
        self._whole: dict[str, list[str]] = defaultdict(list)
        self._begun: dict[str, list[str]] = defaultdict(list)
        self._within: list[tuple[str, str]] = []
        self._phrases: dict[str, list[tuple[str, Parts]]] = defaultdict(list)
        self._begins: dict[str, tuple[tuple[str, Parts], ...]] = {}
        self._shortest = 99
        self._cache: dict[str, tuple[str, ...]] = {}
        for concept, pattern in patterns:
            self._add(concept, pattern)

    def _add(self, concept: str, pattern: str) -> None:
        if "_" in pattern.strip("_"):
            parts = tuple((key(part.rstrip("*")), part.endswith("*")) for part in pattern.split("_"))
            self._phrases[parts[0][0][:3]].append((concept, parts))
        elif pattern.startswith("*"):
            self._within.append((key(pattern.strip("*")), concept))
        elif pattern.endswith("*"):
            stem = key(pattern[:-1])
            self._begun[stem].append(concept)
            self._shortest = min(self._shortest, len(stem))
        else:
            self._whole[key(pattern)].append(concept)

    def of_word(self, word: str) -> tuple[str, ...]:
        """The concepts of one folded word."""
        found = self._cache.get(word)
        if found is None:
            hits = list(self._whole.get(word, ()))
            for size in range(self._shortest, len(word) + 1):
                hits += self._begun.get(word[:size], ())
            hits += [concept for part, concept in self._within if part in word]
            found = tuple(dict.fromkeys(hits))
            if len(self._cache) < CACHED:
                self._cache[word] = found
        return found

    def of_phrases(self, words: Sequence[str]) -> Iterable[tuple[str, range]]:
        """The concepts of words that stand side by side, with their places."""
        for at, word in enumerate(words):
            for concept, parts in self._begun_by(word):
                there = words[at + 1 : at + len(parts)]
                if len(there) == len(parts) - 1 and all(map(_fits, there, parts[1:])):
                    yield concept, range(at, at + len(parts))

    def _begun_by(self, word: str) -> tuple[tuple[str, Parts], ...]:
        """The phrases that a folded word begins."""
        found = self._begins.get(word)
        if found is None:
            found = tuple(each for each in self._phrases.get(word[:3], ()) if _fits(word, each[1][0]))
            if len(self._begins) < CACHED:
                self._begins[word] = found
        return found


def _fits(word: str, part: tuple[str, bool]) -> bool:
    stem, open_ended = part
    return word.startswith(stem) if open_ended else word == stem


class Lexicon:
    """All concepts."""

    def __init__(self, rows: Mapping[str, Mapping[str, str]]) -> None:
        self.names = tuple(rows)
        self._columns = {
            column: Column(
                (name, pattern) for name, row in rows.items() for pattern in (row.get(column) or "").split()
            )
            for column in COLUMNS
        }

    @classmethod
    def load(cls, file: Path) -> Lexicon:
        """From the content file."""
        return cls(yaml.safe_load(file.read_text("utf-8")))

    def fired(self, words: Sequence[str], language: str) -> dict[str, set[int]]:
        """The concepts in folded words of a language, and the places of the words that say so."""
        found: dict[str, set[int]] = {}
        for column in READ_AS[language]:
            patterns = self._columns[column]
            for at, word in enumerate(words):
                for concept in patterns.of_word(word):
                    found.setdefault(concept, set()).add(at)
            for concept, places in patterns.of_phrases(words):
                found.setdefault(concept, set()).update(places)
        return found

    def counted(self, texts: Iterable[tuple[Sequence[str], str]]) -> Counter[str]:
        """In how many texts (folded words and their language) each concept stands."""
        return Counter(concept for words, language in texts for concept in self.fired(words, language))
