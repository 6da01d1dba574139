"""Reading a store past the code that wrote it, to compare what lies there with the model."""

from __future__ import annotations

import json
import sqlite3
from collections import Counter, defaultdict
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from uuid import UUID

from referrals.audit import Examination, Line
from referrals.storage.keyring import Keyring
from tests.trust.model import Model

Row = dict[str, object]


def compare(file: Path, keyring: Keyring, model: Model, staff: dict[UUID, int]) -> None:
    """The whole store against the whole model. Raises AssertionError."""
    with closing(sqlite3.connect(file)) as connection:
        connection.row_factory = sqlite3.Row
        reading = Reading(connection, keyring, {key.hex: number for key, number in staff.items()})
        people = reading.people()
        assert reading.cases(people) == expected_cases(model)
        assert people_told(people, reading) == expected_people(model)
        reading.each_has_its_consent(people, model)
        reading.records_are_whole(model.records)
        assert reading.count("tries") == len(model.tries)


def expected_cases(model: Model) -> dict[UUID, Row]:
    """What the rows of every referral should say, with all that hangs on it."""
    return {
        key: {
            **{name: value for name, value in vars(case).items() if name not in {"code", "need", "phone"}},
            "told": None if case.erased else (case.need, case.phone),
            "codes": int(case.code is not None),
            "messages": sorted(case.messages),
            "notes": sorted(case.notes),
            "is_open": case.is_open,
        }
        for key, case in model.cases.items()
    }


def expected_people(model: Model) -> dict[int, Row]:
    """The accounts, the form and the wish of each."""
    return {
        number: {"form": known.form, "wish": known.wish and (known.wish.asked_at, known.wish.due_at)}
        for number, known in model.people.items()
    }


def people_told(people: dict[str, int], reading: Reading) -> dict[int, Row]:
    """The same as it is kept."""
    forms, wishes = reading.forms(), reading.wishes()
    return {
        number: {"form": forms.get(key), "wish": wishes.get(key)} for key, number in people.items() if number
    }


class Reading:
    """One connection of its own, and the keys."""

    def __init__(self, connection: sqlite3.Connection, keyring: Keyring, staff: dict[str, int]) -> None:
        self._connection = connection
        self._keyring = keyring
        self._staff = staff

    def rows(self, query: str) -> list[sqlite3.Row]:
        """All rows of a query."""
        return self._connection.execute(query).fetchall()

    def count(self, table: str) -> int:
        """How many rows a table has."""
        return int(self._connection.execute(f"SELECT count(*) FROM {table}").fetchone()[0])

    def people(self) -> dict[str, int]:
        """The Telegram id by the key of the row; nobody is 0."""
        return {
            row["id"]: int(self.opened(row["telegram_sealed"], "persons.telegram", row["id"]))
            for row in self.rows("SELECT id, telegram_sealed FROM persons")
        }

    def cases(self, people: dict[str, int]) -> dict[UUID, Row]:
        """Every referral with all that hangs on it."""
        changes = Counter(row[0] for row in self.rows("SELECT referral_id FROM changes"))
        codes = Counter(row[0] for row in self.rows("SELECT referral_id FROM receipts"))
        messages, notes = self.written("messages"), self.written("notes")
        return {
            UUID(row["id"]): {
                **self.state(row),
                "person": people[row["person_id"]],
                "changes": changes[row["id"]],
                "codes": codes[row["id"]],
                "messages": sorted(messages[row["id"]]),
                "notes": sorted(notes[row["id"]]),
            }
            for row in self.rows("SELECT * FROM referrals")
        }

    def state(self, row: sqlite3.Row) -> Row:
        """What stands in the row itself."""
        details = json.loads(self.opened(row["details_sealed"], "referrals.details", row["id"]))
        return {
            "area": row["area"],
            "pressing": row["rank"] == 0,
            "told": (details["need"], details["phone"]) if details else None,
            "status": row["status"],
            "reason": row["reason"],
            "owner": None if row["owner"] is None else self._staff[row["owner"]],
            "version": row["version"],
            "duplicate_of": None if row["duplicate_of"] is None else UUID(row["duplicate_of"]),
            "held": bool(row["held"]),
            "erased": row["erased_at"] is not None,
            "is_open": bool(row["is_open"]),
            **{name: time(row[name]) for name in ("promised_by", "requested_at", "changed_at")},
        }

    def written(self, table: str) -> dict[str, list[str]]:
        """The messages or notes, by referral."""
        found = defaultdict(list)
        for row in self.rows(f"SELECT id, referral_id, body_sealed FROM {table}"):
            found[row["referral_id"]].append(self.opened(row["body_sealed"], f"{table}.body", row["id"]))
        return found

    def forms(self) -> dict[str, str]:
        """The need in each form, by person."""
        return {
            row["person_id"]: json.loads(self.opened(row["body_sealed"], "drafts.body", row["id"]))[
                "answers"
            ]["need"]
            for row in self.rows("SELECT id, person_id, body_sealed FROM drafts")
        }

    def wishes(self) -> dict[str, tuple[datetime, datetime]]:
        """To be deleted, by person."""
        query = "SELECT person_id, asked_at, due_at FROM deletions"
        return {row["person_id"]: (time(row["asked_at"]), time(row["due_at"])) for row in self.rows(query)}

    def each_has_its_consent(self, people: dict[str, int], model: Model) -> None:
        """One yes a referral, of its person; of what is erased, the yes is nobody's."""
        given = {
            row["id"]: (UUID(row["referral_id"]), people[row["person_id"]], bool(row["text_sha256"]))
            for row in self.rows("SELECT * FROM consents")
        }
        pointed = {row["consent_id"] for row in self.rows("SELECT consent_id FROM referrals")}
        assert pointed == given.keys()
        assert sorted(given.values()) == sorted(
            (key, case.person, not case.erased) for key, case in model.cases.items()
        )

    def records_are_whole(self, count: int) -> None:
        """Nothing is missing from the chain, and nothing was changed in it."""
        examination = Examination({}, {})
        for row in self.rows("SELECT * FROM records ORDER BY position"):
            examination.read(
                Line(
                    position=row["position"],
                    act=row["act"],
                    allowed=bool(row["allowed"]),
                    actor=row["actor_blind"],
                    referral_id=None if row["referral_id"] is None else UUID(row["referral_id"]),
                    why=row["why"],
                    at=time(row["at"]),
                    digest=row["digest"],
                )
            )
        verdict = examination.end()
        assert (verdict.lines, verdict.broken_at) == (count, None)

    def opened(self, sealed: bytes, column: str, key: str) -> str:
        """The words of a cell."""
        return self._keyring.open(sealed, f"{column}:{UUID(key)}").decode()


def time(text: str) -> datetime:
    """A time as SQLite keeps it."""
    return datetime.fromisoformat(text).replace(tzinfo=UTC)
