"""Buttons of the form: asking for a worker."""

from __future__ import annotations

from uuid import UUID

from aiogram.filters.callback_data import CallbackData


class AskWorker(CallbackData, prefix="w"):
    """Ask a worker, about an entry or in general (empty)."""

    entry: str = ""


class Fill(CallbackData, prefix="f"):
    """An answer in the form."""

    step: str
    value: str


class EditStep(CallbackData, prefix="fe"):
    """A line of the review to change."""

    step: str


class Form(CallbackData, prefix="form"):
    """The form as a whole: resume, review, pause, drop, drop-surely."""

    do: str


class Submit(CallbackData, prefix="send"):
    """Send the draft; pressing twice sends once."""

    draft: UUID
