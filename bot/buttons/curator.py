"""Buttons of whoever answers for the content."""

from __future__ import annotations

from uuid import UUID

from aiogram.filters.callback_data import CallbackData


class Unanswered(CallbackData, prefix="ua"):
    """A page of the unanswered questions; `marked` for those a curator has decided about."""

    page: int = 0
    marked: bool = False


class ShowGroup(CallbackData, prefix="ug"):
    """A group of questions, by one of them."""

    question: UUID
    marked: bool = False


class MarkGroup(CallbackData, prefix="um"):
    """What is decided about a group; empty opens it again."""

    question: UUID
    marked: bool = False
    to: str = ""


class Remarks(CallbackData, prefix="fb"):
    """What was said of entries; a page of the list."""

    page: int = 0


class ShowRemarks(CallbackData, prefix="fr"):
    """What was said of one entry."""

    entry: str


class SeeRemarks(CallbackData, prefix="fs"):
    """A curator has seen what was said of an entry until a moment (whole seconds)."""

    entry: str
    until: int
