"""The end of the form: changing a line, deleting everything, sending it once."""

from __future__ import annotations

from aiogram import F, Router
from aiogram.fsm.context import FSMContext
from aiogram.types import CallbackQuery

from bot.buttons.form import EditStep, Form, Submit
from bot.language import gettext as _
from bot.resident.form import Referring, keep_and_show
from bot.resident.forms import Forms
from bot.views.form import drop_view, edit_view
from bot.views.mine import receipt_view, sent_before_view
from bot.views.start import home_view, outdated_button_view
from bot.visit import Visit
from referrals.actions import submit
from referrals.draft import Step
from referrals.errors import AlreadySubmitted, ConsentMissing, Incomplete
from referrals.hours import Hours
from referrals.referral import DraftId


def setup() -> Router:
    """Routes of the review."""
    router = Router(name="review")
    router.callback_query.register(choose_line, Form.filter(F.do == "edit"))
    router.callback_query.register(edit, EditStep.filter())
    router.callback_query.register(ask_drop, Form.filter(F.do == "drop"))
    router.callback_query.register(drop, Form.filter(F.do == "drop-surely"))
    router.callback_query.register(send, Submit.filter())
    return router


async def choose_line(_press: CallbackQuery, visit: Visit, forms: Forms) -> None:
    """Which answer to change."""
    draft = await visit.work.drafts.find(visit.person.id)
    if draft is None:
        await visit.show(outdated_button_view())
        return
    await visit.replace(edit_view(draft, forms.areas(visit.language)))


async def edit(
    _press: CallbackQuery, callback_data: EditStep, visit: Visit, forms: Forms, state: FSMContext
) -> None:
    """Ask one step again."""
    draft = await visit.work.drafts.find(visit.person.id)
    if draft is None or callback_data.step not in set(Step) or not draft.applies(Step(callback_data.step)):
        await visit.show(outdated_button_view())
        return
    await state.set_state(Referring.form)
    draft.edit(Step(callback_data.step), visit.now)
    await keep_and_show(draft, visit, forms)


async def ask_drop(_press: CallbackQuery, visit: Visit) -> None:
    """Ask once more."""
    await visit.replace(drop_view())


async def drop(_press: CallbackQuery, visit: Visit, state: FSMContext) -> None:
    """Forget all answers."""
    await state.clear()
    draft = await visit.work.drafts.find(visit.person.id)
    if draft is not None:
        await visit.work.drafts.drop(draft.id)
    await visit.replace(home_view(None, has_draft=False, hint=_("Your answers are deleted.")))


async def send(
    _press: CallbackQuery,
    callback_data: Submit,
    visit: Visit,
    forms: Forms,
    hours: Hours,
    state: FSMContext,
) -> None:
    """Send the draft. A second press, however late, opens nothing."""
    existing = await visit.work.referrals.find_by_draft(DraftId(callback_data.draft))
    draft = await visit.work.drafts.find(visit.person.id)
    if existing is not None and existing.person_id == visit.person.id:
        await visit.replace(sent_before_view(existing))
        return
    if draft is None or draft.id != callback_data.draft:
        await visit.show(outdated_button_view())
        return
    try:
        notice = forms.notice(draft, visit)
        referral = await submit(visit.work, draft, notice, hours=hours, now=visit.now)
    except AlreadySubmitted as error:
        await visit.replace(sent_before_view(error.referral))
    except (ConsentMissing, Incomplete):
        draft.answers.pop(Step.CONSENT, None)
        draft.edit(draft.next_step(), visit.now)
        await keep_and_show(draft, visit, forms)
    else:
        await state.clear()
        await visit.replace(receipt_view(referral, visit.now))
