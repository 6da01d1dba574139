"""Buttons of the office: colleagues, and whether services have room."""

from __future__ import annotations

from uuid import UUID

from aiogram.filters.callback_data import CallbackData


class Office(CallbackData, prefix="of"):
    """To a place of the office: staff, capacity, away (one's own, surely), back."""

    to: str


class Colleague(CallbackData, prefix="st"):
    """A colleague, and what is done: show, away, back, areas, remove; `surely` where it was asked first."""

    do: str
    worker: UUID


class ServeArea(CallbackData, prefix="sa"):
    """A colleague gets an area, or it is taken from them."""

    area: str
    worker: UUID


class RoomOf(CallbackData, prefix="cap"):
    """A service; then an area, then o(pen), w(aiting list), f(ull): ids of entries leave little room."""

    entry: str
    area: str = ""
    room: str = ""
