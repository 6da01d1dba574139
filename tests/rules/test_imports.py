"""Imports point one way."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
MODULES = sorted(
    path for package in ("bot", "knowledge", "referrals") for path in (ROOT / package).rglob("*.py")
)
VIEWS = ROOT / "bot" / "views"


def imported(path: Path) -> Iterator[str]:
    """The modules a file imports."""
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            yield from (name.name for name in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.module


def forbidden(path: Path) -> set[str]:
    """What a file may not import."""
    parts = path.relative_to(ROOT).parts
    match parts[0]:
        case "knowledge":
            return {"bot", "referrals", "aiogram", "sqlalchemy", "aiohttp"}
        case "referrals":
            outer = {"bot", "knowledge", "aiogram", "aiohttp"}
            return outer if parts[1] == "storage" else outer | {"sqlalchemy", "alembic"}
        case _:
            inner = {"views": {"sqlalchemy"}, "resident": {"sqlalchemy"}, "staff": {"sqlalchemy"}}
            return inner.get(parts[1], set())


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(ROOT)))
def test_nobody_imports_what_is_none_of_its_business(path: Path) -> None:
    tops = {name.partition(".")[0] for name in imported(path)}

    assert not tops & forbidden(path)


@pytest.mark.parametrize("path", sorted(VIEWS.glob("*.py")), ids=lambda path: path.name)
def test_views_wait_for_nothing_and_know_no_storage(path: Path) -> None:
    tree = ast.parse(path.read_text("utf-8"))

    assert not [node for node in ast.walk(tree) if isinstance(node, ast.AsyncFunctionDef | ast.Await)]
    assert not [name for name in imported(path) if name.startswith("referrals.storage")]


def test_sentences_for_people_live_in_views_and_next_to_the_forms_that_read_them() -> None:
    """`_()` is called where words are made: in views, and where an answer of the form is judged."""
    allowed = {"answers.py", "form.py", "ask.py", "desk.py", "review.py"}
    users = {
        path.name
        for path in (ROOT / "bot").rglob("*.py")
        if path.parent != VIEWS
        and "bot.language" in path.read_text("utf-8")
        and "gettext as _" in path.read_text("utf-8")
    }

    assert users <= allowed


def test_mocks_are_not_imported() -> None:
    users = [path for path in (ROOT / "tests").rglob("*.py") for name in imported(path) if "mock" in name]

    assert users == []
