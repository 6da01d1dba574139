"""From a question to scored entries and to how sure we may be of the first.

The score adds evidence; the confidence looks at it from several sides (how much of the question is found
in the entry, how close the nearest example is, how far behind the second one is), because a wrong answer
does harm and "I don't know" does not.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from math import exp, log

from rapidfuzz import fuzz, process
from rapidfuzz.distance import OSA

from knowledge.matching.index import PREFIX, Bm25, prefixes, runs
from knowledge.matching.normalise import key, plain, words

RUNS_WEIGHT = 0.1  # letter runs are many; a tenth of their sum stands beside one prefix
ELSEWHERE = 0.8  # an entry of another area steps back behind its twin, and is never hidden
REPAIRED_FROM = 5  # letters: shorter words have too many neighbours
SHORT_WORD = 3  # letters: shorter words carry no content


@dataclass(frozen=True)
class Document:
    """What is known of an entry in one language: its name, its questions, where it exists."""

    entry_id: str
    texts: tuple[str, ...]
    areas: frozenset[str]


@dataclass(frozen=True)
class Ranked:
    """Entries with their scores, best first, and why the first one stands there."""

    scored: tuple[tuple[str, float], ...]
    confidence: float
    repairs: tuple[tuple[str, str], ...]
    matched: tuple[str, ...]
    closest: str


class Ranker:
    """The index of one language."""

    def __init__(self, documents: Iterable[Document]) -> None:
        self._documents = {each.entry_id: each for each in documents}
        keys = {
            entry_id: [key(word) for text in each.texts for word in words(plain(text))]
            for entry_id, each in self._documents.items()
        }
        self._prefixes = Bm25({entry_id: prefixes(each) for entry_id, each in keys.items()})
        self._runs = Bm25({entry_id: runs(each) for entry_id, each in keys.items()})
        self._vocabulary = sorted({word for each in keys.values() for word in each if len(word) > SHORT_WORD})
        self._known = set(self._vocabulary)
        self._examples = {
            entry_id: [" ".join(key(word) for word in words(plain(text))) for text in each.texts]
            for entry_id, each in self._documents.items()
        }

    def rank(self, text: str, area: str | None) -> Ranked:
        """Entries for a plain text, best first."""
        typed = [key(word) for word in words(text)]
        repairs = self._repairs(typed)
        terms = [*typed, *(repaired for _word, repaired in repairs)]
        scores = dict(self._prefixes.scores(prefixes(terms)))
        for entry_id, score in self._runs.scores(runs(terms)).items():
            scores[entry_id] = scores.get(entry_id, 0.0) + RUNS_WEIGHT * score
        for entry_id in scores:
            if area is not None and area not in self._documents[entry_id].areas:
                scores[entry_id] *= ELSEWHERE
        ranked = sorted(scores.items(), key=lambda each: (-each[1], each[0]))[:10]
        if not ranked:
            return Ranked((), 0.0, tuple(repairs), (), "")
        return self._explained(ranked, terms, typed, repairs)

    def _explained(
        self,
        ranked: list[tuple[str, float]],
        terms: list[str],
        typed: list[str],
        repairs: list[tuple[str, str]],
    ) -> Ranked:
        best = ranked[0][0]
        own = {word[:PREFIX] for example in self._examples[best] for word in example.split()}
        matched = [term for term in dict.fromkeys(terms) if term[:PREFIX] in own and len(term) > SHORT_WORD]
        closest, likeness, _at = process.extractOne(
            " ".join(typed), self._examples[best], scorer=fuzz.token_sort_ratio
        )
        second = ranked[1][1] if len(ranked) > 1 else 0.0
        confidence = confidence_of(
            score=ranked[0][1],
            content=[term for term in typed if len(term) > SHORT_WORD],
            found={*matched, *(word for word, fixed in repairs if fixed in matched)},
            likeness=likeness / 100,
            margin=(ranked[0][1] - second) / ranked[0][1],
            weights=self._weights(typed),
        )
        return Ranked(tuple(ranked), confidence, tuple(repairs), tuple(matched), closest)

    def _weights(self, terms: Iterable[str]) -> dict[str, float]:
        rarest = log(1 + len(self._documents))
        return {term: self._prefixes.idf.get(term[:PREFIX], rarest) for term in terms}

    def _repairs(self, typed: list[str]) -> list[tuple[str, str]]:
        """Misspelt words with the known word that was meant; the typed word is kept as well."""
        found = []
        for word in dict.fromkeys(typed):
            if len(word) < REPAIRED_FROM or word in self._known or self._prefixes.knows(word[:PREFIX]):
                continue
            limit = 2 if len(word) >= 8 else 1  # two slips in a long word, one in a short one
            match = process.extractOne(
                word, self._vocabulary, scorer=OSA.distance, score_cutoff=limit, score_hint=limit
            )
            if match is not None:
                found.append((word, match[0]))
        return found


# Logistic regression on 348 labelled questions in four languages, half of them about other things
# (cross-validated area under the curve 0.88). The next matcher brings its own fit and its command.
BIAS, SCORE, COVERAGE, COVERAGE_BY_LENGTH = -12.65, 2.69, 0.11, -0.53
LIKENESS, MARGIN, SCORE_A_WORD = 4.74, 3.93, 0.44


def confidence_of(
    *,
    score: float,
    content: list[str],
    found: set[str],
    likeness: float,
    margin: float,
    weights: Mapping[str, float],
) -> float:
    """The chance that the first entry is the right answer, between 0 and 1."""
    words_ = max(len(content), 1)
    coverage = sum(weights[word] for word in content if word in found) / (
        sum(weights[word] for word in content) or 1.0
    )
    evidence = (
        SCORE * log(1 + score)
        + COVERAGE * coverage
        + COVERAGE_BY_LENGTH * coverage * log(words_)
        + LIKENESS * likeness
        + MARGIN * margin
        + SCORE_A_WORD * score / words_
    )
    return 1 / (1 + exp(-BIAS - evidence))
