"""Watching over the queue: what has to be said of a referral now, and who has to hear it.

Each alert is said once for one state of what it is about. Outside of the desk's hours only what is new and
pressing is said; the rest waits until somebody is there.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from referrals.access import serves
from referrals.hours import DeskHours
from referrals.person import Role, Worker
from referrals.referral import Area, Reason, ReferralId, Status, Urgency, WorkerId

HELD_LONG = timedelta(days=14)
ANSWER_WITHIN = 2  # working days for a person's message
MANY = 50  # different cases one person may open in
WINDOW = timedelta(minutes=10)
QUIET = timedelta(hours=1)  # between two alarms about the same person


class Alert(StrEnum):
    """What is said."""

    NEW = "new"
    UNCLAIMED = "unclaimed"
    OVERDUE = "overdue"
    HELD_LONG = "held-long"
    UNANSWERED = "unanswered"
    UNREACHABLE = "unreachable"


@dataclass(frozen=True)
class Watched:
    """What is watched of an open referral: nothing that a person told.

    `unanswered_since` is when the person wrote the first message that nobody has answered, and `answers`
    how many there have been before it.
    """

    id: ReferralId
    reference: str
    area: Area | None
    urgency: Urgency
    crisis: bool
    status: Status
    reason: Reason | None
    owner: WorkerId | None
    version: int
    requested_at: datetime
    promised_by: datetime
    changed_at: datetime
    reachable: bool = True
    unanswered_since: datetime | None = None
    answers: int = 0

    @property
    def is_pressing(self) -> bool:
        """Whether it stands before all others."""
        return self.crisis or self.urgency is Urgency.ASAP

    @property
    def half_time(self) -> datetime:
        """The middle between the request and the promise."""
        return self.requested_at + (self.promised_by - self.requested_at) / 2


def due(watched: Watched, hours: DeskHours, now: datetime) -> Iterator[tuple[Alert, int]]:
    """The alerts that are true now, each with the version of what it is about."""
    is_free = watched.owner is None and watched.status is Status.REQUESTED
    if is_free and watched.is_pressing:
        yield Alert.NEW, watched.version
    if not hours.is_open(now):
        return
    if watched.status is Status.REQUESTED and watched.promised_by < now:
        yield Alert.OVERDUE, watched.version
    elif is_free and watched.half_time <= now:
        yield Alert.UNCLAIMED, watched.version
    waits_for_person = watched.status is Status.ON_HOLD and watched.reason is Reason.WAITING_FOR_PERSON
    if waits_for_person and now - watched.changed_at > HELD_LONG:
        yield Alert.HELD_LONG, watched.version
    since = watched.unanswered_since
    if since is not None and hours.after(since, ANSWER_WITHIN) <= now:
        yield Alert.UNANSWERED, watched.answers
    if watched.owner is not None and not watched.reachable:
        yield Alert.UNREACHABLE, 0


def hearers(alert: Alert, watched: Watched, staff: Sequence[Worker]) -> list[Worker]:
    """Who hears it: the owner, or the workers of the area; the coordinators where nobody else is there."""
    present = [each for each in staff if each.active and not each.away]
    coordinators = [each for each in present if each.role is Role.COORDINATOR]
    of_area = [each for each in coordinators if serves(each, watched.area)] or coordinators
    owner = [each for each in present if each.id == watched.owner]
    workers = [
        each
        for each in present
        if each.role is Role.WORKER and watched.owner is None and serves(each, watched.area)
    ]
    if alert is Alert.OVERDUE:  # whoever answers for the area hears of a broken promise too
        return _once((*owner, *workers, *of_area))
    return owner or workers or of_area


@dataclass(frozen=True)
class Opening:
    """A case that somebody opened."""

    actor: bytes
    referral_id: ReferralId
    at: datetime


def most_opened(openings: Iterable[Opening]) -> dict[bytes, int]:
    """The most different cases each has opened within one window. The openings come oldest first."""
    recent: dict[bytes, list[Opening]] = {}
    most: dict[bytes, int] = {}
    for each in openings:
        kept = [other for other in recent.get(each.actor, []) if each.at - other.at < WINDOW]
        recent[each.actor] = [*kept, each]
        different = len({other.referral_id for other in recent[each.actor]})
        most[each.actor] = max(most.get(each.actor, 0), different)
    return most


@dataclass(frozen=True)
class Numbers:
    """What the morning's digest of an area tells."""

    new: int
    unclaimed: int
    overdue: int
    on_hold: int


def _once(staff: Iterable[Worker]) -> list[Worker]:
    return list({each.id: each for each in staff}.values())
