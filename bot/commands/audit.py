"""`atrama audit verify`: whether the records of who did what are whole."""

from __future__ import annotations

import argparse
import asyncio
import json
import sys
from dataclasses import asdict
from pathlib import Path

from sqlalchemy.exc import SQLAlchemyError

from bot.anchors import ANCHORS, read_anchors
from bot.opening import open_store
from bot.settings import settings_of_environment
from referrals.audit import Anchor, Examination, Verdict, by_day
from referrals.storage.work import Store


def add(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Register the command."""
    audit = commands.add_parser("audit", help="the records of who did what")
    actions = audit.add_subparsers(required=True, metavar="ACTION")
    parser = actions.add_parser(
        "verify", help="prove that no record was changed, added or lost; 1 if one was"
    )
    parser.add_argument("--json", action="store_true", help="machine-readable output")
    parser.add_argument(
        "--anchors",
        type=Path,
        metavar="FILE",
        help=f"the file of anchors ({ANCHORS})",
    )
    parser.set_defaults(run=verify)


def verify(args: argparse.Namespace) -> int:
    """Read the chain from its beginning and print the verdict."""
    settings = settings_of_environment()
    try:
        written = read_anchors(args.anchors or settings.data_dir / ANCHORS)
        verdict = asyncio.run(_examine(open_store(settings, read_only=True), written))
    except (OSError, ValueError, SQLAlchemyError) as error:
        print(f"atrama: the records cannot be read: {type(error).__name__}", file=sys.stderr)
        return 1
    if args.json:
        print(json.dumps(asdict(verdict)))
    else:
        print(_told(verdict))
    return 0 if verdict.broken_at is None else 1


async def _examine(store: Store, written: list[Anchor]) -> Verdict:
    try:
        return await examine(store, written)
    finally:
        await store.close()


async def examine(store: Store, written: list[Anchor]) -> Verdict:
    """The verdict on a store's records and what was written down about them."""
    async with store.work() as work:
        examination = Examination(by_day(await work.audit.anchors()), by_day(written))
        async for line in work.audit.lines():
            examination.read(line)
    return examination.end()


def _told(verdict: Verdict) -> str:
    told = f"{verdict.lines} records, {verdict.before_the_chain} of them from before the chain"
    told += f", {verdict.anchors} anchors: "
    if verdict.broken_at is None:
        return told + "whole"
    what = {
        "changed": "a record was changed, added or removed",
        "cut": "records at the end were removed",
        "anchors-differ": "the anchors of the file and of the database differ",
    }[verdict.why or "changed"]
    return f"{told}broken at position {verdict.broken_at}: {what}"
