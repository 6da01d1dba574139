"""Spelling repair: the known word that a misspelt one was meant to be. The typed word is kept as well."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from functools import lru_cache

from rapidfuzz.distance import OSA

SHORTEST = 4  # letters: shorter words have too many neighbours
LONG = 8  # from here on two slips are forgiven
SURE_PREFIX = 5  # letters: a word that begins like a known one is one of its forms


class Repair:
    """The words of one language, in buckets, so that a look among ten thousand takes microseconds."""

    def __init__(self, vocabulary: Iterable[str]) -> None:
        self._known = {word for word in vocabulary if len(word) >= SHORTEST}
        self._beginnings = {word[:SURE_PREFIX] for word in self._known}
        self._by_first: dict[tuple[str, int], list[str]] = defaultdict(list)
        self._by_middle: dict[tuple[str, int], list[str]] = defaultdict(list)
        for word in sorted(self._known):
            self._by_first[word[:2], len(word)].append(word)
            self._by_middle[word[2:5], len(word)].append(word)
        self.repaired = lru_cache(maxsize=20_000)(self._repaired)

    def __getstate__(self) -> set[str]:
        return self._known

    def __setstate__(self, known: set[str]) -> None:
        self.__init__(known)  # type: ignore[misc]

    def _repaired(self, word: str) -> str | None:
        """The nearest known word, or None where the word needs no repair or nothing is near."""
        if len(word) < SHORTEST or word in self._known or not word.isalpha():
            return None
        if len(word) >= SURE_PREFIX and word[:SURE_PREFIX] in self._beginnings:
            return None
        limit = 2 if len(word) >= LONG else 1
        near: dict[str, int] = {}
        for length in range(len(word) - limit, len(word) + limit + 1):
            for bucket in (
                self._by_first.get((word[:2], length), ()),
                self._by_middle.get((word[2:5], length), ()),
            ):
                for known in bucket:
                    distance = OSA.distance(word, known, score_cutoff=limit)
                    if distance <= limit:
                        near[known] = distance
        if len(word) <= SHORTEST:
            near = {known: distance for known, distance in near.items() if known[0] == word[0]}
        return min(near, key=lambda known: (near[known], known[0] != word[0], known)) if near else None
