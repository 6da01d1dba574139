"""Buttons are told apart by their prefixes."""

from __future__ import annotations

import importlib
from collections import Counter
from pathlib import Path

from aiogram.filters.callback_data import CallbackData

from tests.rules.test_imports import ROOT


def buttons(path: Path) -> list[type[CallbackData]]:
    """The kinds of buttons a module makes."""
    name = ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__")
    module = importlib.import_module(name)
    made = [each for each in vars(module).values() if isinstance(each, type)]
    return [each for each in made if issubclass(each, CallbackData) and each.__module__ == name]


def test_every_kind_of_button_has_a_prefix_of_its_own() -> None:
    kinds = [each for path in sorted((ROOT / "bot" / "buttons").glob("*.py")) for each in buttons(path)]

    counted = Counter(each.__prefix__ for each in kinds)

    assert len(kinds) > 20
    assert [prefix for prefix, count in counted.items() if count > 1] == []
