"""The crisis gate: reviewed patterns, before any search, fixed and in every language people write here."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain, count
from pathlib import Path
from re import compile as pattern

import yaml

from knowledge.matching.danger import CALM, DangerModel, Suspicion
from knowledge.matching.normalise import key, plain, to_ukrainian, words
from knowledge.matching.patterns import Reading, Rows
from knowledge.matching.senses import CYRILLIC, Senses

SENTENCE_END = pattern(r"[.!?;…\n]+")
# The learned chance from which the panel is shown; rows count in it. `python -m tests.benchmarks.fit_danger`
# prints what edges do to sentences that the fit had not seen.
SUSPECTED_FROM = 0.2
SAYS_SOMETHING = 3  # words that must be left beside an idiom to be looked at
A_SENTENCE = 2  # words that mean something: a lone one needs a row
LONGEST_NUMBER = 3  # figures: an age, a pressure, 112; a longer one is a code, a price, a year
SHOWN = 3  # kinds of danger at once: a beaten mother put out with her children tonight
TOLD_REACH = 9  # words around "five years ago", "in the film" that are told of then and there


@dataclass(frozen=True)
class Danger:
    """What somebody writes of: the likeliest kind, others told as well; how likely, and what says so."""

    kinds: tuple[str, ...]
    why: str


class CrisisGate:
    """Rows of words by kind of danger. It would rather fire once too often than once too seldom."""

    def __init__(
        self,
        kinds: Mapping[str, Mapping[str, list[str]]],
        context: Mapping[str, list[str]],
        classes: Mapping[str, str],
        senses: Senses,
        model: DangerModel | None = None,
    ) -> None:
        texts: list[str] = []

        def taken_in(rows: list[str]) -> range:
            texts.extend(rows)
            return range(len(texts) - len(rows), len(texts))

        self._context = {name: taken_in(rows) for name, rows in context.items()}
        self._kinds = {
            kind: (taken_in(rows["says"]), taken_in(rows.get("names", []))) for kind, rows in kinds.items()
        }
        self._rows = Rows(texts, classes)
        self._senses = senses
        self._model = model

    @classmethod
    def load(cls, file: Path, learned: Path | None = None) -> CrisisGate:
        """From the content file; with the learned weights, where their folder is given."""
        content = yaml.safe_load(file.read_text("utf-8"))
        classes = {name: text for each in content.pop("classes").values() for name, text in each.items()}
        senses = Senses.load(Path(__file__).parent / "senses.tsv")
        model = DangerModel.load(learned) if learned is not None else None
        return cls(content, content.pop("context"), classes, senses, model)

    def kind_of(self, text: str, *, maybe_ukrainian: bool = True) -> str | None:
        """The kind of danger somebody writes of, or None."""
        found = self.danger_in(text, maybe_ukrainian=maybe_ukrainian)
        return found.kinds[0] if found else None

    def danger_in(self, text: str, *, maybe_ukrainian: bool = True) -> Danger | None:
        """What danger somebody writes of.

        `maybe_ukrainian`: Latin letters may be Ukrainian ones. Plain English read so is full of false words.
        """
        worst, row = CALM, None
        for sentences in sentences_of(text, is_ukrainian=self.is_ukrainian if maybe_ukrainian else None):
            found, left = self._read(sentences)
            suspicion = self._suspicion(left, has_row=found is not None)
            if suspicion is None:
                if found is not None:
                    return found
            elif suspicion.chance > worst.chance:
                worst, row = suspicion, found
        if self._model is None or worst.chance < SUSPECTED_FROM:
            return None
        kinds = self._model.kinds_of(worst.words)
        loudest = ", ".join(self._model.loudest(worst.words, kinds[0]))
        told = dict.fromkeys([*(row.kinds if row else ()), *kinds])
        why = f"{worst.chance:.2f} by {row.why if row else loudest}"
        return Danger(tuple(told)[:SHOWN], why)

    def is_ukrainian(self, word: str) -> bool:
        """Whether a folded word is one that Ukrainians or Russians use."""
        return self._senses.has(word, CYRILLIC)

    def _suspicion(self, sentences: list[list[str]], *, has_row: bool) -> Suspicion | None:
        """What the learned weights see; None where they cannot say: "passport", a sum, mere letters."""
        if self._model is None:
            return None
        if self._model.means(list(chain.from_iterable(sentences))) < A_SENTENCE:
            return None
        return self._model.suspicion(sentences, has_row=has_row)

    def _read(self, sentences: list[list[str]]) -> tuple[Danger | None, list[list[str]]]:
        """The row that stands in the sentences, and what is left of them for the learned look."""
        typed = list(chain.from_iterable(sentences))
        reading = self._rows.read(typed)
        candidates = self._rows.candidates(reading)
        around = {
            name: [match.places for match in self._rows.found(reading, candidates, among)]
            for name, among in self._context.items()
        }
        harmless = frozenset[int]().union(*around["harmless"])
        taken = harmless.union(_told_of(around, sentences))
        found = self._danger(typed, reading.without(taken), candidates, is_subject=bool(around["about"]))
        left = _left(sentences, harmless)
        says_nothing = harmless and found is None and sum(map(len, left)) < SAYS_SOMETHING
        return found, [] if says_nothing else left

    def _danger(
        self, typed: Sequence[str], reading: Reading, candidates: Sequence[int], *, is_subject: bool
    ) -> Danger | None:
        rows: dict[str, str] = {}
        for kind, (says, names) in self._kinds.items():
            among = says if is_subject else range(says.start, names.stop)
            found = next(self._rows.found(reading, candidates, among), None)
            if found is not None:
                rows[kind] = " ".join(typed[place] for place in sorted(found.places))
        return Danger(tuple(rows), f"the row for {next(iter(rows.values()))!r}") if rows else None


def _left(sentences: Sequence[Sequence[str]], taken: frozenset[int]) -> list[list[str]]:
    """The sentences without the words at some places."""
    places = count()
    return [[word for word in sentence if next(places) not in taken] for sentence in sentences]


def _told_of(around: Mapping[str, list[frozenset[int]]], sentences: Sequence[Sequence[str]]) -> set[int]:
    """The words told of another time or of a story, as far as `now`."""
    if not around["story"] and not around["past"]:
        return set()
    now = frozenset[int]().union(*around["now"])
    lasting = frozenset[int]().union(*around["again"], *around["present"])
    taken: set[int] = set()
    start = 0
    for sentence in sentences:
        place, start = range(start, start + len(sentence)), start + len(sentence)
        for told in (*around["story"], *(around["past"] if lasting.isdisjoint(place) else ())):
            if not told.isdisjoint(place):
                taken.update(_around(told, place, now))
    return taken


def _around(places: frozenset[int], sentence: range, now: frozenset[int]) -> range:
    """The places around some in a sentence, as far as one tells of the same."""
    first, last = min(places), max(places)
    now = now - places
    before = max((each + 1 for each in now if each < first), default=0)
    after = min((each for each in now if each > last), default=sentence.stop)
    return range(
        max(sentence.start, before, first - TOLD_REACH), min(sentence.stop, after, last + TOLD_REACH + 1)
    )


def sentences_of(text: str, *, is_ukrainian: Callable[[str], bool] | None) -> Iterator[list[list[str]]]:
    """The words of sentences as typed; and Latin letters as Ukrainian ones.

    `is_ukrainian`: whether a folded word is a Ukrainian one, where Latin letters may be that.
    """
    sentences = [plain(each) for each in SENTENCE_END.split(text)]
    yield [_folded(each) for each in sentences]
    if is_ukrainian and any("a" <= sign <= "z" for each in sentences for sign in each):
        yield [_folded(to_ukrainian(each, is_ukrainian)) for each in sentences]


def _folded(text: str) -> list[str]:
    """The words of a plain text in their forms for comparing, without long numbers."""
    parts = [part for word in words(text) for part in word.split("-")]
    return [key(part) for part in parts if not (part.isdigit() and len(part) > LONGEST_NUMBER)]
