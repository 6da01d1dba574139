"""Referring onward: a partner learns of a person only after the person's own yes to the very list shared."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID, uuid4

from referrals.access import Act, require
from referrals.consent import Consent, Notice, Purpose
from referrals.errors import ConsentMissing, Forbidden, NotAllowed, NotSafe
from referrals.person import Person, Worker
from referrals.ports import Work
from referrals.referral import OPEN, ConsentId, Details, Referral, ReferralId, WorkerId


@dataclass(frozen=True)
class Onward:
    """One question to a person: may this provider be told? `withdrawn`: a yes that was taken back."""

    id: UUID
    referral_id: ReferralId
    provider: str
    by: WorkerId
    at: datetime
    answered_at: datetime | None = None
    agreed: bool | None = None
    consent_id: ConsentId | None = None
    withdrawn: bool = False

    @property
    def has_consent(self) -> bool:
        """Whether the partner may be told now."""
        return self.agreed is True and self.consent_id is not None and not self.withdrawn


def shared(details: Details) -> dict[str, str]:
    """What a partner would be told: only what exists, and no number that is not safe to call."""
    told = {
        "name": details.name,
        "phone": details.phone if details.may_call else None,
        "need": details.need,
    }
    return {what: value for what, value in told.items() if value}


async def ask_person(
    work: Work, worker: Worker | None, referral_id: ReferralId, provider: str, *, now: datetime
) -> Onward:
    """Keep the question. Raises Forbidden, NotAllowed, NotSafe."""
    referral = await work.referrals.find(referral_id)
    worker = require(worker, Act.REFER_ONWARD, referral)
    referral = _open(referral)
    if not referral.details.may_write or not shared(referral.details):
        raise NotSafe(referral_id)
    onward = Onward(uuid4(), referral_id, provider, worker.id, now)
    await work.onwards.add(onward)
    await work.records.add(Act.REFER_ONWARD, worker.telegram_id, now, referral_id=referral_id, allowed=True)
    return onward


async def find_question(work: Work, person: Person, onward_id: UUID) -> tuple[Referral, Onward]:
    """A question and the person's own referral it is about. Raises Forbidden for anyone else's."""
    onward = await work.onwards.find(onward_id)
    referral = None if onward is None else await work.referrals.find(onward.referral_id)
    if onward is None or referral is None or referral.person_id != person.id:
        raise Forbidden(onward_id)
    return referral, onward


async def answer(
    work: Work, person: Person, onward_id: UUID, *, notice: Notice | None, now: datetime
) -> tuple[Referral, Onward]:
    """A yes to exactly this text, or no (None). Raises Forbidden; NotAllowed when it is too late."""
    referral, onward = await find_question(work, person, onward_id)
    referral = _open(referral)
    if onward.answered_at is not None:
        raise NotAllowed(current=referral.status, wanted=referral.status)
    consent_id = None
    if notice is not None:
        consent = Consent(person.id, Purpose.PARTNERS, notice, now, referral_id=referral.id)
        consent_id = await work.consents.give(consent)
    await work.onwards.answer(onward_id, now, consent_id=consent_id)
    answered = await work.onwards.find(onward_id)
    if answered is None:
        raise Forbidden(onward_id)
    return referral, answered


async def tell_partner(
    work: Work, worker: Worker | None, onward_id: UUID, *, now: datetime
) -> tuple[Referral, Onward]:
    """What a partner may be told, recorded each time. Raises Forbidden; ConsentMissing without a yes."""
    onward = await work.onwards.find(onward_id)
    referral = None if onward is None else await work.referrals.find(onward.referral_id)
    worker = require(worker, Act.REFER_ONWARD, referral)
    if onward is None or referral is None:
        raise Forbidden(onward_id)
    if not onward.has_consent:
        raise ConsentMissing
    await work.records.add(Act.REFER_ONWARD, worker.telegram_id, now, referral_id=referral.id, allowed=True)
    return referral, onward


def _open(referral: Referral | None) -> Referral:
    if referral is None:
        raise Forbidden
    if referral.status not in OPEN:
        raise NotAllowed(current=referral.status, wanted=referral.status)
    return referral
