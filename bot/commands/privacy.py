"""`atrama privacy`: erase what is due now, and print the register of purposes."""

from __future__ import annotations

import argparse
import asyncio
import json

from aiogram import Bot

from bot.app import App, build
from bot.clock import SystemClock
from bot.opening import open_store, sole_writer
from bot.playground.cast import TOKEN
from bot.settings import Settings, settings_of_environment
from knowledge.library import Library
from referrals.register import read_register


def add(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Register the commands."""
    privacy = commands.add_parser("privacy", help="people's data: what is kept, and erasing it in time")
    actions = privacy.add_subparsers(required=True, metavar="ACTION")
    sweeping = actions.add_parser("sweep", help="erase what is due; the running bot does it every hour")
    sweeping.add_argument("--dry-run", action="store_true", help="only count what would go")
    sweeping.add_argument("--json", action="store_true", help="machine-readable output")
    sweeping.set_defaults(run=sweep)
    registering = actions.add_parser("register", help="the register of purposes, as a table in Markdown")
    registering.set_defaults(run=print_register)


def sweep(args: argparse.Namespace) -> int:
    """Print how much went or would go, by rule. Erasing is refused beside a running bot on SQLite."""
    settings = settings_of_environment()
    if args.dry_run:
        counts = asyncio.run(_count(settings))
    else:
        with sole_writer(settings):
            counts = asyncio.run(_sweep(settings))
    if args.json:
        print(json.dumps(counts))
    else:
        for rule, count in counts.items():
            print(f"{rule}\t{count}")
    return 0


def print_register(_args: argparse.Namespace) -> int:
    """Every column with what it is, why it is kept, who sees it, how long."""
    register, periods = read_register(), settings_of_environment().privacy.periods
    print("| column | what | personal | purpose | basis | seen by | kept |\n|---|---|---|---|---|---|---|")
    for line in register.lines:
        personal = "yes" if line.personal else "no"
        kept = register.span(line.keep, periods)
        cells = (f"{line.table}.{line.column}", line.what, personal, line.purpose, line.basis, line.seen_by)
        print(f"| {' | '.join(cells)} | {kept} |")
    return 0


async def _count(settings: Settings) -> dict[str, int]:
    app = _app(settings, read_only=True)
    try:
        return await app.sweeper.count()
    finally:
        await _close(app)


async def _sweep(settings: Settings) -> dict[str, int]:
    app = _app(settings, read_only=False)
    try:
        await app.prepare_store()
        return await app.sweep()
    finally:
        await _close(app)


def _app(settings: Settings, *, read_only: bool) -> App:
    """The app with a bot that is never called: what follows from erasing waits in the outbox."""
    store = open_store(settings, read_only=read_only)
    bot = Bot(settings.bot_token or TOKEN)
    return build(settings, store, Library.load(), bot=bot, clock=SystemClock())


async def _close(app: App) -> None:
    await app.bot.session.close()
    await app.store.close()
