"""Modules and functions stay small enough to be read at once."""

from __future__ import annotations

import ast
import statistics
from pathlib import Path

import pytest

from tests.rules.test_imports import MODULES, ROOT

LONGEST_MODULE = 250
LONGEST_FUNCTION = 25
DRAWERS = {"utils", "helpers", "common", "misc", "manager", "base"}
CODE = [path for path in MODULES if "migrations" not in path.parts]
# One dense idea each: the entry schema and the tables are lists of columns.
LISTS = {"tables.py"}


def body_lines(node: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    """Lines of a function's body without its docstring."""
    body = node.body[1:] if ast.get_docstring(node) else node.body
    return body[-1].end_lineno - body[0].lineno + 1 if body else 0  # type: ignore[operator]


@pytest.mark.parametrize("path", CODE, ids=lambda path: str(path.relative_to(ROOT)))
def test_a_module_is_read_in_one_sitting(path: Path) -> None:
    source = path.read_text("utf-8")
    long_functions = [
        (node.name, body_lines(node))
        for node in ast.walk(ast.parse(source))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and body_lines(node) > LONGEST_FUNCTION
    ]

    assert path.name in LISTS or len(source.splitlines()) <= LONGEST_MODULE
    assert long_functions == []


def test_most_modules_are_short() -> None:
    lengths = [len(path.read_text("utf-8").splitlines()) for path in CODE]

    assert statistics.median(lengths) <= 120


def test_there_are_no_drawers() -> None:
    assert [path for path in MODULES if path.stem in DRAWERS or path.parent.name in DRAWERS] == []


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(ROOT)))
def test_every_module_says_what_it_is_for(path: Path) -> None:
    assert ast.get_docstring(ast.parse(path.read_text("utf-8")))


def test_a_folder_is_worth_three_files() -> None:
    folders = {path.parent for path in CODE if path.parent not in {ROOT / "bot", ROOT / "referrals"}}
    small = [folder for folder in folders if len([each for each in folder.iterdir() if each.is_file()]) < 3]

    assert small == []
