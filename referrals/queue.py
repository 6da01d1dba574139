"""The queue: what may be listed of a referral without opening it, in which order, and what is left out."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from referrals.access import Act, may_in
from referrals.person import Role, Worker
from referrals.ports import Work
from referrals.referral import Area, ReferralId, Status, Urgency, WorkerId

COUNTED = 1000  # so far a queue is counted exactly; beyond it, the screen says "more"
NO_AREA = Area("none")  # chosen to see the referrals whose person does not know the area


@dataclass(frozen=True, order=True)
class Position:
    """A place in the queue. It is made of what never changes while cases move on, so that no page
    skips or repeats a row, and a place stays good when its own row is gone."""

    rank: int
    promised_by: datetime
    id: UUID


@dataclass(frozen=True)
class Waiting:
    """One line of the queue: nothing that tells who asks, or what exactly for."""

    id: ReferralId
    reference: str
    area: Area | None
    topic: str
    urgency: Urgency
    crisis: str | None
    status: Status
    owner: WorkerId | None
    requested_at: datetime
    promised_by: datetime
    rank: int

    @property
    def position(self) -> Position:
        """Where it stands."""
        return Position(self.rank, self.promised_by, self.id)

    def is_overdue(self, now: datetime) -> bool:
        """Whether nobody has kept what the person was promised."""
        return self.status is Status.REQUESTED and self.promised_by < now


@dataclass(frozen=True)
class Wanted:
    """What a worker wants to see of the queue; where nothing is chosen, everything."""

    status: Status | None = None
    area: Area | None = None
    topic: str | None = None
    language: str | None = None
    overdue: bool = False
    mine: bool = False
    unclaimed: bool = False


@dataclass(frozen=True)
class Counts:
    """How much stands in a queue, counted no further than needed to say that it is more than `COUNTED`."""

    open: int = 0
    unclaimed: int = 0
    overdue: int = 0


async def open_queue(work: Work, worker: Worker, *, now: datetime) -> None:
    """Somebody begins to look through the queue: recorded once, however many pages they turn."""
    await work.records.add(Act.LIST, worker.telegram_id, now, referral_id=None, allowed=True)


def scope(worker: Worker | None, wanted: Wanted) -> tuple[Area | None, ...] | None:
    """The areas to list: None is all there are, an empty tuple is nothing. One's own cases have no area."""
    if worker is None or not worker.active:
        return ()
    if wanted.area is not None:
        area = None if wanted.area == NO_AREA else wanted.area
        return (area,) if may_in(worker, Act.LIST, area) else ()
    if worker.role is Role.COORDINATOR and not worker.areas:
        return None
    return tuple(area for area in sorted(worker.areas) if may_in(worker, Act.LIST, area))
