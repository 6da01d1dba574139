"""Wishes to be deleted that wait for an open request, and marks that keep a referral from erasing."""

from __future__ import annotations

from sqlalchemy import RowMapping, delete, select, update

from referrals.erasing import Deletion
from referrals.errors import Changed
from referrals.referral import PersonId, Referral
from referrals.storage.cells import Cells
from referrals.storage.rows import referral_of
from referrals.storage.tables import deletions, referrals


class Deletions:
    """At most one wish a person."""

    def __init__(self, cells: Cells) -> None:
        self._cells = cells

    async def put(self, deletion: Deletion) -> None:
        """Keep one; an earlier one of the same person stays, with its earlier day."""
        row = {
            "person_id": deletion.person_id,
            "asked_at": deletion.asked_at,
            "due_at": deletion.due_at,
        }
        await self._cells.connection.execute(self._cells.insert_unless_there(deletions).values(row))

    async def find(self, person_id: PersonId) -> Deletion | None:
        """The one of a person."""
        query = select(deletions).where(deletions.c.person_id == person_id)
        row = (await self._cells.connection.execute(query)).mappings().one_or_none()
        return None if row is None else _deletion(row)

    async def drop(self, person_id: PersonId) -> None:
        """The person wants to stay, or it is done."""
        await self._cells.connection.execute(delete(deletions).where(deletions.c.person_id == person_id))

    async def waiting(self) -> list[Deletion]:
        """All of them, the earliest due first."""
        query = select(deletions).order_by(deletions.c.due_at, deletions.c.person_id)
        return [_deletion(row) for row in (await self._cells.connection.execute(query)).mappings()]


class Holds:
    """Referrals as erasing sees them."""

    def __init__(self, cells: Cells) -> None:
        self._cells = cells

    async def of_person(self, person_id: PersonId) -> list[Referral]:
        """All of a person, oldest first."""
        query = (
            select(referrals)
            .where(referrals.c.person_id == person_id)
            .order_by(referrals.c.requested_at, referrals.c.id)
        )
        rows = (await self._cells.connection.execute(query)).mappings()
        return [referral_of(row, self._cells) for row in rows]

    async def find(self, reference: str) -> Referral | None:
        """The referral with this label."""
        query = select(referrals).where(referrals.c.reference == reference)
        row = (await self._cells.connection.execute(query)).mappings().one_or_none()
        return None if row is None else referral_of(row, self._cells)

    async def set_held(self, referral: Referral, *, held: bool) -> None:
        """Set or take the mark if nobody changed the referral since it was read. Raises Changed."""
        read = referral.version
        query = (
            update(referrals)
            .where(referrals.c.id == referral.id, referrals.c.version == read)
            .values(held=held, version=read + 1)
        )
        if (await self._cells.connection.execute(query)).rowcount != 1:
            raise Changed(referral.id)
        referral.held, referral.version = held, read + 1


def _deletion(row: RowMapping) -> Deletion:
    return Deletion(PersonId(row["person_id"]), row["asked_at"], row["due_at"])
