"""Gathering what is held about a person: every query is bound to that person's own rows."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping

from sqlalchemy import func, select

from referrals.access import Act
from referrals.mydata import Asked, Change, Held, HeldReferral
from referrals.person import Person
from referrals.referral import Referral, ReferralId
from referrals.storage.agreements import Consents
from referrals.storage.cells import Cells
from referrals.storage.deletions import Deletions, Holds
from referrals.storage.drafts import Drafts
from referrals.storage.messages import Messages
from referrals.storage.tables import changes, notes, onward, persons, records, workers

FORMER = "former-colleague"


class Holdings:
    """What a person may see and take away."""

    def __init__(self, cells: Cells) -> None:
        self._cells = cells

    async def of(self, person: Person, *, talk: Mapping[str, object]) -> Held:
        """Everything of a person; `talk` is what the conversation remembers of it."""
        query = select(persons.c.created_at).where(persons.c.id == person.id)
        since = (await self._cells.connection.execute(query)).scalar_one()
        theirs = await Holds(self._cells).of_person(person.id)
        return Held(
            person=person,
            since=since,
            draft=await Drafts(self._cells).find(person.id),
            referrals=[await self._referral(each) for each in theirs],
            consents=await Consents(self._cells).of_person(person.id),
            deletion=await Deletions(self._cells).find(person.id),
            talk=talk,
        )

    async def _referral(self, referral: Referral) -> HeldReferral:
        return HeldReferral(
            referral=referral,
            changes=await self._changes(referral.id),
            messages=await Messages(self._cells).of(referral.id),
            opened=await self._opened(referral.id),
            notes=await self._notes(referral.id),
            partners=await self._partners(referral.id),
        )

    async def _changes(self, referral_id: ReferralId) -> list[Change]:
        query = (
            select(changes.c.happened, changes.c.at, changes.c.reason)
            .where(changes.c.referral_id == referral_id)
            .order_by(changes.c.version)
        )
        return [Change(*row) for row in (await self._cells.connection.execute(query)).all()]

    async def _opened(self, referral_id: ReferralId) -> Mapping[str, int]:
        """How often a case was opened, by the role of whoever did."""
        query = (
            select(workers.c.role)
            .select_from(records.outerjoin(workers, workers.c.telegram_blind == records.c.actor_blind))
            .where(
                records.c.referral_id == referral_id, records.c.act == Act.OPEN, records.c.allowed.is_(True)
            )
        )
        roles = (await self._cells.connection.execute(query)).scalars()
        return dict(sorted(Counter(role or FORMER for role in roles).items()))

    async def _notes(self, referral_id: ReferralId) -> int:
        query = select(func.count()).select_from(notes).where(notes.c.referral_id == referral_id)
        return int((await self._cells.connection.execute(query)).scalar_one())

    async def _partners(self, referral_id: ReferralId) -> list[Asked]:
        query = (
            select(onward.c.provider, onward.c.asked_at, onward.c.agreed)
            .where(onward.c.referral_id == referral_id)
            .order_by(onward.c.asked_at)
        )
        return [Asked(*row) for row in (await self._cells.connection.execute(query)).all()]
