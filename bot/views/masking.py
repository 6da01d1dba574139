"""What is said when somebody typed what does not belong into a chat."""

from __future__ import annotations

from collections.abc import Set as AbstractSet

from aiogram.utils.formatting import Text

from bot.language import gettext as _
from bot.views.screen import Screen
from referrals.secrets import Secret


def secrets_view(found: AbstractSet[Secret]) -> Screen:
    """One short sentence; the answer follows it."""
    if len(found) > 1:
        return Screen(Text(_("Please do not send such numbers here. We have not kept them.")))
    sentence = {
        Secret.PERSONAL_CODE: _("Please do not send your personal code here. We have not kept it."),
        Secret.ACCOUNT: _("Please do not send your bank account number here. We have not kept it."),
        Secret.CARD: _("Please do not send your bank card number here. We have not kept it."),
        Secret.DOCUMENT: _("Please do not send your passport or ID card number here. We have not kept it."),
    }
    return Screen(Text(*(sentence[each] for each in found)))
