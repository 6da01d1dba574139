"""Consents: each yes with what it was said to, and when it was taken back."""

from __future__ import annotations

from datetime import datetime
from uuid import uuid4

from sqlalchemy import ColumnElement, insert, or_, select, update

from referrals.consent import Consent, Given, Purpose
from referrals.referral import ConsentId, PersonId, ReferralId
from referrals.storage.cells import Cells
from referrals.storage.tables import consents


class Consents:
    """What people agreed to. A yes that was taken back stays, with the time it ended."""

    def __init__(self, cells: Cells) -> None:
        self._cells = cells

    async def give(self, consent: Consent) -> ConsentId:
        """Keep a yes; a referral points at it."""
        consent_id = ConsentId(uuid4())
        row = {
            "id": consent_id,
            "person_id": consent.person_id,
            "referral_id": consent.referral_id,
            "purpose": consent.purpose,
            "notice_version": consent.notice.version,
            "text_sha256": consent.notice.sha256,
            "language": consent.notice.language,
            "given_at": consent.given_at,
        }
        await self._cells.connection.execute(insert(consents).values(row))
        return consent_id

    async def withdraw(self, consent_id: ConsentId, now: datetime) -> None:
        """Note that a yes ended."""
        await self._cells.connection.execute(
            update(consents)
            .where(consents.c.id == consent_id, consents.c.withdrawn_at.is_(None))
            .values(withdrawn_at=now)
        )

    async def withdraw_all(self, person_id: PersonId, purpose: Purpose, now: datetime) -> int:
        """Note that every yes of a person to a purpose ended, in general and for each request."""
        done = await self._cells.connection.execute(
            update(consents)
            .where(
                consents.c.person_id == person_id,
                consents.c.purpose == purpose,
                consents.c.withdrawn_at.is_(None),
            )
            .values(withdrawn_at=now)
        )
        return int(done.rowcount)

    async def has(
        self, person_id: PersonId, purpose: Purpose, *, referral_id: ReferralId | None = None
    ) -> bool:
        """Whether there is a yes that was not taken back, in general or for this request."""
        about: ColumnElement[bool] = consents.c.referral_id.is_(None)
        if referral_id is not None:
            about = or_(about, consents.c.referral_id == referral_id)
        query = select(consents.c.id).where(
            consents.c.person_id == person_id,
            consents.c.purpose == purpose,
            consents.c.withdrawn_at.is_(None),
            about,
        )
        return (await self._cells.connection.execute(query)).first() is not None

    async def of_person(self, person_id: PersonId) -> list[Given]:
        """Every yes of a person, oldest first, also those that were taken back."""
        query = (
            select(consents)
            .where(consents.c.person_id == person_id)
            .order_by(consents.c.given_at, consents.c.id)
        )
        return [
            Given(
                id=ConsentId(row["id"]),
                purpose=Purpose(row["purpose"]),
                notice_version=row["notice_version"],
                text_sha256=row["text_sha256"],
                language=row["language"],
                given_at=row["given_at"],
                referral_id=None if row["referral_id"] is None else ReferralId(row["referral_id"]),
                withdrawn_at=row["withdrawn_at"],
            )
            for row in (await self._cells.connection.execute(query)).mappings()
        ]
