"""Buttons of files with cases."""

from __future__ import annotations

from uuid import UUID

from aiogram.filters.callback_data import CallbackData


class ExportArea(CallbackData, prefix="xa"):
    """Whose cases; `unknown` for those without an area."""

    area: str


class MakeExport(CallbackData, prefix="xm"):
    """Which file of which area, with names or without."""

    area: str
    kind: str
    with_names: bool


class ConfirmExport(CallbackData, prefix="xc"):
    """A second coordinator agrees."""

    export: UUID
