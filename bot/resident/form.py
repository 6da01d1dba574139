"""Asking for a worker: the form, its review, its consent, and sending it once."""

from __future__ import annotations

from aiogram import F, Router
from aiogram.filters import StateFilter
from aiogram.fsm.context import FSMContext
from aiogram.fsm.state import State, StatesGroup
from aiogram.types import CallbackQuery, Message

from bot.buttons import Go
from bot.buttons.form import AskWorker, Fill, Form
from bot.language import gettext as _
from bot.middlewares import When, command
from bot.resident.answers import Unreadable, read_button, read_contact, read_text
from bot.resident.forms import Forms
from bot.resident.masking import without_secrets
from bot.resident.rooms import room_lines
from bot.resident.sos import meet_danger
from bot.settings import Settings
from bot.views.form import paused_view
from bot.views.screen import Screen
from bot.views.start import home_view, outdated_button_view
from bot.visit import Visit
from knowledge.library import Library
from referrals.actions import About, begin
from referrals.draft import Draft, Step
from referrals.referral import EntryId


class Referring(StatesGroup):
    """A form is open: what is typed belongs to it."""

    form = State()


def setup() -> Router:
    """Routes of the form. Typed text reaches it only while it is open."""
    router = Router(name="form")
    router.message.register(ask_worker, command("worker"))
    router.callback_query.register(ask_worker_about, AskWorker.filter())
    router.callback_query.register(resume, Go.filter(F.to == "draft"))
    router.callback_query.register(resume, Form.filter(F.do == "resume"))
    router.callback_query.register(pause, Form.filter(F.do == "pause"))
    router.callback_query.register(fill, Fill.filter())
    is_open = StateFilter(Referring.form)
    router.message.register(share_contact, is_open, When(F.contact))
    router.message.register(write, is_open, When(F.text.as_("text")))
    return router


async def ask_worker(
    _message: Message, visit: Visit, library: Library, forms: Forms, state: FSMContext
) -> None:
    """Open the form about nothing in particular."""
    await visit.show(await _open(visit, library, forms, state, entry_id=""))


async def ask_worker_about(
    _press: CallbackQuery,
    callback_data: AskWorker,
    visit: Visit,
    library: Library,
    forms: Forms,
    state: FSMContext,
) -> None:
    """Open the form about an entry."""
    await visit.show(await _open(visit, library, forms, state, entry_id=callback_data.entry))


async def _open(visit: Visit, library: Library, forms: Forms, state: FSMContext, *, entry_id: str) -> Screen:
    entry = library.find_entry(entry_id)
    asked = await state.get_data()
    question, crisis = asked.get("question"), asked.get("crisis")
    about = About(
        entry_id=EntryId(entry.id) if entry else None,
        topic=entry.topics[0] if entry and entry.topics else "general",
        question=question if isinstance(question, str) else None,
        crisis=crisis if isinstance(crisis, str) else None,
    )
    draft = await visit.work.drafts.find(visit.person.id)
    hint = _("You have a form that is not finished. Here it is.") if draft else ""
    hint = "\n\n".join(filter(None, [hint, *await room_lines(entry_id, visit, library)]))
    draft = draft or await begin(visit.work, visit.person, about, now=visit.now)
    await state.set_state(Referring.form)
    return forms.screen(draft, visit, hint=hint)


async def resume(_press: CallbackQuery, visit: Visit, forms: Forms, state: FSMContext) -> None:
    """Go on where the form was left."""
    draft = await visit.work.drafts.find(visit.person.id)
    if draft is None:
        await visit.show(outdated_button_view())
        return
    await state.set_state(Referring.form)
    draft.edit(draft.next_step(), visit.now)
    await keep_and_show(draft, visit, forms)


async def fill(
    _press: CallbackQuery, callback_data: Fill, visit: Visit, forms: Forms, state: FSMContext
) -> None:
    """An answer by button. A button of another step changes nothing and shows the present one."""
    draft = await visit.work.drafts.find(visit.person.id)
    if draft is None:
        await visit.show(outdated_button_view())
        return
    await state.set_state(Referring.form)
    if callback_data.step != draft.step:
        hint = _("That button is from an earlier question. This is the present one.")
        await visit.show(forms.screen(draft, visit, hint=hint))
        return
    try:
        value = read_button(
            draft,
            callback_data.value,
            notice=forms.notice(draft, visit),
            areas=frozenset(area for area, _name in forms.areas(visit.language)),
        )
    except Unreadable:
        await visit.replace(forms.screen(draft, visit))
        return
    answered = draft.step
    draft.answer(answered, value, visit.now)
    await visit.work.drafts.save(draft)
    await visit.replace(forms.answered(answered, draft, visit))


async def write(
    _message: Message, text: str, visit: Visit, library: Library, forms: Forms, state: FSMContext
) -> None:
    """An answer in words, or a sentence about why it cannot be one."""
    draft = await visit.work.drafts.find(visit.person.id)
    if draft is None:
        await state.set_state(None)
        await visit.show(home_view(None, has_draft=False))
        return
    if draft.step is not Step.PHONE:
        text = await without_secrets(visit, text)
    draft.crisis = await meet_danger(text, visit, library) or draft.crisis
    if draft.step is Step.PHONE:
        draft.phone_is_own = False
    try:
        draft.answer(draft.step, read_text(draft.step, text), visit.now)
    except Unreadable as error:
        await visit.show(forms.screen(draft, visit, hint=error.hint))
        return
    await visit.work.drafts.save(draft)
    await visit.show(forms.screen(draft, visit))


async def share_contact(
    message: Message, visit: Visit, library: Library, forms: Forms, state: FSMContext
) -> None:
    """The phone by Telegram's button. Somebody else's contact is a number like any typed one."""
    draft = await visit.work.drafts.find(visit.person.id)
    contact = message.contact
    if draft is None or contact is None or draft.step is not Step.PHONE:
        await write(message, "", visit, library, forms, state)
        return
    try:
        value = read_contact(contact.phone_number)
    except Unreadable as error:
        await visit.show(forms.screen(draft, visit, hint=error.hint))
        return
    draft.phone_is_own = contact.user_id == visit.telegram_id
    draft.answer(Step.PHONE, value, visit.now)
    await visit.work.drafts.save(draft)
    await visit.show(forms.screen(draft, visit))


async def pause(_press: CallbackQuery, visit: Visit, state: FSMContext, settings: Settings) -> None:
    """Put the form aside."""
    await state.set_state(None)
    await visit.replace(paused_view(settings.privacy.periods["drafts"]))


async def keep_and_show(draft: Draft, visit: Visit, forms: Forms) -> None:
    """Save the draft and show its step."""
    await visit.work.drafts.save(draft)
    await visit.replace(forms.screen(draft, visit))
