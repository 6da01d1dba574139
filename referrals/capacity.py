"""Whether a service has room, as the desk of an area has been told. Words of the referral standards."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from referrals.access import Act, require_in
from referrals.person import Worker
from referrals.ports import Work
from referrals.referral import Area, EntryId

GOOD_FOR = timedelta(days=60)  # what nobody has confirmed for two months is not said any more


class Capacity(StrEnum):
    """HL7 SDOH Clinical Care's codes for the capacity of a service."""

    OPEN = "capacity"
    WAITING_LIST = "waitlist"
    FULL = "no-capacity"


@dataclass(frozen=True)
class Room:
    """What the desk knows of a service in an area, and since when."""

    entry_id: EntryId
    area: Area
    capacity: Capacity
    told_at: datetime

    def is_current(self, now: datetime) -> bool:
        """Whether it is fresh enough to be said."""
        return now - self.told_at < GOOD_FOR


async def tell_capacity(work: Work, worker: Worker | None, room: Room) -> None:
    """A coordinator tells of a service in their area. Raises Forbidden."""
    worker = require_in(worker, Act.SET_CAPACITY, room.area)
    await work.capacity.put(room, by=worker.id)
    await work.records.add(Act.SET_CAPACITY, worker.telegram_id, room.told_at, referral_id=None, allowed=True)
