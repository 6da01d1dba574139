"""Learned weights: what they sum to, what they name, and that they tell our questions from others'."""

from __future__ import annotations

import gzip
import os
import subprocess
import sys
from pathlib import Path

import pytest

from knowledge.library import Library
from knowledge.matching.danger import LONGEST, pieces_of
from knowledge.matching.senses import Sense
from knowledge.matching.signs import SignWeights, Told, families_of

FILE = """sign\tdanger\tviolence\tmedical
slope\t1.0\t2.0\t1.0
bias\t-0.5\t0\t0.25
w help\t100\t\t50
w help me\t-40\t20\t
p hous\t\t30\t
r hel\t30\t\t
"""


@pytest.fixture
def weights(tmp_path: Path) -> SignWeights:
    file = tmp_path / "weights.tsv.gz"
    file.write_bytes(gzip.compress(FILE.encode()))
    return SignWeights.load(file)


def test_each_sign_counts_by_the_share_of_its_family(weights: SignWeights) -> None:
    words = ["help", "me"]  # three signs of words, three of beginnings

    told = weights.told(words)

    runs = {"_help_me_"[at : at + size] for size in (3, 4, 5) for at in range(10 - size)}
    assert told.margins == pytest.approx(
        {
            "danger": 0.6 / 3**0.5 + 0.3 / len(runs) ** 0.5 - 0.5,
            "violence": 2 * 0.2 / 3**0.5,
            "medical": 0.5 / 3**0.5 + 0.25,
        }
    )
    assert told.unknown == pytest.approx(1 - 3 / (3 + 3 + len(runs)))


@pytest.mark.parametrize("words", [["zzzz"], []])
def test_what_is_unknown_or_empty_says_nothing(weights: SignWeights, words: list[str]) -> None:
    assert weights.told(words) == Told({"danger": -0.5, "violence": 0.0, "medical": 0.25}, 1.0)
    assert weights.loudest(words, "danger") == ()


def test_the_loudest_signs_are_named_first(weights: SignWeights) -> None:
    assert weights.loudest(["help", "me"], "danger") == ("help", "hel", "help me")


def test_senses_count_alone_side_by_side_and_near_each_other() -> None:
    meant = [
        Sense("strangle", "choke", "harm"),
        Sense("the", "the", "function"),
        Sense("child", "child", "child"),
    ]

    assert families_of([], meant)["s"] == {
        "strangle", "choke", "the", "child",
        "strangle the", "the child", "strangle the child", "child~choke",
    }  # fmt: skip


def test_a_long_text_is_looked_at_in_pieces_of_whole_sentences() -> None:
    sentences = [["a"] * (LONGEST - 10), ["b"] * 10, ["c"] * 3, ["d"] * (LONGEST + 5)]

    pieces = pieces_of(sentences)

    assert [len(piece) for piece in pieces] == [LONGEST, 3, LONGEST, 5]
    assert [word for piece in pieces for word in piece] == [word for each in sentences for word in each]


def test_no_order_of_sets_decides() -> None:
    code = (
        "from knowledge.library import FOLDER\n"
        "from knowledge.matching.senses import Senses\n"
        "from knowledge.matching.signs import SignWeights\n"
        "folder = FOLDER / 'matching'\n"
        "weights = SignWeights.load(folder / 'danger.tsv.gz', Senses.load(folder / 'senses.tsv'))\n"
        "words = 'my husband comes home drunk every night and I do not know where to go with the kids'\n"
        "print(weights.told(words.split()), weights.loudest(words.split(), 'medical'))"
    )
    told = {
        subprocess.run(
            [sys.executable, "-c", code],
            env={**os.environ, "PYTHONHASHSEED": seed},
            capture_output=True,
            check=True,
        ).stdout
        for seed in ("1", "2", "3")
    }

    assert len(told) == 1


@pytest.mark.parametrize(
    ("ours", "others"),
    [
        ("kas padėtų prižiūrėti mamą po insulto", "kaip nuimti seną gitaros stygą"),
        ("who can help my mother at home after a stroke", "my guitar string broke, which gauge do I buy"),
        ("хто допоможе мамі вдома після лікарні", "порвалась струна на гітарі, яку купити"),
        ("кто поможет маме дома после больницы", "порвалась струна на гитаре, какую купить"),
    ],
)
def test_what_is_asked_of_us_is_told_from_what_is_not(library: Library, ours: str, others: str) -> None:
    found = [library.matcher.match(each, area=None, chosen=None).features["ours"] for each in (ours, others)]

    assert found[0] > 0 > found[1]
