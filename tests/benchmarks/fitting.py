"""What the fits of learned weights have in common: texts as signs, and the file that is written."""

from __future__ import annotations

import gzip
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix

from knowledge.matching.senses import Senses
from knowledge.matching.signs import SCALE, share_of, signs_of

Floats = NDArray[np.floating]
Words = Sequence[str]


def signs_in(words: Words, senses: Senses, families: Iterable[str]) -> dict[str, float]:
    """Every sign of some families with its share, under the name that the file gives it."""
    found = signs_of(tuple(words), senses)
    return {f"{family} {sign}": share_of(found[family]) for family in families for sign in found[family]}


def often_met(matrix: csr_matrix, names: Sequence[str], seldom: Mapping[str, int]) -> NDArray[np.bool_]:
    """Which signs are met at least as often as their family asks for."""
    often = np.asarray((matrix > 0).sum(axis=0)).ravel()
    return often >= np.array([seldom[name[0]] for name in names])


def narrow(matrix: csr_matrix) -> csr_matrix:
    """With the small indices that scikit-learn asks for."""
    found = csr_matrix(matrix)
    found.indices = found.indices.astype(np.int32)
    found.indptr = found.indptr.astype(np.int32)
    return found


def whole(weights: Floats, *, smallest: int) -> NDArray[np.int64]:
    """Weights as they are written: whole hundredths, from the smallest on."""
    rows = np.rint(weights * SCALE).astype(np.int64)
    rows[np.abs(rows) < smallest] = 0
    return rows


def write(
    file: Path,
    rows: NDArray[np.int64],
    names: Sequence[str],
    columns: Sequence[str],
    scales: Sequence[tuple[float, float]],
) -> None:
    """The file, without signs that say nothing.

    `scales`: of each column, the slope and the bias that make a margin of its sum.
    """
    lines = [
        "\t".join(["sign", *columns]),
        "\t".join(["slope", *(f"{slope:.4f}" for slope, _bias in scales)]),
        "\t".join(["bias", *(f"{bias:.4f}" for _slope, bias in scales)]),
        *(
            "\t".join([name, *(str(each) if each else "" for each in row)])
            for name, row in zip(names, rows, strict=True)
            if row.any()
        ),
    ]
    packed = gzip.compress("\n".join([*lines, ""]).encode(), mtime=0)  # the same weights, the same bytes
    file.write_bytes(packed)
    print(f"{len(lines) - 3} signs, {file.stat().st_size / 1e6:.2f} MB")
