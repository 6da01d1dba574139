"""The command `atrama`: reads the command line, runs one command, says in one sentence what went wrong."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Sequence

from bot.commands import ask, audit, desk, doctor, eligible, knowledge, privacy, run, staff, unanswered
from bot.opening import AlreadyRunning
from bot.settings import SettingsError
from knowledge.loading import ContentError

COMMANDS = (run, ask, eligible, knowledge, desk, staff, audit, unanswered, privacy, doctor)


def main(arguments: Sequence[str] | None = None) -> int:
    """Run a command; its exit status: 0 fine, 1 a check failed, 2 bad use."""
    parser = argparse.ArgumentParser(
        prog="atrama", description="A bot about social services, with self-referrals for social workers."
    )
    commands = parser.add_subparsers(required=True, metavar="COMMAND")
    for command in COMMANDS:
        command.add(commands)
    args = parser.parse_args(arguments)
    os.umask(0o077)  # databases, logs and keys: nobody else's business
    try:
        status: int = args.run(args)
    except SettingsError as error:
        print(f"atrama: {error}", file=sys.stderr)
        return 2
    except AlreadyRunning:
        print("atrama: the bot is running and is the only writer; use /invite in its chat", file=sys.stderr)
        return 1
    except ContentError as error:
        print(error, file=sys.stderr)
        return 1
    except BrokenPipeError:
        return 0
    return status
