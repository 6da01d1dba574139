"""What people ask and how it went, without who asked. The words are kept only where no answer was found."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum
from uuid import UUID, uuid4

from referrals.referral import Area, EntryId

UNKNOWN = "unknown"  # nothing was found
NONE = "none"  # something was found, and the person said that none of it is meant
UNANSWERED = frozenset({UNKNOWN, NONE})
WORDS_LIMIT = 300  # signs: enough to see what is missing, too few for a life story
KEPT_FOR = timedelta(days=90)  # a curator who looks once a quarter has seen it
MOST = 2000  # questions a curator looks at together, the newest


class Mark(StrEnum):
    """What a curator decided about an unanswered question."""

    TO_WRITE = "to-write"
    NOT_OURS = "not-ours"


@dataclass(frozen=True)
class Question:
    """One question. `words` are those of an unanswered one, and of nothing said in danger."""

    at: datetime
    language: str
    area: Area | None
    decision: str
    entry_id: EntryId | None = None
    words: str | None = None
    mark: Mark | None = None
    id: UUID = field(default_factory=uuid4)


@dataclass(frozen=True)
class Remark:
    """What somebody said of an answer, and whether a curator has seen it."""

    entry_id: EntryId
    language: str
    said: str
    at: datetime
    seen: bool


def words_to_keep(text: str, decision: str, *, crisis: str | None) -> str | None:
    """What may be kept of a question's words: nothing of an answered one, nothing said in danger."""
    if crisis is not None or decision not in UNANSWERED:
        return None
    return text[:WORDS_LIMIT]


# What asks for a curator's attention: a doubt about an answer, or help that did not come after it.
TROUBLES = frozenset({"wrong", "outdated", "unclear", "help-no", "help-partly"})


@dataclass(frozen=True)
class Remarked:
    """An entry with everything that was said of it, newest first."""

    entry_id: EntryId
    remarks: tuple[Remark, ...]

    @property
    def unseen_troubles(self) -> int:
        """How much of it still asks for attention."""
        return sum(each.said in TROUBLES and not each.seen for each in self.remarks)

    @property
    def counts(self) -> dict[str, int]:
        """How often each thing was said, seen or not."""
        return dict(Counter(each.said for each in self.remarks))


def by_entry(remarks: Iterable[Remark]) -> list[Remarked]:
    """Remarks, given newest first, put to their entries: most unseen trouble first, then the newest."""
    found: dict[EntryId, list[Remark]] = {}
    for remark in remarks:
        found.setdefault(remark.entry_id, []).append(remark)
    entries = [Remarked(entry_id, tuple(each)) for entry_id, each in found.items()]
    return sorted(entries, key=lambda each: -each.unseen_troubles)
