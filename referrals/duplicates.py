"""Probable duplicates: found by plain rules, marked or dismissed by a worker, never by themselves."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from rapidfuzz import fuzz

from referrals.access import Act, may_in, require
from referrals.errors import Forbidden, NotAllowed
from referrals.news import Happened, News
from referrals.person import Worker
from referrals.ports import Work
from referrals.referral import LEADS_TO, OPEN, Reason, Referral, ReferralId, Status

SPAN = timedelta(days=30)  # an older request about the same is a new one
SIMILAR = 88  # of 100: the same sentence with a slip, another order or one more clause
SHORTEST = 20  # signs: "help with shopping" is said by many
MOST = 200  # cases that are opened to be compared; beyond that only the same person is looked for
WORD = re.compile(r"\w+")


class Likeness(StrEnum):
    """Why two requests may be one."""

    SAME_PERSON = "same-person"
    SAME_PHONE = "same-phone"
    SIMILAR_NEED = "similar-need"


@dataclass(frozen=True)
class Twin:
    """A request that may be the same, and why."""

    referral: Referral
    likeness: Likeness


def likeness(referral: Referral, other: Referral) -> Likeness | None:
    """Why the other may be the same request; None when there is no reason to think so."""
    if other.id == referral.id or abs(other.requested_at - referral.requested_at) > SPAN:
        return None
    is_about_the_same = (other.entry_id, other.topic) == (referral.entry_id, referral.topic)
    if is_about_the_same and other.person_id == referral.person_id:
        return Likeness.SAME_PERSON
    phones = {referral.details.phone, other.details.phone}
    if is_about_the_same and len(phones) == 1 and None not in phones:
        return Likeness.SAME_PHONE
    return Likeness.SIMILAR_NEED if _is_similar(referral.details.need, other.details.need) else None


async def find_twins(work: Work, worker: Worker | None, referral: Referral, *, limit: int) -> list[Twin]:
    """Open requests that may be the same and that the worker may know of, the nearest in time first."""
    since = referral.requested_at - SPAN
    dismissed = await work.duplicates.dismissed(referral.id)
    twins = [
        Twin(other, why)
        for other in await work.duplicates.candidates(referral, since, MOST)
        if other.reference not in dismissed
        and other.duplicate_of != referral.id
        and may_in(worker, Act.LIST, other.area)
        and (why := likeness(referral, other)) is not None
    ]
    twins.sort(key=lambda twin: abs(twin.referral.requested_at - referral.requested_at))
    return twins[:limit]


async def dismiss(
    work: Work, worker: Worker | None, referral_id: ReferralId, other: Referral, *, now: datetime
) -> None:
    """It is not the same: recorded, and suggested no more. Raises Forbidden."""
    referral = await work.referrals.find(referral_id)
    worker = require(worker, Act.MARK_DUPLICATE, referral)
    await work.records.add(
        Act.MARK_DUPLICATE,
        worker.telegram_id,
        now,
        referral_id=referral_id,
        allowed=True,
        why=f"not-{other.reference}",
    )


async def mark(
    work: Work, worker: Worker | None, referral_id: ReferralId, original: Referral, *, now: datetime
) -> Referral:
    """Point at the request that goes on; close this one if its state leads there, else only mark it.

    Raises Forbidden, Changed; NotAllowed when it is over, or when the other points back.
    """
    referral = await work.referrals.find(referral_id)
    worker = require(worker, Act.MARK_DUPLICATE, referral)
    if referral is None or not may_in(worker, Act.LIST, original.area):
        raise Forbidden(referral_id)
    before, owner = referral.status, referral.owner
    if before not in OPEN or original.id == referral.id or original.duplicate_of is not None:
        raise NotAllowed(current=before, wanted=Status.REJECTED)
    referral.duplicate_of, referral.changed_at = original.id, now
    happened = Happened.MARKED_DUPLICATE
    if Status.REJECTED in LEADS_TO[before]:
        referral.move(Status.REJECTED, now, reason=Reason.DUPLICATE)
        happened = Happened.REJECTED
    news = News(happened, referral, now, by=worker.id, before=before, owner_before=owner)
    await work.referrals.save(referral, news)
    await work.records.add(Act.MARK_DUPLICATE, worker.telegram_id, now, referral_id=referral_id, allowed=True)
    work.news.append(news)
    return referral


def _is_similar(need: str | None, other: str | None) -> bool:
    texts = [" ".join(WORD.findall((each or "").casefold())) for each in (need, other)]
    return min(map(len, texts)) >= SHORTEST and fuzz.token_sort_ratio(*texts) >= SIMILAR
