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
from knowledge.matching.learned import EntryWeights
from knowledge.matching.senses import Sense, Senses
from knowledge.matching.signs import SignWeights, Told, signs_of

FILE = """sign\tdanger\tviolence\tmedical
slope\t1.0\t2.0\t1.0
bias\t-0.5\t0\t0.25
p help\t100\t\t50
p help me\t-40\t20\t
s i\t30\t\t
"""
ENTRIES = """food\twood
-0.9\t-1.0
p help\t0:40 1:10
s i\t0:-30
"""
ME, THE = Sense("i", "i", "pronoun"), Sense("the", "the", "function")
STRANGLE, CHILD = Sense("strangle", "choke", "harm"), Sense("child", "child", "child")
ENGLISH = {"me": ME, "strangled": STRANGLE, "the": THE, "kid": CHILD}
KNOWN = Senses({"lt": {}, "en": ENGLISH, "uk": {}, "ru": {}})


@pytest.fixture
def weights(tmp_path: Path) -> SignWeights:
    file = tmp_path / "weights.tsv.gz"
    file.write_bytes(gzip.compress(FILE.encode()))
    return SignWeights.load(file, KNOWN)


@pytest.fixture
def learned(tmp_path: Path) -> EntryWeights:
    file = tmp_path / "entries.tsv.gz"
    file.write_bytes(gzip.compress(ENTRIES.encode()))
    return EntryWeights.load(file, KNOWN)


def test_each_sign_counts_by_the_share_of_its_family(weights: SignWeights) -> None:
    told = weights.told(["help", "me"])  # three signs of beginnings, one of senses

    assert told.margins == pytest.approx(
        {"danger": 0.6 / 3**0.5 + 0.3 - 0.5, "violence": 2 * 0.2 / 3**0.5, "medical": 0.5 / 3**0.5 + 0.25}
    )
    assert told.unknown == pytest.approx(1 / 4)


@pytest.mark.parametrize("words", [["zzzz"], []])
def test_what_is_unknown_or_empty_says_nothing(weights: SignWeights, words: list[str]) -> None:
    assert weights.told(words) == Told({"danger": -0.5, "violence": 0.0, "medical": 0.25}, 1.0)
    assert weights.loudest(words, "danger") == ()


def test_the_loudest_signs_are_named_first(weights: SignWeights) -> None:
    assert weights.loudest(["help", "me"], "danger") == ("help", "i", "help me")


def test_entries_are_told_apart_by_the_signs_that_speak_for_them(learned: EntryWeights) -> None:
    told = learned.told(["help", "me"])

    assert told.tolist() == pytest.approx([max(1 - 0.9 + 0.4 / 3**0.5 - 0.3, 0), 0.1 / 3**0.5])
    assert learned.loudest(["help", "me"], "food") == ("help",)


@pytest.mark.parametrize("words", [["zzzz"], []])
def test_what_is_unknown_speaks_for_no_entry(learned: EntryWeights, words: list[str]) -> None:
    assert learned.told(words).tolist() == [0, 0]


def test_an_entry_that_came_since_has_no_signs(learned: EntryWeights) -> None:
    assert learned.loudest(["help"], "new") == ()


def test_senses_count_alone_side_by_side_and_near_each_other() -> None:
    assert signs_of(("strangled", "the", "kid"), KNOWN)["s"] == {
        "strangle", "choke", "the", "child",
        "strangle the", "the child", "strangle the child", "child~choke",
    }  # fmt: skip


def test_senses_count_with_the_class_of_what_is_beside_them_and_at_the_ends() -> None:
    assert signs_of(("strangled", "the", "kid"), KNOWN)["c"] == {
        "choke>child", "harm>child",
        "^choke", "^the", "the$", "child$",
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
