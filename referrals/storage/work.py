"""The store and its unit of work: one update is one transaction, rolled back unless committed."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field

from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from referrals.news import News
from referrals.storage.agreements import Consents
from referrals.storage.cases import Referrals
from referrals.storage.cells import Cells
from referrals.storage.deletions import Deletions, Holds
from referrals.storage.drafts import Drafts
from referrals.storage.erasing import Erasing
from referrals.storage.holdings import Holdings
from referrals.storage.inbox import Inbox
from referrals.storage.keyring import Keyring
from referrals.storage.messages import Messages, Notes
from referrals.storage.notes import Conversations, Feedback, Records
from referrals.storage.outbox import Outbox
from referrals.storage.people import Persons, Workers
from referrals.storage.sweeping import Sweeping
from referrals.storage.traces import Traces


@dataclass
class UnitOfWork:
    """The repositories of one transaction, and the news it brings."""

    connection: AsyncConnection
    cells: Cells
    persons: Persons
    workers: Workers
    drafts: Drafts
    referrals: Referrals
    consents: Consents
    messages: Messages
    notes: Notes
    inbox: Inbox
    outbox: Outbox
    records: Records
    feedback: Feedback
    conversations: Conversations
    erasing: Erasing
    deletions: Deletions
    holds: Holds
    holdings: Holdings
    sweeping: Sweeping
    traces: Traces
    news: list[News] = field(default_factory=list)

    @classmethod
    def on(cls, connection: AsyncConnection, keyring: Keyring) -> UnitOfWork:
        """The repositories over one connection."""
        cells = Cells(connection, keyring)
        erasing = Erasing(cells)
        return cls(
            connection=connection,
            cells=cells,
            persons=Persons(cells),
            workers=Workers(cells),
            drafts=Drafts(cells),
            referrals=Referrals(cells),
            consents=Consents(cells),
            messages=Messages(cells),
            notes=Notes(cells),
            inbox=Inbox(cells),
            outbox=Outbox(cells),
            records=Records(cells),
            feedback=Feedback(cells),
            conversations=Conversations(cells),
            erasing=erasing,
            deletions=Deletions(cells),
            holds=Holds(cells),
            holdings=Holdings(cells),
            sweeping=Sweeping(cells, erasing),
            traces=Traces(cells),
        )

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
            yield UnitOfWork.on(connection, self.keyring)

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
