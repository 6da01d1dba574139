"""How sure we may be of the first entry: one logistic function of features that can be explained.

A wrong answer does harm and "I don't know" does not. Long questions about other things share words with every
entry, so each kind of evidence is weighed together with the question's length.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from math import exp, log

from knowledge.matching.fitted import CONFIDENCE
from knowledge.matching.index import PREFIX
from knowledge.matching.rank import Candidate, Ranker, is_content
from knowledge.matching.reading import Reading


def features(
    reading: Reading, ranked: Sequence[Candidate], ranker: Ranker, *, ours: float
) -> dict[str, float]:
    """What is looked at, by name.

    `ours`: log-odds that it is asked of us at all, learned from questions of ours and of others
    (`python -m tests.benchmarks.fit_scope`).
    """
    best = ranked[0]
    length = log(max(sum(is_content(word.key) for word in reading.words), 1))
    others = ranked[1:]
    second = others[0].score if others else 0.0
    signs, next_signs = best.evidence["signs"], max((each.evidence["signs"] for each in others), default=0.0)
    covered, known, told = _shares(reading, best.entry_id, ranker)
    return {
        "score": log(1 + max(best.score, 0.0)),
        "length": length,
        "covered": covered,
        "covered-by-length": covered * length,
        "concepts": told,
        "concepts-by-length": told * length,
        "signs": signs,
        "signs-margin": signs - next_signs,
        "margin": (best.score - max(second, 0.0)) / best.score if best.score > 0 else 0.0,
        "known": known,
        "ours": ours,
    }


def confidence_of(found: Mapping[str, float]) -> float:
    """The chance that the first entry is the right answer, between 0 and 1."""
    return 1 / (1 + exp(-CONFIDENCE["bias"] - sum(CONFIDENCE[name] * value for name, value in found.items())))


def _shares(reading: Reading, entry_id: str, ranker: Ranker) -> tuple[float, float, float]:
    """Of the content words, by weight: found in the entry; known anywhere; with a concept of the entry."""
    at = ranker.position(entry_id)
    concepts = {
        word
        for concept, words in ranker.concepts_of(reading).items()
        if ranker.has(at, concept)
        for word in words
    }
    total = covered = known = told = 0.0
    for word in reading.words:
        if is_content(word.key):
            index = ranker.indexes[word.language]
            weight = max(index.prefixes.idf_of(each[:PREFIX]) for each in word.keys)
            in_entry = any(ranker.has_prefix(at, word.language, each[:PREFIX]) for each in word.keys)
            total += weight
            covered += weight if in_entry or word.key in concepts else 0.0
            known += weight if any(index.prefixes.knows(each[:PREFIX]) for each in word.keys) else 0.0
            told += weight if word.key in concepts else 0.0
    return (covered / total, known / total, told / total) if total else (0.0, 0.0, 0.0)
