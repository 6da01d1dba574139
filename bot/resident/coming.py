"""Coming back from another phone: the sixteen digits of a receipt, and how often they may be guessed."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from aiogram import F, Router
from aiogram.filters import StateFilter
from aiogram.fsm.context import FSMContext
from aiogram.fsm.state import State, StatesGroup
from aiogram.types import CallbackQuery, Message

from bot.buttons import Go
from bot.buttons.mine import MakeReceipt
from bot.middlewares import TYPED, When, command
from bot.resident.sos import meet_danger
from bot.resident.standings import Standings
from bot.views.receipt import (
    ask_code_view,
    bearer_view,
    code_view,
    no_code_view,
    no_such_code_view,
    too_many_tries_view,
)
from bot.views.start import outdated_button_view
from bot.visit import Visit
from knowledge.library import Library
from referrals.errors import Forbidden, TooManyTries
from referrals.receipt import Bearer, come_with_code, make_receipt, read_code
from referrals.referral import ReferralId

SIXTEEN_DIGITS = r"^\s*(?:[0-9][\s-]*){16}$"


class Coming(StatesGroup):
    """The next text is a code."""

    code = State()


def setup() -> Router:
    """Routes of receipts. Sixteen digits are taken for a code also where nothing else is open."""
    router = Router(name="coming")
    router.callback_query.register(give_code, MakeReceipt.filter())
    router.message.register(ask_code, command("code"))
    router.callback_query.register(ask_code, Go.filter(F.to == "code"))
    router.message.register(enter, StateFilter(Coming.code), *TYPED)
    router.message.register(enter, StateFilter(None), When(F.text.regexp(SIXTEEN_DIGITS)))
    return router


async def give_code(_press: CallbackQuery, callback_data: MakeReceipt, visit: Visit) -> None:
    """A code for one's own request, shown this once."""
    referral_id = ReferralId(callback_data.referral)
    try:
        code = await make_receipt(visit.work, visit.person, referral_id, now=visit.now)
    except Forbidden:
        await visit.show(outdated_button_view())
        return
    await visit.show(code_view(referral_id, code))


async def ask_code(_event: Message | CallbackQuery, visit: Visit, state: FSMContext) -> None:
    """Ask for the digits."""
    await state.set_state(Coming.code)
    await visit.show(ask_code_view())


async def enter(
    message: Message, visit: Visit, library: Library, standings: Standings, state: FSMContext
) -> None:
    """What the code opens. A wrong code and an unknown one get the same answer; other words are no try."""
    text = message.text or ""
    code = read_code(text)
    if code is None:
        await meet_danger(text, visit, library)
        await visit.show(ask_code_view(hint=no_code_view()))
        return
    try:
        bearer = await come_with_code(visit.work, visit.telegram_id, code, now=visit.now)
    except TooManyTries as error:
        await state.set_state(None)
        await visit.show(too_many_tries_view(error.until))
        return
    referral = None if bearer is None else await visit.work.referrals.find(bearer.referral_id)
    if bearer is None or referral is None:
        await state.set_state(Coming.code)
        await visit.show(ask_code_view(hint=no_such_code_view()))
        return
    await state.set_state(None)
    await remember(state, bearer)
    await visit.show(bearer_view(await standings.make_for_bearer(visit, referral)))


async def remember(state: FSMContext, bearer: Bearer) -> None:
    """Keep, in the sealed talk, what was opened and until when."""
    await state.update_data(bearer=[bearer.referral_id.hex, bearer.until.isoformat()])


async def bearer_of(state: FSMContext) -> Bearer | None:
    """Who has come with a code in this talk, if anybody."""
    kept = (await state.get_data()).get("bearer")
    if not isinstance(kept, list):
        return None
    return Bearer(ReferralId(UUID(kept[0])), datetime.fromisoformat(kept[1]))
