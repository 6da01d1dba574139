"""`atrama unanswered`: what people asked and got no answer to, put together by likeness."""

from __future__ import annotations

import argparse
import asyncio
import json

from bot.clock import SystemClock
from bot.opening import open_store
from bot.settings import Settings, settings_of_environment
from bot.staff.grouping import Group, grouped
from referrals.asked import KEPT_FOR, Question


def add(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Register the command."""
    parser = commands.add_parser("unanswered", help="questions of the last 90 days without an answer")
    parser.add_argument("--marked", action="store_true", help="those a curator has decided about")
    parser.add_argument("--json", action="store_true", help="machine-readable output")
    parser.set_defaults(run=list_unanswered)


def list_unanswered(args: argparse.Namespace) -> int:
    """Print the groups, the biggest first."""
    questions = asyncio.run(_questions(settings_of_environment(), marked=args.marked))
    groups = grouped(questions)
    if args.json:
        print(json.dumps([_row(group) for group in groups], ensure_ascii=False, indent=2))
    else:
        for group in groups:
            first = group.first
            facts = (len(group.questions), first.language, first.area, group.mark, group.wordings[0])
            print("\t".join(str(fact or "-") for fact in facts))
    return 0


async def _questions(settings: Settings, *, marked: bool) -> list[Question]:
    store = open_store(settings, read_only=True)
    try:
        async with store.work() as work:
            since = SystemClock().now() - KEPT_FOR
            return await work.questions.unanswered(since, marked=marked)
    finally:
        await store.close()


def _row(group: Group) -> dict[str, object]:
    return {
        "count": len(group.questions),
        "language": group.first.language,
        "area": group.first.area,
        "mark": group.mark,
        "last_asked_at": group.first.at.isoformat(),
        "wordings": group.wordings,
    }
