"""Learned weights of signs: what the beginnings of words and what they mean say about a text.

A file of weights has a sign a line and a column for each thing that is told, in whole hundredths, and above
them the slope and the bias that make a margin of a column's sum; a command that its user names has fitted
them. Sums of whole numbers need no order: the same text always says the same.
"""

from __future__ import annotations

import gzip
from array import array
from collections.abc import Collection, Iterable, Mapping, Sequence, Set
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from pathlib import Path

import numpy as np

from knowledge.matching.senses import Sense, Senses

BEGINNING = 4  # letters, as in the index
REACH = 3  # senses from one to another that are near each other
BESIDE = 2  # senses from one to another whose class says something of it
ENDS = 2  # senses that begin and that end a text
SCALE = 100  # weights stand in the file as hundredths
TOLD = 5  # signs that an explanation names


@lru_cache(maxsize=8)  # what is asked of us, what it asks for and the gate look at the same words in turn
def signs_of(words: tuple[str, ...], senses: Senses) -> Mapping[str, Set[str]]:
    """The signs of folded words by family: `p` how they begin, `s` what they mean, `c` in what company.

    All of `p` and `s` count alike: alone, and two and three side by side; senses also two that stand near
    each other, in whatever order a language puts them. Whole words and runs of letters add nothing to these.
    `c` has each sense with the class of one beside it, and which begin and end the text: it tells danger from
    what is only told with its words, but not one entry from another.
    """
    meant = senses.of(words)
    return {
        "p": _together([word[:BEGINNING] for word in words]),
        "s": {*_together([each.name for each in meant]), *_near_each_other(meant)},
        "c": {*_in_company(meant), *_at_the_ends(meant)},
    }


def share_of(family: Collection[str]) -> float:
    """What each sign of a family counts: the more there are, the less."""
    return float(1 / (len(family) ** 0.5 or 1))


def _together(words: Sequence[str]) -> set[str]:
    pairs = [f"{first} {second}" for first, second in pairwise(words)]
    triples = [f"{pair} {third}" for pair, third in zip(pairs, words[2:], strict=False)]
    return {*words, *pairs, *triples}


def _near_each_other(meant: Sequence[Sense]) -> Iterable[str]:
    """The plainest names of senses, and of two with little between them; "in" and "the" say nothing here."""
    plain = [each.near for each in meant if each.of_class != "function"]
    yield from plain
    for at, first in enumerate(plain):
        for second in plain[at + 1 : at + 1 + REACH]:
            yield "~".join(sorted((first, second)))


def _in_company(meant: Sequence[Sense]) -> Iterable[str]:
    """Each sense with the class of what stands beside it, in their order: "leave" before a "person"."""
    plain = [each for each in meant if each.of_class != "function"]
    for at, first in enumerate(plain):
        for second in plain[at + 1 : at + 1 + BESIDE]:
            yield f"{first.near}>{second.of_class}"
            yield f"{first.of_class}>{second.near}"


def _at_the_ends(meant: Sequence[Sense]) -> Iterable[str]:
    """What a text begins and ends with: a question begins otherwise than a cry."""
    yield from (f"^{each.near}" for each in meant[:ENDS])
    yield from (f"{each.near}$" for each in meant[-ENDS:])


@dataclass(frozen=True)
class Told:
    """What words say of each column, by its name, and how much of them says nothing."""

    margins: dict[str, float]
    unknown: float  # the share of signs that have no weight


class SignWeights:
    """The weights of all signs, by column."""

    def __init__(
        self,
        columns: Sequence[str],
        slopes: Sequence[float],
        biases: Sequence[float],
        signs: Iterable[str],
        weights: Sequence[int],
        senses: Senses,
    ) -> None:
        """`signs`: each its family and itself; `weights`: whole numbers, of each sign one a column."""
        self.columns = tuple(columns)
        self._slopes = [slope / SCALE for slope in slopes]
        self._biases = list(biases)
        self._senses = senses
        self._rows: dict[str, dict[str, int]] = {}
        for row, sign in enumerate(signs):
            family, _space, text = sign.partition(" ")
            self._rows.setdefault(family, {})[text] = row
        self._weights = np.array(weights, dtype=np.int16).reshape(-1, len(columns))

    @classmethod
    def load(cls, file: Path, senses: Senses) -> SignWeights:
        """From the packed file: the columns, the slopes, the biases, and a sign a line."""
        lines = gzip.decompress(file.read_bytes()).decode().splitlines()
        head, slopes, biases = (line.split("\t")[1:] for line in lines[:3])
        signs: list[str] = []
        weights = array("h")
        for line in lines[3:]:
            sign, *numbers = line.split("\t")
            signs.append(sign)
            weights.extend([int(each) if each else 0 for each in numbers])
        return cls(head, list(map(float, slopes)), list(map(float, biases)), signs, weights, senses)

    def told(self, words: Sequence[str]) -> Told:
        """What folded words say."""
        sums, known, count = np.zeros(len(self.columns)), 0, 0
        found = signs_of(tuple(words), self._senses)
        for family, rows_of in self._rows.items():
            signs = found[family]
            rows = [row for row in map(rows_of.get, signs) if row is not None]
            known, count = known + len(rows), count + len(signs)
            if rows:
                sums += share_of(signs) * self._weights[rows].sum(axis=0, dtype=np.int64)
        margins = {
            name: slope * float(each) + bias
            for name, slope, each, bias in zip(self.columns, self._slopes, sums, self._biases, strict=True)
        }
        return Told(margins, 1 - known / count if count else 1.0)

    def loudest(self, words: Sequence[str], name: str) -> tuple[str, ...]:
        """The signs in words that speak for a column most."""
        column = self.columns.index(name)
        spoken: list[tuple[float, str]] = []
        found = signs_of(tuple(words), self._senses)
        for family, rows in self._rows.items():
            share = share_of(found[family])
            spoken += [
                (-share * int(self._weights[rows[sign], column]), sign)
                for sign in found[family]
                if sign in rows
            ]
        return tuple(sign for _weight, sign in sorted(spoken)[:TOLD])
