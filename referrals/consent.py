"""What a person agreed to: one yes for one purpose, by the digest of the very text they saw."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from referrals.referral import ConsentId, PersonId, ReferralId


class Purpose(StrEnum):
    """What a yes is for. Only the first is needed to send a referral; each other is a yes of its own.

    A child under 14 has read the notice, and nothing rests on its yes.
    """

    REFERRAL = "referral"
    NOTICE_TO_CHILD = "notice-to-child"
    CALLS = "calls"
    PARTNERS = "partners"
    STATISTICS = "statistics"


@dataclass(frozen=True)
class Notice:
    """The text a person agrees to, exactly as it was shown."""

    text: str
    version: str
    language: str

    @property
    def sha256(self) -> str:
        """The digest that is kept instead of the text."""
        return hashlib.sha256(self.text.encode()).hexdigest()


OPTIONAL = (Purpose.CALLS, Purpose.PARTNERS, Purpose.STATISTICS)


@dataclass(frozen=True)
class Given:
    """A yes as it is remembered: its text only by digest."""

    id: ConsentId
    purpose: Purpose
    notice_version: str
    text_sha256: str
    language: str
    given_at: datetime
    referral_id: ReferralId | None = None
    withdrawn_at: datetime | None = None

    @property
    def holds(self) -> bool:
        """Whether it was not taken back."""
        return self.withdrawn_at is None


@dataclass(frozen=True)
class Consent:
    """A yes of a person, for one referral or in general."""

    person_id: PersonId
    purpose: Purpose
    notice: Notice
    given_at: datetime
    referral_id: ReferralId | None = None
    withdrawn_at: datetime | None = None
