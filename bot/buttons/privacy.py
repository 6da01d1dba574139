"""Buttons about a person's own data: the notice, each yes, the copy, deleting, hiding."""

from __future__ import annotations

from uuid import UUID

from aiogram.filters.callback_data import CallbackData


class ShowNotice(CallbackData, prefix="pn"):
    """A part of the privacy notice; empty is its first screen."""

    part: str = ""


class Agree(CallbackData, prefix="ag"):
    """A yes or a no to an optional purpose."""

    purpose: str
    yes: bool


class MyData(CallbackData, prefix="md"):
    """Show what is held, or send it as a file; `asked` says when it was confirmed, in minutes."""

    do: str
    asked: int = 0


class Erase(CallbackData, prefix="del"):
    """Deleting: what, and whether it is sure."""

    do: str


class Hide(CallbackData, prefix="hide"):
    """After hiding: the form too."""

    do: str


class Hold(CallbackData, prefix="hold"):
    """Keep a case from erasing, or no longer."""

    referral: UUID
    held: bool
