"""`atrama desk list`: the queue as a worker sees it, masked."""

from __future__ import annotations

import argparse
import asyncio
import json

from bot.opening import open_store
from bot.settings import Settings, settings_of_environment
from referrals.referral import Referral


def add(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Register the command."""
    desk = commands.add_parser("desk", help="look at the desk's queue")
    actions = desk.add_subparsers(required=True, metavar="ACTION")
    parser = actions.add_parser("list", help="the open referrals, without anything personal")
    parser.add_argument("--json", action="store_true", help="machine-readable output")
    parser.set_defaults(run=list_queue)


def list_queue(args: argparse.Namespace) -> int:
    """Print the queue, oldest first."""
    rows = [_masked(each) for each in asyncio.run(_queue(settings_of_environment()))]
    if args.json:
        print(json.dumps(rows, ensure_ascii=False, indent=2))
    else:
        for row in rows:
            print("\t".join(str(value) for value in row.values()))
    return 0


async def _queue(settings: Settings) -> list[Referral]:
    store = open_store(settings, read_only=True)
    try:
        async with store.work() as work:
            return await work.referrals.queue()
    finally:
        await store.close()


def _masked(referral: Referral) -> dict[str, str | bool | None]:
    return {
        "reference": referral.reference,
        "area": referral.area,
        "topic": referral.topic,
        "urgency": referral.urgency.value,
        "status": referral.status.value,
        "is_taken": referral.owner is not None,
        "requested_at": referral.requested_at.isoformat(),
    }
