"""One case in private: opened with a reason where it is a colleague's, its history, notes for colleagues."""

from __future__ import annotations

from uuid import UUID

from aiogram import F, Router
from aiogram.filters import StateFilter
from aiogram.fsm.context import FSMContext
from aiogram.types import CallbackQuery, Message

from bot.buttons.case import CaseDo
from bot.middlewares import When
from bot.staff.cards import Cards
from bot.staff.memory import Writing, recall, turn_to, why_of
from bot.views.case import CaseFile, case_screen, note_kept_view, note_view, why_view
from bot.views.desk import card_view, no_such_case_view
from bot.views.screen import Screen
from bot.views.timeline import timeline_view
from bot.visit import Visit
from referrals.access import Act, Why, may
from referrals.actions import open_case, record_refusal
from referrals.duplicates import find_twins
from referrals.errors import Forbidden, WhyMissing
from referrals.message import note
from referrals.referral import OPEN, Referral, ReferralId, WorkerId
from referrals.timeline import Event, in_order

PRIVATE = When(F.chat.type == "private")
TYPED = When(F.text.func(lambda text: text is not None and not text.startswith("/")))
TWINS = 3  # suggestions on one screen


def setup() -> Router:
    """Routes of a case's own screens."""
    router = Router(name="casework")
    router.callback_query.register(say_why, CaseDo.filter(F.do == "why"))
    router.callback_query.register(show_history, CaseDo.filter(F.do == "history"))
    router.callback_query.register(begin_note, CaseDo.filter(F.do == "note"))
    router.message.register(write_note, StateFilter(Writing.note), PRIVATE, TYPED, When(F.text.as_("text")))
    return router


async def open_and_show(
    visit: Visit,
    referral_id: ReferralId,
    cards: Cards,
    state: FSMContext,
    *,
    replace: bool,
    why: Why | None = None,
    hint: str = "",
) -> None:
    """Open a case; it is recorded, a colleague's with a reason. The link alone opens nothing."""
    await keep_name(visit)
    why = why or await why_of(state, referral_id)
    try:
        referral = await open_case(visit.work, visit.worker, referral_id, now=visit.now, why=why)
    except WhyMissing:
        await _ask_why(visit, referral_id)
    except Forbidden:
        await _show_closed(visit, referral_id, cards)
    else:
        await turn_to(state, referral_id, why=why)
        await present(visit, referral, cards, state, replace=replace, hint=hint)


async def present(
    visit: Visit, referral: Referral, cards: Cards, state: FSMContext, *, replace: bool, hint: str = ""
) -> None:
    """The case as it stands, for who may see it; for who may no longer, its card."""
    if not visit.is_private or visit.worker is None:  # never where others read along
        return
    if not may(visit.worker, Act.OPEN, referral):
        screen = await _card(visit, referral, cards)
    else:
        if not await is_opened(visit, referral, state):
            return
        await turn_to(state, referral.id, why=await why_of(state, referral.id))
        screen = case_screen(await _file(visit, referral, cards), visit.now, hint=hint)
    await (visit.replace(screen) if replace else visit.show(screen))


async def say_why(
    _press: CallbackQuery, callback_data: CaseDo, visit: Visit, cards: Cards, state: FSMContext
) -> None:
    """The reason is chosen: open the case with it."""
    referral_id = ReferralId(callback_data.referral)
    if callback_data.value not in set(Why) or not visit.is_private:
        await refuse(visit, Act.OPEN, referral_id)
        return
    await open_and_show(visit, referral_id, cards, state, replace=True, why=Why(callback_data.value))


async def show_history(
    _press: CallbackQuery, callback_data: CaseDo, visit: Visit, cards: Cards, state: FSMContext
) -> None:
    """Everything that has happened, the newest page first."""
    referral = await at_hand(visit, callback_data, Act.OPEN)
    if referral is None or not await is_opened(visit, referral, state):
        return
    events = await _events(visit, referral)
    page = int(callback_data.value) if callback_data.value.isdecimal() else None
    names = await _names(visit, events)
    await visit.replace(timeline_view(referral, events, names, cards.provider, page=page))


async def begin_note(_press: CallbackQuery, callback_data: CaseDo, visit: Visit, state: FSMContext) -> None:
    """What is typed next is a note."""
    referral = await at_hand(visit, callback_data, Act.NOTE)
    if referral is not None:
        await turn_to(state, referral.id, why=await why_of(state, referral.id))
        await state.set_state(Writing.note)
        await visit.replace(note_view(referral))


async def write_note(_message: Message, text: str, visit: Visit, cards: Cards, state: FSMContext) -> None:
    """Keep it and go back to the case."""
    referral_id = await case_at_hand(state)
    try:
        written = await note(visit.work, visit.worker, referral_id, text, now=visit.now)
    except Forbidden:
        await state.set_state(None)
        await refuse(visit, Act.NOTE, referral_id)
        await visit.show(no_such_case_view())
        return
    hint = note_kept_view(is_cut=written.text != text)
    await open_and_show(visit, referral_id, cards, state, replace=False, hint=hint)


async def at_hand(visit: Visit, callback_data: CaseDo, act: Act) -> Referral | None:
    """The case of a press, if this worker may act on it here; else the try is recorded."""
    referral_id = ReferralId(callback_data.referral)
    referral = await visit.work.referrals.find(referral_id)
    if referral is None or not visit.is_private or not may(visit.worker, act, referral):
        await refuse(visit, act, referral_id)
        return None
    return referral


async def is_opened(visit: Visit, referral: Referral, state: FSMContext) -> bool:
    """Whether the case is the worker's, or they have said why they look at it; else they are asked."""
    is_own = visit.worker is not None and visit.worker.id == referral.owner
    if is_own or await why_of(state, referral.id):
        return True
    await _ask_why(visit, referral.id)
    return False


async def case_at_hand(state: FSMContext) -> ReferralId:
    """The case that is being written for; one that was forgotten is none."""
    try:
        return ReferralId(UUID((await recall(state)).get("case", "")))
    except ValueError:
        return ReferralId(UUID(int=0))


async def refuse(visit: Visit, act: Act, referral_id: ReferralId | None) -> None:
    """Record the try; nothing is told."""
    await record_refusal(visit.work, act, visit.telegram_id, referral_id=referral_id, now=visit.now)


async def keep_name(visit: Visit) -> None:
    """Colleagues know each other by the name Telegram shows."""
    if visit.worker is not None and visit.worker.name != visit.first_name:
        await visit.work.workers.name(visit.worker, visit.first_name)


async def _ask_why(visit: Visit, referral_id: ReferralId) -> None:
    referral = await visit.work.referrals.find(referral_id)
    if referral is not None and visit.is_private:
        await visit.replace(why_view(referral))


async def _show_closed(visit: Visit, referral_id: ReferralId, cards: Cards) -> None:
    """Who could take the case sees its card, like at the desk; anybody else learns nothing."""
    referral = await visit.work.referrals.find(referral_id)
    if referral is not None and visit.is_private and may(visit.worker, Act.TAKE, referral):
        await visit.show(await _card(visit, referral, cards))
        return
    await refuse(visit, Act.OPEN, referral_id)
    if visit.callback_id is None:
        await visit.show(no_such_case_view())


async def _card(visit: Visit, referral: Referral, cards: Cards) -> Screen:
    card = await cards.make(visit.work, referral, language=visit.language, thin=True)
    return card_view(card, visit.now)


async def _file(visit: Visit, referral: Referral, cards: Cards) -> CaseFile:
    work, is_mine = visit.work, may(visit.worker, Act.DECIDE, referral)
    events = await _events(visit, referral)
    is_doubtful = is_mine and referral.status in OPEN and referral.duplicate_of is None
    original = await work.referrals.find(referral.duplicate_of) if referral.duplicate_of else None
    return CaseFile(
        card=await cards.make(work, referral, language=visit.language, thin=False),
        events=events,
        names=await _names(visit, events),
        provider=cards.provider,
        is_mine=is_mine,
        twins=await find_twins(work, visit.worker, referral, limit=TWINS) if is_doubtful else [],
        original=original.reference if original else None,
    )


async def _events(visit: Visit, referral: Referral) -> list[Event]:
    work = visit.work
    return in_order(
        await work.history.of(referral.id),
        await work.messages.of(referral.id),
        await work.notes.of(referral.id),
        await work.onwards.of(referral.id),
    )


async def _names(visit: Visit, events: list[Event]) -> dict[WorkerId, str]:
    workers = {event.by for event in events if event.by is not None}
    return {worker: (await visit.work.workers.get(worker)).name for worker in workers}
