"""What the actions need from storage, without knowing how it is kept. `storage` keeps these promises."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Protocol

from referrals.access import Act
from referrals.consent import Consent
from referrals.draft import Draft
from referrals.news import News
from referrals.referral import ConsentId, DraftId, PersonId, Referral, ReferralId

if TYPE_CHECKING:
    from referrals.message import Message, Note


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
        self, act: Act, telegram_id: int, now: datetime, *, referral_id: ReferralId | None, allowed: bool
    ) -> None:
        """Add one line."""


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
    def receipts(self) -> Receipts:
        """Receipts of this transaction."""

    @property
    def tries(self) -> Tries:
        """Failures of this transaction."""

    @property
    def news(self) -> list[News]:
        """What has happened in this transaction, to be told when it commits."""
