"""Which language a short text is in: lt, en, uk, ru, or Ukrainian or Russian in Latin letters.

Naive Bayes over the character n-grams of each word, trained on small words and on the knowledge base's own
questions. A letter or a small word that only one language has counts for much but not for all: a name or a
word of the other language may stand in the sentence.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence, Set
from functools import lru_cache
from math import log
from pathlib import Path

import yaml

from knowledge.matching.normalise import is_cyrillic, words

IN_LATIN = {"uk-latn": "uk", "ru-latn": "ru"}  # what is written in Latin letters, and its language
SIZES = (1, 2, 3, 4)
UNSEEN = 0.5  # what an n-gram that was never seen counts; half an occurrence is the usual choice
SMALL_WORD = 20  # times: a small word is met that much oftener than any single question
CHOSEN = 2.0  # nats: what the language somebody reads in says about the one they write in; about one n-gram
OWN_LETTER = 4.0  # nats for a word with a letter that only this language has
# Nats more for a small word that only this language has: "is nakvynės namai open?" is English.
OWN_SMALL_WORD = 2.0
UKRAINIAN_FIRST = 1.5  # nats: one index answers both, and most who write short Cyrillic here are from Ukraine
RARE = 4.0  # nats: few write Ukrainian or Russian in Latin letters, and "lalala" is written in neither
SAYS_AT_MOST = 8.0  # nats: one long name must not outweigh a sentence
NEAR = 4.0  # nats: so close behind, Latin letters may still be Ukrainian or Russian ones
OWN = {"lt": set("ąčęėįšųūž"), "uk": set("іїєґ"), "ru": set("ыэъё")}


def ngrams(word: str) -> list[str]:
    """Character 1- to 4-grams with word boundaries."""
    padded = f" {word} "
    return [padded[at : at + size] for size in SIZES for at in range(len(padded) - size + 1)]


class LanguageGuess:
    """Trained once on texts by language."""

    def __init__(self, texts: Mapping[str, Iterable[str]], small_words: Mapping[str, Iterable[str]]) -> None:
        self._small = _owners(small_words)
        counted = {language: _counted(each) for language, each in _met(texts, small_words).items()}
        smallest = min(counts.total() for counts in counted.values())
        # One vocabulary for all, or the language with the fewest examples would own everything unknown.
        whole = smallest + UNSEEN * len({gram for counts in counted.values() for gram in counts})
        unseen = log(UNSEEN / whole)
        self._languages = tuple(counted)
        self._unseen = (unseen,) * len(counted)
        # How likely a gram is in each language, as if all languages had equally many examples.
        rows: dict[str, list[float]] = defaultdict(lambda: [unseen] * len(counted))
        for at, counts in enumerate(counted.values()):
            scale = smallest / counts.total()
            for gram, times in counts.items():
                rows[gram][at] = log((times * scale + UNSEEN) / whole)
        self._likely = {gram: tuple(row) for gram, row in rows.items()}
        self._remember()

    def _remember(self) -> None:
        """Words come again; of one text, several things are asked one after the other."""
        self._weight = lru_cache(maxsize=20_000)(self._weighed)
        self._evidence = lru_cache(maxsize=1)(self._told)

    def __getstate__(self) -> dict[str, object]:
        return {name: value for name, value in self.__dict__.items() if name not in {"_weight", "_evidence"}}

    def __setstate__(self, state: dict[str, object]) -> None:
        self.__dict__.update(state)
        self._remember()

    @classmethod
    def load(cls, texts: Mapping[str, Iterable[str]], file: Path) -> LanguageGuess:
        """Trained on texts and on the small words of the content file."""
        rows: dict[str, list[str]] = yaml.safe_load(file.read_text("utf-8"))
        return cls(texts, {language: "|".join(each).split("|") for language, each in rows.items()})

    def __call__(self, text: str, *, chosen: str | None = None) -> str:
        """The language of a plain text; `chosen` is the one its writer reads in."""
        scores = self.scores(text, chosen=chosen)
        return max(scores, key=lambda language: scores[language])

    def maybe_in_latin(self, text: str) -> bool:
        """Whether Latin letters could be Ukrainian or Russian: the best guess, or close behind it."""
        scores = self.scores(text, chosen=None)
        return max(scores.get(each, float("-inf")) for each in IN_LATIN) >= max(scores.values()) - NEAR

    def scores(self, text: str, *, chosen: str | None) -> dict[str, float]:
        """Evidence in nats for each language that is written in the text's letters."""
        found = dict(self._evidence(text))
        if chosen in found:
            found[chosen] += CHOSEN
        return found

    def _told(self, text: str) -> dict[str, float]:
        typed = words(text)
        cyrillic = [word for word in typed if is_cyrillic(word)]
        latin = [word for word in typed if not is_cyrillic(word)]
        # whoever writes in Cyrillic puts Lithuanian names between; the other way round is rare
        mostly = bool(cyrillic) and 2 * len(cyrillic) >= len(latin)
        candidates = ("uk", "ru") if mostly else ("lt", "en", *IN_LATIN)
        told = cyrillic if mostly else latin
        found = dict.fromkeys(candidates, 0.0)
        for word in told:
            said = self._weight(word, candidates)
            least = max(said.values()) - SAYS_AT_MOST
            for candidate, weight in said.items():
                found[candidate] += max(weight, least)
        if mostly:
            found["uk"] += UKRAINIAN_FIRST
        else:
            found["uk-latn"] += 2 * UKRAINIAN_FIRST - RARE  # there is less to tell them by in Latin letters
            found["ru-latn"] -= RARE
        return found

    def _weighed(self, word: str, candidates: Sequence[str]) -> dict[str, float]:
        """How likely the word is in each language."""
        likely, unseen = self._likely.get, self._unseen
        sums = map(sum, zip(*[likely(gram, unseen) for gram in ngrams(word)], strict=True))
        # n-grams of four sizes say nearly the same thing four times over
        said = {language: each / len(SIZES) for language, each in zip(self._languages, sums, strict=True)}
        letters = set(word)
        return {each: said[each] + self._own(word, letters, each) for each in candidates}

    def _own(self, word: str, letters: Set[str], language: str) -> float:
        """What a letter or a small word says that only this language has."""
        letter = OWN_LETTER if OWN.get(language, set()) & letters else 0.0
        return letter + (OWN_SMALL_WORD if self._small.get(word) == language else 0.0)


def _met(
    texts: Mapping[str, Iterable[str]], small_words: Mapping[str, Iterable[str]]
) -> dict[str, Counter[str]]:
    """How often each word is met in each language, and in Latin letters in those that have others."""
    met = {
        language: Counter(word for text in texts.get(language, ()) for word in words(text))
        for language in small_words
    }
    for language, each in small_words.items():
        met[language].update(dict.fromkeys(each, SMALL_WORD))
    for latin, own in IN_LATIN.items():
        met[latin] = Counter()
        for word, count in met[own].items():
            met[latin].update(dict.fromkeys(romanised(word, own), count))
    return met


def _owners(small_words: Mapping[str, Iterable[str]]) -> dict[str, str]:
    """Small words that only one language has, each with that language."""
    of_words: dict[str, set[str]] = defaultdict(set)
    for language, each in small_words.items():
        for word in each:
            of_words[word].add(language)
    return {word: next(iter(owners)) for word, owners in of_words.items() if len(owners) == 1}


def _counted(met: Mapping[str, int]) -> Counter[str]:
    counts: dict[str, int] = defaultdict(int)
    for word, times in met.items():
        for gram in ngrams(word):
            counts[gram] += times
    return Counter(counts)


PASSPORT = {
    "щ": "shch", "ж": "zh", "х": "kh", "ц": "ts", "ч": "ch", "ш": "sh", "я": "ya", "ю": "yu", "є": "ye",
    "ї": "yi", "а": "a", "б": "b", "в": "v", "г": "h", "ґ": "g", "д": "d", "е": "e", "з": "z", "и": "y",
    "і": "i", "й": "y", "к": "k", "л": "l", "м": "m", "н": "n", "о": "o", "п": "p", "р": "r", "с": "s",
    "т": "t", "у": "u", "ф": "f", "ь": "", "'": "",
}  # fmt: skip
KEYBOARD = PASSPORT | {
    "щ": "sch", "х": "h", "ц": "c", "я": "ja", "ю": "ju", "є": "je", "ї": "ji", "г": "g", "й": "j",
}  # fmt: skip
RUSSIAN = {"г": "g", "и": "i", "ы": "y", "э": "e", "ё": "e", "ъ": ""}
HABITS = {
    "uk": [str.maketrans(table) for table in (PASSPORT, KEYBOARD)],
    "ru": [str.maketrans(table | RUSSIAN) for table in (PASSPORT, KEYBOARD)],
}


def romanised(word: str, language: str = "uk") -> list[str]:
    """A word as it is usually typed in Latin letters: as in passports, and as keys lie at hand."""
    return [word.translate(table) for table in HABITS[language]]
