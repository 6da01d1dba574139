"""`atrama staff invite`: a one-time link for a new colleague, before there is a coordinator to make one."""

from __future__ import annotations

import argparse
import asyncio

from aiogram import Bot
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.client.telegram import TelegramAPIServer
from aiogram.exceptions import AiogramError

from bot.clock import SystemClock
from bot.opening import open_store, sole_writer
from bot.settings import Settings, settings_of_environment
from bot.staff.cards import JOIN, Links
from knowledge.library import Library
from referrals.person import Invite, Role
from referrals.referral import Area
from referrals.storage.schema import migrate


def add(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Register the command."""
    staff = commands.add_parser("staff", help="colleagues")
    actions = staff.add_subparsers(required=True, metavar="ACTION")
    parser = actions.add_parser("invite", help="make a one-time invitation link")
    parser.add_argument("--role", choices=[role.value for role in Role], default=Role.WORKER.value)
    parser.add_argument("--area", help="the area a worker serves")
    parser.set_defaults(run=invite)


def invite(args: argparse.Namespace) -> int:
    """Print the link. Refused beside a running bot on the embedded database, which has one writer."""
    known = [area for area, _name in Library.load().area_names("en")]
    if args.role == Role.WORKER.value and args.area not in known:
        raise SystemExit(f"atrama: --area is one of {', '.join(known)}")
    settings = settings_of_environment()
    with sole_writer(settings):
        made = asyncio.run(_invite(settings, Role(args.role), Area(args.area) if args.area else None))
    username = asyncio.run(_username(settings))
    if username:
        links = Links()
        links.username = username
        print(links.to_join(made.token))
    else:
        print(f"/start {JOIN}{made.token}")
    return 0


async def _invite(settings: Settings, role: Role, area: Area | None) -> Invite:
    store = open_store(settings)
    try:
        await migrate(store.engine)
        async with store.work() as work:
            made = await work.workers.invite(role, area, SystemClock().now(), by=None)
            await work.commit()
            return made
    finally:
        await store.close()


async def _username(settings: Settings) -> str | None:
    """The bot's name; None without a token or without Telegram, when the command is sent by hand."""
    if settings.bot_token is None:
        return None
    session = AiohttpSession(api=TelegramAPIServer.from_base(settings.telegram_api))
    try:
        async with Bot(settings.bot_token, session=session) as bot:
            return (await bot.me()).username
    except AiogramError:
        return None
