"""A learned second look beside the crisis gate's rows: danger in words that nobody wrote a row for.

The weights stand in `danger.tsv.gz` (a column for each kind of danger, for what is none, and for what is
ours to answer) and, for what these say together, in `suspicion.tsv`; `python -m tests.benchmarks.fit_danger`
writes both from sentences that people wrote for it. They are as deterministic as the rows, and say what
decided.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations_with_replacement
from math import exp, log
from pathlib import Path

from knowledge.matching.senses import Senses
from knowledge.matching.signs import SignWeights, Told

NONE, OURS = CALM_KINDS = "none", "ours"
# Words looked at together. A longer text is looked at in pieces: what matters stands in some sentences, and
# those it was learned from are not longer.
LONGEST = 60
# Of the margins of two kinds: so near, either may be meant, or both. Of 100 dangers the likeliest alone is
# right for 90, one of those so near for 95; fit_danger prints both.
CLOSE = 0.3
SAYS_NOTHING = frozenset({"function", "number"})  # classes of senses


@dataclass(frozen=True)
class Suspicion:
    """How likely any danger is, and the words that say so most."""

    chance: float
    words: tuple[str, ...]


CALM = Suspicion(0.0, ())


class DangerModel:
    """The weights, ready to look at words."""

    def __init__(self, weights: SignWeights, together: Mapping[str, float], senses: Senses) -> None:
        """`together`: the weights of `looked_at`, and a bias."""
        self._weights = weights
        self._senses = senses
        self._together = together

    @classmethod
    def load(cls, folder: Path) -> DangerModel:
        """From the two files of weights, and that of senses."""
        rows = (row.split("\t") for row in (folder / "suspicion.tsv").read_text("utf-8").splitlines())
        together = {name: float(weight) for name, weight in rows}
        senses = Senses.load(folder / "senses.tsv")
        return cls(SignWeights.load(folder / "danger.tsv.gz", senses), together, senses)

    def suspicion(self, sentences: Iterable[Sequence[str]], *, has_row: bool) -> Suspicion:
        """The worst of the pieces of a text. `has_row`: whether one of the gate's rows stands in it."""
        looked = [self._looked(piece, has_row=has_row) for piece in pieces_of(sentences)]
        return max(looked, key=lambda each: each.chance, default=CALM)

    def means(self, words: Sequence[str]) -> int:
        """How many of the words mean something by themselves: not "and", and not a number."""
        return sum(each.of_class not in SAYS_NOTHING for each in self._senses.of(words))

    def kinds_of(self, words: Sequence[str]) -> list[str]:
        """The likeliest kind of danger in words, and those that are told nearly as loudly."""
        return close_kinds(self._weights.told(words).margins)

    def loudest(self, words: Sequence[str], kind: str) -> tuple[str, ...]:
        """The signs in words that speak for a kind most."""
        return self._weights.loudest(words, kind)

    def _looked(self, words: Sequence[str], *, has_row: bool) -> Suspicion:
        found = looked_at(self._weights.told(words), len(words), has_row=has_row)
        odds = self._together["bias"] + sum(self._together[name] * value for name, value in found.items())
        return Suspicion(1 / (1 + exp(-odds)), tuple(words))


def close_kinds(margins: Mapping[str, float]) -> list[str]:
    """The kinds with the greatest margins, the greatest first."""
    kinds = sorted(margins.keys() - CALM_KINDS, key=lambda each: (-margins[each], each))
    return [each for each in kinds if margins[each] >= margins[kinds[0]] - CLOSE]


def pieces_of(sentences: Iterable[Sequence[str]]) -> list[list[str]]:
    """The words of as many whole sentences as are looked at together; a longer sentence is cut."""
    pieces: list[list[str]] = []
    for sentence in sentences:
        for start in range(0, len(sentence), LONGEST):
            part = sentence[start : start + LONGEST]
            if pieces and len(pieces[-1]) + len(part) <= LONGEST:
                pieces[-1].extend(part)
            else:
                pieces.append(list(part))
    return pieces


def looked_at(told: Told, words: int, *, has_row: bool) -> dict[str, float]:
    """What is weighed together, by name: each alone, and each two multiplied.

    Two kinds may be told at once, and neither as loudly as alone. A long text, and one of unknown words, says
    less with the same margin.
    """
    kinds = sorted((each for name, each in told.margins.items() if name not in CALM_KINDS), reverse=True)
    alone = {
        "likeliest": kinds[0],
        "next": kinds[1],
        **{name: told.margins[name] for name in CALM_KINDS},
        "length": log(max(words, 1)),
        "unknown": told.unknown,
        "row": float(has_row),
    }
    return alone | {
        f"{first}*{second}": alone[first] * alone[second]
        for first, second in combinations_with_replacement(alone, 2)
        if first != "row"  # it is 0 or 1
    }
