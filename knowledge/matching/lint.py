"""What each pattern of the concept lexicon fires on, so that a reviewer sees it before a person does."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from knowledge.matching.concepts import COLUMNS, READ_AS, Column

MANY = 12  # different beginnings: a pattern that fires on more says too little
BEGINNING = 5  # letters: words that share them are mostly forms of one word


@dataclass(frozen=True)
class Fired:
    """One pattern, and what it fired on in the texts with how often."""

    concept: str
    column: str
    pattern: str
    words: Counter[str]

    @property
    def doubt(self) -> str | None:
        """What a reviewer should look at: `nothing` or `many`; None when neither."""
        if not self.words:
            return "nothing"
        return "many" if len({word[:BEGINNING] for word in self.words}) > MANY else None


def lint(rows: Mapping[str, Mapping[str, str]], texts: Iterable[tuple[Sequence[str], str]]) -> list[Fired]:
    """Each pattern over texts (folded words and their language: lt, en, uk or ru)."""
    patterns = [
        (concept, column, pattern)
        for concept, row in rows.items()
        for column in COLUMNS
        for pattern in (row.get(column) or "").split()
    ]
    found = {each: Counter[str]() for each in patterns}
    columns = {
        name: Column((" ".join(each), each[2]) for each in patterns if each[1] == name) for name in COLUMNS
    }
    for words, language in texts:
        for name in READ_AS[language]:
            for label, fired_on in _fired(columns[name], words):
                concept, column, pattern = label.split(" ")
                found[concept, column, pattern][fired_on] += 1
    return [Fired(*each, words=found[each]) for each in patterns]


def _fired(column: Column, words: Sequence[str]) -> Iterable[tuple[str, str]]:
    for word in words:
        for label in column.of_word(word):
            yield label, word
    for label, places in column.of_phrases(words):
        yield label, " ".join(words[at] for at in places)
