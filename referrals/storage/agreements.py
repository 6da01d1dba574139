"""Consents: each yes with what it was said to, and when it was taken back."""

from __future__ import annotations

from datetime import datetime
from uuid import uuid4

from sqlalchemy import insert, update

from referrals.consent import Consent
from referrals.referral import ConsentId
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
