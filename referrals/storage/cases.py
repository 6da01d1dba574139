"""Referrals with their history and consents, and the desk's cards."""

from __future__ import annotations

import json
from dataclasses import asdict
from datetime import datetime
from uuid import UUID, uuid4

from sqlalchemy import RowMapping, Select, insert, select, update

from referrals.errors import Changed
from referrals.news import News
from referrals.referral import (
    OPEN,
    Area,
    CallTime,
    Details,
    DraftId,
    EntryId,
    ForWhom,
    PersonId,
    Reach,
    Reason,
    Referral,
    ReferralId,
    Status,
    Urgency,
    WorkerId,
)
from referrals.storage.cells import Cells, Json
from referrals.storage.tables import cards, changes, consents, referrals


class Referrals:
    """Referrals, changed only by whoever has read their latest version."""

    def __init__(self, cells: Cells) -> None:
        self._cells = cells

    async def add(self, referral: Referral, news: News) -> None:
        """Keep a new referral. Raises IntegrityError when its draft is one already."""
        details = asdict(referral.details)
        phone = referral.details.phone
        row = {
            "id": referral.id,
            "reference": referral.reference,
            "person_id": referral.person_id,
            "draft_id": referral.draft_id,
            "area": referral.area,
            "entry_id": referral.entry_id,
            "topic": referral.topic,
            "urgency": referral.urgency,
            "details_sealed": self._cells.seal_json(details, "referrals.details", referral.id),
            "phone_blind": self._cells.blind("phone", phone) if phone else None,
            "requested_at": referral.requested_at,
            **_state(referral),
        }
        await self._cells.connection.execute(insert(referrals).values(row))
        await self._note(news)

    async def save(self, referral: Referral, news: News) -> None:
        """Keep a changed referral if nobody else changed it since it was read. Raises Changed."""
        read = referral.version
        referral.version = read + 1
        query = (
            update(referrals)
            .where(referrals.c.id == referral.id, referrals.c.version == read)
            .values(_state(referral))
        )
        if (await self._cells.connection.execute(query)).rowcount != 1:
            raise Changed(referral.id)
        await self._note(news)

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

    async def consent(
        self, referral_id: ReferralId, now: datetime, *, version: str, sha256: str, language: str
    ) -> None:
        """Keep what the person agreed to, by the digest of the very text they saw."""
        row = {
            "id": uuid4(),
            "referral_id": referral_id,
            "purpose": "referral",
            "notice_version": version,
            "text_sha256": sha256,
            "language": language,
            "given_at": now,
        }
        await self._cells.connection.execute(insert(consents).values(row))

    async def put_card(self, referral_id: ReferralId, outbox_id: UUID) -> None:
        """Remember a card of the desk, to change it when the referral changes."""
        await self._cells.connection.execute(
            insert(cards).values(referral_id=referral_id, outbox_id=outbox_id)
        )

    async def cards(self, referral_id: ReferralId) -> list[UUID]:
        """The outbox rows of a referral's cards."""
        query = select(cards.c.outbox_id).where(cards.c.referral_id == referral_id)
        return list((await self._cells.connection.execute(query)).scalars())

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
        return None if row is None else self._referral(row)

    async def _many(self, query: Select[tuple[object, ...]]) -> list[Referral]:
        return [self._referral(row) for row in (await self._cells.connection.execute(query)).mappings()]

    def _referral(self, row: RowMapping) -> Referral:
        body = json.loads(self._cells.open(row["details_sealed"], "referrals.details", row["id"]))
        return Referral(
            id=ReferralId(row["id"]),
            reference=row["reference"],
            person_id=PersonId(row["person_id"]),
            draft_id=DraftId(row["draft_id"]),
            area=None if row["area"] is None else Area(row["area"]),
            entry_id=None if row["entry_id"] is None else EntryId(row["entry_id"]),
            topic=row["topic"],
            urgency=Urgency(row["urgency"]),
            details=_details(body),
            requested_at=row["requested_at"],
            changed_at=row["changed_at"],
            status=Status(row["status"]),
            reason=None if row["reason"] is None else Reason(row["reason"]),
            owner=None if row["owner"] is None else WorkerId(row["owner"]),
            version=row["version"],
        )


def _state(referral: Referral) -> Json:
    return {
        "status": referral.status,
        "reason": referral.reason,
        "owner": referral.owner,
        "version": referral.version,
        "changed_at": referral.changed_at,
    }


def _details(body: dict[str, str | bool | None]) -> Details:
    call_time = body["call_time"]
    return Details(
        for_whom=ForWhom(str(body["for_whom"])),
        reach=Reach(str(body["reach"])),
        language=str(body["language"]),
        name=_text(body["name"]),
        need=_text(body["need"]),
        phone=_text(body["phone"]),
        phone_is_own=body["phone_is_own"] is True,
        may_write=body["may_write"] is True,
        may_call=body["may_call"] is True,
        call_time=CallTime(str(call_time)) if call_time else None,
        may_say_who=body["may_say_who"] is True,
    )


def _text(value: str | bool | None) -> str | None:
    return value if isinstance(value, str) else None
