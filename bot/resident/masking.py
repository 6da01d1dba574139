"""The first thing that is done with a text somebody typed, wherever it is kept or shown afterwards."""

from __future__ import annotations

from bot.resident.answers import clean
from bot.views.masking import secrets_view
from bot.visit import Visit
from referrals.secrets import masked


async def without_secrets(visit: Visit, typed: str) -> str:
    """The text without hidden signs and without secrets; whoever typed one is told in a sentence."""
    text, found = masked(clean(typed))
    if found:
        await visit.show(secrets_view(found))
    return text
