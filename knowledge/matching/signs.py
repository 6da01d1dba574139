"""Learned weights of signs: what words, their beginnings and runs of letters say about a text.

A file of weights has a sign a line and a column for each thing that is told, in whole hundredths; a command
that its user names has fitted them. Sums of whole numbers need no order: the same text always says the same.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from itertools import pairwise
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

BEGINNING = 4  # letters, as in the index
RUNS = (3, 4, 5)  # letters, over the borders of words
SCALE = 100  # weights stand in the file as hundredths
TOLD = 5  # signs that an explanation names


def families_of(words: Sequence[str]) -> dict[str, set[str]]:
    """The signs in folded words by family: `w` words, `p` beginnings, `r` runs of letters; all count alike.

    Words and beginnings count alone, and two and three side by side. The concepts of finding were tried as
    signs, alone and in pairs: danger was recognised as often without them.
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
    pairs = [f"{first} {second}" for first, second in pairwise(words)]
    triples = [f"{pair} {third}" for pair, third in zip(pairs, words[2:], strict=False)]
    return {*words, *pairs, *triples}


class SignWeights:
    """The weights of all signs, by column."""

    def __init__(
        self, columns: Sequence[str], scale: tuple[float, float], weights: Mapping[str, Sequence[int]]
    ) -> None:
        """`scale`: slope and bias that make log-odds of a sum of the first column."""
        self.columns = tuple(columns)
        self._slope, self._bias = scale
        self._rows: dict[str, dict[str, int]] = {family: {} for family in families_of(())}
        for row, sign in enumerate(weights):
            family, _space, text = sign.partition(" ")
            self._rows[family][text] = row
        table = np.array(list(weights.values()), dtype=np.int64).reshape(len(weights), len(self.columns))
        self._weights = [np.ascontiguousarray(column) for column in table.T]

    @classmethod
    def load(cls, file: Path) -> SignWeights:
        """From the file: the columns, the scale, and a sign a line."""
        head, scale, *rows = file.read_text("utf-8").splitlines()
        parted = (row.split("\t") for row in rows)
        weights = {sign: [int(each or 0) for each in numbers] for sign, *numbers in parted}
        slope, bias = map(float, scale.split("\t")[1:3])
        return cls(head.split("\t")[1:], (slope, bias), weights)

    def knows(self, word: str) -> bool:
        """Whether the word or its beginning has a weight."""
        return word in self._rows["w"] or word[:BEGINNING] in self._rows["p"]

    def log_odds(self, words: Sequence[str]) -> float:
        """Of what the first column tells."""
        return self._slope * self.sums(words, (0,))[0] / SCALE + self._bias

    def sums(self, words: Sequence[str], columns: Sequence[int]) -> list[float]:
        """What the words say of some columns, in hundredths."""
        met: list[tuple[NDArray[np.int64], float]] = []
        for family, signs in families_of(words).items():
            found = map(self._rows[family].get, signs)
            rows = np.array([row for row in found if row is not None], dtype=np.int64)
            met.append((rows, share_of(signs)))
        return [
            sum(share * int(self._weights[column][rows].sum()) for rows, share in met) for column in columns
        ]

    def loudest(self, words: Sequence[str]) -> tuple[str, ...]:
        """The signs in words that speak for the first column most."""
        spoken: list[tuple[float, str]] = []
        for family, signs in families_of(words).items():
            rows, share = self._rows[family], share_of(signs)
            spoken += [(-share * int(self._weights[0][rows[sign]]), sign) for sign in signs if sign in rows]
        return tuple(sign for _weight, sign in sorted(spoken)[:TOLD])
