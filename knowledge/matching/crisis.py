"""The crisis gate: reviewed patterns, before any search, fixed and in every language people write here."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path

import yaml

from knowledge.matching.normalise import folded_words, plain, to_ukrainian
from knowledge.matching.patterns import Rows


class CrisisGate:
    """Rows of words by kind of danger. It would rather fire once too often than once too seldom."""

    def __init__(
        self, kinds: Mapping[str, Mapping[str, list[str]]], about: list[str], harmless: list[str]
    ) -> None:
        self._says = {kind: Rows(rows["says"]) for kind, rows in kinds.items()}
        self._names = {kind: Rows(rows.get("names", [])) for kind, rows in kinds.items()}
        self._about = Rows(about)
        self._harmless = Rows(harmless)

    @classmethod
    def load(cls, file: Path) -> CrisisGate:
        """From the content file."""
        content = yaml.safe_load(file.read_text("utf-8"))
        about, harmless = content.pop("about"), content.pop("harmless")
        return cls(content, about, harmless)

    def kind_of(self, text: str, *, maybe_ukrainian: bool = True) -> str | None:
        """The kind of danger somebody writes of, or None."""
        found = self.why(text, maybe_ukrainian=maybe_ukrainian)
        return found[0] if found else None

    def why(self, text: str, *, maybe_ukrainian: bool = True) -> tuple[str, str] | None:
        """The kind of danger, and the row that stands in the text.

        `maybe_ukrainian`: Latin letters may be Ukrainian ones. Plain English read so is full of false words.
        """
        for words in _readings(plain(text), maybe_ukrainian=maybe_ukrainian):
            left = self._without_harmless(words)
            speaks_about = self._about.find(words) is not None
            for kind, says in self._says.items():
                found = says.find(left) or (None if speaks_about else self._names[kind].find(left))
                if found is not None:
                    return kind, found[0]
        return None

    def _without_harmless(self, words: list[str]) -> list[str]:
        taken = {place for _row, places in self._harmless.find_all(words) for place in places}
        return [word for place, word in enumerate(words) if place not in taken]


def _readings(text: str, *, maybe_ukrainian: bool) -> Iterator[list[str]]:
    """As typed; and Latin letters as Ukrainian ones, in which h is г to some and х to others."""
    yield folded_words(text)
    if maybe_ukrainian and any("a" <= sign <= "z" for sign in text):
        yield folded_words(to_ukrainian(text))
        if "h" in text:
            yield folded_words(to_ukrainian(text.replace("kh", "h").replace("h", "kh")))
