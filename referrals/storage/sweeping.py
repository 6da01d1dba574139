"""What goes when its time is over, rule by rule, a batch in one transaction."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Column, ColumnElement, delete, exists, func, select, text, update

from referrals.erasing import Talks
from referrals.referral import NOBODY, PersonId, ReferralId, Status
from referrals.register import Period
from referrals.storage.cells import Cells
from referrals.storage.erasing import Erasing
from referrals.storage.inbox import DONE, PARKED
from referrals.storage.locks import Lock
from referrals.storage.outbox import DEAD, SENT, UNREACHABLE
from referrals.storage.tables import (
    cards,
    conversations,
    deletions,
    drafts,
    feedback,
    inbox,
    outbox,
    persons,
    questions,
    referrals,
    tries,
    workers,
)

BATCH = 200  # rows a transaction: the database is never held for long
CLOSED = (Status.COMPLETED, Status.REJECTED, Status.FAILED, Status.ENTERED_IN_ERROR)

Due = Callable[[datetime], ColumnElement[bool]]


@dataclass(frozen=True)
class Rule:
    """Rows that go when a named period is over, found by their key."""

    name: str
    period: str
    key: Column[Any]
    due: Due


def _uncarded() -> ColumnElement[bool]:
    return ~exists().where(cards.c.outbox_id == outbox.c.id)


def _over(*statuses: Status) -> Due:
    def due(before: datetime) -> ColumnElement[bool]:
        is_free = referrals.c.held.is_(False) & referrals.c.erased_at.is_(None)
        return is_free & referrals.c.status.in_(statuses) & (referrals.c.changed_at <= before)

    return due


def _faded(before: datetime) -> ColumnElement[bool]:
    """Cards of what is erased; the desk has seen their last change by then."""
    return exists().where(referrals.c.id == cards.c.referral_id, referrals.c.erased_at <= before)


def _idle(before: datetime) -> ColumnElement[bool]:
    """An account for which nothing is kept that has a use; whether a talk goes on is seen later."""
    c = persons.c
    return (
        (c.created_at <= before)
        & (c.id != NOBODY)
        & ~exists().where(referrals.c.person_id == c.id)
        & ~exists().where(drafts.c.person_id == c.id)
        & ~exists().where(deletions.c.person_id == c.id)
        & ~exists().where(workers.c.telegram_blind == c.telegram_blind, workers.c.active.is_(True))
    )


RULES = (
    Rule("drafts", "drafts", drafts.c.id, lambda before: drafts.c.updated_at <= before),
    Rule("withdrawn", "withdrawn", referrals.c.id, _over(Status.CANCELLED)),
    Rule("closed", "closed", referrals.c.id, _over(*CLOSED)),
    Rule(
        "inbox",
        "inbox",
        inbox.c.arrival,
        lambda before: (inbox.c.status == DONE) & (inbox.c.done_at <= before),
    ),
    Rule(
        "parked",
        "parked",
        inbox.c.arrival,
        lambda before: (inbox.c.status == PARKED) & (inbox.c.received_at <= before),
    ),
    Rule("cards", "outbox", cards.c.outbox_id, _faded),
    Rule(
        "outbox",
        "outbox",
        outbox.c.position,
        lambda before: (outbox.c.status == SENT) & (outbox.c.sent_at <= before) & _uncarded(),
    ),
    Rule(
        "undelivered",
        "parked",
        outbox.c.position,
        lambda before: (
            outbox.c.status.in_((DEAD, UNREACHABLE)) & (outbox.c.created_at <= before) & _uncarded()
        ),
    ),
    Rule(
        "conversations",
        "conversations",
        conversations.c.key_blind,
        lambda before: conversations.c.updated_at <= before,
    ),
    Rule(
        "questions",
        "questions",
        questions.c.id,
        lambda before: questions.c.text_sealed.is_not(None) & (questions.c.at <= before),
    ),
    Rule("tries", "tries", tries.c.id, lambda before: tries.c.at <= before),
    Rule("feedback", "feedback", feedback.c.id, lambda before: feedback.c.at <= before),
    Rule("people", "people", persons.c.id, _idle),
)


class Sweeping:
    """Counts and erases what is due."""

    def __init__(self, cells: Cells, erasing: Erasing) -> None:
        self._cells = cells
        self._erasing = erasing

    async def begin(self) -> bool:
        """Whether this process sweeps: of several over one database, one does."""
        if not self._cells.is_postgres:
            return True
        query = text("SELECT pg_try_advisory_xact_lock(:lock)")
        return bool((await self._cells.connection.execute(query, {"lock": Lock.SWEEPING})).scalar_one())

    async def count(self, rule: Rule, periods: Mapping[str, Period], now: datetime) -> int:
        """How many rows are due. Accounts are counted before it is seen whether they are in use."""
        due = rule.due(now - periods[rule.period].length)
        query = select(func.count()).select_from(rule.key.table).where(due)
        return int((await self._cells.connection.execute(query)).scalar_one())

    async def erase(
        self, rule: Rule, periods: Mapping[str, Period], now: datetime, *, talks: Talks, after: object = None
    ) -> tuple[int, object]:
        """Erase one batch. Returns how many went and the last key seen, None at the end."""
        due = rule.due(now - periods[rule.period].length)
        query = select(rule.key).where(due).order_by(rule.key).limit(BATCH)
        if after is not None:
            query = query.where(rule.key > after)
        keys = list((await self._cells.connection.execute(query)).scalars())
        count = await self._erase(rule, keys, now, talks) if keys else 0
        return count, keys[-1] if len(keys) == BATCH else None

    async def _erase(self, rule: Rule, keys: list[Any], now: datetime, talks: Talks) -> int:
        if rule.key.table is referrals:
            for key in keys:
                await self._erasing.referral(ReferralId(key), now)
            return len(keys)
        if rule.key.table is persons:
            return sum([await self._person(PersonId(key), now, talks) for key in keys])
        these = rule.key.in_(keys)
        if rule.key.table is questions:
            await self._cells.connection.execute(update(questions).where(these).values(text_sealed=None))
        else:
            await self._cells.connection.execute(delete(rule.key.table).where(these))
        return len(keys)

    async def _person(self, person_id: PersonId, now: datetime, talks: Talks) -> bool:
        """Erase an account unless a talk with it goes on."""
        query = select(persons.c.telegram_sealed).where(persons.c.id == person_id)
        sealed = (await self._cells.connection.execute(query)).scalar_one()
        telegram_id = self._cells.open(sealed, "persons.telegram", person_id)
        keys = [self._cells.blind("conversation", key) for key in talks(int(telegram_id))]
        lane = inbox.c.lane_blind == self._cells.blind("lane", telegram_id)
        talk = select(conversations.c.key_blind).where(conversations.c.key_blind.in_(keys))
        news = select(inbox.c.arrival).where(lane).limit(1)
        for query in (talk, news):
            if (await self._cells.connection.execute(query)).first() is not None:
                return False
        return await self._erasing.person(person_id, now, talks=talks)
