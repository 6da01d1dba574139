"""Words of a helpline for its reader."""

from __future__ import annotations

from knowledge.entry import Helpline
from knowledge.facts import ALWAYS, opening_shown


def hours_shown(helpline: Helpline, language: str) -> str:
    """When it answers; empty when the sources do not say."""
    if helpline.hours == "always":
        return ALWAYS[language]
    return opening_shown(helpline.hours, language) if helpline.hours else ""
