"""What words mean: the file of senses, and how a word's sense is found."""

from __future__ import annotations

from collections import Counter

import pytest

from knowledge.library import FOLDER
from knowledge.matching.normalise import key
from knowledge.matching.senses import Senses

FILE = FOLDER / "matching" / "senses.tsv"


@pytest.fixture(scope="module")
def senses() -> Senses:
    return Senses.load(FILE)


def names(senses: Senses, text: str) -> list[str]:
    return [each.name for each in senses.of(text.split())]


def test_every_form_has_one_sense_and_stands_as_it_is_compared() -> None:
    head, *lines = FILE.read_text("utf-8").splitlines()
    rows = [line.split("\t") for line in lines]
    columns = {
        language: [row[3 + at].split() for row in rows] for at, language in enumerate(head.split("\t")[3:])
    }

    assert list(columns) == ["lt", "en", "uk", "ru"]
    for language, forms in columns.items():
        counted = Counter(form for each in forms for form in each)
        assert [form for form, count in counted.items() if count > 1] == [], language
        assert [form for form in counted if key(form) != form] == [], language


def test_every_sense_is_named_once_and_has_a_class() -> None:
    rows = [line.split("\t") for line in FILE.read_text("utf-8").splitlines()[1:]]
    counted = Counter(row[0] for row in rows)

    assert [name for name, count in counted.items() if count > 1] == []
    assert [row[0] for row in rows if not (row[1] and row[2])] == []


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("vyras mane musa", ["man", "i", "hit"]),
        ("the man hit me", ["man", "hit", "i"]),
        ("чоловик мене бе", ["man", "i", "hit"]),
        ("муж мене бет", ["husband", "i", "hit"]),
    ],
)
def test_a_word_is_read_in_the_language_of_its_message(senses: Senses, text: str, meant: list[str]) -> None:
    assert names(senses, text) == meant


def test_a_misspelt_and_an_unseen_form_have_the_sense_of_their_nearest(senses: Senses) -> None:
    assert names(senses, "he strnagled me") == names(senses, "he strangled me")
    assert names(senses, "smurtautojuose") == names(senses, "smurtautojas")


@pytest.mark.parametrize("text", ["zzqx", ""])
def test_what_is_unknown_has_none(senses: Senses, text: str) -> None:
    assert senses.of(text.split()) == []


def test_a_number_is_one(senses: Senses) -> None:
    assert names(senses, "17 kovo") == ["number", "month"]
