"""A referral: a person's own request for a social worker, and what may happen to it.

States are HL7 FHIR R4 `Task.status`; a draft is not yet a referral (see `draft`).
An unclaimed referral is `requested` without an owner.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from enum import StrEnum
from typing import NewType
from uuid import UUID

from referrals.another import AgeBand, Carer, Proxy
from referrals.errors import AlreadyTaken, NotAllowed, ReasonMissing

ReferralId = NewType("ReferralId", UUID)
PersonId = NewType("PersonId", UUID)
WorkerId = NewType("WorkerId", UUID)
DraftId = NewType("DraftId", UUID)
ConsentId = NewType("ConsentId", UUID)
EntryId = NewType("EntryId", str)
Area = NewType("Area", str)


class Status(StrEnum):
    """FHIR `Task.status`, without the codes this desk does not use (received, ready)."""

    REQUESTED = "requested"
    ACCEPTED = "accepted"
    REJECTED = "rejected"
    IN_PROGRESS = "in-progress"
    ON_HOLD = "on-hold"
    COMPLETED = "completed"
    CANCELLED = "cancelled"
    FAILED = "failed"
    ENTERED_IN_ERROR = "entered-in-error"


class Urgency(StrEnum):
    """FHIR `Task.priority`; the inter-agency form's 24 hours, 72 hours and two weeks."""

    ASAP = "asap"
    URGENT = "urgent"
    ROUTINE = "routine"


class Reason(StrEnum):
    """Why a referral was rejected, held, failed or cancelled (`Task.statusReason`), as a coded list."""

    BY_PERSON = "by-person"
    OTHER_AREA = "other-area"
    NOT_ELIGIBLE = "not-eligible"
    ALREADY_SERVED = "already-served"
    DUPLICATE = "duplicate"
    OTHER_BODY = "other-body"
    WAITING_FOR_PERSON = "waiting-for-person"
    WAITING_FOR_DOCUMENT = "waiting-for-document"
    WAITING_LIST = "waiting-list"
    NOT_REACHED = "not-reached"
    MISTAKE = "mistake"
    TEST = "test"


REASONS: dict[Status, tuple[Reason, ...]] = {
    Status.REJECTED: (
        Reason.NOT_ELIGIBLE,
        Reason.OTHER_AREA,
        Reason.OTHER_BODY,
        Reason.ALREADY_SERVED,
        Reason.DUPLICATE,
    ),
    Status.ON_HOLD: (Reason.WAITING_FOR_PERSON, Reason.WAITING_FOR_DOCUMENT, Reason.WAITING_LIST),
    Status.FAILED: (Reason.NOT_REACHED,),
    Status.CANCELLED: (Reason.BY_PERSON,),
    Status.ENTERED_IN_ERROR: (Reason.MISTAKE, Reason.TEST),
}

OPEN = frozenset({Status.REQUESTED, Status.ACCEPTED, Status.IN_PROGRESS, Status.ON_HOLD})

# Where each state leads. Back to `requested` leads only handing back, which gives up the owner.
LEADS_TO: dict[Status, frozenset[Status]] = {
    Status.REQUESTED: frozenset(
        {Status.ACCEPTED, Status.REJECTED, Status.CANCELLED, Status.FAILED, Status.ENTERED_IN_ERROR}
    ),
    Status.ACCEPTED: frozenset(
        {
            Status.IN_PROGRESS,
            Status.ON_HOLD,
            Status.COMPLETED,
            Status.FAILED,
            Status.CANCELLED,
            Status.ENTERED_IN_ERROR,
        }
    ),
    Status.IN_PROGRESS: frozenset(
        {
            Status.ON_HOLD,
            Status.COMPLETED,
            Status.FAILED,
            Status.CANCELLED,
            Status.ENTERED_IN_ERROR,
        }
    ),
    Status.ON_HOLD: frozenset(
        {
            Status.IN_PROGRESS,
            Status.COMPLETED,
            Status.FAILED,
            Status.CANCELLED,
            Status.ENTERED_IN_ERROR,
        }
    ),
    Status.COMPLETED: frozenset({Status.IN_PROGRESS}),
    Status.REJECTED: frozenset(),
    Status.CANCELLED: frozenset(),
    Status.FAILED: frozenset(),
    Status.ENTERED_IN_ERROR: frozenset(),
}


class ForWhom(StrEnum):
    """For whom help is asked."""

    ME = "me"
    CHILD = "child"
    RELATIVE = "relative"
    OTHER = "other"


class Reach(StrEnum):
    """How the person wants to be reached."""

    CHAT = "chat"
    PHONE = "phone"


class CallTime(StrEnum):
    """When a call is welcome."""

    ANY = "any"
    MORNING = "morning"
    AFTERNOON = "afternoon"
    EVENING = "evening"


@dataclass(frozen=True)
class Details:
    """What the person told, and nobody but the owner reads. Stored sealed as one cell.

    `name`, `age` and `carer` are of the one who needs help; whoever writes for them stands in `proxy`.
    Whoever is `discreet` is sent news that say nothing: somebody else can look at their phone.
    """

    for_whom: ForWhom
    reach: Reach
    language: str
    name: str | None = None
    need: str | None = None
    phone: str | None = None
    phone_is_own: bool = False
    may_write: bool = True
    may_call: bool = False
    call_time: CallTime | None = None
    may_say_who: bool = False
    discreet: bool = False
    age: AgeBand | None = None
    carer: Carer | None = None
    proxy: Proxy | None = None

    @property
    def is_from_child(self) -> bool:
        """Whether the one who writes for themselves is under 18."""
        return self.for_whom is ForWhom.ME and self.age in {AgeBand.UNDER_14, AgeBand.FROM_14}


# What stands in place of what was erased: nobody is written to or called because of it.
NOBODY = PersonId(UUID(int=0))
ERASED = Details(for_whom=ForWhom.OTHER, reach=Reach.CHAT, language="lt", may_write=False)


@dataclass
class Referral:
    """One request and its state. A method changes it, or raises and changes nothing."""

    id: ReferralId
    reference: str
    person_id: PersonId
    draft_id: DraftId
    area: Area | None
    entry_id: EntryId | None
    topic: str
    urgency: Urgency
    details: Details
    requested_at: datetime
    changed_at: datetime
    status: Status = Status.REQUESTED
    reason: Reason | None = None
    owner: WorkerId | None = None
    version: int = 1
    consent_id: ConsentId | None = None  # None only until it is kept
    crisis: str | None = None
    promised_by: datetime = field(default=datetime.max.replace(tzinfo=UTC))
    duplicate_of: ReferralId | None = None
    held: bool = False
    erased_at: datetime | None = None

    @property
    def is_pressing(self) -> bool:
        """Whether it stands before all others: danger was seen, or the person cannot wait."""
        return self.crisis is not None or self.urgency is Urgency.ASAP

    @property
    def is_waiting(self) -> bool:
        """Whether it stands in the queue: nobody has taken it."""
        return self.status is Status.REQUESTED and self.owner is None

    def is_overdue(self, now: datetime) -> bool:
        """Whether nobody has kept what the person was promised."""
        return self.status is Status.REQUESTED and self.promised_by < now

    def copy(self) -> Referral:
        """The state as it is now, for whoever has to compare with it later."""
        return replace(self)

    def take(self, worker: WorkerId, now: datetime) -> None:
        """Make the worker its owner. Raises AlreadyTaken, NotAllowed."""
        if self.owner is not None:
            raise AlreadyTaken(self.owner)
        if self.status is not Status.REQUESTED:
            raise NotAllowed(current=self.status, wanted=Status.REQUESTED)
        self.owner = worker
        self.changed_at = now

    def hand_back(self, now: datetime) -> None:
        """Requested again, without an owner, for another worker to take. Raises NotAllowed."""
        if self.owner is None or self.status not in OPEN:
            raise NotAllowed(current=self.status, wanted=Status.REQUESTED)
        self.status, self.reason, self.owner, self.changed_at = Status.REQUESTED, None, None, now

    def move(self, wanted: Status, now: datetime, *, reason: Reason | None = None) -> None:
        """Go to another state. Raises NotAllowed, ReasonMissing."""
        if wanted not in LEADS_TO[self.status] or self.erased_at is not None:
            raise NotAllowed(current=self.status, wanted=wanted)
        if wanted in REASONS and reason not in REASONS[wanted]:
            raise ReasonMissing(wanted)
        self.status, self.changed_at = wanted, now
        self.reason = reason if wanted in REASONS else None
