"""Answering the person: ready replies and own words, confirmed before they are sent."""

from __future__ import annotations

from aiogram import F, Router
from aiogram.filters import StateFilter
from aiogram.fsm.context import FSMContext
from aiogram.types import CallbackQuery, Message

from bot.buttons.case import CaseDo, short
from bot.language import DEFAULT
from bot.middlewares import When
from bot.staff.cards import Cards
from bot.staff.casework import PRIVATE, TYPED, at_hand, case_at_hand, open_and_show, refuse
from bot.staff.memory import Writing, recall, remember, turn_to, why_of
from bot.views.desk import closed_view, no_such_case_view
from bot.views.replying import (
    Reply,
    confirm_view,
    forgotten_view,
    group_view,
    reply_view,
    sent_view,
    slot_view,
    too_long_view,
)
from bot.views.templates import TEMPLATES, group_words
from bot.visit import Visit
from referrals.access import Act, may
from referrals.errors import Forbidden, NotAllowed
from referrals.message import TEXT_LIMIT, write_to_person
from referrals.referral import Referral, ReferralId

DETAIL_LIMIT = 200  # signs: an office with its address; with the longest ready reply under the limit


def setup() -> Router:
    """Routes of answering."""
    router = Router(name="replying")
    router.callback_query.register(begin, CaseDo.filter(F.do == "reply"))
    router.callback_query.register(show_group, CaseDo.filter(F.do == "group"))
    router.callback_query.register(choose, CaseDo.filter(F.do == "ready"))
    router.callback_query.register(send, CaseDo.filter(F.do == "send"))
    text = When(F.text.as_("text"))
    router.message.register(write, StateFilter(Writing.reply), PRIVATE, TYPED, text)
    router.message.register(fill, StateFilter(Writing.slot), PRIVATE, TYPED, text)
    return router


async def begin(_press: CallbackQuery, callback_data: CaseDo, visit: Visit, state: FSMContext) -> None:
    """What is typed next is an answer to the person."""
    referral = await at_hand(visit, callback_data, Act.REPLY)
    if referral is not None:
        await turn_to(state, referral.id, why=await why_of(state, referral.id))
        await state.set_state(Writing.reply)
        await visit.replace(reply_view(referral, await _language(visit, referral)))


async def show_group(_press: CallbackQuery, callback_data: CaseDo, visit: Visit) -> None:
    """The ready replies of a group."""
    referral = await at_hand(visit, callback_data, Act.REPLY)
    if referral is not None and callback_data.value in group_words():
        await visit.replace(group_view(referral, callback_data.value))


async def choose(_press: CallbackQuery, callback_data: CaseDo, visit: Visit, state: FSMContext) -> None:
    """A ready reply; one with a free place asks what to fill in."""
    referral = await at_hand(visit, callback_data, Act.REPLY)
    template = callback_data.value
    if referral is None or template not in TEMPLATES:
        return
    await turn_to(state, referral.id, why=await why_of(state, referral.id))
    await remember(state, template=template)
    if TEMPLATES[template].slot:
        await state.set_state(Writing.slot)
        await visit.replace(slot_view(referral, template))
        return
    reply = Reply(template=template)
    await visit.replace(confirm_view(referral, reply, await _language(visit, referral)))


async def fill(_message: Message, text: str, visit: Visit, state: FSMContext) -> None:
    """What stands in the free place."""
    referral = await _being_written(visit, state)
    kept = await recall(state)
    if referral is None or kept.get("template") not in TEMPLATES:
        return
    detail = " ".join(text.split())[:DETAIL_LIMIT]
    await remember(state, slot=detail)
    reply = Reply(template=kept["template"], detail=detail)
    hint = too_long_view(DETAIL_LIMIT) if len(text) > DETAIL_LIMIT else ""
    await visit.show(confirm_view(referral, reply, await _language(visit, referral), hint=hint))


async def write(_message: Message, text: str, visit: Visit, state: FSMContext) -> None:
    """Own words, shown before they are sent."""
    referral = await _being_written(visit, state)
    if referral is None:
        return
    await remember(state, text=text[:TEXT_LIMIT], template=None, slot=None)
    hint = too_long_view(TEXT_LIMIT) if len(text) > TEXT_LIMIT else ""
    reply = Reply(text=text[:TEXT_LIMIT])
    await visit.show(confirm_view(referral, reply, await _language(visit, referral), hint=hint))


async def send(
    _press: CallbackQuery, callback_data: CaseDo, visit: Visit, cards: Cards, state: FSMContext
) -> None:
    """Send what this button confirmed, once; anything else that is being written stays unsent."""
    referral = await at_hand(visit, callback_data, Act.REPLY)
    if referral is None:
        return
    reply = await _draft(state, referral.id)
    text = reply.words(await _language(visit, referral)) if reply else ""
    if reply is None or short(text) != callback_data.value:
        visit.toast(forgotten_view(), alert=True)
        await open_and_show(visit, referral.id, cards, state, replace=True)
        return
    try:
        await write_to_person(
            visit.work, visit.worker, referral.id, text, now=visit.now, template=reply.template
        )
    except NotAllowed:
        visit.toast(closed_view(), alert=True)
        await open_and_show(visit, referral.id, cards, state, replace=True)
    except Forbidden:
        await refuse(visit, Act.REPLY, referral.id)
    else:
        await open_and_show(visit, referral.id, cards, state, replace=True, hint=sent_view(referral))


async def _draft(state: FSMContext, referral_id: ReferralId) -> Reply | None:
    """What is being written for this case."""
    kept = await recall(state)
    if kept.get("case") != referral_id.hex:
        return None
    if kept.get("template") in TEMPLATES:
        return Reply(template=kept["template"], detail=kept.get("slot", ""))
    return Reply(text=kept["text"]) if kept.get("text") else None


async def _being_written(visit: Visit, state: FSMContext) -> Referral | None:
    """The case that is answered, if the worker still may; else the try is recorded."""
    referral_id = await case_at_hand(state)
    referral = await visit.work.referrals.find(referral_id)
    if referral is None or not may(visit.worker, Act.REPLY, referral):
        await state.set_state(None)
        await refuse(visit, Act.REPLY, referral_id)
        await visit.show(no_such_case_view())
        return None
    return referral


async def _language(visit: Visit, referral: Referral) -> str:
    """What the person reads the bot in."""
    return (await visit.work.persons.get(referral.person_id)).language or DEFAULT
