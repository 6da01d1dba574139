"""What is no question of ours: small talk, and the wish to speak with a person.

Phrases that were written down (`smalltalk.yaml`) decide first, then learned weights of signs (`talk.tsv.gz`,
from `python -m tests.benchmarks.fit_talk`). Only short messages are looked at: whoever greets us and then
tells a story has asked something.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Literal

import yaml
from rapidfuzz import fuzz, process

from knowledge.matching.normalise import folded_words
from knowledge.matching.senses import Senses
from knowledge.matching.signs import SignWeights

Kind = Literal["human", "smalltalk"]
KINDS: tuple[Kind, Kind] = ("human", "smalltalk")
LIKENESS = 90  # of 100: a greeting with one slip is still a greeting
LONGEST_PHRASE = 8  # words: longer than this it is none of the phrases
LONGEST = 12  # words: longer than this it is a question
# Nats: how sure what was learned has to be. Of our short questions 1 in 200 would be taken for talk so, and
# finding is sure of most of those before; `fit_talk` prints what other edges do.
SURE = -0.5
UNKNOWN = 0.7  # of the signs: where more say nothing, keys were hit at random


class Talk:
    """Phrases and weights, ready to look at messages."""

    def __init__(
        self, phrases: Mapping[Kind, Sequence[str]], within: Sequence[str], learned: SignWeights
    ) -> None:
        """`phrases`: whole messages by kind; `within`: what asks for a person inside a short message."""
        self._phrases: dict[str, Kind] = {
            " ".join(folded_words(phrase)): kind for kind, each in phrases.items() for phrase in each
        }
        self._within = [f" {' '.join(folded_words(phrase))} " for phrase in within]
        self._learned = learned

    @classmethod
    def load(cls, folder: Path, senses: Senses) -> Talk:
        """From the content file and the file of weights."""
        rows = yaml.safe_load((folder / "smalltalk.yaml").read_text("utf-8"))
        within = rows.pop("human-within")
        return cls(rows, within, SignWeights.load(folder / "talk.tsv.gz", senses))

    def written_down(self, text: str) -> Kind | None:
        """What a message is, if it is one of the phrases."""
        typed = folded_words(text)
        if not 0 < len(typed) <= LONGEST_PHRASE:
            return None
        folded = " ".join(typed)
        if any(phrase in f" {folded} " for phrase in self._within):
            return "human"
        match = process.extractOne(folded, list(self._phrases), scorer=fuzz.ratio, score_cutoff=LIKENESS)
        return self._phrases[match[0]] if match else None

    def told(self, words: Sequence[str]) -> Kind | None:
        """What the learned weights say of folded words, where they are sure."""
        if not 0 < len(words) <= LONGEST:
            return None
        found = self._learned.told(words)
        best = max(KINDS, key=lambda each: found.margins[each])
        return best if found.margins[best] >= SURE and found.unknown <= UNKNOWN else None
