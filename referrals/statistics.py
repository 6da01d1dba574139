"""Numbers about a week, in which nobody can be recognised."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from math import ceil

from referrals.asked import NONE
from referrals.referral import Area

FEWEST = 3  # a smaller number than this could point at somebody and is not told
WEEK = timedelta(days=7)

Scope = frozenset[Area] | None  # None: everything, also what no area is known of


@dataclass(frozen=True)
class Week:
    """What happened in seven days."""

    questions: Mapping[tuple[str, str], int] = field(default_factory=dict)  # decision and language
    referrals: Mapping[tuple[Area | None, str], int] = field(default_factory=dict)  # area and topic
    first_actions: Sequence[timedelta] = ()  # from a request to the first thing a worker did, shortest first
    outcomes: Mapping[str, int] = field(default_factory=dict)  # what happened to referrals in the end
    follow_ups: Mapping[str, int] = field(default_factory=dict)  # what people said of the help

    def asked(self, *, decision: str | None = None, language: str | None = None) -> int:
        """How many questions, of a decision or in a language; "none of these" is no question of its own."""
        return sum(
            count
            for (each, spoken), count in self.questions.items()
            if (each == decision or (decision is None and each != NONE)) and language in {None, spoken}
        )


@dataclass(frozen=True)
class Statistics:
    """The last seven days, the seven before, and what is open now."""

    week: Week
    before: Week
    open: Mapping[Area | None, int] = field(default_factory=dict)
    overdue: Mapping[Area | None, int] = field(default_factory=dict)


def shown(count: int) -> str:
    """A number as it may be told."""
    return f"<{FEWEST}" if 0 < count < FEWEST else str(count)


def share(durations: Sequence[timedelta], percent: int) -> timedelta | None:
    """The duration within which so many of a hundred were done (nearest rank); None if too few are known.

    `durations` are sorted, the shortest first.
    """
    if len(durations) < FEWEST:
        return None
    return durations[ceil(len(durations) * percent / 100) - 1]
