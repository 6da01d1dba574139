"""One gate for what staff want of the whole: the right is read from the database at every press."""

from __future__ import annotations

from bot.views.desk import no_such_case_view
from bot.visit import Visit
from referrals.access import Act, may
from referrals.actions import record_refusal


async def is_allowed(visit: Visit, act: Act) -> bool:
    """Whether who acts may, here. A refusal is recorded and tells nothing; a press gets no answer."""
    if visit.is_private and may(visit.worker, act):
        return True
    await refuse(visit, act)
    return False


async def refuse(visit: Visit, act: Act) -> None:
    """Somebody without the right tried."""
    await record_refusal(visit.work, act, visit.telegram_id, referral_id=None, now=visit.now)
    if visit.callback_id is None and visit.is_private:
        await visit.show(no_such_case_view())
