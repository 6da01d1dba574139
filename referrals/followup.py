"""Asking afterwards whether help came: once, in working hours, only where writing is safe."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Protocol

from referrals.errors import Forbidden
from referrals.hours import Hours
from referrals.person import Person
from referrals.ports import Work
from referrals.referral import EntryId, Referral, ReferralId, Status

AFTER = timedelta(days=7)  # what was promised at the end of a case has had a week to happen
AGAIN = timedelta(days=14)  # after "not yet": most waiting ends within a month of the first answer


class Said(StrEnum):
    """Whether help came, as the person sees it."""

    YES = "yes"
    PARTLY = "partly"
    NO = "no"
    NOT_YET = "not-yet"


@dataclass(frozen=True)
class FollowUp:
    """One question about one referral. `asked_at` is empty while it waits to be asked."""

    referral_id: ReferralId
    due_at: datetime
    asked_at: datetime | None = None
    said: Said | None = None
    answered_at: datetime | None = None

    @property
    def was_asked(self) -> bool:
        """Whether the person has ever been asked."""
        return self.asked_at is not None or self.said is not None

    @property
    def is_waiting(self) -> bool:
        """Whether the person was asked and has not answered since."""
        if self.asked_at is None or self.is_settled:
            return False
        return self.answered_at is None or self.answered_at < self.asked_at

    @property
    def is_settled(self) -> bool:
        """Whether an answer stands that is asked about no more."""
        return self.said not in {None, Said.NOT_YET}


class FollowUps(Protocol):
    """What the actions need of the store."""

    async def plan(self, referral_id: ReferralId, due_at: datetime) -> None:
        """Ask at a time, unless it was asked before."""

    async def find(self, referral_id: ReferralId) -> FollowUp | None:
        """The one of a referral."""

    async def keep(self, follow_up: FollowUp) -> None:
        """Keep what was answered."""


class Remarks(Protocol):
    """What is said of an entry."""

    async def add(self, entry_id: EntryId, said: str, now: datetime, *, language: str) -> None:
        """Keep one remark."""


class FollowUpWork(Work, Protocol):
    """One transaction, with follow-ups."""

    @property
    def follow_ups(self) -> FollowUps:
        """Follow-ups of this transaction."""

    @property
    def feedback(self) -> Remarks:
        """Remarks of this transaction."""


def may_be_asked(referral: Referral | None) -> bool:
    """Whether it is right to ask: the case is done, and writing to the person is safe."""
    return (
        referral is not None
        and referral.status is Status.COMPLETED
        and referral.erased_at is None
        and referral.details.may_write
    )


async def plan(work: FollowUpWork, referral: Referral, *, hours: Hours, now: datetime) -> None:
    """Ask a week after a case is done, when somebody is at the desk in case the answer is no."""
    if may_be_asked(referral):
        await work.follow_ups.plan(referral.id, hours.of(referral.area).next_open(now + AFTER))


async def answer(
    work: FollowUpWork, person: Person, referral_id: ReferralId, said: Said, *, hours: Hours, now: datetime
) -> Referral:
    """Keep what the person said of their own referral; the first clear answer stands. Raises Forbidden."""
    referral = await work.referrals.find(referral_id)
    follow_up = await work.follow_ups.find(referral_id)
    if referral is None or referral.person_id != person.id or follow_up is None or not follow_up.was_asked:
        raise Forbidden(referral_id)
    if follow_up.is_settled or (said is Said.NOT_YET and follow_up.asked_at is None):
        return referral
    is_first = follow_up.said is None
    asked_at, due_at = follow_up.asked_at, follow_up.due_at
    if said is Said.NOT_YET and is_first:
        asked_at, due_at = None, hours.of(referral.area).next_open(now + AGAIN)
    await work.follow_ups.keep(FollowUp(referral_id, due_at, asked_at, said, now))
    if said is not Said.NOT_YET and referral.entry_id is not None:
        language = person.language or referral.details.language
        await work.feedback.add(referral.entry_id, f"help-{said}", now, language=language)
    return referral
