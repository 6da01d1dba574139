"""The audit: acts of staff as a chain of digests, so that no line can be changed or lost unseen.

Each line's digest covers the line and the digest before it. What is cut off at the end breaks no digest:
that is found by an anchor, a digest written down elsewhere once a day. Lines from before the chain have no
digest of their own; the first digest of the chain covers them all.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from uuid import UUID

BEGINNING = bytes(32)  # what stands before the first line


@dataclass(frozen=True)
class Line:
    """One act: who (by keyed digest), what, with which case, why, and whether it was allowed."""

    position: int
    act: str
    allowed: bool
    actor: bytes
    referral_id: UUID | None
    why: str | None
    at: datetime
    digest: bytes | None = None

    def after(self, before: bytes) -> bytes:
        """Its digest when `before` is the digest of the line before it."""
        told = [
            self.position,
            str(self.act),
            self.allowed,
            self.actor.hex(),
            None if self.referral_id is None else self.referral_id.hex,
            self.why,
            self.at.astimezone(UTC).isoformat(timespec="microseconds"),
        ]
        return hashlib.sha256(before + json.dumps(told, separators=(",", ":")).encode()).digest()


@dataclass(frozen=True)
class Anchor:
    """The end of the chain as it was on a day."""

    day: str
    position: int
    digest: bytes

    def __str__(self) -> str:
        return f"{self.day} {self.position} {self.digest.hex()}"

    @classmethod
    def parse(cls, text: str) -> Anchor:
        """From one line of the file of anchors. Raises ValueError."""
        day, position, digest = text.split()
        return cls(day, int(position), bytes.fromhex(digest))


@dataclass(frozen=True)
class Verdict:
    """What a look through the chain has found; `broken_at` is the first position that does not hold."""

    lines: int
    before_the_chain: int
    anchors: int
    broken_at: int | None = None
    why: str | None = None  # changed, cut, anchors-differ


class Examination:
    """Reads the lines in their order, one at a time, and remembers the first that does not hold.

    `kept` are the anchors of the database, `written` those of the file, by day.
    """

    def __init__(self, kept: Mapping[str, Anchor], written: Mapping[str, Anchor]) -> None:
        self._kept = kept
        self._written = written
        self._by_position: dict[int, list[Anchor]] = {}
        for anchor in (*kept.values(), *written.values()):
            self._by_position.setdefault(anchor.position, []).append(anchor)
        self._digest = BEGINNING
        self._last = self._lines = self._before = 0
        self._is_chained = False
        self._broken: list[tuple[int, str]] = []

    def read(self, line: Line) -> None:
        """The next line. After one that is changed, the chain is followed as it is written."""
        self._lines += 1
        self._last = line.position
        expected = line.after(self._digest)
        if line.digest is None and not self._is_chained:
            self._before += 1
        else:
            self._is_chained = True
            if line.digest != expected:
                self._broken.append((line.position, "changed"))
        self._digest = line.digest or expected
        if any(anchor.digest != self._digest for anchor in self._by_position.pop(line.position, ())):
            self._broken.append((line.position, "changed"))

    def end(self) -> Verdict:
        """The verdict, when there are no more lines."""
        if any(position > self._last for position in self._by_position):
            self._broken.append((self._last + 1, "cut"))
        elif self._by_position:  # a line that an anchor names is not among the others
            self._broken.append((min(self._by_position), "changed"))
        days = self._kept.keys() | self._written.keys()
        differing = [
            (self._kept.get(day) or self._written[day]).position
            for day in days
            if self._kept.get(day) != self._written.get(day)
        ]
        if differing:
            self._broken.append((min(differing), "anchors-differ"))
        first = min(self._broken, key=lambda each: each[0], default=(None, None))
        return Verdict(self._lines, self._before, len(days), *first)


def by_day(anchors: Iterable[Anchor]) -> dict[str, Anchor]:
    """Anchors by their day; of two for one day, the first was there first."""
    found: dict[str, Anchor] = {}
    for anchor in anchors:
        found.setdefault(anchor.day, anchor)
    return found
