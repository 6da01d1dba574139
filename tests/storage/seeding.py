"""Referrals as submitting would have kept them, for tests that begin with a full queue."""

from __future__ import annotations

from datetime import datetime
from uuid import uuid4

from referrals.consent import Consent, Notice, Purpose
from referrals.hours import Hours
from referrals.news import Happened, News
from referrals.person import Person
from referrals.referral import (
    Area,
    Details,
    DraftId,
    EntryId,
    ForWhom,
    Reach,
    Referral,
    ReferralId,
    Urgency,
)
from referrals.storage.work import UnitOfWork
from tests.fakes.clock import START

NOTICE = Notice("what is shared", "1", "lt")


async def keep(
    work: UnitOfWork,
    person: Person,
    *,
    reference: str = "ATR-7K3M-2",
    area: str | None = "kaunas-city",
    urgency: Urgency = Urgency.ROUTINE,
    entry_id: str | None = None,
    details: Details | None = None,
    at: datetime = START,
) -> Referral:
    """A referral nobody has taken, with its consent and its first news."""
    referral = Referral(
        id=ReferralId(uuid4()),
        reference=reference,
        person_id=person.id,
        draft_id=DraftId(uuid4()),
        area=None if area is None else Area(area),
        entry_id=None if entry_id is None else EntryId(entry_id),
        topic="care",
        urgency=urgency,
        details=details or Details(for_whom=ForWhom.ME, reach=Reach.CHAT, language="lt"),
        requested_at=at,
        changed_at=at,
    )
    referral.promised_by = Hours().of(referral.area).promise(urgency, at)
    consent = Consent(person.id, Purpose.REFERRAL, NOTICE, at, referral_id=referral.id)
    referral.consent_id = await work.consents.give(consent)
    await work.referrals.add(referral, News(Happened.REQUESTED, referral, at))
    return referral
