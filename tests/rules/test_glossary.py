"""The glossary is source code: a word it forbids names nothing of ours."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

from tests.rules.test_imports import MODULES, ROOT

GLOSSARY = ROOT / "referrals" / "GLOSSARY.md"
# Names that belong to others: Telegram's and aiogram's own fields, Python's and the library's.
FOREIGN = {"from_user", "user", "user_id", "User", "username", "query_only", "get_user"}


def forbidden_words() -> set[str]:
    """The words of the glossary's last column."""
    rows = [line for line in GLOSSARY.read_text("utf-8").splitlines() if line.startswith("| **")]
    cells = [row.split("|")[-2] for row in rows]
    return {word.strip() for cell in cells for word in cell.split(",") if word.strip() not in {"", "–"}}


def names(path: Path) -> set[str]:
    """Every name a file gives to something."""
    found: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
            found.add(node.name)
        elif isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
            found.add(node.id)
        elif isinstance(node, ast.arg):
            found.add(node.arg)
    return found


def parts(name: str) -> set[str]:
    """The words in a name."""
    return {part.lower() for part in re.findall(r"[A-Z]?[a-z]+|[A-Z]+", name)}


def test_the_glossary_has_words_in_three_languages() -> None:
    rows = [line for line in GLOSSARY.read_text("utf-8").splitlines() if line.startswith("| **")]

    assert len(rows) >= 12
    assert all(len([cell for cell in row.split("|")[1:-1] if cell.strip()]) >= 5 for row in rows)


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(ROOT)))
def test_forbidden_words_name_nothing(path: Path) -> None:
    words = forbidden_words()
    playground = "playground" in path.parts  # speaks Telegram's own language

    used = {name for name in names(path) - FOREIGN if parts(name) & words}

    assert playground or used == set()
