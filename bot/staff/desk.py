"""The desk: taking a case from its card, opening it in private, moving it on."""

from __future__ import annotations

from uuid import UUID

from aiogram import F, Router
from aiogram.filters import CommandObject, CommandStart
from aiogram.fsm.context import FSMContext
from aiogram.types import CallbackQuery, Message

from bot.buttons.desk import Decide, ShowCase, Take
from bot.language import gettext as _
from bot.middlewares import When
from bot.staff.cards import CASE, Cards, Links
from bot.staff.casework import keep_name, open_and_show, present, refuse
from bot.views.colleagues import away_takes_nothing_view
from bot.views.desk import closed_view, no_such_case_view, reasons_view, taken_by_view
from bot.visit import Visit
from referrals.access import Act, may
from referrals.actions import decide, take
from referrals.errors import AlreadyTaken, Away, Forbidden, NotAllowed, ReasonMissing
from referrals.referral import REASONS, Reason, ReferralId, Status


def setup() -> Router:
    """Routes of the desk. Every press is checked again, whoever presses."""
    router = Router(name="desk")
    router.message.register(
        open_by_link,
        CommandStart(deep_link=True, ignore_mention=True, magic=F.args.startswith(CASE)),
        When(F.chat.type == "private"),
    )
    router.callback_query.register(take_case, Take.filter())
    router.callback_query.register(show_case, ShowCase.filter())
    router.callback_query.register(decide_case, Decide.filter())
    return router


async def take_case(
    press: CallbackQuery,
    callback_data: Take,
    visit: Visit,
    cards: Cards,
    links: Links,
    state: FSMContext,
) -> None:
    """Of two who press, one gets it; the other is told who."""
    referral_id = ReferralId(callback_data.referral)
    await keep_name(visit)
    try:
        referral = await take(visit.work, visit.worker, referral_id, now=visit.now)
    except Forbidden:
        await refuse(visit, Act.TAKE, referral_id)
    except Away:
        visit.toast(away_takes_nothing_view(), alert=True)
    except AlreadyTaken as error:
        owner = await visit.work.workers.get(error.owner)
        visit.toast(taken_by_view(owner.name), alert=True)
    except NotAllowed:
        visit.toast(closed_view(), alert=True)
    else:
        if press.message is not None and press.message.chat.type == "private":
            await present(visit, referral, cards, state, replace=True)
        else:
            visit.open_link(links.to_case(referral.id))


async def open_by_link(
    _message: Message, command: CommandObject, visit: Visit, cards: Cards, state: FSMContext
) -> None:
    """A case by its link; the link alone opens nothing."""
    referral_id = _referral_id(command.args or "")
    if referral_id is None:
        await visit.show(no_such_case_view())
        return
    await open_and_show(visit, referral_id, cards, state, replace=False)


async def show_case(
    _press: CallbackQuery, callback_data: ShowCase, visit: Visit, cards: Cards, state: FSMContext
) -> None:
    """Back to the case."""
    await open_and_show(visit, ReferralId(callback_data.referral), cards, state, replace=True)


async def decide_case(
    _press: CallbackQuery, callback_data: Decide, visit: Visit, cards: Cards, state: FSMContext
) -> None:
    """Move a case on; a step that needs a reason asks for it first."""
    referral_id = ReferralId(callback_data.referral)
    try:
        wanted = Status(callback_data.to)
        reason = Reason(callback_data.reason) if callback_data.reason else None
        choices = REASONS.get(wanted, ())
        if len(choices) == 1:
            reason = choices[0]
        elif choices and reason is None:
            await _ask_reason(visit, referral_id, wanted)
            return
        referral = await decide(
            visit.work, visit.worker, referral_id, wanted=wanted, reason=reason, now=visit.now
        )
    except (Forbidden, ValueError):
        await refuse(visit, Act.DECIDE, referral_id)
    except Away:
        visit.toast(away_takes_nothing_view(), alert=True)
    except (NotAllowed, ReasonMissing):
        visit.toast(_("The case has changed meanwhile. This is how it stands now."), alert=True)
        await open_and_show(visit, referral_id, cards, state, replace=True)
    else:
        await present(visit, referral, cards, state, replace=True)


async def _ask_reason(visit: Visit, referral_id: ReferralId, wanted: Status) -> None:
    referral = await visit.work.referrals.find(referral_id)
    if referral is None or not may(visit.worker, Act.DECIDE, referral):
        raise Forbidden
    if visit.is_private:
        await visit.replace(reasons_view(referral, wanted))


def _referral_id(args: str) -> ReferralId | None:
    try:
        return ReferralId(UUID(args.removeprefix(CASE)))
    except ValueError:
        return None
