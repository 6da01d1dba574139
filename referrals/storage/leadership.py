"""One sender among many processes: whoever holds the lock of the shared database."""

from __future__ import annotations

from sqlalchemy import text
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from referrals.storage.locks import Lock


class Leadership:
    """On PostgreSQL an advisory lock that ends with its connection; SQLite has one process anyway."""

    def __init__(self, engine: AsyncEngine) -> None:
        self._engine = engine
        self._connection: AsyncConnection | None = None

    async def holds(self) -> bool:
        """Whether this process leads; taken now if nobody does. A lost connection loses it."""
        if self._engine.dialect.name != "postgresql":
            return True
        try:
            if self._connection is None:
                connection = await self._engine.connect()
                self._connection = await connection.execution_options(isolation_level="AUTOCOMMIT")
            query = text("SELECT pg_try_advisory_lock(:lock)")
            held: bool = (await self._connection.execute(query, {"lock": Lock.SENDING})).scalar_one()
        except (SQLAlchemyError, OSError):
            await self.release()
            return False
        return held

    async def release(self) -> None:
        """Let another process lead: the session ends, and its lock with it."""
        connection, self._connection = self._connection, None
        if connection is not None:
            await connection.invalidate()
            await connection.close()
