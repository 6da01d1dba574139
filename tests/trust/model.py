"""What must be true of referrals, as a plain dict that anybody can read. The machine compares with it.

Nothing here comes from the code under test but its words (statuses, reasons) and the promised day.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from uuid import UUID

from referrals.errors import AlreadyTaken, Away, CannotReceive, Forbidden, NotAllowed, ReasonMissing
from referrals.referral import Reason, Status

CITY, JONAVA = "kaunas-city", "jonava-district"
OPEN = ("requested", "accepted", "in-progress", "on-hold")
LEADS = {
    "requested": ("accepted", "rejected", "failed", "entered-in-error"),
    "accepted": ("in-progress", "on-hold", "completed", "failed", "entered-in-error"),
    "in-progress": ("on-hold", "completed", "failed", "entered-in-error"),
    "on-hold": ("in-progress", "completed", "failed", "entered-in-error"),
    "completed": ("in-progress",),
}
REASON = {
    "rejected": Reason.OTHER_BODY,
    "on-hold": Reason.WAITING_LIST,
    "failed": Reason.NOT_REACHED,
    "entered-in-error": Reason.TEST,
}
DAY = timedelta(days=1)
KEPT = {"draft": DAY, "withdrawn": 30 * DAY, "closed": 365 * DAY, "wish": 30 * DAY, "person": 365 * DAY}


@dataclass
class Staff:
    """A member of staff: which areas, None for all; whether a coordinator."""

    number: int
    coordinator: bool = False
    areas: tuple[str, ...] | None = ()
    works: bool = True

    def serves(self, area: str | None) -> bool:
        """Whether an area is theirs."""
        return self.areas is None or (area is not None and area in self.areas)


STAFF = {
    900: Staff(900, coordinator=True, areas=None),
    901: Staff(901, coordinator=True, areas=(CITY,)),
    902: Staff(902, areas=(CITY,)),
    903: Staff(903, areas=(JONAVA, CITY)),
    904: Staff(904, works=False),  # a curator
}


@dataclass
class Case:
    """One referral."""

    person: int
    area: str | None
    pressing: bool
    need: str
    promised_by: datetime
    requested_at: datetime
    changed_at: datetime
    status: str = "requested"
    reason: str | None = None
    owner: int | None = None
    version: int = 1
    changes: int = 1
    phone: str | None = None
    messages: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    code: str | None = None
    duplicate_of: UUID | None = None
    held: bool = False
    erased: bool = False

    @property
    def is_open(self) -> bool:
        """Whether something may still happen to it."""
        return self.status in OPEN

    def change(self, now: datetime, **values: object) -> None:
        """One change that is noted."""
        vars(self).update(values)
        self.changed_at = now
        self.version += 1
        self.changes += 1

    def erase(self, now: datetime) -> None:
        """Only what is counted stays."""
        if self.is_open:
            self.status, self.reason, self.changed_at = "cancelled", "by-person", now
        self.person, self.need, self.phone, self.code, self.duplicate_of = 0, "", None, None, None
        self.messages, self.notes, self.held, self.erased = [], [], False, True
        self.version += 1


@dataclass
class Wish:
    """To have everything deleted, as soon as it may be."""

    asked_at: datetime
    due_at: datetime


@dataclass
class Known:
    """One person, with the form that is not sent."""

    since: datetime
    form: str | None = None  # the need in it
    touched_at: datetime | None = None
    wish: Wish | None = None


@dataclass
class Model:
    """Everything that is held."""

    cases: dict[UUID, Case] = field(default_factory=dict)
    people: dict[int, Known] = field(default_factory=dict)
    tries: list[datetime] = field(default_factory=list)
    away: set[int] = field(default_factory=set)
    records: int = 0

    def of(self, person: int) -> list[Case]:
        """The cases of a person, oldest first."""
        return sorted(
            (case for case in self.cases.values() if case.person == person),
            key=lambda case: case.requested_at,
        )

    def queue(self) -> list[UUID]:
        """What is open, in the order in which it should be looked at."""
        found = [key for key, case in self.cases.items() if case.is_open]
        return sorted(found, key=lambda key: (not self.cases[key].pressing, self.cases[key].promised_by, key))

    # what may be done, as the error that stands in its way

    def own(self, person: int, key: UUID, *, while_open: bool = True) -> type[Exception] | None:
        """What keeps a person from acting on a case."""
        case = self.cases[key]
        if case.person != person:
            return Forbidden
        return NotAllowed if while_open and not case.is_open else None

    def working(self, worker: int, key: UUID) -> type[Exception] | None:
        """What keeps a worker from a case."""
        case, staff = self.cases[key], STAFF[worker]
        if not staff.works:
            return Forbidden
        may = staff.serves(case.area) if staff.coordinator else case.owner == worker
        return None if may else Forbidden

    def taking(self, worker: int, key: UUID) -> type[Exception] | None:
        """What keeps a worker from taking a case."""
        case, staff = self.cases[key], STAFF[worker]
        if not staff.works or not staff.serves(case.area):
            return Forbidden
        if worker in self.away:
            return Away
        if case.owner is not None:
            return AlreadyTaken
        return None if case.status == "requested" else NotAllowed

    def deciding(self, worker: int, key: UUID, wanted: Status, *, reasoned: bool) -> type[Exception] | None:
        """What keeps a worker from moving a case on."""
        case = self.cases[key]
        if (stop := self.working(worker, key)) is not None:
            return stop
        if wanted is Status.REQUESTED:
            return None if case.owner is not None and case.is_open else NotAllowed
        if case.erased or wanted not in LEADS.get(case.status, ()):
            return NotAllowed
        if wanted in REASON and not reasoned:
            return ReasonMissing
        return Away if self.takes_over(key) and worker in self.away else None

    def takes_over(self, key: UUID) -> bool:
        """Whether whoever reopens a case has it from then on: its owner has gone."""
        case = self.cases[key]
        return case.status == "completed" and (case.owner is None or case.owner in self.away)

    def handing(self, worker: int, key: UUID, to: int) -> type[Exception] | None:
        """What keeps a worker from giving a case to a colleague."""
        case = self.cases[key]
        if (stop := self.working(worker, key)) is not None:
            return stop
        if not case.is_open:
            return NotAllowed
        able = STAFF[to].works and to not in self.away and to != case.owner and STAFF[to].serves(case.area)
        return None if able else CannotReceive

    def marking(self, worker: int, key: UUID, original: UUID) -> type[Exception] | None:
        """What keeps a worker from marking a case as a duplicate."""
        stop = self.working(worker, key)
        if stop is not None or not STAFF[worker].serves(self.cases[original].area):
            return Forbidden
        fits = self.cases[key].is_open and key != original and self.cases[original].duplicate_of is None
        return None if fits else NotAllowed

    # what staff do for themselves, a person's wish, and the passing of time

    def go_away(self, worker: int, now: datetime) -> None:
        """Whoever is away keeps no case."""
        self.away.add(worker)
        for case in self.cases.values():
            if case.owner == worker and case.is_open:
                case.change(now, owner=None, status="requested", reason=None)

    def withdraw(self, case: Case, now: datetime) -> None:
        """Taken back by its person."""
        case.change(now, status="cancelled", reason="by-person")

    def delete_all(self, person: int, now: datetime) -> None:
        """Everything goes; what is held stays, and the wish with it."""
        known = self.people[person]
        for case in self.of(person):
            if case.is_open:
                self.withdraw(case, now)
            if not case.held:
                case.erase(now)
        known.form = None
        if self.of(person):
            known.wish = known.wish or Wish(now, now + KEPT["wish"])
        else:
            del self.people[person]

    def delete_rest(self, person: int, now: datetime) -> None:
        """Everything but what is open goes."""
        known = self.people[person]
        known.form = None
        for case in self.of(person):
            if not case.is_open and not case.held:
                case.erase(now)
        known.wish = known.wish or Wish(now, now + KEPT["wish"])

    def sweep(self, now: datetime) -> None:
        """Wishes first, then what has been kept long enough."""
        for person in sorted(self.people):
            self._fulfil(person, now)
        for known in self.people.values():
            if known.touched_at is not None and known.touched_at <= now - KEPT["draft"]:
                known.form = known.touched_at = None
        for case in self.cases.values():
            kept = KEPT["withdrawn" if case.status == "cancelled" else "closed"]
            if not (case.is_open or case.held or case.erased) and case.changed_at <= now - kept:
                case.erase(now)
        self.tries = [at for at in self.tries if at > now - DAY]
        for person, known in list(self.people.items()):
            unused = known.form is None and known.wish is None and not self.of(person)
            if unused and known.since <= now - KEPT["person"]:
                del self.people[person]

    def _fulfil(self, person: int, now: datetime) -> None:
        known = self.people[person]
        if known.wish is None:
            return
        before = [case for case in self.of(person) if case.requested_at <= known.wish.asked_at]
        is_back = len(self.of(person)) > len(before) or known.form is not None
        if any(case.is_open for case in before) and now < known.wish.due_at:
            return
        for case in before:
            if case.is_open:
                self.withdraw(case, now)
            if not case.held:
                case.erase(now)
        if any(case.held for case in before):
            return
        if is_back:
            known.wish = None
        else:
            del self.people[person]
