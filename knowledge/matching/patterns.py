"""Rows of words that are looked for in a text: how the crisis gate and the small talk are written down.

A row is parts that stand near each other, in any order: `muša|mušė mane|mus`. A part is alternatives; `*` is
any ending, `_` joins words that stand together in this order (`не_хочу`). A long word may have a slip in it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from itertools import product

from rapidfuzz.distance import OSA

from knowledge.matching.normalise import folded_words

GAP = 5  # words that may stand between the parts of a row: a name, a place, an oath
SLIP_FROM = 6  # letters; a slip in a shorter word makes another word of it
SLIP_ALONE_FROM = 10  # the same in a row of one part, where nothing else confirms it: cooking is not choking
Alternative = tuple[tuple[str, bool], ...]  # words in order; True where any ending will do


class Rows:
    """Rows of words, ready to be looked for."""

    def __init__(self, rows: Iterable[str]) -> None:
        self.texts = list(rows)
        self._sizes: list[int] = []
        self._whole: dict[str, list[tuple[int, int, Alternative]]] = defaultdict(list)
        self._begun: dict[str, list[tuple[int, int, Alternative]]] = defaultdict(list)
        for number, row in enumerate(self.texts):
            parts = row.split()
            self._sizes.append(len(parts))
            for part, alternatives in enumerate(parts):
                for words in map(_alternative, alternatives.split("|")):
                    first, open_ended = words[0]
                    (self._begun if open_ended else self._whole)[first].append((number, part, words[1:]))
        self._long: dict[str, list[str]] = defaultdict(list)
        for stem in sorted({*self._whole, *self._begun}):
            if len(stem) >= SLIP_FROM:
                self._long[stem[0]].append(stem)

    def _may_slip(self, stem: str, number: int) -> bool:
        return self._sizes[number] > 1 or len(stem) >= SLIP_ALONE_FROM

    def find(self, words: Sequence[str]) -> tuple[str, frozenset[int]] | None:
        """The first row that stands in the folded words, and the places of its words."""
        return next(self.find_all(words), None)

    def find_all(self, words: Sequence[str]) -> Iterator[tuple[str, frozenset[int]]]:
        """Every row that stands in the folded words, in the order in which rows are written."""
        places: dict[int, dict[int, list[tuple[int, ...]]]] = defaultdict(lambda: defaultdict(list))
        for at, word in enumerate(words):
            for number, part, rest in self._beginning(word):
                if _follows(rest, words[at + 1 :]):
                    places[number][part].append(tuple(range(at, at + 1 + len(rest))))
        for number in sorted(places):
            if len(places[number]) == self._sizes[number]:
                found = _near(list(places[number].values()))
                if found is not None:
                    yield self.texts[number], found

    def _beginning(self, word: str) -> Iterator[tuple[int, int, Alternative]]:
        known = word in self._whole
        yield from self._whole.get(word, ())
        for size in range(1, len(word) + 1):
            known = known or word[:size] in self._begun
            yield from self._begun.get(word[:size], ())
        if not known and len(word) >= SLIP_FROM:
            for stem in self._long.get(word[0], ()):
                meant = self._whole.get(stem, []) if OSA.distance(stem, word, score_cutoff=1) <= 1 else []
                meant = meant + (self._begun.get(stem, []) if _slipped(stem, word) else [])
                yield from (each for each in meant if self._may_slip(stem, each[0]))


def _alternative(text: str) -> Alternative:
    return tuple((folded_words(word)[0], word.endswith("*")) for word in text.split("_"))


def _follows(rest: Alternative, words: Sequence[str]) -> bool:
    return len(rest) <= len(words) and all(
        word.startswith(stem) if open_ended else word == stem
        for (stem, open_ended), word in zip(rest, words, strict=False)
    )


def _slipped(stem: str, word: str) -> bool:
    sizes = (len(stem), len(stem) - 1, len(stem) + 1)
    return len(stem) > SLIP_FROM and any(
        OSA.distance(stem, word[:size], score_cutoff=1) <= 1 for size in sizes
    )


def _near(parts: list[list[tuple[int, ...]]]) -> frozenset[int] | None:
    """The first choice of one place for each part in which all stand near each other and none twice."""
    reach = sum(len(part[0]) for part in parts) + GAP
    for first in parts[0]:
        close = [[place for place in part if abs(place[0] - first[0]) < reach] for part in parts[1:]]
        for others in product(*close):
            places = [*first, *(each for place in others for each in place)]
            taken = frozenset(places)
            if len(taken) == len(places) and max(taken) - min(taken) < len(taken) + GAP:
                return taken
    return None
