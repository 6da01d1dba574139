"""Help for those who cannot call 112: buttons and an address make an SMS. What was typed is wiped at once."""

from __future__ import annotations

from aiogram import F, Router
from aiogram.filters import StateFilter
from aiogram.fsm.context import FSMContext
from aiogram.fsm.state import State, StatesGroup
from aiogram.types import CallbackQuery, Message

from bot.buttons import Go, Sms
from bot.middlewares import TYPED
from bot.resident.answers import clean
from bot.views.sms import (
    NEEDS,
    WHYS,
    address_view,
    need_view,
    plain_letters,
    room_for_address,
    sms_text,
    sms_view,
    too_long_view,
    why_view,
)
from bot.views.start import outdated_button_view
from bot.visit import Visit

KEPT = ("sms_need", "sms_why")


class Texting(StatesGroup):
    """The next text is an address."""

    address = State()


def setup() -> Router:
    """Before the crisis gate's questions and the form: an address is no question."""
    router = Router(name="sms")
    router.callback_query.register(begin, Go.filter(F.to == "sms"))
    router.callback_query.register(choose, Sms.filter())
    router.message.register(write, StateFilter(Texting.address), *TYPED)
    return router


async def begin(_press: CallbackQuery, visit: Visit) -> None:
    """What is needed?"""
    await visit.show(need_view())


async def choose(_press: CallbackQuery, callback_data: Sms, visit: Visit, state: FSMContext) -> None:
    """Why not by voice, then where."""
    if callback_data.need not in NEEDS:
        await visit.show(outdated_button_view())
    elif callback_data.why not in WHYS:
        await visit.replace(why_view(callback_data.need))
    else:
        await state.update_data(sms_need=callback_data.need, sms_why=callback_data.why)
        await state.set_state(Texting.address)
        await visit.replace(address_view())


async def write(_message: Message, text: str, visit: Visit, state: FSMContext) -> None:
    """The text to send; of the address nothing is kept."""
    data = await state.get_data()
    need, why = (str(data.get(name, "")) for name in KEPT)
    address = plain_letters(clean(text))
    if need not in NEEDS or why not in WHYS:
        await state.set_state(None)
        await visit.show(need_view())
    elif not address or len(address) > room_for_address(need, why):
        await visit.show(too_long_view(room_for_address(need, why)) if address else address_view())
    else:
        await state.set_state(None)
        await state.set_data({name: value for name, value in data.items() if name not in KEPT})
        await visit.show(sms_view(sms_text(need, why, address)))
