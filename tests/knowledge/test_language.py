"""The language of short, mixed, hastily typed texts."""

from __future__ import annotations

import pytest

from knowledge.library import Library
from knowledge.matching.language import LanguageGuess


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("kur eiti del pasalpos", "lt"),
        ("mama serga, kas padės", "lt"),
        ("we moved from Zapyškis, where do I register my children", "en"),
        ("papildoma išmoka, how much is it for two children", "en"),
        ("is there a Jonavos socialinių paslaugų centras for us", "en"),
        ("розклад автобуса", "uk"),
        ("хто допоможе", "uk"),
        ("доброго дня", "uk"),
        ("как получить пособие", "ru"),
        ("dopomozhit bud laska z zhytlom", "uk"),
        ("gde poluchit posobie na rebenka", "ru"),
    ],
)
def test_the_language_is_that_of_most_words(library: Library, text: str, language: str) -> None:
    assert library.find(text, area=None, language=None).language == language


def test_what_somebody_reads_tips_the_scales_only_where_nothing_else_does() -> None:
    shared = ["operator", "menu", "tel"]
    small = {"lt": [*shared, "kur", "mano"], "en": [*shared, "where", "my"], "uk": ["де"], "ru": ["где"]}
    guess = LanguageGuess({}, small)

    even = [guess("menu", chosen=chosen) for chosen in ("lt", "en")]
    clear = guess("where my", chosen="lt")

    assert even == ["lt", "en"]
    assert clear == "en"


def test_a_question_mixed_of_two_languages_finds_its_entry(library: Library) -> None:
    finding = library.find("šildymo kompensacija - where to bring the papers", area=None, language="en")

    assert finding.entries[0][0] == "heating-compensation"
