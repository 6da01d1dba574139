"""Erasing a referral or a person, and remembering by keyed digest that it was done.

A referral that is erased stays as a row to be counted: where, what kind, how urgent, when, how it ended.
It belongs to nobody then, and has another label than the one people know.
"""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from datetime import datetime
from uuid import UUID, uuid4

from sqlalchemy import ColumnElement, Table, delete, or_, select, update

from referrals.consent import Purpose
from referrals.erasing import Erased, Kind, Talks
from referrals.referral import NOBODY, OPEN, PersonId, Reason, ReferralId, Status
from referrals.storage.cells import Cells, Json
from referrals.storage.tables import (
    consents,
    conversations,
    deletions,
    drafts,
    erasures,
    messages,
    notes,
    onward,
    persons,
    receipts,
    referrals,
)
from referrals.storage.traces import Traces


class Erasing:
    """What can be erased in one transaction, and which of it has to be written into the ledger."""

    def __init__(self, cells: Cells) -> None:
        self._cells = cells
        self.done: list[Erased] = []

    async def person(
        self, person_id: PersonId, now: datetime, *, talks: Talks, held_too: bool = False
    ) -> bool:
        """Everything of a person; False when a referral is held and the person stays because of it."""
        for referral_id, held in await self._referrals_of(person_id):
            if held_too or not held:
                await self.referral(referral_id, now)
        await self.draft(person_id, now)
        if await self._referrals_of(person_id):
            return False
        query = select(persons.c.telegram_sealed).where(persons.c.id == person_id)
        sealed = (await self._cells.connection.execute(query)).scalar_one_or_none()
        if sealed is None:
            return True
        telegram_id = int(self._cells.open(sealed, "persons.telegram", person_id))
        await self.talks(talks(telegram_id))
        await Traces(self._cells).forget(telegram_id)
        for table in (consents, deletions):
            await self._delete(table, table.c.person_id == person_id)
        await self._delete(persons, persons.c.id == person_id)
        await self._remember(Kind.PERSON, person_id, now)
        return True

    async def referral(self, referral_id: ReferralId, now: datetime) -> None:
        """What was told in it and about it; an open one is over with this."""
        for table in (messages, notes, receipts):
            await self._delete(table, table.c.referral_id == referral_id)
        await self._nobody(now)
        await self._empty(referral_id, now)
        await self._consents_of(referral_id)
        await self._remember(Kind.REFERRAL, referral_id, now)

    async def _empty(self, referral_id: ReferralId, now: datetime) -> None:
        query = select(referrals).where(referrals.c.id == referral_id)
        row = (await self._cells.connection.execute(query)).mappings().one()
        values: Json = {
            "reference": secrets.token_hex(6),
            "person_id": NOBODY,
            "draft_id": uuid4(),
            "details_sealed": self._cells.seal_json({}, "referrals.details", referral_id),
            "phone_blind": None,
            "crisis": None,
            "duplicate_of": None,
            "held": False,
            "is_open": False,
            "version": row["version"] + 1,
            "erased_at": now,
        }
        if row["status"] in OPEN:
            values |= {"status": Status.CANCELLED, "reason": Reason.BY_PERSON, "changed_at": now}
        if not await self._may_be_counted_by_entry(row["person_id"]):
            values["entry_id"] = None
        await self._cells.connection.execute(
            update(referrals).where(referrals.c.id == referral_id).values(values)
        )

    async def draft(self, person_id: PersonId, now: datetime) -> None:
        """The form of a person, if there is one."""
        query = select(drafts.c.id).where(drafts.c.person_id == person_id)
        for draft_id in (await self._cells.connection.execute(query)).scalars():
            await self._remember(Kind.DRAFT, draft_id, now)
        await self._delete(drafts, drafts.c.person_id == person_id)

    async def talks(self, keys: Sequence[str]) -> None:
        """Where somebody's talks stand, and what was answered in them."""
        blinds = [self._cells.blind("conversation", key) for key in keys]
        await self._delete(conversations, conversations.c.key_blind.in_(blinds))

    async def again(self, known: Sequence[Erased], now: datetime, *, talks: Talks) -> int:
        """Erase what a ledger names and an older backup has brought back. Returns how much that was."""
        wanted = {(each.kind, each.subject) for each in known}
        connection = self._cells.connection
        count = 0
        for person_id in list((await connection.execute(select(persons.c.id))).scalars()):
            if (Kind.PERSON, self._subject(Kind.PERSON, person_id)) in wanted:
                await self.person(PersonId(person_id), now, talks=talks, held_too=True)
                count += 1
        query = select(referrals.c.id).where(referrals.c.erased_at.is_(None))
        for referral_id in list((await connection.execute(query)).scalars()):
            if (Kind.REFERRAL, self._subject(Kind.REFERRAL, referral_id)) in wanted:
                await self.referral(ReferralId(referral_id), now)
                count += 1
        for draft_id, person_id in (await connection.execute(select(drafts.c.id, drafts.c.person_id))).all():
            if (Kind.DRAFT, self._subject(Kind.DRAFT, draft_id)) in wanted:
                await self.draft(PersonId(person_id), now)
                count += 1
        for each in known:
            await self._keep(each)
        return count

    async def ledger(self) -> list[Erased]:
        """What was ever erased, as far as this database knows."""
        query = select(erasures).order_by(erasures.c.at, erasures.c.subject_blind)
        return [
            Erased(Kind(row["kind"]), row["subject_blind"], row["at"])
            for row in (await self._cells.connection.execute(query)).mappings()
        ]

    async def _referrals_of(self, person_id: PersonId) -> list[tuple[ReferralId, bool]]:
        query = select(referrals.c.id, referrals.c.held).where(referrals.c.person_id == person_id)
        rows = (await self._cells.connection.execute(query)).all()
        return [(ReferralId(row[0]), row[1]) for row in rows]

    async def _consents_of(self, referral_id: ReferralId) -> None:
        """A yes that something else stands on stays, without whose and to which words it was."""
        of_it = consents.c.referral_id == referral_id
        used = or_(
            consents.c.id.in_(select(referrals.c.consent_id)),
            consents.c.id.in_(select(onward.c.consent_id).where(onward.c.consent_id.is_not(None))),
        )
        nobody = {"person_id": NOBODY, "text_sha256": ""}
        await self._cells.connection.execute(update(consents).where(of_it, used).values(nobody))
        await self._delete(consents, of_it, ~used)

    async def _may_be_counted_by_entry(self, person_id: PersonId) -> bool:
        query = select(consents.c.id).where(
            consents.c.person_id == person_id,
            consents.c.purpose == Purpose.STATISTICS,
            consents.c.withdrawn_at.is_(None),
        )
        return (await self._cells.connection.execute(query)).first() is not None

    async def _nobody(self, now: datetime) -> None:
        row = {
            "id": NOBODY,
            "telegram_blind": self._cells.blind("telegram", 0),
            "telegram_sealed": self._cells.seal("0", "persons.telegram", NOBODY),
            "welcomed": False,
            "reachable": False,
            "created_at": now,
        }
        await self._cells.connection.execute(self._cells.insert_unless_there(persons).values(row))

    async def _remember(self, kind: Kind, subject: UUID, now: datetime) -> None:
        erased = Erased(kind, self._subject(kind, subject), now)
        await self._keep(erased)
        self.done.append(erased)

    async def _keep(self, erased: Erased) -> None:
        row = {"subject_blind": erased.subject, "kind": erased.kind, "at": erased.at}
        await self._cells.connection.execute(self._cells.insert_unless_there(erasures).values(row))

    def _subject(self, kind: Kind, subject: UUID) -> bytes:
        return self._cells.blind(f"erased {kind}", subject)

    async def _delete(self, table: Table, *where: ColumnElement[bool]) -> None:
        await self._cells.connection.execute(delete(table).where(*where))
