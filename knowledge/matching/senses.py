"""What words mean, whatever the language: the senses of `senses.tsv`.

A line has a sense under a plain English name, the plainest sense that is near it, its class, and the forms
that have it in Lithuanian, English, Ukrainian and Russian. So what is learned of one language's words serves
the others. A message is read in the language of its letters that knows more of its words: "man" is "to me" in
a Lithuanian one.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

from knowledge.matching.normalise import is_cyrillic
from knowledge.matching.repair import Repair

LATIN, CYRILLIC = ("lt", "en"), ("uk", "ru")
SHORTEST = 4  # letters that a word must share with known forms
ENDING = 5  # letters that may differ after them
AGREED = 0.6  # the share of forms with the same beginning that must have the same sense


class Sense(NamedTuple):
    """A sense, the plainest one near it, and the class of things it is of."""

    name: str
    near: str
    of_class: str


NUMBER = Sense("number", "number", "number")


class Meanings:
    """The senses of one language's forms."""

    def __init__(self, forms: Mapping[str, Sense]) -> None:
        self._forms = dict(forms)
        self._sorted = sorted(forms)
        self._repair = Repair(forms)
        self.of = lru_cache(maxsize=20_000)(self._of)

    def __getstate__(self) -> dict[str, Sense]:
        return self._forms

    def __setstate__(self, forms: dict[str, Sense]) -> None:
        self.__init__(forms)  # type: ignore[misc]

    def __contains__(self, word: str) -> bool:
        return word in self._forms

    def known_of(self, words: Iterable[str]) -> int:
        """How many of the words are known forms."""
        return sum(map(self._forms.__contains__, words))

    def _of(self, word: str) -> Sense | None:
        """The sense of a form; of a misspelt or unseen one, that of its nearest."""
        if word in self._forms:
            return self._forms[word]
        repaired = self._repair.repaired(word)
        return self._by_beginning(word) if repaired is None else self._forms[repaired]

    def _by_beginning(self, word: str) -> Sense | None:
        for length in range(len(word), max(SHORTEST, len(word) - ENDING) - 1, -1):
            start = bisect_left(self._sorted, word[:length])
            stop = bisect_left(self._sorted, word[:length] + "\U0010ffff")
            if start < stop:
                found = Counter(self._forms[form] for form in self._sorted[start:stop])
                sense, count = min(found.items(), key=lambda each: (-each[1], each[0]))
                return sense if count >= AGREED * (stop - start) else None
        return None


class Senses:
    """The senses of all four languages."""

    def __init__(self, forms: Mapping[str, Mapping[str, Sense]]) -> None:
        """`forms`: by language, each with its sense."""
        self._meanings = {language: Meanings(each) for language, each in forms.items()}

    @classmethod
    @lru_cache(maxsize=1)
    def load(cls, file: Path) -> Senses:
        """From the file: a line of names, then a sense a line, forms parted by spaces.

        Whoever asks again gets the same: finding and the crisis gate share what they remember of words.
        """
        head, *lines = file.read_text("utf-8").splitlines()
        languages = head.split("\t")[len(Sense._fields) :]
        forms: dict[str, dict[str, Sense]] = {language: {} for language in languages}
        for line in lines:
            name, near, of_class, *columns = line.split("\t")
            for language, column in zip(languages, columns, strict=True):
                forms[language].update(dict.fromkeys(column.split(), Sense(name, near, of_class)))
        return cls(forms)

    def has(self, word: str, languages: Iterable[str]) -> bool:
        """Whether a folded word is a known form of one of the languages."""
        return any(word in self._meanings[language] for language in languages)

    def of(self, words: Sequence[str]) -> list[Sense]:
        """The senses of folded words, in their order, without those that have none."""
        latin, cyrillic = self._order(words, LATIN), self._order(words, CYRILLIC)
        found = (
            NUMBER if word.isdigit() else self._first(word, cyrillic if is_cyrillic(word) else latin)
            for word in words
        )
        return [each for each in found if each is not None]

    def _order(self, words: Iterable[str], languages: Sequence[str]) -> list[Meanings]:
        found = [self._meanings[language] for language in languages]
        return sorted(found, key=lambda each: -each.known_of(words))

    def _first(self, word: str, order: Sequence[Meanings]) -> Sense | None:
        known = next((each for each in order if word in each), None)
        if known is not None:
            return known.of(word)
        return next((sense for each in order if (sense := each.of(word)) is not None), None)
