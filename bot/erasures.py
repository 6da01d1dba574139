"""The ledger of erasures in a file: kept apart from the database, so that an old backup cannot undo it.

Each line names by keyed digest what was erased; without the keys it says nothing. The file lies in the data
directory and is not part of a backup of the database: the newest one is used with whatever is restored.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterable
from datetime import datetime
from pathlib import Path

from referrals.erasing import Erased, Kind

LEDGER = "erasures.jsonl"


class Ledger:
    """Only ever added to."""

    def __init__(self, folder: Path) -> None:
        self._path = folder / LEDGER

    def read(self) -> list[Erased]:
        """All lines; one that a power cut has torn says nothing and is passed over. Raises OSError."""
        try:
            lines = self._path.read_text("ascii", errors="replace").splitlines()
        except FileNotFoundError:
            return []
        return [erased for line in lines if (erased := _erased(line)) is not None]

    def add(self, erased: Iterable[Erased]) -> None:
        """Write lines and wait for the disk. Raises OSError."""
        lines = [_line(each) for each in erased]
        if not lines:
            return
        self._path.parent.mkdir(parents=True, exist_ok=True)
        handle = os.open(self._path, os.O_RDWR | os.O_CREAT | os.O_APPEND, 0o600)
        try:
            start = b"" if _ends_whole(handle) else b"\n"
            os.write(handle, start + b"".join(lines))
            os.fsync(handle)
        finally:
            os.close(handle)


def _ends_whole(handle: int) -> bool:
    size = os.fstat(handle).st_size
    return size == 0 or os.pread(handle, 1, size - 1) == b"\n"


def _line(erased: Erased) -> bytes:
    row = {"kind": erased.kind, "subject": erased.subject.hex(), "at": erased.at.isoformat()}
    return json.dumps(row).encode("ascii") + b"\n"


def _erased(line: str) -> Erased | None:
    try:
        row = json.loads(line)
        return Erased(Kind(row["kind"]), bytes.fromhex(row["subject"]), datetime.fromisoformat(row["at"]))
    except (ValueError, KeyError, TypeError):
        return None
