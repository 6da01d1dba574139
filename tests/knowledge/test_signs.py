"""Learned weights: what they sum to, what they name, and that they tell our questions from others'."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from knowledge.library import Library
from knowledge.matching.signs import SignWeights

FILE = """sign\tdanger\tviolence\tmedical
scale\t1.0\t-0.5
w help\t100\t\t50
w help me\t-40\t20\t
p hous\t\t30\t
r hel\t30\t\t
"""


@pytest.fixture
def weights(tmp_path: Path) -> SignWeights:
    file = tmp_path / "weights.tsv"
    file.write_text(FILE, "utf-8")
    return SignWeights.load(file)


def test_each_sign_counts_by_the_share_of_its_family(weights: SignWeights) -> None:
    words = ["help", "me"]  # three signs of words, three of beginnings

    danger, violence, medical = weights.sums(words, (0, 1, 2))

    runs = {"_help_me_"[at : at + size] for size in (3, 4, 5) for at in range(10 - size)}
    assert danger == pytest.approx(60 / 3**0.5 + 30 / len(runs) ** 0.5)
    assert violence == pytest.approx(20 / 3**0.5)
    assert medical == pytest.approx(50 / 3**0.5)
    assert weights.log_odds(words) == pytest.approx(danger / 100 - 0.5)


def test_what_is_unknown_or_empty_says_nothing(weights: SignWeights) -> None:
    assert weights.sums(["zzzz"], (0,)) == [0]
    assert weights.sums([], (0,)) == [0]
    assert weights.log_odds([]) == -0.5
    assert weights.loudest([]) == ()


def test_the_loudest_signs_are_named_first(weights: SignWeights) -> None:
    assert weights.loudest(["help", "me"]) == ("help", "hel", "help me")


def test_no_order_of_sets_decides() -> None:
    code = (
        "from knowledge.library import FOLDER\n"
        "from knowledge.matching.signs import SignWeights\n"
        "weights = SignWeights.load(FOLDER / 'matching' / 'danger.tsv')\n"
        "words = 'my husband comes home drunk every night and I do not know where to go with the kids'\n"
        "print(weights.log_odds(words.split()), weights.loudest(words.split()))"
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
