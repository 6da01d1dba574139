"""Hiding the chat: one harmless line at its end."""

from __future__ import annotations

from aiogram.utils.formatting import Text

from bot.buttons.privacy import Hide
from bot.language import gettext as _
from bot.views.screen import Screen, button, paragraphs


def hidden_view(*, has_draft: bool) -> Screen:
    """What is gone and what remains, in words that say nothing of what it was about."""
    body = paragraphs(
        [
            _("Done. The messages of the last 48 hours are deleted."),
            _("Older ones only you can delete: open the menu of this chat and choose “Delete chat”."),
        ]
    )
    if not has_draft:
        return Screen(body, clears=True)
    return Screen(body, rows=((button(_("Delete what I was writing too"), Hide(do="draft")),),))


def draft_gone_view() -> Screen:
    """The form is deleted as well."""
    return Screen(Text(_("Deleted.")))
