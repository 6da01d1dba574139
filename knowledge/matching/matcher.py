"""A question in, the entries it may mean out: read every way it may have been meant, the surest kept."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from knowledge.entry import LANGUAGES
from knowledge.matching.concepts import Lexicon
from knowledge.matching.confidence import confidence_of, features
from knowledge.matching.fitted import ANSWER_FROM
from knowledge.matching.index import PREFIX
from knowledge.matching.language import IN_LATIN, LanguageGuess
from knowledge.matching.learned import EntryWeights
from knowledge.matching.normalise import is_cyrillic, plain, to_ukrainian
from knowledge.matching.places import Places
from knowledge.matching.rank import Candidate, Document, Ranker
from knowledge.matching.reading import (
    Reading,
    Word,
    folded,
    language_of_word,
    other_keyboard,
    with_letters_for_digits,
)
from knowledge.matching.repair import Repair
from knowledge.matching.senses import CYRILLIC, Senses
from knowledge.matching.signs import SignWeights
from knowledge.matching.talk import Kind, Talk

FEW_KNOWN = 0.5  # with fewer known words than this, another keyboard may have been meant
RARE = 2.5  # nats: what one entry in twelve is asked by, or fewer
CLEARLY_BETTER = 1.15  # times the score: another way to read must be that much better


@dataclass(frozen=True)
class Match:
    """What was found, and everything that says why."""

    language: str  # spoken: lt, en, uk, ru, or in Latin letters uk-latn, ru-latn
    reading: Reading
    ranked: tuple[Candidate, ...] = ()
    confidence: float = 0.0
    features: Mapping[str, float] = field(default_factory=dict)
    area: str | None = None  # that the question names
    concepts: Mapping[str, frozenset[str]] = field(default_factory=dict)
    talk: Kind | None = None  # where it is no question

    @property
    def repairs(self) -> list[tuple[str, str]]:
        """Misspelt words with what they were meant to be."""
        return [(word.key, word.meant) for word in self.reading.words if word.meant is not None]


class Matcher:
    """Built once from documents; never changes."""

    def __init__(
        self,
        documents: Iterable[Document],
        *,
        lexicon: Lexicon,
        guess: LanguageGuess,
        places: Places,
        scope: SignWeights,
        learned: EntryWeights,
        talk: Talk,
        senses: Senses,
    ) -> None:
        """`scope` tells what is asked of us from what is not; `learned`, which entry signs speak for; `talk`,
        what is no question; `senses`, what Ukrainian words there are.
        """
        self.ranker = Ranker(documents, lexicon, learned)
        self.guess = guess
        self.places = places
        self.scope = scope
        self.talk = talk
        self.senses = senses
        self._known = {
            language: frozenset(
                word for each in self.ranker.documents for text in each.asked[language] for word in text
            )
            for language in LANGUAGES
        }
        self._repairs = {language: Repair(self._known[language]) for language in LANGUAGES}

    def match(self, question: str, *, area: str | None, chosen: str | None) -> Match:
        """The entries for a question, best first; for whoever lives in `area` and reads in `chosen`."""
        text = plain(question)
        spoken = self.guess(text, chosen=chosen)
        best: tuple[Reading, list[Candidate], str | None] | None = None
        for reading in self._readings(text, spoken):
            named = self.places.area_of([key for word in reading.words for key in word.keys])
            ranked = self.ranker.rank(reading, area=area, named=named)
            if best is None or _score(ranked) > _score(best[1]) * CLEARLY_BETTER:
                best = reading, ranked, named
        return self._matched(text, spoken, *best) if best else Match(spoken, Reading(text, "lt", ()))

    def is_telling(self, reading: Reading) -> bool:
        """Whether any word is rare enough to be a name: not "home", nor "work"."""
        index = self.ranker.indexes
        return any(index[word.language].prefixes.idf_of(word.key[:PREFIX]) > RARE for word in reading.words)

    def _readings(self, text: str, spoken: str) -> Iterable[Reading]:
        """As typed first; then as it may have been meant."""
        own = "uk" if spoken in {"ru", *IN_LATIN} else spoken
        if spoken in IN_LATIN:
            yield from self._best_known([self._read_as_ukrainian(text), self._read(text, "lt")])
            return
        first = self._read(with_letters_for_digits(text) if own == "lt" else text, own)
        yield first
        if own in {"lt", "en"} and self.guess.maybe_in_latin(text):
            yield self._read_as_ukrainian(text)
        if self._share_known(first) < FEW_KNOWN:
            typed = other_keyboard(text)
            others = ("uk",) if is_cyrillic(typed) else ("lt", "en")
            meant = [self._read(typed, each) for each in others]
            yield from (each for each in meant if self._share_known(each) >= FEW_KNOWN)

    def _best_known(self, readings: Sequence[Reading]) -> Iterable[Reading]:
        """Of several ways to read a text, those with the most words that are known."""
        known = [self._share_known(each) for each in readings]
        return (each for each, share in zip(readings, known, strict=True) if share == max(known))

    def _read_as_ukrainian(self, text: str) -> Reading:
        return self._read(to_ukrainian(text, self._is_ukrainian), "uk")

    def _is_ukrainian(self, word: str) -> bool:
        return word in self._known["uk"] or self.senses.has(word, CYRILLIC)

    def _read(self, text: str, language: str) -> Reading:
        others = [each for each in ("lt", "en") if each != language]
        found = []
        for key in folded(text):
            own = language_of_word(key, language, self._known, others)
            found.append(Word(key, own, self._repairs[own].repaired(key)))
        return Reading(text, language, tuple(found))

    def _share_known(self, reading: Reading) -> float:
        known = [word.key in self._known[word.language] or word.meant is not None for word in reading.words]
        return sum(known) / max(len(known), 1)

    def _matched(
        self, text: str, spoken: str, reading: Reading, ranked: Sequence[Candidate], named: str | None
    ) -> Match:
        talk = self.talk.written_down(text)
        if not ranked:
            return Match(spoken, reading, area=named, talk=talk or self.talk.told(reading.meant))
        ours = self.scope.told(reading.meant).margins["ours"]
        found = features(reading, ranked, self.ranker, ours=ours)
        concepts = {name: frozenset(words) for name, words in self.ranker.concepts_of(reading).items()}
        sure = confidence_of(found)
        if sure < ANSWER_FROM:
            talk = talk or self.talk.told(reading.meant)
        return Match(spoken, reading, tuple(ranked), sure, found, named, concepts, talk)


def _score(ranked: Sequence[Candidate]) -> float:
    return ranked[0].score if ranked else 0.0
