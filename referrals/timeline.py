"""What has happened to a case, in order: changes, messages both ways, notes, questions about partners."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from referrals.message import Message, Note
from referrals.news import Happened
from referrals.onward import Onward
from referrals.referral import Reason, WorkerId


@dataclass(frozen=True)
class Change:
    """One change of a referral. `by` is the worker, None is the person."""

    happened: Happened
    at: datetime
    by: WorkerId | None = None
    reason: Reason | None = None


@dataclass(frozen=True)
class Answered:
    """The person's answer to whether a partner may be told."""

    onward: Onward
    at: datetime
    by: WorkerId | None = None


Event = Change | Message | Note | Onward | Answered


def in_order(
    changes: Iterable[Change], messages: Iterable[Message], notes: Iterable[Note], onwards: Iterable[Onward]
) -> list[Event]:
    """Everything, oldest first; of one moment, in the order of the arguments."""
    asked = list(onwards)
    answers = [Answered(each, each.answered_at) for each in asked if each.answered_at is not None]
    events: list[Event] = [*changes, *messages, *notes, *asked, *answers]
    return sorted(events, key=lambda event: event.at)
