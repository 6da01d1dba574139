"""Where a question is about: a place of the three municipalities, inflected, misspelt, in either alphabet."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import yaml
from rapidfuzz.distance import OSA

from knowledge.matching.concepts import Column
from knowledge.matching.normalise import key

SLIP_FROM = 8  # letters: a slip in a shorter name makes another word of it


class Places:
    """Names of places by area. The first area that is named wins: a district before the city in its name."""

    def __init__(self, rows: dict[str, dict[str, str]]) -> None:
        self._areas = tuple(rows)
        self._names = Column(
            (area, pattern)
            for area, row in rows.items()
            for names in row.values()
            for pattern in names.split()
        )
        self._long = {
            key(pattern.rstrip("*")): area
            for area, row in rows.items()
            for names in row.values()
            for pattern in names.split()
            if "_" not in pattern and len(pattern.rstrip("*")) >= SLIP_FROM - 1
        }

    @classmethod
    def load(cls, file: Path) -> Places:
        """From the content file."""
        return cls(yaml.safe_load(file.read_text("utf-8")))

    def area_of(self, words: Sequence[str]) -> str | None:
        """The area that folded words name, or None."""
        named = {area for word in words for area in self._names.of_word(word)}
        named |= {area for area, _places in self._names.of_phrases(words)}
        if named:
            return min(named, key=self._areas.index)
        return next((meant for word in words if (meant := self._misspelt(word))), None)

    def names_place(self, word: str) -> bool:
        """Whether one word is a place's name, and so tells nothing of what is asked."""
        return bool(self._names.of_word(word))

    def _misspelt(self, word: str) -> str | None:
        if len(word) < SLIP_FROM:
            return None
        return next(
            (
                area
                for stem, area in self._long.items()
                if OSA.distance(word[: len(stem)], stem, score_cutoff=1) <= 1
            ),
            None,
        )
