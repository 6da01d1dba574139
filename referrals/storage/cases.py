"""Referrals with their history and consents, and the desk's cards."""

from __future__ import annotations

from dataclasses import asdict
from uuid import UUID, uuid4

from sqlalchemy import Select, and_, delete, func, insert, or_, select, update

from referrals.errors import Changed
from referrals.news import News
from referrals.referral import (
    OPEN,
    DraftId,
    PersonId,
    Referral,
    ReferralId,
    Status,
    WorkerId,
)
from referrals.storage.cells import Cells, Json
from referrals.storage.rows import referral_of, state_of
from referrals.storage.tables import cards, changes, referrals


class Referrals:
    """Referrals, changed only by whoever has read their latest version."""

    def __init__(self, cells: Cells) -> None:
        self._cells = cells

    async def add(self, referral: Referral, news: News) -> None:
        """Keep a new referral. Raises IntegrityError when its draft is one already, or
        when there is no consent to it."""
        row = {
            "id": referral.id,
            "reference": referral.reference,
            "person_id": referral.person_id,
            "draft_id": referral.draft_id,
            "entry_id": referral.entry_id,
            "topic": referral.topic,
            "urgency": referral.urgency,
            "requested_at": referral.requested_at,
            "consent_id": referral.consent_id,
            "crisis": referral.crisis,
            **state_of(referral),
            **self._told(referral),
        }
        await self._cells.connection.execute(insert(referrals).values(row))
        await self._note(news)

    async def save(self, referral: Referral, news: News) -> None:
        """Keep a changed referral if nobody else changed it since it was read. Raises Changed."""
        await self._save(referral, news, state_of(referral))

    async def save_details(self, referral: Referral, news: News) -> None:
        """Keep a changed referral with what its person told. Raises Changed."""
        await self._save(referral, news, {**state_of(referral), **self._told(referral)})

    async def mark_crisis(self, referral_id: ReferralId, crisis: str) -> None:
        """Danger was seen after it was sent: from now on it stands before the others."""
        query = update(referrals).where(referrals.c.id == referral_id).values(crisis=crisis, rank=0)
        await self._cells.connection.execute(query)

    async def place(self, referral: Referral) -> int:
        """Where a waiting referral stands in its area's queue, from 1; counted along the queue's index."""
        here, at = referrals.c, state_of(referral)
        before = or_(
            here.rank < at["rank"],
            and_(
                here.rank == at["rank"],
                or_(
                    here.promised_by < referral.promised_by,
                    and_(here.promised_by == referral.promised_by, here.id < referral.id),
                ),
            ),
        )
        in_area = here.area.is_(None) if referral.area is None else here.area == referral.area
        query = select(func.count()).where(
            here.is_open.is_(True),
            in_area,
            before,
            here.status == Status.REQUESTED,
            here.owner.is_(None),
        )
        return int((await self._cells.connection.execute(query)).scalar_one()) + 1

    async def find(self, referral_id: ReferralId) -> Referral | None:
        """The referral with this id."""
        return await self._one(select(referrals).where(referrals.c.id == referral_id))

    async def find_by_draft(self, draft_id: DraftId) -> Referral | None:
        """What a draft has become."""
        return await self._one(select(referrals).where(referrals.c.draft_id == draft_id))

    async def reference_is_free(self, reference: str) -> bool:
        """Whether no referral has this label yet."""
        query = select(referrals.c.id).where(referrals.c.reference == reference)
        return (await self._cells.connection.execute(query)).first() is None

    async def of_person(self, person_id: PersonId) -> list[Referral]:
        """A person's referrals, newest first."""
        query = (
            select(referrals)
            .where(referrals.c.person_id == person_id)
            .order_by(referrals.c.requested_at.desc(), referrals.c.id)
        )
        return await self._many(query)

    async def of_worker(self, worker_id: WorkerId) -> list[Referral]:
        """The open referrals a worker owns, oldest first."""
        query = (
            select(referrals)
            .where(referrals.c.owner == worker_id, referrals.c.status.in_(OPEN))
            .order_by(referrals.c.requested_at, referrals.c.id)
        )
        return await self._many(query)

    async def queue(self) -> list[Referral]:
        """Everything open, oldest first."""
        query = (
            select(referrals)
            .where(referrals.c.status.in_(OPEN))
            .order_by(referrals.c.requested_at, referrals.c.id)
        )
        return await self._many(query)

    async def put_card(self, referral_id: ReferralId, outbox_id: UUID) -> None:
        """Remember a card of the desk, to change it when the referral changes."""
        await self._cells.connection.execute(
            insert(cards).values(referral_id=referral_id, outbox_id=outbox_id)
        )

    async def cards(self, referral_id: ReferralId) -> list[UUID]:
        """The outbox rows of a referral's cards."""
        query = select(cards.c.outbox_id).where(cards.c.referral_id == referral_id)
        return list((await self._cells.connection.execute(query)).scalars())

    async def forget_cards(self, referral_id: ReferralId) -> None:
        """The cards of a desk that is no longer concerned change no more."""
        await self._cells.connection.execute(delete(cards).where(cards.c.referral_id == referral_id))

    async def _save(self, referral: Referral, news: News, values: Json) -> None:
        # The rank is left alone: danger that was seen meanwhile has put it before the others.
        values = {name: value for name, value in values.items() if name != "rank"}
        read = referral.version
        referral.version = read + 1
        query = (
            update(referrals)
            .where(referrals.c.id == referral.id, referrals.c.version == read)
            .values({**values, "version": referral.version})
        )
        if (await self._cells.connection.execute(query)).rowcount != 1:
            raise Changed(referral.id)
        await self._note(news)

    def _told(self, referral: Referral) -> Json:
        """The columns of what the person told."""
        phone = referral.details.phone
        return {
            "details_sealed": self._cells.seal_json(
                asdict(referral.details), "referrals.details", referral.id
            ),
            "phone_blind": self._cells.blind("phone", phone) if phone else None,
        }

    async def _note(self, news: News) -> None:
        row = {
            "id": uuid4(),
            "referral_id": news.referral.id,
            "version": news.referral.version,
            "happened": news.happened,
            "reason": news.referral.reason,
            "by_worker": news.by,
            "at": news.at,
        }
        await self._cells.connection.execute(insert(changes).values(row))

    async def _one(self, query: Select[tuple[object, ...]]) -> Referral | None:
        row = (await self._cells.connection.execute(query)).mappings().one_or_none()
        return None if row is None else referral_of(row, self._cells)

    async def _many(self, query: Select[tuple[object, ...]]) -> list[Referral]:
        return [
            referral_of(row, self._cells) for row in (await self._cells.connection.execute(query)).mappings()
        ]
