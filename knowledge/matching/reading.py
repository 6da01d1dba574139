"""How a question is read: the language of each word, what was misspelt, and other ways to read it.

People write Ukrainian in Latin letters, Lithuanian with digits for its letters, either on the wrong keyboard,
and put the Lithuanian name of a benefit into an English or Ukrainian sentence.
"""

from __future__ import annotations

import re
from collections.abc import Container, Mapping, Sequence
from dataclasses import dataclass

from knowledge.matching.normalise import is_cyrillic, key, words

DIGIT_LETTERS = str.maketrans("12345678", "ąčęėįšųū")  # where the Lithuanian keyboard has them
DIGIT_IN_WORD = re.compile(r"(?=\w*[a-zž])(?=\w*[1-8])[a-zž1-8]{4,}")
LATIN_KEYS = "qwertyuiop[]asdfghjkl;'zxcvbnm,.`"
CYRILLIC_KEYS = "йцукенгшщзхїфівапролджєячсмитьбю'"
TO_CYRILLIC = str.maketrans(LATIN_KEYS, CYRILLIC_KEYS)
TO_LATIN = str.maketrans(CYRILLIC_KEYS + "ыэъ", LATIN_KEYS + "s']")
SHORT_WORD = 3  # letters: shorter words carry no content


@dataclass(frozen=True)
class Word:
    """A word of a question: folded, the language whose index knows it, and what it was meant to be."""

    key: str
    language: str
    meant: str | None = None

    @property
    def keys(self) -> tuple[str, ...]:
        """As typed, and as meant."""
        return (self.key,) if self.meant is None else (self.key, self.meant)


@dataclass(frozen=True)
class Reading:
    """A question in one way of reading it."""

    text: str
    language: str  # of the index that answers
    words: tuple[Word, ...]

    @property
    def meant(self) -> list[str]:
        """The folded words, repaired."""
        return [word.meant or word.key for word in self.words]

    def of(self, language: str) -> list[str]:
        """The folded words in one language, repaired."""
        return [word.meant or word.key for word in self.words if word.language == language]


def with_letters_for_digits(text: str) -> str:
    """`i6mok1` as it was meant: the keyboard had digits where Lithuanian letters are."""
    return DIGIT_IN_WORD.sub(lambda match: match[0].translate(DIGIT_LETTERS), text)


def other_keyboard(text: str) -> str:
    """The same keys pressed on the other keyboard."""
    return text.translate(TO_LATIN) if is_cyrillic(text) else text.translate(TO_CYRILLIC)


def folded(text: str) -> list[str]:
    """The folded words of a plain text; a hyphen parts them."""
    return [key(part) for word in words(text) for part in word.split("-")]


def language_of_word(word: str, own: str, knows: Mapping[str, Container[str]], order: Sequence[str]) -> str:
    """The language whose index should be asked: the text's own, or the one that has the word."""
    cyrillic = is_cyrillic(word)
    if cyrillic == (own == "uk") and word in knows[own]:
        return own
    others = ("uk",) if cyrillic else order
    for other in others:
        if other != own and word in knows[other]:
            return other
    return own if cyrillic == (own == "uk") else others[0]
