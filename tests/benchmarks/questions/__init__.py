"""Labelled questions. `fit`, `talk`, `asked-*` and `danger-*.jsonl` are fitted to; the others never.

Those were written by others, who had not seen how questions are found; nobody who works on it reads them.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent
MEASURED = ("lt", "en", "uk", "ru")  # held out
LANGUAGES = ("lt", "en", "uk", "ru")


@dataclass(frozen=True)
class Question:
    """A question with the entries that answer it. `kind`: in, out, crisis, alike, human, smalltalk.

    `danger`: the kind that a question of ours tells of, where it tells of any; or "unsure".
    """

    id: str
    lang: str
    text: str
    kind: str
    accept: tuple[str, ...]
    style: str = ""
    stratum: str = ""
    area: str | None = None
    danger: str = ""


def read(files: Iterable[Path]) -> list[Question]:
    """The questions of JSON-lines files."""
    rows = [row for file in files for row in rows_of(file)]
    return [
        Question(
            row["id"], row["lang"], row["text"], row["kind"], tuple(row["accept"]),
            row.get("style", ""), row.get("stratum", ""), row.get("area"), row.get("danger", ""),
        )
        for row in rows
    ]  # fmt: skip


def rows_of(file: Path) -> list[dict[str, Any]]:
    """What a JSON-lines file holds, a line each."""
    return [json.loads(line) for line in file.read_text("utf-8").splitlines() if line.strip()]


def held_out() -> list[Question]:
    """The questions that nothing was fitted to."""
    return read(HERE / f"{name}.jsonl" for name in MEASURED)


def fitted() -> list[Question]:
    """The questions that weights and confidence are fitted to."""
    return read([HERE / "fit.jsonl"])


def asked() -> list[Question]:
    """The questions that teach, beside the examples of the entries, which entry is meant."""
    return read(HERE / f"asked-{name}.jsonl" for name in LANGUAGES)
