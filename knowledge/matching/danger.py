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
from math import exp, sqrt
from pathlib import Path

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
        self._weights = {sign: tuple(each) for sign, each in weights.items()}

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
        totals = list(self._bias)
        speaking: list[tuple[float, str]] = []
        none = self._kinds.index(NONE)
        for sign, share in signs_of(words, concepts_of(words, self._lexicon)).items():
            weights = self._weights.get(sign)
            if weights is not None:
                for place, weight in enumerate(weights):
                    totals[place] += weight * share / SCALE
                speaking.append((-weights[none] * share, sign))
        highest = max(totals)
        odds = [exp(total - highest) for total in totals]
        dangers = [place for place in range(len(odds)) if place != none]
        likeliest = max(dangers, key=odds.__getitem__)
        signs = tuple(sign for _weight, sign in sorted(speaking, reverse=True)[:5])
        return Suspicion(self._kinds[likeliest], 1 - odds[none] / sum(odds), signs)
