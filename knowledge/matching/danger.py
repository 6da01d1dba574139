"""A learned second look beside the crisis gate's rows: danger in words that nobody wrote a row for.

Signs are words, their beginnings, neighbouring pairs, runs of letters, and concepts, alone and in pairs; each
has a weight for each kind of danger and for none. The weights stand in `danger.tsv`, written by
`python -m tests.benchmarks.fit_danger` from sentences that people wrote for it. It is as deterministic as the
rows, and says which signs decided.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations, pairwise
from math import sqrt
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from knowledge.matching.concepts import Lexicon
from knowledge.matching.index import runs
from knowledge.matching.normalise import is_cyrillic

BEGINNING = 4  # letters, as in the index
SPREAD = 3.0  # the length of a text's bag of signs: what the weights were fitted to
PAIR = 0.5  # of concepts, which are many
MOST = 12  # concepts of which pairs are looked at
LETTERS = 0.5  # a run of letters beside a word
SCALE = 100  # weights stand in the file as hundredths
SHORTEST = 3  # words: a shorter sentence is looked at within the whole only
LONGEST = 120  # words looked at: what matters stands in a sentence, and a flood must not cost time
NONE = "none"
TOLD = 5  # signs that an explanation names
Known = tuple[int, float, str]  # the row of a sign, its share, the sign
Floats = NDArray[np.floating]


@dataclass(frozen=True)
class Suspicion:
    """The likeliest kind of danger, how likely any is, and the signs that speak for it most."""

    kind: str
    chance: float
    signs: tuple[str, ...]


def concepts_of(words: Sequence[str], lexicon: Lexicon) -> list[str]:
    """The concepts in folded words of any language; of Latin letters both columns are read."""
    columns = ("uk",) if any(is_cyrillic(word) for word in words) else ("lt", "en")
    return sorted({concept for column in columns for concept in lexicon.fired(words, column)})


def signs_of(words: Sequence[str], concepts: Sequence[str]) -> dict[str, float]:
    """The signs in folded words, each with its share; concepts say the same in every language."""
    begun = [word[:BEGINNING] for word in words]
    found = dict.fromkeys((f"w {word}" for word in words), 1.0)
    found |= dict.fromkeys((f"p {each}" for each in begun), 1.0)
    found |= dict.fromkeys((f"b {one} {two}" for one, two in pairwise(begun)), 1.0)
    found |= dict.fromkeys((f"s {one} {two}" for one, two in zip(begun, begun[2:], strict=False)), 1.0)
    found |= dict.fromkeys((f"c {run}" for word in words for run in runs(word)), LETTERS)
    found |= dict.fromkeys((f"k {each}" for each in concepts), 1.0)
    found |= dict.fromkeys((f"t {one} {two}" for one, two in combinations(concepts[:MOST], 2)), PAIR)
    length = sqrt(sum(share * share for share in found.values())) or 1.0
    return {sign: share * SPREAD / length for sign, share in found.items()}


class DangerModel:
    """The weights, ready to look at words."""

    def __init__(
        self,
        kinds: Sequence[str],
        bias: Sequence[float],
        weights: Mapping[str, Sequence[int]],
        lexicon: Lexicon,
    ) -> None:
        self._lexicon = lexicon
        self._kinds = tuple(kinds)
        self._bias = tuple(bias)
        self._rows = {sign: row for row, sign in enumerate(weights)}
        self._weights = np.array(list(weights.values()), dtype=np.float32) / SCALE

    @classmethod
    def load(cls, file: Path, lexicon: Lexicon) -> DangerModel:
        """From the file: the kinds, the bias, and a sign a line."""
        head, bias, *rows = file.read_text("utf-8").splitlines()
        parted = (row.split("\t") for row in rows)
        weights = {sign: [int(each or 0) for each in numbers] for sign, *numbers in parted}
        return cls(
            head.split("\t")[1:], [int(each) / SCALE for each in bias.split("\t")[1:]], weights, lexicon
        )

    def suspicion(self, sentences: Iterable[Sequence[str]]) -> Suspicion:
        """The worst of the sentences and of the whole."""
        parts = [list(each) for each in sentences]
        whole = [word for part in parts for word in part][:LONGEST]
        looked_at = [
            whole,
            *(part[:LONGEST] for part in parts if len(part) >= SHORTEST and len(part) < len(whole)),
        ]
        return max((self._looked(words) for words in looked_at), key=lambda each: each.chance)

    def _looked(self, words: Sequence[str]) -> Suspicion:
        shares = signs_of(words, concepts_of(words, self._lexicon))
        known = [(self._rows[sign], share, sign) for sign, share in shares.items() if sign in self._rows]
        none = self._kinds.index(NONE)
        weights = self._weights[[row for row, _share, _sign in known]]
        spoken = np.array([share for _row, share, _sign in known], dtype=np.float32)
        totals = np.array(self._bias) + (spoken @ weights if known else 0.0)
        odds = np.exp(totals - totals.max())
        chance = 1 - float(odds[none] / odds.sum())
        odds[none] = -1
        return Suspicion(self._kinds[int(odds.argmax())], chance, self._loudest(known, spoken, weights, none))

    def _loudest(self, known: Sequence[Known], spoken: Floats, weights: Floats, none: int) -> tuple[str, ...]:
        """The signs that speak most for danger."""
        if not known:
            return ()
        order = np.argsort(weights[:, none] * spoken)[:TOLD]
        return tuple(known[at][2] for at in order)
