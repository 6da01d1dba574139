"""Which language a short text is in: lt, en, uk, ru, or Ukrainian in Latin letters.

Script and letters that only one language has decide at once; else naive Bayes over character
n-grams of the knowledge base's own questions.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from math import log

from knowledge.matching.normalise import to_ukrainian

CYRILLIC_LATIN = "uk-latn"
UNSEEN = 0.5  # what an unseen n-gram counts; half an occurrence is the usual choice
ONLY = {"lt": set("ąčęėįšųūž"), "uk": set("іїєґ"), "ru": set("ыэъё")}


def ngrams(text: str) -> Iterable[str]:
    """Character 1- to 4-grams with word boundaries."""
    padded = f" {text} "
    for size in (1, 2, 3, 4):
        for at in range(len(padded) - size + 1):
            yield padded[at : at + size]


class LanguageGuess:
    """Trained once on texts by language."""

    def __init__(self, texts: Mapping[str, Iterable[str]]) -> None:
        self._counts: dict[str, Counter[str]] = {}
        for language, examples in texts.items():
            counts: Counter[str] = Counter()
            for example in examples:
                counts.update(ngrams(example))
            self._counts[language] = counts
        if "uk" in self._counts:
            latin: Counter[str] = Counter()
            for example in texts["uk"]:
                latin.update(ngrams(romanised(example)))
            self._counts[CYRILLIC_LATIN] = latin
        self._totals = {language: sum(counts.values()) for language, counts in self._counts.items()}

    def __call__(self, text: str) -> str:
        """The language of a plain text; lt where nothing tells."""
        signs = set(text)
        cyrillic = sum("а" <= sign <= "я" or sign in "іїєґё" for sign in text)
        latin = sum("a" <= sign <= "z" or sign in ONLY["lt"] for sign in text)
        for language in ("lt", "uk", "ru"):
            if signs & ONLY[language] and (cyrillic > latin) == (language != "lt"):
                return language
        candidates = ("uk", "ru") if cyrillic > latin else ("lt", "en", CYRILLIC_LATIN)
        known = [each for each in candidates if each in self._counts]
        return max(known, key=lambda language: self._score(text, language), default="lt")

    def _score(self, text: str, language: str) -> float:
        counts, total = self._counts[language], self._totals[language]
        return sum(log((counts[gram] + UNSEEN) / (total + 1)) for gram in ngrams(text))


ROMAN = {
    "щ": "shch", "ж": "zh", "х": "kh", "ц": "ts", "ч": "ch", "ш": "sh", "я": "ya", "ю": "yu", "є": "ye",
    "ї": "yi", "а": "a", "б": "b", "в": "v", "г": "h", "ґ": "g", "д": "d", "е": "e", "з": "z", "и": "y",
    "і": "i", "й": "y", "к": "k", "л": "l", "м": "m", "н": "n", "о": "o", "п": "p", "р": "r", "с": "s",
    "т": "t", "у": "u", "ф": "f", "ь": "", "'": "",
}  # fmt: skip


def romanised(text: str) -> str:
    """Ukrainian as it is usually typed in Latin letters."""
    return "".join(ROMAN.get(sign, sign) for sign in text)


def own_letters(text: str, language: str) -> str:
    """The text in the letters of its language."""
    return to_ukrainian(text) if language == CYRILLIC_LATIN else text
