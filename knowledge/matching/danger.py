"""A learned second look beside the crisis gate's rows: danger in words that nobody wrote a row for.

Signs are words, their beginnings and runs of letters, alone and side by side; each has a weight for danger,
and one for each kind of it. The weights stand in `danger.tsv`, which `python -m tests.benchmarks.fit_danger`
writes from sentences that people wrote for it. It is as deterministic as the rows, and says what decided.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import exp
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

BEGINNING = 4  # letters, as in the index
RUNS = (3, 4, 5)  # letters, over the borders of words
TOGETHER = 3  # words side by side
SCALE = 100  # weights stand in the file as hundredths
SHORTEST = 3  # words: a shorter sentence is looked at within the whole only
# Of texts of several sentences, cross-validated: sentences that count like the whole alarm on twice as many
# harmless ones as with this doubt, for two more of a hundred dangers.
ALONE = 0.5
LONGEST = 120  # words looked at: what matters stands in a sentence, and a flood must not cost time
TOLD = 5  # signs that an explanation names
Weights = NDArray[np.float32]


@dataclass(frozen=True)
class Suspicion:
    """The likeliest kind of danger, how likely any is, and the signs that speak for it most."""

    kind: str
    chance: float
    signs: tuple[str, ...]


def signs_of(words: Sequence[str]) -> dict[str, float]:
    """The signs in folded words, each with its share: words, beginnings and runs of letters count alike.

    The concepts of finding were tried as signs, alone and in pairs: recall was the same without them.
    """
    begun = [word[:BEGINNING] for word in words]
    text = f"_{'_'.join(words)}_"
    runs = {text[at : at + size] for size in RUNS for at in range(len(text) - size + 1)}
    found: dict[str, float] = {}
    for name, among in (("w", _together(words)), ("p", _together(begun)), ("r", runs)):
        share = 1 / (len(among) ** 0.5 or 1)
        found |= {f"{name} {each}": share for each in among}
    return found


def _together(words: Sequence[str]) -> set[str]:
    """Each word, and each two and three side by side."""
    return {
        " ".join(words[at : at + size])
        for size in range(1, TOGETHER + 1)
        for at in range(len(words) - size + 1)
    }


class DangerModel:
    """The weights, ready to look at words."""

    def __init__(
        self, kinds: Sequence[str], scale: tuple[float, float], weights: Mapping[str, Sequence[float]]
    ) -> None:
        """`scale`: what makes a chance of a sum. `weights`: of each sign, for danger and for each kind."""
        self._kinds = tuple(kinds)
        self._scale = scale
        self._rows = {sign: row for row, sign in enumerate(weights)}
        self._weights = np.array(list(weights.values()), dtype=np.float32)

    @classmethod
    def load(cls, file: Path) -> DangerModel:
        """From the file: the kinds, the scale, and a sign a line."""
        head, scale, *rows = file.read_text("utf-8").splitlines()
        parted = (row.split("\t") for row in rows)
        weights = {sign: [int(each or 0) / SCALE for each in numbers] for sign, *numbers in parted}
        slope, bias = map(float, scale.split("\t")[1:3])
        return cls(head.split("\t")[2:], (slope, bias), weights)

    def suspicion(self, sentences: Iterable[Sequence[str]]) -> Suspicion:
        """The worst of the whole and of its sentences; a sentence alone has to say more."""
        parts = [list(each) for each in sentences]
        whole = [word for part in parts for word in part][:LONGEST]
        alone = [part[:LONGEST] for part in parts if SHORTEST <= len(part) < len(whole)]
        looked_at = [self._looked(whole, 0.0), *(self._looked(part, ALONE) for part in alone)]
        return max(looked_at, key=lambda each: each.chance)

    def _looked(self, words: Sequence[str], doubt: float) -> Suspicion:
        rows = self._rows
        known = [(rows[sign], share, sign) for sign, share in signs_of(words).items() if sign in rows]
        if not known:
            return Suspicion(self._kinds[0], self._chance(-doubt), ())
        shares = np.array([share for _row, share, _sign in known], dtype=np.float32)
        spoken: Weights = self._weights[[row for row, _share, _sign in known]] * shares[:, np.newaxis]
        total = spoken.sum(axis=0)
        loudest = np.argsort(-spoken[:, 0])[:TOLD]
        return Suspicion(
            self._kinds[int(total[1:].argmax())],
            self._chance(float(total[0]) - doubt),
            tuple(known[at][2] for at in loudest),
        )

    def _chance(self, total: float) -> float:
        slope, bias = self._scale
        return 1 / (1 + exp(-slope * total - bias))
