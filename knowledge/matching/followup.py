"""A short question about the answer that was just shown: which section answers it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from pathlib import Path

import yaml

from knowledge.entry import SectionKey
from knowledge.matching.concepts import Column

LONGEST = 8  # words: a longer text asks something of its own


class FollowUp:
    """The words of such questions, by section."""

    def __init__(self, rows: dict[str, dict[str, str]]) -> None:
        columns = {
            name: Column([(name, pattern) for words in row.values() for pattern in words.split()])
            for name, row in rows.items()
        }
        self._fillers = columns.pop("fillers")
        self._sections: dict[SectionKey, Column] = columns  # type: ignore[assignment]  # keys of the file

    @classmethod
    def load(cls, file: Path) -> FollowUp:
        """From the content file."""
        return cls(yaml.safe_load(file.read_text("utf-8")))

    def section(self, words: Sequence[str]) -> SectionKey | None:
        """The section that folded words ask for; None where they say anything else as well."""
        if not words or len(words) > LONGEST:
            return None
        told: Counter[SectionKey] = Counter()
        for word in words:
            is_filler = bool(self._fillers.of_word(word))
            meant = [section for section, column in self._sections.items() if column.of_word(word)]
            if not meant and not is_filler:
                return None
            told.update(dict.fromkeys(meant, 1 if is_filler else 2))
        return told.most_common(1)[0][0] if told else None
