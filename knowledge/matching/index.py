"""BM25 over cheap keys, in arrays: one document an entry and language.

Keys are the first letters of each folded word (they do the work of a stemmer for Lithuanian and Ukrainian,
and do not mind missing diacritics), short runs of letters within words, and concepts.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import lru_cache
from math import log

import numpy as np
from numpy.typing import NDArray

Scores = NDArray[np.float32]
Places = NDArray[np.int64]
NO_PLACES: Places = np.zeros(0, dtype=np.int64)
PREFIX = 4  # letters: 3 and 5 find less in all three languages
RUN_SIZES = (3, 4)
FLOOD = 1_000  # documents: among thousands, a term that so many have costs more time than it tells
K1, B = 1.2, 0.5  # the usual saturation; half the usual length correction, entries differ little


@lru_cache(maxsize=50_000)
def runs(key: str) -> tuple[str, ...]:
    """Runs of three and four letters within the word's borders."""
    padded = f"_{key}_"
    return tuple(padded[at : at + size] for size in RUN_SIZES for at in range(len(padded) - size + 1))


def prefix(key: str) -> tuple[str, ...]:
    """The first letters, as the only key of a word."""
    return (key[:PREFIX],)


def itself(key: str) -> tuple[str, ...]:
    """The word, as its own key."""
    return (key,)


class Bm25:
    """Scores documents for words by the keys of each. Shape of scores: one float32 a document."""

    def __init__(
        self,
        documents: Sequence[Mapping[str, int]],
        keys_of: Callable[[str], Sequence[str]] = itself,
        *,
        k1: float = K1,
        b: float = B,
    ) -> None:
        self._size = len(documents)
        self._keys_of = keys_of
        self._ids: dict[str, int] = {}
        terms, places, counts = self._triples(documents, keys_of)
        lengths = np.bincount(places, weights=counts, minlength=self._size)
        norms = k1 * (1 - b + b * lengths / max(float(lengths.mean()) if self._size else 1.0, 1.0))
        self._starts = np.searchsorted(terms, np.arange(len(self._ids) + 1))
        found_in = np.diff(self._starts)
        self._idf = np.log(1 + (self._size - found_in + 0.5) / (found_in + 0.5))
        self._places = places
        self._weights = (self._idf[terms] * counts * (k1 + 1) / (counts + norms[places])).astype(np.float32)
        self.rarest = log(1 + self._size)
        self._remember()

    def _remember(self) -> None:
        """Words come again."""
        self._numbers = lru_cache(maxsize=20_000)(self._numbers_of)

    def __getstate__(self) -> dict[str, object]:
        return {name: value for name, value in self.__dict__.items() if name != "_numbers"}

    def __setstate__(self, state: dict[str, object]) -> None:
        self.__dict__.update(state)
        self._remember()

    def _triples(
        self, documents: Sequence[Mapping[str, int]], keys_of: Callable[[str], Sequence[str]]
    ) -> tuple[Places, Places, Places]:
        """Terms, documents and counts, sorted by term; a word's keys are looked up once."""
        number_of = self._ids
        known: dict[str, Places] = {}
        rows: list[Places] = []
        sizes, where, often = [], [], []
        for place, document in enumerate(documents):
            for word, count in document.items():
                keys = known.get(word)
                if keys is None:
                    numbers = [number_of.setdefault(key, len(number_of)) for key in keys_of(word)]
                    keys = known[word] = np.array(numbers, dtype=np.int64)
                rows.append(keys)
                sizes.append(len(keys))
                where.append(place)
                often.append(count)
        if not rows:
            return (np.zeros(0, np.int64),) * 3
        pairs = np.concatenate(rows) * self._size + np.repeat(np.array(where), sizes)
        unique, inverse = np.unique(pairs, return_inverse=True)
        counts = np.bincount(inverse, weights=np.repeat(np.array(often), sizes)).astype(np.int64)
        return unique // self._size, unique % self._size, counts

    def scores(self, words: Mapping[str, float]) -> Scores:
        """Every document's score for weighted words; a key of two words has the greater weight."""
        heaviest = sorted(words, key=lambda each: -words[each])
        found = [self._numbers(word) for word in heaviest]
        numbers, first = np.unique(np.concatenate([NO_PLACES, *found]), return_index=True)
        if not len(numbers):
            return np.zeros(self._size, dtype=np.float32)
        weights = np.repeat([words[word] for word in heaviest], [len(each) for each in found])[first]
        starts = self._starts[numbers]
        sizes = self._starts[numbers + 1] - starts
        sizes[sizes > FLOOD] = 0
        rows = np.repeat(starts - np.cumsum(sizes) + sizes, sizes) + np.arange(sizes.sum())
        shares = self._weights[rows] * np.repeat(weights, sizes)
        return np.bincount(self._places[rows], weights=shares, minlength=self._size).astype(np.float32)

    def _numbers_of(self, word: str) -> Places:
        """The numbers of a word's keys that any document has."""
        known = map(self._ids.get, self._keys_of(word))
        return np.array([number for number in known if number is not None], dtype=np.int64)

    def idf_of(self, term: str) -> float:
        """How telling a term is; what no document has is as rare as can be."""
        number = self._ids.get(term)
        return self.rarest if number is None else float(self._idf[number])

    def knows(self, term: str) -> bool:
        """Whether any document has it."""
        return term in self._ids


class WordIndex:
    """The words of documents under two keys: prefixes and runs of letters."""

    def __init__(self, documents: Iterable[Sequence[Sequence[str]]]) -> None:
        counted = [Counter(word for text in each for word in text) for each in documents]
        self.prefixes = Bm25(counted, prefix)
        self.runs = Bm25(counted, runs)
