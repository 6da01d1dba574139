"""`atrama run`: the bot. Without a token it runs in the playground, on this computer only."""

from __future__ import annotations

import argparse
import asyncio
import gc
import signal
from dataclasses import replace

from aiogram import Bot
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.client.telegram import TelegramAPIServer

from bot.app import build
from bot.clock import SystemClock
from bot.logs import set_up_logs
from bot.opening import open_store, sole_writer
from bot.playground.cast import DESK, TOKEN, WORKERS
from bot.playground.server import Playground
from bot.settings import DeskChats, Settings, settings_of_environment
from knowledge.library import Library


def add(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Register the command."""
    parser = commands.add_parser("run", help="run the bot; without ATRAMA_BOT_TOKEN, in the playground")
    parser.set_defaults(run=run)


def run(_args: argparse.Namespace) -> int:
    """Run until SIGINT or SIGTERM."""
    settings = settings_of_environment()
    set_up_logs()
    with sole_writer(settings):
        asyncio.run(_until_stopped(settings))
    return 0


async def _until_stopped(settings: Settings) -> None:
    running = asyncio.create_task(_run(settings))
    loop = asyncio.get_running_loop()
    for sign in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(sign, running.cancel)
    try:
        await running
    except asyncio.CancelledError:
        return


async def _run(settings: Settings) -> None:
    if settings.bot_token is not None:
        await serve(settings)
        return
    playground = Playground(settings.data_dir / "playground", port=settings.playground_port)
    await playground.start()
    print(f"\n  The playground: {playground.address}\n  Stop with Ctrl+C.\n", flush=True)
    try:
        await serve(in_playground(settings, playground.address))
    finally:
        await playground.stop()


def in_playground(settings: Settings, api_address: str) -> Settings:
    """The same settings, with the playground's cast for what is not configured."""
    return replace(
        settings,
        bot_token=TOKEN,
        telegram_api=api_address,
        webhook_url=None,
        desk_chats=DeskChats(for_all=DESK),
        coordinators=(WORKERS[0],),
    )


async def serve(settings: Settings) -> None:
    """The bot against the Bot API that the settings name, until cancelled."""
    session = AiohttpSession(api=TelegramAPIServer.from_base(settings.telegram_api))
    bot = Bot(settings.bot_token or "", session=session)
    store = open_store(settings)
    app = build(settings, store, Library.load(), bot=bot, clock=SystemClock())
    try:
        await app.prepare()
        gc.freeze()  # what was loaded stays; to look through it again and again would hold up everybody
        await app.set_commands()
        await app.run()
    finally:
        await bot.session.close()
        await store.close()
