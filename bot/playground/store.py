"""What the playground remembers, in a SQLite file of its own. Numbers never begin again over a kept file."""

from __future__ import annotations

import json
import sqlite3
from pathlib import Path

from bot.playground.cast import GROUPS, PEOPLE, Json, new_person

SCHEMA = """
CREATE TABLE IF NOT EXISTS counters (name TEXT PRIMARY KEY, value INTEGER NOT NULL);
CREATE TABLE IF NOT EXISTS kept (kind TEXT, name TEXT, body TEXT NOT NULL, PRIMARY KEY (kind, name));
CREATE TABLE IF NOT EXISTS messages (
    chat INTEGER, message INTEGER, body TEXT NOT NULL, PRIMARY KEY (chat, message)
);
CREATE TABLE IF NOT EXISTS updates (id INTEGER PRIMARY KEY, body TEXT NOT NULL);
"""


class Store:
    """People, messages, updates that are not confirmed, and counters."""

    def __init__(self, folder: Path | None) -> None:
        if folder is not None:
            folder.mkdir(parents=True, exist_ok=True)
        self._database = sqlite3.connect(folder / "playground.db" if folder else ":memory:")
        self._database.isolation_level = None  # every statement is its own transaction
        self._database.execute("PRAGMA journal_mode=WAL")
        self._database.execute("PRAGMA synchronous=NORMAL")
        self._database.executescript(SCHEMA)

    def close(self) -> None:
        """Let go of the file."""
        self._database.close()

    def next(self, name: str) -> int:
        """The next number of a counter, from 1."""
        query = (
            "INSERT INTO counters VALUES (?, 1) "
            "ON CONFLICT (name) DO UPDATE SET value = value + 1 RETURNING value"
        )
        value: int = self._database.execute(query, (name,)).fetchone()[0]
        return value

    def keep(self, kind: str, name: object, body: object) -> None:
        """Keep a thing by kind and name."""
        query = (
            "INSERT INTO kept VALUES (?, ?, ?) ON CONFLICT (kind, name) DO UPDATE SET body = excluded.body"
        )
        self._database.execute(query, (kind, str(name), json.dumps(body)))

    def find(self, kind: str, name: object) -> object | None:
        """A kept thing."""
        query = "SELECT body FROM kept WHERE kind = ? AND name = ?"
        row = self._database.execute(query, (kind, str(name))).fetchone()
        return None if row is None else json.loads(row[0])

    def person(self, person_id: int) -> Json:
        """Somebody's account; made up for a number nobody has met."""
        kept = self.find("person", person_id)
        return kept if isinstance(kept, dict) else dict(PEOPLE.get(person_id) or new_person(person_id))

    def chat(self, chat_id: int) -> Json | None:
        """A chat as it stands in messages; a private one exists once its person has written."""
        if chat_id in GROUPS:
            return dict(GROUPS[chat_id])
        if chat_id <= 0 or self.find("started", chat_id) is None:
            return None
        return {"id": chat_id, "type": "private", "first_name": self.person(chat_id)["first_name"]}

    def put_message(self, chat_id: int, message_id: int, body: Json) -> None:
        """Keep a message, new or changed."""
        query = "INSERT INTO messages VALUES (?, ?, ?) ON CONFLICT DO UPDATE SET body = excluded.body"
        self._database.execute(query, (chat_id, message_id, json.dumps(body)))

    def find_message(self, chat_id: int, message_id: int) -> Json | None:
        """A message that is still there."""
        query = "SELECT body FROM messages WHERE chat = ? AND message = ?"
        row = self._database.execute(query, (chat_id, message_id)).fetchone()
        return None if row is None else json.loads(row[0])

    def messages(self, chat_id: int, limit: int = 200) -> list[Json]:
        """The newest messages of a chat, oldest first."""
        query = "SELECT body FROM messages WHERE chat = ? ORDER BY message DESC LIMIT ?"
        rows = self._database.execute(query, (chat_id, limit)).fetchall()
        return [json.loads(row[0]) for row in reversed(rows)]

    def delete_message(self, chat_id: int, message_id: int) -> bool:
        """Delete; whether it was there."""
        query = "DELETE FROM messages WHERE chat = ? AND message = ?"
        return self._database.execute(query, (chat_id, message_id)).rowcount == 1

    def add_update(self, body: Json) -> int:
        """Queue an update under its own number."""
        number = self.next("update")
        query = "INSERT INTO updates VALUES (?, ?)"
        self._database.execute(query, (number, json.dumps({"update_id": number, **body})))
        return number

    def updates(self, offset: int | None, limit: int) -> list[Json]:
        """Updates that wait. Asking from an offset confirms everything before it, as Telegram does."""
        if offset is not None and offset < 0:
            rows = self._database.execute(
                "SELECT id FROM updates ORDER BY id DESC LIMIT ?", (-offset,)
            ).fetchall()
            offset = rows[-1][0] if rows else None
        if offset is not None:
            self._database.execute("DELETE FROM updates WHERE id < ?", (offset,))
        query = "SELECT body FROM updates ORDER BY id LIMIT ?"
        return [json.loads(row[0]) for row in self._database.execute(query, (limit,)).fetchall()]

    def drop_update(self, number: int) -> None:
        """An update was delivered to a webhook."""
        self._database.execute("DELETE FROM updates WHERE id = ?", (number,))

    def pending(self) -> int:
        """How many updates wait."""
        count: int = self._database.execute("SELECT count(*) FROM updates").fetchone()[0]
        return count

    def reset(self) -> None:
        """Forget what was said. Counters go on."""
        for table in ("messages", "updates", "kept"):
            self._database.execute(f"DELETE FROM {table}")  # noqa: S608 - three fixed names
