"""What happened to a referral, in the past tense. Events never undo; whoever must hear of them is told."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from referrals.referral import Referral, Status, WorkerId


class Happened(StrEnum):
    """The kinds of news."""

    REQUESTED = "requested"
    TAKEN = "taken"
    HANDED_BACK = "handed-back"
    ACCEPTED = "accepted"
    STARTED = "started"
    REJECTED = "rejected"
    HELD = "held"
    COMPLETED = "completed"
    FAILED = "failed"
    WITHDRAWN = "withdrawn"
    MARKED_AS_ERROR = "marked-as-error"
    PERSON_WROTE = "person-wrote"
    WORKER_WROTE = "worker-wrote"
    HANDED_OVER = "handed-over"
    MARKED_DUPLICATE = "marked-duplicate"
    CONTACT_CHANGED = "contact-changed"


@dataclass(frozen=True)
class News:
    """One change: what, to which referral as it stands after it, by whom (None: the person), when."""

    happened: Happened
    referral: Referral
    at: datetime
    by: WorkerId | None = None
    before: Status | None = None
    owner_before: WorkerId | None = None
    message: str | None = None


BY_STATUS: dict[Status, Happened] = {
    Status.ACCEPTED: Happened.ACCEPTED,
    Status.IN_PROGRESS: Happened.STARTED,
    Status.REJECTED: Happened.REJECTED,
    Status.ON_HOLD: Happened.HELD,
    Status.COMPLETED: Happened.COMPLETED,
    Status.FAILED: Happened.FAILED,
    Status.CANCELLED: Happened.WITHDRAWN,
    Status.ENTERED_IN_ERROR: Happened.MARKED_AS_ERROR,
}
