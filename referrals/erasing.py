"""Deleting what is held about a person: at once, in time, or not yet because somebody needs it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Protocol

from referrals.access import Act, require
from referrals.actions import withdraw
from referrals.errors import Forbidden
from referrals.person import Person, Worker
from referrals.ports import Work
from referrals.referral import ERASED, NOBODY, OPEN, PersonId, Referral, ReferralId

Talks = Callable[[int], Sequence[str]]  # the keys of somebody's conversations, by their Telegram id


class Kind(StrEnum):
    """What can be erased by itself."""

    PERSON = "person"
    REFERRAL = "referral"
    DRAFT = "draft"


@dataclass(frozen=True)
class Erased:
    """A line of the ledger: what was erased, by keyed digest, and when."""

    kind: Kind
    subject: bytes
    at: datetime


@dataclass(frozen=True)
class Deletion:
    """A person's wish to have everything deleted, while a request was still open."""

    person_id: PersonId
    asked_at: datetime
    due_at: datetime


class Erasing(Protocol):
    """What storage can erase."""

    async def person(
        self, person_id: PersonId, now: datetime, *, talks: Talks, held_too: bool = False
    ) -> bool:
        """Everything of a person; False when a referral is held and the person stays because of it."""

    async def referral(self, referral_id: ReferralId, now: datetime) -> None:
        """What was told in it and about it."""

    async def draft(self, person_id: PersonId, now: datetime) -> None:
        """The form of a person."""


class Deletions(Protocol):
    """Wishes that wait."""

    async def put(self, deletion: Deletion) -> None:
        """Keep one; an earlier one of the same person stays."""

    async def find(self, person_id: PersonId) -> Deletion | None:
        """The one of a person."""

    async def drop(self, person_id: PersonId) -> None:
        """It is over."""

    async def waiting(self) -> list[Deletion]:
        """All of them, the earliest due first."""


class ErasingReferrals(Protocol):
    """A person's referrals, and the mark that keeps one."""

    async def of_person(self, person_id: PersonId) -> list[Referral]:
        """All of a person."""

    async def set_held(self, referral: Referral, *, held: bool) -> None:
        """Set or take the mark, or raise Changed."""


class ErasingPersons(Protocol):
    """Persons."""

    async def get(self, person_id: PersonId) -> Person:
        """The one with this id."""


class ErasingWork(Work, Protocol):
    """A transaction that can erase."""

    @property
    def erasing(self) -> Erasing:
        """What can be erased in it."""

    @property
    def deletions(self) -> Deletions:
        """Wishes that wait."""

    @property
    def holds(self) -> ErasingReferrals:
        """Referrals as erasing sees them."""

    @property
    def persons(self) -> ErasingPersons:
        """Persons of this transaction."""


async def hold(
    work: ErasingWork, worker: Worker | None, referral: Referral | None, *, held: bool, now: datetime
) -> None:
    """Keep a referral from erasing, or no longer: for a complaint, for a court. Raises Forbidden, Changed."""
    worker = require(worker, Act.HOLD_ERASURE, referral)
    if referral is None or referral.erased_at is not None:
        raise Forbidden
    await work.holds.set_held(referral, held=held)
    await work.records.add(Act.HOLD_ERASURE, worker.telegram_id, now, referral_id=referral.id, allowed=True)


async def delete_all(
    work: ErasingWork, person: Person, *, talks: Talks, wait: timedelta, now: datetime
) -> bool:
    """Withdraw what is open and erase everything; False when something held keeps the person for now."""
    for referral in await work.holds.of_person(person.id):
        if referral.status in OPEN:
            await _withdraw(work, person, referral, now)
    is_gone = await work.erasing.person(person.id, now, talks=talks)
    if not is_gone:
        await work.deletions.put(Deletion(person.id, now, now + wait))
    return is_gone


async def delete_rest(work: ErasingWork, person: Person, *, wait: timedelta, now: datetime) -> Deletion:
    """Erase everything but the open requests, which go when they are over, or in time."""
    await work.erasing.draft(person.id, now)
    for referral in await work.holds.of_person(person.id):
        if referral.status not in OPEN and not referral.held:
            await work.erasing.referral(referral.id, now)
    await work.deletions.put(Deletion(person.id, now, now + wait))
    return await work.deletions.find(person.id) or Deletion(person.id, now, now + wait)


async def finish_deletion(work: ErasingWork, deletion: Deletion, *, talks: Talks, now: datetime) -> bool:
    """Erase if nothing is open any more or the time is up; whether the wish is fulfilled.

    Who has sent something new since then is not deleted with it: only what was there before goes.
    """
    person = await work.persons.get(deletion.person_id)
    theirs = await work.holds.of_person(person.id)
    before = [each for each in theirs if each.requested_at <= deletion.asked_at]
    if any(each.status in OPEN for each in before) and now < deletion.due_at:
        return False
    for referral in before:
        if referral.status in OPEN:
            await _withdraw(work, person, referral, now)
        if not referral.held:
            await work.erasing.referral(referral.id, now)
    is_back = len(theirs) > len(before) or await work.drafts.find(person.id) is not None
    if any(each.held for each in before):
        return False
    if is_back:
        await work.deletions.drop(person.id)
        return True
    return await work.erasing.person(person.id, now, talks=talks)


async def _withdraw(work: ErasingWork, person: Person, referral: Referral, now: datetime) -> None:
    """Its worker is told, and what they are told holds nothing that is being erased."""
    withdrawn = await withdraw(work, person, referral.id, now=now)
    if not referral.held:
        withdrawn.details, withdrawn.person_id = ERASED, NOBODY
    referral.status = withdrawn.status
