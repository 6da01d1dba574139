"""A learned second look beside the crisis gate's rows: danger in words that nobody wrote a row for.

The weights stand in `danger.tsv`, which `python -m tests.benchmarks.fit_danger` writes from sentences that
people wrote for it: one for danger, one for each kind of it. They are as deterministic as the rows, and say
what decided.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import exp
from pathlib import Path

from knowledge.matching.signs import SignWeights

SHORTEST = 3  # words: a shorter sentence is looked at within the whole only
# Of texts of several sentences, cross-validated: sentences that count like the whole alarm on twice as many
# harmless ones as with this doubt, for two more of a hundred dangers.
ALONE = 2.26  # nats
LONGEST = 120  # words looked at: what matters stands in a sentence, and a flood must not cost time


@dataclass(frozen=True)
class Suspicion:
    """How likely any danger is, and the words that say so most."""

    chance: float
    words: tuple[str, ...]


class DangerModel:
    """The weights, ready to look at words."""

    def __init__(self, weights: SignWeights) -> None:
        self._weights = weights

    @classmethod
    def load(cls, file: Path) -> DangerModel:
        """From the file of weights."""
        return cls(SignWeights.load(file))

    def suspicion(self, sentences: Iterable[Sequence[str]]) -> Suspicion:
        """The worst of the whole and of its sentences; a sentence alone has to say more."""
        parts = [list(each) for each in sentences]
        whole = [word for part in parts for word in part][:LONGEST]
        alone = [part[:LONGEST] for part in parts if SHORTEST <= len(part) < len(whole)]
        looked_at = [self._looked(whole, 0.0), *(self._looked(part, ALONE) for part in alone)]
        return max(looked_at, key=lambda each: each.chance)

    def knows(self, word: str) -> bool:
        """Whether anything was learned of a word or of how it begins."""
        return self._weights.knows(word)

    def _looked(self, words: Sequence[str], doubt: float) -> Suspicion:
        return Suspicion(1 / (1 + exp(doubt - self._weights.log_odds(words))), tuple(words))

    def told(self, words: Sequence[str]) -> tuple[str, tuple[str, ...]]:
        """The likeliest kind of danger in words, and the signs that speak for danger most."""
        kinds = self._weights.columns[1:]
        of_kind = self._weights.sums(words, range(1, len(kinds) + 1))
        return kinds[of_kind.index(max(of_kind))], self._weights.loudest(words)
