"""Colleagues: one-time invites made by a coordinator, and using one."""

from __future__ import annotations

from aiogram import F, Router
from aiogram.filters import CommandObject, CommandStart
from aiogram.types import CallbackQuery, Message

from bot.buttons.desk import InviteRole
from bot.middlewares import When, command
from bot.staff.cards import JOIN, Links
from bot.views.desk import invite_unusable_view, invite_view, invited_view, joined_view, no_such_case_view
from bot.visit import Visit
from knowledge.library import Library
from referrals.access import Act, serves
from referrals.actions import may_invite, record_refusal
from referrals.errors import InviteUnusable
from referrals.person import Role
from referrals.referral import Area
from referrals.staffing import hand_back_all, may_invite_as


def setup() -> Router:
    """Routes of invites."""
    router = Router(name="people")
    private = When(F.chat.type == "private")
    router.message.register(
        join, CommandStart(deep_link=True, ignore_mention=True, magic=F.args.startswith(JOIN)), private
    )
    router.message.register(invite, command("invite"), private)
    router.callback_query.register(make_invite, InviteRole.filter())
    return router


async def invite(_message: Message, visit: Visit, library: Library) -> None:
    """Ask the coordinator whom to invite."""
    worker = visit.worker
    if worker is None or not may_invite(worker):
        await record_refusal(visit.work, Act.INVITE, visit.telegram_id, referral_id=None, now=visit.now)
        await visit.show(no_such_case_view())
        return
    own = [(area, name) for area, name in library.area_names(visit.language) if serves(worker, Area(area))]
    await visit.show(invite_view(own, for_all=serves(worker, None)))


async def make_invite(
    _press: CallbackQuery, callback_data: InviteRole, visit: Visit, library: Library, links: Links
) -> None:
    """A link that works once."""
    known = {area for area, _name in library.area_names(visit.language)}
    is_known = callback_data.role in set(Role) and (callback_data.area in known or not callback_data.area)
    area, worker = Area(callback_data.area) if callback_data.area else None, visit.worker
    is_theirs = is_known and visit.is_private and may_invite_as(worker, Role(callback_data.role), area)
    if worker is None or not is_theirs:
        await record_refusal(visit.work, Act.INVITE, visit.telegram_id, referral_id=None, now=visit.now)
        return
    made = await visit.work.workers.invite(Role(callback_data.role), area, visit.now, by=worker.id)
    await visit.replace(invited_view(links.to_join(made.token), made.expires_at))


async def join(_message: Message, command: CommandObject, visit: Visit, library: Library) -> None:
    """Become a colleague by an invite."""
    token = (command.args or "").removeprefix(JOIN)
    try:
        worker = await visit.work.workers.join(visit.telegram_id, token, visit.now)
    except InviteUnusable:
        await visit.show(invite_unusable_view())
        return
    await visit.work.workers.name(worker, visit.first_name)
    if worker.role is Role.CURATOR:  # who was a worker before keeps no cases
        await hand_back_all(visit.work, worker, by=worker.id, now=visit.now)
    names = dict(library.area_names(visit.language))
    await visit.show(joined_view(worker, sorted(names.get(area, area) for area in worker.areas)))
