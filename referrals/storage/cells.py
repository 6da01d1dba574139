"""Between a row and its envelopes: each repository seals and opens its personal cells through this."""

from __future__ import annotations

import json
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import Insert, Table
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.ext.asyncio import AsyncConnection

from referrals.storage.keyring import Keyring

Json = dict[str, object]


@dataclass(frozen=True)
class Cells:
    """A connection inside a transaction, and the keys to its personal cells."""

    connection: AsyncConnection
    keyring: Keyring

    def seal(self, text: str, column: str, row: UUID | str) -> bytes:
        """The envelope of a text for `table.column` of one row."""
        return self.keyring.seal(text.encode(), f"{column}:{row}")

    def open(self, envelope: bytes, column: str, row: UUID | str) -> str:
        """The text of a cell. Raises KeyUnknown, Tampered."""
        return self.keyring.open(envelope, f"{column}:{row}").decode()

    def seal_json(self, value: Json, column: str, row: UUID | str) -> bytes:
        """The envelope of a JSON object."""
        return self.seal(json.dumps(value), column, row)

    def open_json(self, envelope: bytes, column: str, row: UUID | str) -> Json:
        """The JSON object of a cell. Raises KeyUnknown, Tampered."""
        value: Json = json.loads(self.open(envelope, column, row))
        return value

    def blind(self, kind: str, value: object) -> bytes:
        """What a value is looked up by."""
        return self.keyring.blind(kind, str(value))

    @property
    def is_postgres(self) -> bool:
        """Whether several processes may share the store."""
        return self.connection.dialect.name == "postgresql"

    def insert_unless_there(self, table: Table) -> Insert:
        """An insert that leaves a row with the same unique key as it is."""
        if self.is_postgres:
            return postgresql.insert(table).on_conflict_do_nothing()
        return sqlite.insert(table).on_conflict_do_nothing()
