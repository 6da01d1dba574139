"""The person's yes or no to whether a partner may be told."""

from __future__ import annotations

from aiogram import Router
from aiogram.types import CallbackQuery

from bot.buttons.case import AnswerPartner, short
from bot.courier.calls import SEND
from bot.language import DEFAULT, speaking
from bot.staff.cards import Cards
from bot.views.partners import (
    NOTICE_VERSION,
    answer_view,
    changed_question_view,
    question,
    question_view,
    thanked_view,
    too_late_view,
)
from bot.views.start import outdated_button_view
from bot.visit import Visit
from referrals.consent import Notice
from referrals.errors import Forbidden, NotAllowed
from referrals.onward import Onward, answer, find_question
from referrals.referral import Referral


def setup() -> Router:
    """Routes of the answer."""
    router = Router(name="partners")
    router.callback_query.register(say, AnswerPartner.filter())
    return router


async def say(_press: CallbackQuery, callback_data: AnswerPartner, visit: Visit, cards: Cards) -> None:
    """Keep the answer. A yes counts for the very text that was shown, in the language it was shown in."""
    try:
        referral, onward = await find_question(visit.work, visit.person, callback_data.onward)
    except Forbidden:
        await visit.show(outdated_button_view())
        return
    name = cards.provider(onward.provider)
    notice = None
    if callback_data.answer == "y":
        text = question(referral, name).render()[0]
        notice = Notice(text=text, version=NOTICE_VERSION, language=visit.language)
        if short(text) != callback_data.digest and onward.answered_at is None:
            await visit.replace(question_view(referral, onward, name, hint=changed_question_view()))
            return
    try:
        referral, onward = await answer(visit.work, visit.person, onward.id, notice=notice, now=visit.now)
    except NotAllowed:
        await visit.replace(too_late_view(referral))
        return
    await visit.replace(thanked_view(referral, name, agreed=onward.agreed is True))
    await _tell_worker(visit, referral, onward, name)


async def _tell_worker(visit: Visit, referral: Referral, onward: Onward, name: str) -> None:
    """The one who has the case now reads the answer in their own language."""
    if referral.owner is None:
        return
    worker = await visit.work.workers.get(referral.owner)
    reader = await visit.work.persons.find(worker.telegram_id)
    with speaking((reader.language if reader else None) or DEFAULT):
        parameters = answer_view(referral, onward, name).parameters()
    await visit.work.outbox.put(worker.telegram_id, SEND, parameters=parameters, now=visit.now)
