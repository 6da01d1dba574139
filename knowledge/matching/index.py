"""BM25 over cheap keys: the first letters of each folded word, and short runs of letters within words.

One document an entry and language. Prefixes of the folded word do the work of a stemmer for Lithuanian
and Ukrainian, and do not mind missing diacritics.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from math import log

PREFIX = 4  # letters: 3 and 5 find less in all three languages
K1, B = 1.2, 0.5  # the usual saturation; half the usual length correction, entries differ little


def prefixes(keys: Iterable[str]) -> list[str]:
    """The first letters of each word."""
    return [key[:PREFIX] for key in keys]


def runs(keys: Iterable[str]) -> list[str]:
    """Runs of three and four letters within the word's borders."""
    found = []
    for key in keys:
        padded = f"_{key}_"
        found += [padded[at : at + size] for size in (3, 4) for at in range(len(padded) - size + 1)]
    return found


class Bm25:
    """Scores documents for a bag of terms."""

    def __init__(self, documents: Mapping[str, Iterable[str]]) -> None:
        self._postings: dict[str, list[tuple[str, float]]] = defaultdict(list)
        counts = {name: Counter(terms) for name, terms in documents.items()}
        lengths = {name: sum(count.values()) for name, count in counts.items()}
        average = sum(lengths.values()) / max(len(lengths), 1)
        found_in = Counter(term for count in counts.values() for term in count)
        self.idf = {
            term: log(1 + (len(counts) - number + 0.5) / (number + 0.5)) for term, number in found_in.items()
        }
        for name, count in counts.items():
            norm = K1 * (1 - B + B * lengths[name] / average) if average else K1
            for term, number in count.items():
                weight = self.idf[term] * number * (K1 + 1) / (number + norm)
                self._postings[term].append((name, weight))

    def scores(self, terms: Iterable[str]) -> dict[str, float]:
        """Every document that shares a term, with its score."""
        found: dict[str, float] = defaultdict(float)
        for term in set(terms):
            for name, weight in self._postings.get(term, ()):
                found[name] += weight
        return found

    def knows(self, term: str) -> bool:
        """Whether any document has it."""
        return term in self._postings
