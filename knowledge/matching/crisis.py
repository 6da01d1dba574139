"""The crisis gate: reviewed patterns, before any search, fixed and in every language people write here."""

from __future__ import annotations

import re
from pathlib import Path

import yaml

from knowledge.matching.normalise import key, plain, words

GAP = 4  # words that may stand between the parts of a pattern


class CrisisGate:
    """Patterns by kind. A pattern is a row of word beginnings; `a b` means a, then b a little later."""

    def __init__(self, patterns: dict[str, list[str]], harmless: list[str]) -> None:
        self._patterns = {kind: [_compiled(row) for row in rows] for kind, rows in patterns.items()}
        self._harmless = [_compiled(row) for row in harmless]

    @classmethod
    def load(cls, file: Path) -> CrisisGate:
        """From the content file."""
        content: dict[str, list[str]] = yaml.safe_load(file.read_text("utf-8"))
        harmless = content.pop("harmless")
        return cls(content, harmless)

    def kind_of(self, text: str) -> str | None:
        """The kind of danger somebody writes of, or None."""
        folded = " ".join(key(word) for word in words(plain(text)))
        for harmless in self._harmless:
            folded = harmless.sub(" ", folded)
        for kind, patterns in self._patterns.items():
            if any(pattern.search(folded) for pattern in patterns):
                return kind
        return None


def _compiled(row: str) -> re.Pattern[str]:
    """`nor* mirti` finds a word that begins with nor, and mirti at most GAP words later."""
    parts = []
    for word in row.split():
        stem = re.escape(key(plain(word.rstrip("*").rstrip("="))))
        parts.append(rf"\b{stem}\w*" if word.endswith("*") else rf"\b{stem}\b")
    return re.compile(rf"(?:\W+\w+){{0,{GAP}}}\W+".join(parts))
