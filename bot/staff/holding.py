"""Keeping a case from erasing while a complaint or a court needs it."""

from __future__ import annotations

from aiogram import F, Router
from aiogram.filters import CommandObject
from aiogram.types import CallbackQuery, Message

from bot.buttons.privacy import Hold
from bot.middlewares import When, command
from bot.views.desk import no_such_case_view
from bot.views.holding import hold_view, which_case_view
from bot.visit import Visit
from referrals.access import Act, may
from referrals.actions import record_refusal
from referrals.erasing import hold
from referrals.errors import Forbidden
from referrals.person import Role
from referrals.referral import Referral, ReferralId


def setup() -> Router:
    """Routes of the command and its button."""
    router = Router(name="holding")
    router.message.register(ask, command("hold"), When(F.chat.type == "private"))
    router.callback_query.register(set_mark, Hold.filter())
    return router


async def ask(_message: Message, command: CommandObject, visit: Visit) -> None:
    """Whether a case is kept. A number that is not theirs is no different from none."""
    if visit.worker is None or visit.worker.role is not Role.COORDINATOR:
        await record_refusal(visit.work, Act.HOLD_ERASURE, visit.telegram_id, referral_id=None, now=visit.now)
        await visit.show(no_such_case_view())
        return
    referral = await visit.work.holds.find((command.args or "").strip().upper())
    if referral is None or not may(visit.worker, Act.HOLD_ERASURE, referral):
        await visit.show(which_case_view())
        return
    await visit.show(hold_view(referral))


async def set_mark(_press: CallbackQuery, callback_data: Hold, visit: Visit) -> None:
    """Keep it, or no longer; both are recorded."""
    referral_id = ReferralId(callback_data.referral)
    referral: Referral | None = await visit.work.referrals.find(referral_id)
    try:
        await hold(visit.work, visit.worker, referral, held=callback_data.held, now=visit.now)
    except Forbidden:
        await record_refusal(
            visit.work, Act.HOLD_ERASURE, visit.telegram_id, referral_id=referral_id, now=visit.now
        )
        return
    if referral is not None and visit.is_private:
        await visit.replace(hold_view(referral))
