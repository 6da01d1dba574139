"""Logs that cannot leak: what our own code names, and of everything else only where it happened.

Libraries put people's data into their messages and errors (an update that does not validate, a statement
that fails), so a foreign record shows its logger and place, and an error its type and place.
"""

from __future__ import annotations

import logging
import traceback
from pathlib import Path

OURS = ("bot", "knowledge", "referrals")
SHOWN = (
    "event",
    "update",
    "row",
    "reason",
    "seconds",
    "count",
    "status",
    "address",
    "method",
    "day",
    "digest",
)


class QuietFormatter(logging.Formatter):
    """One line a record: time, level, logger, our own fixed words, and allow-listed fields."""

    def format(self, record: logging.LogRecord) -> str:
        """The line. Arguments of the message are never interpolated."""
        parts = [self.formatTime(record), record.levelname, record.name]
        if record.name.partition(".")[0] in OURS:
            parts.append(str(record.msg))
            parts += [f"{name}={getattr(record, name)}" for name in SHOWN if hasattr(record, name)]
        else:
            parts.append(f"({record.module}:{record.lineno})")
        if record.exc_info and record.exc_info[1] is not None:
            parts.append(place_of(record.exc_info[1]))
        return " ".join(part.replace("\n", " ").replace("\r", " ") for part in parts)


def place_of(error: BaseException) -> str:
    """An error's type and the last place of ours it came through; never its message."""
    frames = traceback.extract_tb(error.__traceback__)
    place = next((f for f in reversed(frames) if "site-packages" not in f.filename), None)
    where = f" at {Path(place.filename).name}:{place.lineno}" if place else ""
    return f"{type(error).__name__}{where}"


def set_up_logs(level: int = logging.INFO) -> None:
    """Send all records, warnings included, through the quiet formatter to standard error."""
    handler = logging.StreamHandler()
    handler.setFormatter(QuietFormatter())
    logging.basicConfig(level=level, handlers=[handler], force=True)
    logging.captureWarnings(capture=True)
    for chatty in ("aiohttp.access", "aiogram.event", "aiogram.dispatcher", "alembic"):
        logging.getLogger(chatty).setLevel(logging.WARNING)
