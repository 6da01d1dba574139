"""Messages for the worker: one press, one message. Danger in it is met at once, as in a question."""

from __future__ import annotations

from uuid import UUID

from aiogram import Router
from aiogram.filters import StateFilter
from aiogram.fsm.context import FSMContext
from aiogram.fsm.state import State, StatesGroup
from aiogram.types import CallbackQuery, Message

from bot.buttons.mine import ShowMessages, WriteMessage
from bot.middlewares import TYPED
from bot.resident.answers import Unreadable, read_message
from bot.resident.coming import bearer_of
from bot.resident.masking import without_secrets
from bot.resident.sos import meet_danger
from bot.views.letters import letters_view, write_view, written_view
from bot.views.mine import referral_over_view
from bot.views.start import outdated_button_view
from bot.visit import Visit
from knowledge.library import Library
from referrals.errors import Forbidden, NotAllowed
from referrals.message import write_to_worker
from referrals.receipt import Bearer, write_as_bearer
from referrals.referral import OPEN, Referral, ReferralId


class Writing(StatesGroup):
    """The next text is for the worker."""

    message = State()


def setup() -> Router:
    """Routes of messages, before whatever takes a text for a question."""
    router = Router(name="writing")
    router.callback_query.register(begin, WriteMessage.filter())
    router.callback_query.register(show_all, ShowMessages.filter())
    router.message.register(write, StateFilter(Writing.message), *TYPED)
    return router


async def begin(_press: CallbackQuery, callback_data: WriteMessage, visit: Visit, state: FSMContext) -> None:
    """Ask for the text."""
    referral = await _writable(ReferralId(callback_data.referral), visit, await bearer_of(state))
    if referral is None:
        await visit.show(outdated_button_view())
    elif referral.status not in OPEN:
        await visit.show(referral_over_view())
    else:
        await state.set_state(Writing.message)
        await state.update_data(writing_to=referral.id.hex)
        await visit.show(write_view(referral))


async def write(_message: Message, text: str, visit: Visit, library: Library, state: FSMContext) -> None:
    """Keep the message; whoever has to know of it is told."""
    text = await without_secrets(visit, text)
    crisis = await meet_danger(text, visit, library)
    bearer = await bearer_of(state)
    writing_to = (await state.get_data()).get("writing_to")
    referral = None
    if isinstance(writing_to, str):
        referral = await _writable(ReferralId(UUID(writing_to)), visit, bearer)
    if referral is None:
        await state.set_state(None)
        await visit.show(outdated_button_view())
        return
    try:
        await _keep(referral, read_message(text), visit, bearer, crisis=crisis)
    except Unreadable as error:
        await visit.show(write_view(referral, hint=error.hint))
        return
    except (Forbidden, NotAllowed):
        await visit.show(referral_over_view())
    else:
        await visit.show(written_view(referral))
    await state.set_state(None)


async def show_all(_press: CallbackQuery, callback_data: ShowMessages, visit: Visit) -> None:
    """What was written so far, for the one who asked for help."""
    referral = await visit.work.referrals.find(ReferralId(callback_data.referral))
    if referral is None or referral.person_id != visit.person.id:
        await visit.show(outdated_button_view())
        return
    await visit.replace(letters_view(referral, await visit.work.messages.of(referral.id)))


async def _writable(referral_id: ReferralId, visit: Visit, bearer: Bearer | None) -> Referral | None:
    """The referral, for its person and for whoever has come with its code."""
    referral = await visit.work.referrals.find(referral_id)
    if referral is None:
        return None
    is_own = referral.person_id == visit.person.id
    has_come = bearer is not None and bearer.referral_id == referral_id and visit.now <= bearer.until
    return referral if is_own or has_come else None


async def _keep(
    referral: Referral, text: str, visit: Visit, bearer: Bearer | None, *, crisis: str | None
) -> None:
    if referral.person_id == visit.person.id:
        await write_to_worker(visit.work, visit.person, referral.id, text, now=visit.now, crisis=crisis)
    elif bearer is not None:
        await write_as_bearer(visit.work, bearer, text, now=visit.now, crisis=crisis)
