"""What the actions need from storage, without knowing how it is kept. `storage` keeps these promises."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import TYPE_CHECKING, Protocol
from uuid import UUID

from referrals.access import Act
from referrals.consent import Consent
from referrals.draft import Draft
from referrals.news import News
from referrals.person import Worker
from referrals.referral import Area, ConsentId, DraftId, PersonId, Referral, ReferralId, WorkerId

if TYPE_CHECKING:
    from referrals.capacity import Room
    from referrals.message import Message, Note
    from referrals.onward import Onward


class Drafts(Protocol):
    """At most one draft a person."""

    async def find(self, person_id: PersonId) -> Draft | None:
        """The person's draft."""

    async def add(self, draft: Draft) -> None:
        """Keep a new draft unless the person has one."""

    async def save(self, draft: Draft) -> None:
        """Keep its answers."""

    async def drop(self, draft_id: DraftId) -> None:
        """Forget it."""


class Referrals(Protocol):
    """Referrals, changed by compare-and-set."""

    async def add(self, referral: Referral, news: News) -> None:
        """Keep a new one with its first news."""

    async def save(self, referral: Referral, news: News) -> None:
        """Keep a changed one, or raise Changed."""

    async def find(self, referral_id: ReferralId) -> Referral | None:
        """The one with this id."""

    async def find_by_draft(self, draft_id: DraftId) -> Referral | None:
        """What a draft has become."""

    async def save_details(self, referral: Referral, news: News) -> None:
        """Keep a changed one with what the person told, or raise Changed."""

    async def mark_crisis(self, referral_id: ReferralId, crisis: str) -> None:
        """Danger was seen after it was sent."""

    async def reference_is_free(self, reference: str) -> bool:
        """Whether the label is not in use."""

    async def of_worker(self, worker_id: WorkerId) -> list[Referral]:
        """The open ones a worker owns."""


class Consents(Protocol):
    """What people agreed to."""

    async def give(self, consent: Consent) -> ConsentId:
        """Keep a yes."""


class Messages(Protocol):
    """What person and worker write to each other."""

    async def add(self, message: Message) -> None:
        """Keep one."""


class Notes(Protocol):
    """What colleagues note."""

    async def add(self, note: Note) -> None:
        """Keep one."""


class Records(Protocol):
    """Who did or tried what."""

    async def add(
        self,
        act: Act,
        telegram_id: int,
        now: datetime,
        *,
        referral_id: ReferralId | None,
        allowed: bool,
        why: str | None = None,
    ) -> None:
        """Add one line."""


class Staff(Protocol):
    """Colleagues who have not been removed."""

    async def find(self, worker_id: WorkerId) -> Worker | None:
        """The one with this id."""

    async def is_from_settings(self, worker_id: WorkerId) -> bool:
        """Whether the settings name them."""

    async def hold_coordinators(self) -> set[WorkerId]:
        """The coordinators, none of whom changes until this transaction ends."""

    async def remove(self, worker: Worker) -> None:
        """Take all rights from one."""

    async def set_away(self, worker: Worker, *, away: bool) -> None:
        """Mark one as away or back."""

    async def set_areas(self, worker: Worker, areas: Iterable[Area]) -> None:
        """Which areas one serves."""


class Capacities(Protocol):
    """Which services have room."""

    async def put(self, room: Room, *, by: WorkerId) -> None:
        """Keep the newest word."""


class Workers(Protocol):
    """Members of staff."""

    async def get(self, worker_id: WorkerId) -> Worker:
        """The one with this id. Raises LookupError."""


class Onwards(Protocol):
    """Questions whether a partner may be told."""

    async def add(self, question: Onward) -> None:
        """Keep one."""

    async def find(self, onward_id: UUID) -> Onward | None:
        """The one with this id."""

    async def answer(self, onward_id: UUID, now: datetime, *, consent_id: ConsentId | None) -> None:
        """Keep the answer, once, or raise Changed."""


class Duplicates(Protocol):
    """What a referral is compared with."""

    async def candidates(self, referral: Referral, since: datetime, most: int) -> list[Referral]:
        """Open referrals that may be the same."""

    async def dismissed(self, referral_id: ReferralId) -> frozenset[str]:
        """The references that are not the same."""


class Receipts(Protocol):
    """Codes that lead back to a referral."""

    async def put(self, referral_id: ReferralId, code: str, now: datetime) -> None:
        """Keep a code's digest in place of an earlier one."""

    async def find(self, code: str) -> ReferralId | None:
        """The referral a code was made for."""


class Tries(Protocol):
    """What failed lately."""

    async def add(self, kind: str, telegram_id: int, now: datetime) -> None:
        """Count one failure."""

    async def since(self, kind: str, telegram_id: int, since: datetime) -> list[datetime]:
        """The failures of an account, oldest first."""


class Work(Protocol):
    """One transaction. The actions change what it holds; whoever opened it commits."""

    @property
    def drafts(self) -> Drafts:
        """Drafts of this transaction."""

    @property
    def referrals(self) -> Referrals:
        """Referrals of this transaction."""

    @property
    def consents(self) -> Consents:
        """Consents of this transaction."""

    @property
    def messages(self) -> Messages:
        """Messages of this transaction."""

    @property
    def notes(self) -> Notes:
        """Notes of this transaction."""

    @property
    def records(self) -> Records:
        """Records of this transaction."""

    @property
    def staff(self) -> Staff:
        """Colleagues of this transaction."""

    @property
    def capacity(self) -> Capacities:
        """Capacity of services in this transaction."""

    @property
    def workers(self) -> Workers:
        """Staff of this transaction."""

    @property
    def onwards(self) -> Onwards:
        """Questions about partners of this transaction."""

    @property
    def duplicates(self) -> Duplicates:
        """Comparisons of this transaction."""

    @property
    def receipts(self) -> Receipts:
        """Receipts of this transaction."""

    @property
    def tries(self) -> Tries:
        """Failures of this transaction."""

    @property
    def news(self) -> list[News]:
        """What has happened in this transaction, to be told when it commits."""
