"""What is no question: greetings and the like, and the wish for a person, in words that nobody wrote down."""

from __future__ import annotations

import gzip
import json
from copy import copy
from pathlib import Path

import pytest

from knowledge.library import FOLDER, Library
from knowledge.matching.fitted import ANSWER_FROM
from knowledge.matching.senses import Senses
from knowledge.matching.signs import SignWeights
from knowledge.matching.talk import LONGEST, SURE, Talk

FILE = """sign\thuman\tsmalltalk
slope\t1.0\t1.0
bias\t-2.0\t-2.0
p call\t900\t-100
p bye\t\t250
"""
QUESTIONS = Path(__file__).parents[1] / "benchmarks" / "questions"
GREETINGS = [
    "labuka dieniukė jums", "ačiū, labai gražiai paaiškinot", "ate, iki kito karto",
    "morning bot, you there?", "cheers, that was quick", "haha you are funny",
    "дякую красно, ви мене дуже виручили", "добраніч, котику",
    "спасибочки вам огромное", "ну ладно, пока тогда",
]  # fmt: skip
WISHES = [
    "gal galit mane sujungti su gyvu konsultantu", "tegul man paskambina jūsų darbuotoja",
    "could a real person ring me back please", "i want a human operator not this bot",
    "хай мені передзвонить ваш оператор", "мені потрібна жива людина на зв'язку",
    "z liudynoiu hochu pohovoryty", "дайте живого оператора, не робота",
]  # fmt: skip
QUESTIONS_THAT_GREET = [
    ("labas, kur gauti maisto paketą", "food-parcels"),
    ("hello, how do I get the heating compensation", "heating-compensation"),
    ("дякую, а як оформити допомогу при народженні дитини", "birth-grant"),
]


@pytest.fixture
def talk(tmp_path: Path) -> Talk:
    file = tmp_path / "talk.tsv.gz"
    file.write_bytes(gzip.compress(FILE.encode()))
    weights = SignWeights.load(file, Senses({each: {} for each in ("lt", "en", "uk", "ru")}))
    return Talk({"smalltalk": ["Good evening"], "human": ["operator"]}, ["real person"], weights)


def test_phrases_that_were_written_down_are_known_with_a_slip(talk: Talk) -> None:
    assert talk.written_down("good evning") == "smalltalk"
    assert talk.written_down("i want a real person") == "human"
    assert talk.written_down("good") is None


def test_weights_decide_where_they_are_sure(talk: Talk) -> None:
    assert talk.told(["call"]) == "human"
    assert talk.told(["bye"]) == "smalltalk"
    assert talk.told(["something", "about", "bye"]) is None


@pytest.mark.parametrize("words", [[], ["call"] * (LONGEST + 1), ["call", "qwrt", "zxcv"]])
def test_nothing_a_long_message_and_keys_hit_at_random_are_no_talk(talk: Talk, words: list[str]) -> None:
    assert talk.told(words) is None


@pytest.mark.parametrize("text", GREETINGS)
def test_whoever_greets_or_thanks_is_not_told_that_we_do_not_know(library: Library, text: str) -> None:
    assert text not in _learned()
    assert library.find(text, area=None, language=None).decision == "smalltalk"


@pytest.mark.parametrize("text", WISHES)
def test_whoever_wants_a_person_is_led_to_one(library: Library, text: str) -> None:
    assert text not in _learned()
    assert library.find(text, area=None, language=None).decision == "human"


@pytest.mark.parametrize(("text", "entry"), QUESTIONS_THAT_GREET)
def test_a_question_that_greets_is_answered(library: Library, text: str, entry: str) -> None:
    found = library.find(text, area=None, language=None)

    assert found.decision in {"answer", "choose"}
    assert found.entries[0][0] == entry


def test_what_is_clear_is_never_taken_for_talk(library: Library) -> None:
    everything = SignWeights(["human", "smalltalk"], [1, 1], [SURE, SURE], ["p soci"], [1, 1], _senses())
    matcher = copy(library.matcher)
    matcher.talk = Talk({}, [], everything)

    clear = matcher.match("social card", area=None, chosen=None)
    vague = matcher.match("social", area=None, chosen=None)

    assert clear.confidence >= ANSWER_FROM > vague.confidence
    assert (clear.talk, vague.talk) == (None, "human")


def _senses() -> Senses:
    return Senses.load(FOLDER / "matching" / "senses.tsv")


def _learned() -> set[str]:
    return {json.loads(line)["text"] for line in (QUESTIONS / "talk.jsonl").read_text("utf-8").splitlines()}
