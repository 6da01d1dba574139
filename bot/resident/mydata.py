"""What is held about a person: shown or sent only after they said, just now, that it is safe to."""

from __future__ import annotations

import json
from datetime import datetime

from aiogram import Router
from aiogram.fsm.context import FSMContext
from aiogram.types import CallbackQuery, Message

from bot.buttons.privacy import MyData
from bot.courier.files import DOCUMENT, file_parameters
from bot.middlewares import command
from bot.views.mydata import FILE, confirm_view, data_view, file_caption
from bot.visit import Visit
from knowledge.library import Library
from referrals.mydata import Held, as_json

FRESH = 10  # minutes after which a confirmation is asked for again
REMEMBERED = ("question", "shown", "crisis")  # of a talk: what is the person's own


def setup() -> Router:
    """Routes of the copy."""
    router = Router(name="mydata")
    router.message.register(ask, command("mydata"))
    router.callback_query.register(hand_over, MyData.filter())
    return router


async def ask(_message: Message, visit: Visit) -> None:
    """Is it safe?"""
    await visit.show(confirm_view(_minute(visit.now)))


async def hand_over(
    _press: CallbackQuery, callback_data: MyData, visit: Visit, library: Library, state: FSMContext
) -> None:
    """Show it or send it; an old button asks again."""
    minute = _minute(visit.now)
    if not 0 <= minute - callback_data.asked <= FRESH:
        await visit.replace(confirm_view(minute))
        return
    held = await _held(visit, state)
    if callback_data.do == "file":
        content = json.dumps(as_json(held), ensure_ascii=False, indent=1).encode()
        parameters = file_parameters(FILE, content, caption=file_caption())
        await visit.work.outbox.put(visit.chat_id, DOCUMENT, parameters=parameters, now=visit.now)
    else:
        await visit.replace(data_view(held, library.area_names(visit.language), callback_data.asked))


async def _held(visit: Visit, state: FSMContext) -> Held:
    remembered = await state.get_data()
    talk = {name: remembered[name] for name in REMEMBERED if remembered.get(name)}
    check = await visit.work.conversations.read(f"check:{visit.telegram_id}")
    return await visit.work.holdings.of(visit.person, talk={**talk, **({"check": check} if check else {})})


def _minute(at: datetime) -> int:
    return int(at.timestamp()) // 60
