"""Changing how to be reached while a request is open: the form's own questions, asked once more."""

from __future__ import annotations

from uuid import UUID

from aiogram import F, Router
from aiogram.filters import StateFilter
from aiogram.fsm.context import FSMContext
from aiogram.fsm.state import State, StatesGroup
from aiogram.types import CallbackQuery, Message

from bot.buttons.form import Fill
from bot.buttons.mine import ChangeContact
from bot.middlewares import TYPED, When
from bot.resident.answers import Unreadable, read_button, read_contact, read_text
from bot.resident.forms import Forms
from bot.resident.sos import meet_danger
from bot.views.contact import contact_kept_view, contact_question_view
from bot.views.mine import referral_over_view
from bot.views.start import outdated_button_view
from bot.visit import Visit
from knowledge.library import Library
from referrals.contact import change_contact, contact_draft
from referrals.draft import CONTACT, Answer, Draft, Step
from referrals.errors import Forbidden, NotAllowed
from referrals.referral import OPEN, ReferralId

KEPT = ("contact_of", "contact", "contact_is_own")


class Contacting(StatesGroup):
    """How to reach the person is being asked again."""

    asked = State()


def setup() -> Router:
    """Routes of the questions, before the form that has the same ones."""
    router = Router(name="contact")
    is_open = StateFilter(Contacting.asked)
    router.callback_query.register(begin, ChangeContact.filter())
    router.callback_query.register(fill, is_open, Fill.filter())
    router.message.register(share_contact, is_open, When(F.contact))
    router.message.register(write, is_open, *TYPED)
    return router


async def begin(_press: CallbackQuery, callback_data: ChangeContact, visit: Visit, state: FSMContext) -> None:
    """The first question, if the request is the person's own and open."""
    referral = await visit.work.referrals.find(ReferralId(callback_data.referral))
    if referral is None or referral.person_id != visit.person.id:
        await visit.show(outdated_button_view())
    elif referral.status not in OPEN:
        await visit.show(referral_over_view())
    else:
        await state.set_state(Contacting.asked)
        await state.update_data(contact_of=referral.id.hex, contact={}, contact_is_own=False)
        await visit.show(contact_question_view(contact_draft(visit.person.id, visit.now), referral.id))


async def fill(
    _press: CallbackQuery, callback_data: Fill, visit: Visit, forms: Forms, state: FSMContext
) -> None:
    """An answer by button; one of another step shows the present question."""
    draft, referral_id = await _read(visit, state)
    value: Answer = None
    try:
        if callback_data.step == draft.step:
            notice = forms.notice(draft, visit)
            value = read_button(draft, callback_data.value, notice=notice, areas=frozenset())
    except Unreadable:
        value = None
    if value is None:  # none of these questions can be passed over
        await visit.replace(contact_question_view(draft, referral_id))
        return
    await _go_on(draft, value, referral_id, visit, state)


async def write(_message: Message, text: str, visit: Visit, library: Library, state: FSMContext) -> None:
    """A phone that was typed. Danger in other words is met at once."""
    await meet_danger(text, visit, library)
    draft, referral_id = await _read(visit, state)
    try:
        value = read_text(draft.step, text)
    except Unreadable as error:
        await visit.show(contact_question_view(draft, referral_id, hint=error.hint))
        return
    draft.phone_is_own = False
    await _go_on(draft, value, referral_id, visit, state)


async def share_contact(message: Message, visit: Visit, library: Library, state: FSMContext) -> None:
    """A phone by Telegram's button; somebody else's is a number like any typed one."""
    draft, referral_id = await _read(visit, state)
    contact = message.contact
    if contact is None or draft.step is not Step.PHONE:
        await write(message, "", visit, library, state)
        return
    try:
        value = read_contact(contact.phone_number)
    except Unreadable as error:
        await visit.show(contact_question_view(draft, referral_id, hint=error.hint))
        return
    draft.phone_is_own = contact.user_id == visit.telegram_id
    await _go_on(draft, value, referral_id, visit, state)


async def _go_on(
    draft: Draft, value: Answer, referral_id: ReferralId, visit: Visit, state: FSMContext
) -> None:
    """The next question, or everything kept at once: half a change would be a wrong one."""
    draft.answer(draft.step, value, visit.now)
    if draft.step in CONTACT:
        answers = {step: draft.answers[step] for step in CONTACT if step in draft.answers}
        await state.update_data(contact=answers, contact_is_own=draft.phone_is_own)
        await visit.show(contact_question_view(draft, referral_id))
        return
    await state.set_state(None)
    data = await state.get_data()
    await state.set_data({name: value for name, value in data.items() if name not in KEPT})
    try:
        await change_contact(visit.work, visit.person, referral_id, draft, now=visit.now)
    except (Forbidden, NotAllowed):
        await visit.show(referral_over_view())
    else:
        await visit.show(contact_kept_view(referral_id))


async def _read(visit: Visit, state: FSMContext) -> tuple[Draft, ReferralId]:
    """The answers so far, kept sealed with the talk."""
    data = await state.get_data()
    draft = contact_draft(visit.person.id, visit.now)
    draft.answers |= {Step(step): value for step, value in data["contact"].items()}
    draft.phone_is_own = data["contact_is_own"] is True
    draft.step = draft.next_step()
    return draft, ReferralId(UUID(data["contact_of"]))
