"""A learned second look beside the crisis gate's rows: danger in words that nobody wrote a row for.

Signs are words, their beginnings and runs of letters, alone and side by side; each has a weight for danger,
and one for each kind of it. The weights stand in `danger.tsv`, which `python -m tests.benchmarks.fit_danger`
writes from sentences that people wrote for it. It is as deterministic as the rows, and says what decided.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import exp
from pathlib import Path

import numpy as np

BEGINNING = 4  # letters, as in the index
RUNS = (3, 4, 5)  # letters, over the borders of words
TOGETHER = 3  # words side by side
SCALE = 100  # weights stand in the file as hundredths
SHORTEST = 3  # words: a shorter sentence is looked at within the whole only
# Of texts of several sentences, cross-validated: sentences that count like the whole alarm on twice as many
# harmless ones as with this doubt, for two more of a hundred dangers.
ALONE = 50  # hundredths
LONGEST = 120  # words looked at: what matters stands in a sentence, and a flood must not cost time
TOLD = 5  # signs that an explanation names


@dataclass(frozen=True)
class Suspicion:
    """How likely any danger is, and the words that say so most."""

    chance: float
    words: tuple[str, ...]


def families_of(words: Sequence[str]) -> dict[str, set[str]]:
    """The signs in folded words by family: `w` words, `p` beginnings, `r` runs of letters; all count alike.

    The concepts of finding were tried as signs, alone and in pairs: recall was the same without them.
    """
    text = f"_{'_'.join(words)}_"
    return {
        "w": _together(words),
        "p": _together([word[:BEGINNING] for word in words]),
        "r": {text[at : at + size] for size in RUNS for at in range(len(text) - size + 1)},
    }


def share_of(family: Collection[str]) -> float:
    """What each sign of a family counts: the more there are, the less."""
    return float(1 / (len(family) ** 0.5 or 1))


def _together(words: Sequence[str]) -> set[str]:
    """Each word, and each two and three side by side."""
    pairs = [f"{first} {second}" for first, second in pairwise(words)]
    triples = [f"{pair} {third}" for pair, third in zip(pairs, words[2:], strict=False)]
    return {*words, *pairs, *triples}


class DangerModel:
    """The weights, ready to look at words."""

    def __init__(
        self, kinds: Sequence[str], scale: tuple[float, float], weights: Mapping[str, Sequence[int]]
    ) -> None:
        """`scale`: what makes a chance of a sum. `weights`: a sign's hundredths, for danger and each kind."""
        self._kinds = tuple(kinds)
        self._scale = scale
        self._rows: dict[str, dict[str, int]] = {family: {} for family in families_of(())}
        for row, sign in enumerate(weights):
            family, _space, text = sign.partition(" ")
            self._rows[family][text] = row
        table = np.array(list(weights.values()), dtype=np.int64).reshape(len(weights), -1)
        self._danger, self._of_kind = table[:, 0].copy(), table[:, 1:].copy()

    @classmethod
    def load(cls, file: Path) -> DangerModel:
        """From the file: the kinds, the scale, and a sign a line."""
        head, scale, *rows = file.read_text("utf-8").splitlines()
        parted = (row.split("\t") for row in rows)
        weights = {sign: [int(each or 0) for each in numbers] for sign, *numbers in parted}
        slope, bias = map(float, scale.split("\t")[1:3])
        return cls(head.split("\t")[2:], (slope, bias), weights)

    def suspicion(self, sentences: Iterable[Sequence[str]]) -> Suspicion:
        """The worst of the whole and of its sentences; a sentence alone has to say more."""
        parts = [list(each) for each in sentences]
        whole = [word for part in parts for word in part][:LONGEST]
        alone = [part[:LONGEST] for part in parts if SHORTEST <= len(part) < len(whole)]
        looked_at = [self._looked(whole, 0), *(self._looked(part, ALONE) for part in alone)]
        return max(looked_at, key=lambda each: each.chance)

    def _looked(self, words: Sequence[str], doubt: int) -> Suspicion:
        # Whole numbers are summed: the order of a set must not decide.
        total = sum(share * int(self._danger[rows].sum()) for rows, share in self._met(words))
        return Suspicion(self._chance(total - doubt), tuple(words))

    def _met(self, words: Sequence[str]) -> list[tuple[list[int], float]]:
        """The rows of the signs that have weights, by family, and what each sign of the family counts."""
        return [
            ([row for row in map(self._rows[family].get, signs) if row is not None], share_of(signs))
            for family, signs in families_of(words).items()
        ]

    def told(self, words: Sequence[str]) -> tuple[str, tuple[str, ...]]:
        """The likeliest kind of danger in words, and the signs that speak for danger most."""
        of_kind = np.zeros(len(self._kinds))
        for rows, share in self._met(words):
            of_kind += share * self._of_kind[rows].sum(axis=0)
        spoken: list[tuple[float, str]] = []
        for family, signs in families_of(words).items():
            rows_of, share = self._rows[family], share_of(signs)
            spoken += [(-share * int(self._danger[rows_of[sign]]), sign) for sign in signs if sign in rows_of]
        return self._kinds[int(of_kind.argmax())], tuple(sign for _weight, sign in sorted(spoken)[:TOLD])

    def _chance(self, total: float) -> float:
        """Of a total in hundredths."""
        slope, bias = self._scale
        return 1 / (1 + exp(-slope * total / SCALE - bias))
