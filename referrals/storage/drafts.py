"""Drafts: kept sealed after every answer, so that a restart loses none."""

from __future__ import annotations

import json

from sqlalchemy import RowMapping, delete, select, update

from referrals.draft import Draft, Step
from referrals.referral import DraftId, PersonId
from referrals.storage.cells import Cells, Json
from referrals.storage.tables import drafts


class Drafts:
    """What a person has answered so far; at most one draft a person."""

    def __init__(self, cells: Cells) -> None:
        self._cells = cells

    async def find(self, person_id: PersonId) -> Draft | None:
        """The person's draft."""
        query = select(drafts).where(drafts.c.person_id == person_id)
        row = (await self._cells.connection.execute(query)).mappings().one_or_none()
        return None if row is None else self._draft(row)

    async def add(self, draft: Draft) -> None:
        """Keep a new draft; one begun by a racing press stays instead."""
        row = {
            "id": draft.id,
            "person_id": draft.person_id,
            "body_sealed": self._body(draft),
            "updated_at": draft.updated_at,
        }
        await self._cells.connection.execute(self._cells.insert_unless_there(drafts).values(row))

    async def save(self, draft: Draft) -> None:
        """Keep the answers and the step."""
        values = {"body_sealed": self._body(draft), "updated_at": draft.updated_at}
        await self._cells.connection.execute(update(drafts).where(drafts.c.id == draft.id).values(values))

    async def drop(self, draft_id: DraftId) -> None:
        """Forget a draft."""
        await self._cells.connection.execute(delete(drafts).where(drafts.c.id == draft_id))

    def _body(self, draft: Draft) -> bytes:
        body: Json = {
            "entry_id": draft.entry_id,
            "topic": draft.topic,
            "step": draft.step,
            "answers": dict(draft.answers),
            "question": draft.question,
            "phone_is_own": draft.phone_is_own,
            "crisis": draft.crisis,
        }
        return self._cells.seal_json(body, "drafts.body", draft.id)

    def _draft(self, row: RowMapping) -> Draft:
        body = json.loads(self._cells.open(row["body_sealed"], "drafts.body", row["id"]))
        return Draft(
            id=DraftId(row["id"]),
            person_id=PersonId(row["person_id"]),
            entry_id=body["entry_id"],
            topic=body["topic"],
            step=Step(body["step"]),
            updated_at=row["updated_at"],
            answers={Step(step): value for step, value in body["answers"].items()},
            question=body["question"],
            phone_is_own=body["phone_is_own"],
            crisis=body.get("crisis"),
        )
