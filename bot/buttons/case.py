"""Buttons of one case. Ids of others beside the case's own are written short and looked up among those
that may be chosen, so a button of one case never acts on another."""

from __future__ import annotations

import hashlib
from uuid import UUID

from aiogram.filters.callback_data import CallbackData


class CaseDo(CallbackData, prefix="k"):
    """Something with a case, and with what."""

    do: str
    referral: UUID
    value: str = ""


class OpenPartner(CallbackData, prefix="kp"):
    """The text for a partner; made only where the person agreed."""

    onward: UUID


class AnswerPartner(CallbackData, prefix="pa"):
    """The person's yes or no to the text with this digest."""

    answer: str
    digest: str
    onward: UUID


def short(value: UUID | str) -> str:
    """Twelve signs that stand for an id or a text in a button."""
    return hashlib.sha256(str(value).encode()).hexdigest()[:12]
