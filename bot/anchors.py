"""The file of anchors beside the database: the audit's end of each day, out of the database's reach."""

from __future__ import annotations

import os
from pathlib import Path

from referrals.audit import Anchor

ANCHORS = "audit-anchors.log"


def read_anchors(file: Path) -> list[Anchor]:
    """What was written down, oldest first; nothing if there is no file. Raises OSError, ValueError."""
    if not file.exists():
        return []
    return [Anchor.parse(line) for line in file.read_text("ascii").splitlines() if line.strip()]


def write_anchor(file: Path, anchor: Anchor) -> bool:
    """Add an anchor behind the others, once; whether it was added. Raises OSError, ValueError."""
    if any(written.day >= anchor.day for written in read_anchors(file)):
        return False
    file.parent.mkdir(parents=True, exist_ok=True)
    handle = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
    with os.fdopen(handle, "a", encoding="ascii") as out:
        out.write(f"{anchor}\n")
        out.flush()
        os.fsync(out.fileno())
    return True
