"""The panel for somebody in danger: static words, verified numbers, three languages."""

from __future__ import annotations

from collections.abc import Sequence

from aiogram.utils.formatting import Bold, Text

from bot.buttons import Go
from bot.language import LANGUAGES, speaking
from bot.language import gettext as _
from bot.views.screen import Screen, button, lines, paragraphs
from knowledge.entry import Helpline
from knowledge.helplines import hours_shown


def sos_view(helplines: Sequence[Helpline], language: str) -> Screen:
    """112 first, in all three languages; then who listens, in the reader's own."""
    others = [each for each in LANGUAGES if each != language]
    with speaking(language):
        parts: list[Text | str] = [
            Bold(_("🆘 In danger? Call 112 now.")),
            _("It is free, day and night, also without a SIM card. If you cannot speak, send an SMS to 112."),
            lines([helpline_line(each, language) for each in helplines]),
            _("This bot is not an emergency service. Nobody reads this chat at once."),
        ]
        rows = ((button(_("✉️ I cannot call: write an SMS"), Go(to="sms")),),)
    for other in others:
        with speaking(other):
            parts.append(_("🆘 In danger? Call 112 now."))
    return Screen(paragraphs(parts), rows=rows)


def helpline_line(helpline: Helpline, language: str) -> Text:
    """A number, who answers it, and when."""
    hours = hours_shown(helpline, language)
    return Text(
        "• ", Bold(helpline.number), f" – {helpline.purpose[language]}", f", {hours}" if hours else ""
    )
