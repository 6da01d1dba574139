"""The desk: taking a case from its card, opening it in private, moving it on."""

from __future__ import annotations

from uuid import UUID

from aiogram import F, Router
from aiogram.filters import CommandObject, CommandStart
from aiogram.types import CallbackQuery, Message

from bot.buttons.desk import Decide, ShowCase, Take
from bot.language import gettext as _
from bot.middlewares import When, command
from bot.staff.cards import CASE, DESK, Cards, Links
from bot.views.desk import (
    card_view,
    case_view,
    closed_view,
    no_such_case_view,
    reasons_view,
    taken_by_view,
    work_view,
)
from bot.visit import Visit
from knowledge.library import Library
from referrals.access import Act, may
from referrals.actions import decide, open_case, record_refusal, take
from referrals.errors import AlreadyTaken, Forbidden, NotAllowed, ReasonMissing
from referrals.referral import REASONS, Reason, Referral, ReferralId, Status


def setup() -> Router:
    """Routes of the desk. Every press is checked again, whoever presses."""
    router = Router(name="desk")
    router.message.register(
        open_by_link,
        CommandStart(deep_link=True, ignore_mention=True, magic=F.args.startswith(CASE)),
        When(F.chat.type == "private"),
    )
    router.message.register(own_cases, command("work"), When(F.chat.type == "private"))
    router.message.register(
        own_cases,
        CommandStart(deep_link=True, ignore_mention=True, magic=F.args == DESK),
        When(F.chat.type == "private"),
    )
    router.callback_query.register(take_case, Take.filter())
    router.callback_query.register(show_case, ShowCase.filter())
    router.callback_query.register(decide_case, Decide.filter())
    return router


async def take_case(
    press: CallbackQuery, callback_data: Take, visit: Visit, cards: Cards, links: Links
) -> None:
    """Of two who press, one gets it; the other is told who."""
    referral_id = ReferralId(callback_data.referral)
    await _keep_name(visit)
    try:
        referral = await take(visit.work, visit.worker, referral_id, now=visit.now)
    except Forbidden:
        await _refuse(visit, Act.TAKE, referral_id)
    except AlreadyTaken as error:
        owner = await visit.work.workers.get(error.owner)
        visit.toast(taken_by_view(owner.name), alert=True)
    except NotAllowed:
        visit.toast(closed_view(), alert=True)
    else:
        if press.message is not None and press.message.chat.type == "private":
            await _show(visit, referral, cards, replace=True)
        else:
            visit.open_link(links.to_case(referral.id))


async def open_by_link(_message: Message, command: CommandObject, visit: Visit, cards: Cards) -> None:
    """A case by its link; the link alone opens nothing."""
    referral_id = _referral_id(command.args or "")
    if referral_id is None:
        await visit.show(no_such_case_view())
        return
    await _open(visit, referral_id, cards, replace=False)


async def show_case(_press: CallbackQuery, callback_data: ShowCase, visit: Visit, cards: Cards) -> None:
    """Back to the case."""
    await _open(visit, ReferralId(callback_data.referral), cards, replace=True)


async def own_cases(_message: Message, visit: Visit, library: Library) -> None:
    """The worker's open cases. Whoever is no worker learns nothing."""
    worker = visit.worker
    if worker is None:
        await record_refusal(visit.work, Act.LIST, visit.telegram_id, referral_id=None, now=visit.now)
        await visit.show(no_such_case_view())
        return
    names = dict(library.area_names(visit.language))
    cases = await visit.work.referrals.of_worker(worker.id)
    await visit.show(work_view(worker, cases, sorted(names.get(area, area) for area in worker.areas)))


async def decide_case(_press: CallbackQuery, callback_data: Decide, visit: Visit, cards: Cards) -> None:
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
        await _refuse(visit, Act.DECIDE, referral_id)
    except (NotAllowed, ReasonMissing):
        visit.toast(_("The case has changed meanwhile. This is how it stands now."), alert=True)
        await _open(visit, referral_id, cards, replace=True)
    else:
        await _show(visit, referral, cards, replace=True)


async def _ask_reason(visit: Visit, referral_id: ReferralId, wanted: Status) -> None:
    referral = await visit.work.referrals.find(referral_id)
    if referral is None or not may(visit.worker, Act.DECIDE, referral):
        raise Forbidden
    if visit.is_private:
        await visit.replace(reasons_view(referral, wanted))


async def _open(visit: Visit, referral_id: ReferralId, cards: Cards, *, replace: bool) -> None:
    await _keep_name(visit)
    try:
        referral = await open_case(visit.work, visit.worker, referral_id, now=visit.now)
    except Forbidden:
        await _show_closed(visit, referral_id, cards)
        return
    await _show(visit, referral, cards, replace=replace)


async def _show_closed(visit: Visit, referral_id: ReferralId, cards: Cards) -> None:
    """Who could take the case sees its card, like at the desk; anybody else learns nothing."""
    referral = await visit.work.referrals.find(referral_id)
    if referral is not None and visit.is_private and may(visit.worker, Act.TAKE, referral):
        card = await cards.make(visit.work, referral, language=visit.language, thin=True)
        await visit.show(card_view(card, visit.now))
        return
    await _refuse(visit, Act.OPEN, referral_id)
    if visit.callback_id is None:
        await visit.show(no_such_case_view())


async def _show(visit: Visit, referral: Referral, cards: Cards, *, replace: bool) -> None:
    if not visit.is_private:  # what a person told is never shown where others read along
        return
    card = await cards.make(visit.work, referral, language=visit.language, thin=False)
    screen = case_view(card, visit.now, mine=may(visit.worker, Act.DECIDE, referral))
    await (visit.replace(screen) if replace else visit.show(screen))


async def _refuse(visit: Visit, act: Act, referral_id: ReferralId) -> None:
    await record_refusal(visit.work, act, visit.telegram_id, referral_id=referral_id, now=visit.now)


async def _keep_name(visit: Visit) -> None:
    if visit.worker is not None and visit.worker.name != visit.first_name:
        await visit.work.workers.name(visit.worker, visit.first_name)


def _referral_id(args: str) -> ReferralId | None:
    try:
        return ReferralId(UUID(args.removeprefix(CASE)))
    except ValueError:
        return None
