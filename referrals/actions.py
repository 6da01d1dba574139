"""What people and staff do. Each action: load, decide, keep, and add the news.

The commit is not here: one update of Telegram is one transaction, with the answers it causes
and its own "done", and the inbox's worker, who opened it, commits it.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import uuid4

from referrals.access import Act, Why, may, require
from referrals.consent import Consent, Notice, Purpose
from referrals.draft import Draft, Step
from referrals.errors import AlreadySubmitted, Away, ConsentMissing, Forbidden, NotAllowed, WhyMissing
from referrals.hours import Hours
from referrals.news import BY_STATUS, Happened, News
from referrals.person import Person, Worker
from referrals.ports import Work
from referrals.reference import new_reference
from referrals.referral import (
    OPEN,
    DraftId,
    EntryId,
    Reason,
    Referral,
    ReferralId,
    Status,
)


@dataclass(frozen=True)
class About:
    """What a request is about: an entry of the knowledge base or nothing in particular."""

    entry_id: EntryId | None
    topic: str
    question: str | None = None
    crisis: str | None = None


async def begin(work: Work, person: Person, about: About, *, now: datetime) -> Draft:
    """The person's draft, made now if there is none."""
    draft = await work.drafts.find(person.id)
    if draft is not None:
        return draft
    draft = Draft(
        id=DraftId(uuid4()),
        person_id=person.id,
        entry_id=about.entry_id,
        topic=about.topic,
        step=Step.FOR_WHOM,
        updated_at=now,
        question=about.question,
        crisis=about.crisis,
    )
    await work.drafts.add(draft)
    return draft


async def submit(work: Work, draft: Draft, notice: Notice, *, hours: Hours, now: datetime) -> Referral:
    """Turn a draft into a referral, once. Raises AlreadySubmitted, ConsentMissing, Incomplete.

    The consent comes first: no referral can be kept without one. `hours` say until when somebody looks.
    """
    existing = await work.referrals.find_by_draft(draft.id)
    if existing is not None:
        raise AlreadySubmitted(existing)
    if draft.answers.get(Step.CONSENT) != notice.sha256:
        raise ConsentMissing
    referral = _made_from(draft, await _free_reference(work), now)
    referral.promised_by = hours.of(referral.area).promise(referral.urgency, now)
    purpose = Purpose.REFERRAL if draft.is_consent_relied_on else Purpose.NOTICE_TO_CHILD
    consent = Consent(draft.person_id, purpose, notice, now, referral_id=referral.id)
    referral.consent_id = await work.consents.give(consent)
    news = News(Happened.REQUESTED, referral, now)
    await work.referrals.add(referral, news)
    await work.drafts.drop(draft.id)
    work.news.append(news)
    return referral


async def withdraw(work: Work, person: Person, referral_id: ReferralId, *, now: datetime) -> Referral:
    """The person's own request, cancelled. Raises Forbidden for anyone else's, NotAllowed."""
    referral = await work.referrals.find(referral_id)
    if referral is None or referral.person_id != person.id:
        raise Forbidden(referral_id)
    before, owner = referral.status, referral.owner
    referral.move(Status.CANCELLED, now, reason=Reason.BY_PERSON)
    await _keep(work, referral, News(Happened.WITHDRAWN, referral, now, before=before, owner_before=owner))
    return referral


async def take(work: Work, worker: Worker | None, referral_id: ReferralId, *, now: datetime) -> Referral:
    """Make the worker the owner. Raises Forbidden, Away, AlreadyTaken, NotAllowed, Changed."""
    referral = await work.referrals.find(referral_id)
    worker = require(worker, Act.TAKE, referral)
    if worker.away:
        raise Away(worker.id)
    referral = _present(referral)
    before = referral.status
    referral.take(worker.id, now)
    await _keep(work, referral, News(Happened.TAKEN, referral, now, by=worker.id, before=before))
    return referral


async def open_case(
    work: Work, worker: Worker | None, referral_id: ReferralId, *, now: datetime, why: Why | None = None
) -> Referral:
    """The case with everything the person told; the opening is recorded. Raises Forbidden.

    Whoever does not own it says why, or WhyMissing is raised.
    """
    referral = await work.referrals.find(referral_id)
    worker = require(worker, Act.OPEN, referral)
    referral = _present(referral)
    if referral.owner == worker.id:
        why = None
    elif why is None:
        raise WhyMissing(referral_id)
    await work.records.add(Act.OPEN, worker.telegram_id, now, referral_id=referral_id, allowed=True, why=why)
    return referral


async def decide(
    work: Work,
    worker: Worker | None,
    referral_id: ReferralId,
    *,
    wanted: Status,
    reason: Reason | None,
    now: datetime,
) -> Referral:
    """Move a case on. Raises Forbidden, NotAllowed, ReasonMissing, Away, Changed."""
    referral = await work.referrals.find(referral_id)
    worker = require(worker, Act.DECIDE, referral)
    referral = _present(referral)
    before, owner = referral.status, referral.owner
    if wanted is Status.CANCELLED:  # only the person withdraws
        raise NotAllowed(current=before, wanted=wanted)
    if wanted is Status.REQUESTED:
        referral.hand_back(now)
    else:
        referral.move(wanted, now, reason=reason)
        if before not in OPEN:
            await _put_in_hands(work, referral, worker)
    happened = BY_STATUS.get(wanted, Happened.HANDED_BACK)
    news = News(happened, referral, now, by=worker.id, before=before, owner_before=owner)
    await _keep(work, referral, news)
    return referral


async def _put_in_hands(work: Work, referral: Referral, worker: Worker) -> None:
    """A reopened case is whoever's it was, or, if they have gone, whoever's that reopens it. Raises Away."""
    owner = await work.staff.find(referral.owner) if referral.owner is not None else None
    if owner is None or not owner.active or owner.away:
        if worker.away:
            raise Away(worker.id)
        referral.owner = worker.id


async def record_refusal(
    work: Work, act: Act, telegram_id: int, *, referral_id: ReferralId | None, now: datetime
) -> None:
    """Somebody without the right tried; they are told nothing, and it is kept."""
    await work.records.add(act, telegram_id, now, referral_id=referral_id, allowed=False)


def may_invite(worker: Worker | None) -> bool:
    """Whether the worker may make invites."""
    return may(worker, Act.INVITE)


def _made_from(draft: Draft, reference: str, now: datetime) -> Referral:
    return Referral(
        id=ReferralId(uuid4()),
        reference=reference,
        person_id=draft.person_id,
        draft_id=draft.id,
        area=draft.area,
        entry_id=draft.entry_id,
        topic=draft.topic,
        urgency=draft.urgency,
        details=draft.details(),
        requested_at=now,
        changed_at=now,
        crisis=draft.crisis,
    )


async def _free_reference(work: Work) -> str:
    while True:
        reference = new_reference()
        if await work.referrals.reference_is_free(reference):
            return reference


async def _keep(work: Work, referral: Referral, news: News) -> None:
    await work.referrals.save(referral, news)
    work.news.append(news)


def _present(referral: Referral | None) -> Referral:
    if referral is None:
        raise Forbidden
    return referral
