"""The store and its unit of work: one update is one transaction, rolled back unless committed."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager, contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from typing import Generic, TypeVar, overload

from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from referrals.news import News
from referrals.storage.agreements import Consents
from referrals.storage.asked import Questions, Remarks
from referrals.storage.audit import Audit
from referrals.storage.capacity import Capacities
from referrals.storage.cases import Referrals
from referrals.storage.cells import Cells
from referrals.storage.deletions import Deletions, Holds
from referrals.storage.drafts import Drafts
from referrals.storage.duplicates import Duplicates
from referrals.storage.erasing import Erasing
from referrals.storage.exports import Exports
from referrals.storage.followups import FollowUps
from referrals.storage.history import History
from referrals.storage.holdings import Holdings
from referrals.storage.inbox import Inbox
from referrals.storage.keyring import Keyring
from referrals.storage.messages import Messages, Notes
from referrals.storage.notes import Conversations, Feedback, Records
from referrals.storage.onwards import Onwards
from referrals.storage.outbox import Outbox
from referrals.storage.people import Persons, Workers
from referrals.storage.queue import Queue
from referrals.storage.receipts import Receipts, Tries
from referrals.storage.staff import Staff
from referrals.storage.statistics import StatisticsOf
from referrals.storage.sweeping import Sweeping
from referrals.storage.traces import Traces
from referrals.storage.watching import Watching

R = TypeVar("R")


class Over(Generic[R]):
    """A repository of a transaction, made when it is first asked for."""

    def __init__(self, make: Callable[[Cells], R]) -> None:
        self._make = make

    def __set_name__(self, _owner: type[UnitOfWork], name: str) -> None:
        self._name = name

    @overload
    def __get__(self, work: None, owner: type[UnitOfWork]) -> Over[R]: ...

    @overload
    def __get__(self, work: UnitOfWork, owner: type[UnitOfWork]) -> R: ...

    def __get__(self, work: UnitOfWork | None, owner: type[UnitOfWork]) -> Over[R] | R:
        """The repository; from now on an attribute like any other."""
        if work is None:
            return self
        made = work.__dict__[self._name] = self._make(work.cells)
        return made


class UnitOfWork:
    """The repositories of one transaction, and the news it brings."""

    persons = Over(Persons)
    workers = Over(Workers)
    drafts = Over(Drafts)
    referrals = Over(Referrals)
    consents = Over(Consents)
    messages = Over(Messages)
    notes = Over(Notes)
    inbox = Over(Inbox)
    outbox = Over(Outbox)
    records = Over(Records)
    feedback = Over(Feedback)
    conversations = Over(Conversations)
    audit = Over(Audit)
    staff = Over(Staff)
    capacity = Over(Capacities)
    watching = Over(Watching)
    queue = Over(Queue)
    history = Over(History)
    onwards = Over(Onwards)
    duplicates = Over(Duplicates)
    questions = Over(Questions)
    remarks = Over(Remarks)
    follow_ups = Over(FollowUps)
    statistics = Over(StatisticsOf)
    exports = Over(Exports)
    receipts = Over(Receipts)
    tries = Over(Tries)
    erasing = Over(Erasing)
    deletions = Over(Deletions)
    holds = Over(Holds)
    holdings = Over(Holdings)
    traces = Over(Traces)

    def __init__(self, connection: AsyncConnection, keyring: Keyring) -> None:
        self.connection = connection
        self.cells = Cells(connection, keyring)
        self.news: list[News] = []

    @property
    def sweeping(self) -> Sweeping:
        """What is due, erased by the same hand as everything of this transaction."""
        return Sweeping(self.cells, self.erasing)

    async def commit(self) -> None:
        """Make everything since the beginning true at once."""
        await self.connection.commit()


@dataclass(frozen=True)
class Store:
    """The database and the keys to its personal cells."""

    engine: AsyncEngine
    keyring: Keyring

    @asynccontextmanager
    async def work(self) -> AsyncIterator[UnitOfWork]:
        """One transaction; what is not committed at its end did not happen."""
        async with self.engine.connect() as connection:
            await connection.begin()
            yield UnitOfWork(connection, self.keyring)

    async def close(self) -> None:
        """Let go of all connections."""
        await self.engine.dispose()


_current: ContextVar[UnitOfWork] = ContextVar("current_work")


@contextmanager
def joined(work: UnitOfWork) -> Iterator[None]:
    """Within it, `current_work` is this one: whoever is called by a framework can join it."""
    token = _current.set(work)
    try:
        yield
    finally:
        _current.reset(token)


def current_work() -> UnitOfWork:
    """The unit of work of the update being handled. Raises LookupError outside of one."""
    return _current.get()
