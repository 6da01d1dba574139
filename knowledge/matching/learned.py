"""What signs say of entries: learned from what each is asked by, in all languages at once.

`entries.tsv.gz` has the entries, a bias of each, and a sign a line with the entries that it speaks for or
against, by their places, in whole hundredths; `python -m tests.benchmarks.fit_entries` writes it. BM25 knows
what an entry's words are; this knows which of them part it from its neighbours.
"""

from __future__ import annotations

import gzip
from array import array
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from knowledge.matching.senses import Senses
from knowledge.matching.signs import SCALE, TOLD, share_of, signs_of

NOT_THIS = 1.0  # added to margins: those that were fitted are about -1 for what is another entry's


class EntryWeights:
    """The weights of signs, for each entry few."""

    def __init__(
        self,
        entries: Sequence[str],
        biases: Sequence[float],
        signs: Iterable[tuple[str, Mapping[int, int]]],
        senses: Senses,
    ) -> None:
        """`signs`: each its family and itself, with what it says by an entry's place, in hundredths."""
        self.entries = tuple(entries)
        self._biases = np.array(biases)
        self._senses = senses
        self._rows: dict[str, dict[str, int]] = {}
        starts, places, weights = array("l", [0]), array("h"), array("h")
        for row, (sign, said) in enumerate(signs):
            family, _space, text = sign.partition(" ")
            self._rows.setdefault(family, {})[text] = row
            places.extend(said.keys())
            weights.extend(said.values())
            starts.append(len(places))
        self._starts = np.array(starts, dtype=np.int64)
        self._places = np.array(places, dtype=np.int16)
        self._weights = np.array(weights, dtype=np.int16)

    @classmethod
    def load(cls, file: Path, senses: Senses) -> EntryWeights:
        """From the packed file: the entries, their biases, and a sign a line."""
        entries, biases, *lines = gzip.decompress(file.read_bytes()).decode().splitlines()
        rows = (line.split("\t") for line in lines)
        signs = ((sign, _said(said)) for sign, said in rows)
        return cls(entries.split("\t"), [float(each) for each in biases.split("\t")], signs, senses)

    def told(self, words: Sequence[str]) -> NDArray[np.float64]:
        """What folded words say of each entry: 0 for "not this one", above 1 for "this one".

        Shape (entries,). Of words with no sign that is known, all 0.
        """
        margins, is_known = self._biases + NOT_THIS, False
        found = signs_of(tuple(words), self._senses)
        for family, rows_of in self._rows.items():
            rows = [row for row in map(rows_of.get, found[family]) if row is not None]
            if rows:
                is_known = True
                starts = self._starts[rows]
                sizes = self._starts[np.array(rows) + 1] - starts
                each = np.repeat(starts - np.cumsum(sizes) + sizes, sizes) + np.arange(sizes.sum())
                sums = np.bincount(self._places[each], self._weights[each], minlength=len(margins))
                margins += sums * (share_of(found[family]) / SCALE)
        return margins.clip(0) if is_known else np.zeros(len(margins))

    def loudest(self, words: Sequence[str], entry: str) -> tuple[str, ...]:
        """The signs in words that speak for an entry most; none for one that came since."""
        if entry not in self.entries:
            return ()
        place = self.entries.index(entry)
        spoken: list[tuple[float, str]] = []
        found = signs_of(tuple(words), self._senses)
        for family, rows in self._rows.items():
            for sign in found[family] & rows.keys():
                row = slice(*self._starts[rows[sign] :][:2])
                said = dict(zip(self._places[row].tolist(), self._weights[row].tolist(), strict=True))
                if said.get(place, 0) > 0:
                    spoken.append((-share_of(found[family]) * said[place], sign))
        return tuple(sign for _weight, sign in sorted(spoken)[:TOLD])


def _said(text: str) -> dict[int, int]:
    pairs = (each.split(":") for each in text.split())
    return {int(place): int(weight) for place, weight in pairs}
