"""Persons, workers and invites."""

from __future__ import annotations

import secrets
from collections.abc import Iterable
from datetime import datetime, timedelta
from uuid import UUID, uuid4

from sqlalchemy import RowMapping, insert, select, update

from referrals.errors import InviteUnusable
from referrals.person import Invite, Person, Role, Worker
from referrals.referral import Area, PersonId, WorkerId
from referrals.storage.cells import Cells
from referrals.storage.tables import invites, persons, workers

INVITE_HOURS = 48  # long enough for a colleague on leave tomorrow, short enough for a forgotten link
TOKEN_BYTES = 24  # 192 bits; fits a deep link of 64 signs with its prefix


class Persons:
    """Those who wrote to the bot, found by the keyed digest of their Telegram id."""

    def __init__(self, cells: Cells) -> None:
        self._cells = cells

    async def get_or_add(self, telegram_id: int, now: datetime) -> Person:
        """The person with this Telegram id, made on their first message."""
        found = await self.find(telegram_id)
        if found is not None:
            return found
        person_id = uuid4()
        row = {
            "id": person_id,
            "telegram_blind": self._cells.blind("telegram", telegram_id),
            "telegram_sealed": self._cells.seal(str(telegram_id), "persons.telegram", person_id),
            "welcomed": False,
            "reachable": True,
            "created_at": now,
        }
        await self._cells.connection.execute(self._cells.insert_unless_there(persons).values(row))
        return await self.find(telegram_id) or Person(PersonId(person_id), telegram_id)

    async def find(self, telegram_id: int) -> Person | None:
        """The person with this Telegram id, if they ever wrote."""
        blind = self._cells.blind("telegram", telegram_id)
        return await self._one(select(persons).where(persons.c.telegram_blind == blind))

    async def get(self, person_id: PersonId) -> Person:
        """The person with this id. Raises LookupError."""
        found = await self._one(select(persons).where(persons.c.id == person_id))
        if found is None:
            raise LookupError(person_id)
        return found

    async def save(self, person: Person) -> None:
        """Keep language, area and whether messages arrive."""
        values = {
            "language": person.language,
            "area": person.area,
            "welcomed": person.welcomed,
            "reachable": person.reachable,
        }
        await self._cells.connection.execute(update(persons).where(persons.c.id == person.id).values(values))

    async def mark_reachable(self, telegram_id: int, *, reachable: bool) -> None:
        """Remember whether Telegram still delivers to the person."""
        blind = self._cells.blind("telegram", telegram_id)
        await self._cells.connection.execute(
            update(persons).where(persons.c.telegram_blind == blind).values(reachable=reachable)
        )

    async def _one(self, query: object) -> Person | None:
        row = (await self._cells.connection.execute(query)).mappings().one_or_none()  # type: ignore[call-overload]  # a Select
        return None if row is None else self._person(row)

    def _person(self, row: RowMapping) -> Person:
        telegram = self._cells.open(row["telegram_sealed"], "persons.telegram", row["id"])
        return Person(
            id=PersonId(row["id"]),
            telegram_id=int(telegram),
            language=row["language"],
            area=row["area"],
            welcomed=row["welcomed"],
            reachable=row["reachable"],
        )


class Workers:
    """Members of staff and the one-time invites that make them."""

    def __init__(self, cells: Cells) -> None:
        self._cells = cells

    async def find(self, telegram_id: int) -> Worker | None:
        """The active worker with this Telegram id."""
        blind = self._cells.blind("telegram", telegram_id)
        query = select(workers).where(workers.c.telegram_blind == blind, workers.c.active.is_(True))
        row = (await self._cells.connection.execute(query)).mappings().one_or_none()
        return None if row is None else self._worker(row)

    async def get(self, worker_id: WorkerId) -> Worker:
        """The worker with this id, active or not. Raises LookupError."""
        query = select(workers).where(workers.c.id == worker_id)
        row = (await self._cells.connection.execute(query)).mappings().one_or_none()
        if row is None:
            raise LookupError(worker_id)
        return self._worker(row)

    async def coordinators(self) -> list[Worker]:
        """All active coordinators."""
        query = (
            select(workers)
            .where(workers.c.role == Role.COORDINATOR, workers.c.active.is_(True))
            .order_by(workers.c.created_at)
        )
        return [self._worker(row) for row in (await self._cells.connection.execute(query)).mappings()]

    async def active(self) -> list[Worker]:
        """Everybody on the staff who has not left."""
        query = select(workers).where(workers.c.active.is_(True)).order_by(workers.c.created_at)
        return [self._worker(row) for row in (await self._cells.connection.execute(query)).mappings()]

    async def name(self, worker: Worker, name: str) -> None:
        """Keep the name colleagues know the worker by."""
        sealed = self._cells.seal(name, "workers.name", worker.id)
        await self._cells.connection.execute(
            update(workers).where(workers.c.id == worker.id).values(name_sealed=sealed)
        )
        worker.name = name

    async def set_coordinators(self, telegram_ids: Iterable[int], now: datetime) -> None:
        """Make exactly these the coordinators that the settings name; others so named lose the role."""
        wanted = {self._cells.blind("telegram", each): each for each in telegram_ids}
        await self._cells.connection.execute(
            update(workers)
            .where(workers.c.from_settings.is_(True), workers.c.telegram_blind.not_in(list(wanted)))
            .values(active=False)
        )
        for telegram_id in wanted.values():
            await self._put(telegram_id, Role.COORDINATOR, frozenset(), now, from_settings=True)

    async def _put(
        self, telegram_id: int, role: Role, areas: frozenset[Area], now: datetime, *, from_settings: bool
    ) -> None:
        blind = self._cells.blind("telegram", telegram_id)
        worker_id = uuid4()
        row = {
            "id": worker_id,
            "telegram_blind": blind,
            "telegram_sealed": self._cells.seal(str(telegram_id), "workers.telegram", worker_id),
            "name_sealed": self._cells.seal("", "workers.name", worker_id),
            "role": role,
            "areas": ",".join(sorted(areas)),
            "active": True,
            "from_settings": from_settings,
            "created_at": now,
        }
        await self._cells.connection.execute(self._cells.insert_unless_there(workers).values(row))
        changed = {key: row[key] for key in ("role", "areas", "active", "from_settings")}
        await self._cells.connection.execute(
            update(workers).where(workers.c.telegram_blind == blind).values(changed)
        )

    async def invite(self, role: Role, area: Area | None, now: datetime, *, by: WorkerId | None) -> Invite:
        """A new one-time invite; its token is known only to whoever receives the return value."""
        invite = Invite(
            token=secrets.token_urlsafe(TOKEN_BYTES),
            role=role,
            area=area,
            expires_at=now + timedelta(hours=INVITE_HOURS),
        )
        row = {
            "id": uuid4(),
            "token_blind": self._cells.blind("invite", invite.token),
            "role": role,
            "area": area,
            "created_by": by,
            "expires_at": invite.expires_at,
        }
        await self._cells.connection.execute(insert(invites).values(row))
        return invite

    async def join(self, telegram_id: int, token: str, now: datetime) -> Worker:
        """Use an invite: its bearer becomes a worker, and it works no second time. Raises InviteUnusable."""
        query = (
            update(invites)
            .where(
                invites.c.token_blind == self._cells.blind("invite", token),
                invites.c.used_at.is_(None),
                invites.c.expires_at > now,
            )
            .values(used_at=now)
            .returning(invites.c.role, invites.c.area)
        )
        row = (await self._cells.connection.execute(query)).mappings().one_or_none()
        if row is None:
            raise InviteUnusable
        before = await self.find(telegram_id)
        if before is not None and before.role is Role.COORDINATOR:
            return before
        role = Role(row["role"])
        areas = (before.areas if before else frozenset()) | ({Area(row["area"])} if row["area"] else set())
        if role is Role.CURATOR:  # answers for the content of all areas and serves none
            areas = frozenset()
        await self._put(telegram_id, role, areas, now, from_settings=False)
        joined = await self.find(telegram_id)
        if joined is None:
            raise InviteUnusable
        return joined

    def _worker(self, row: RowMapping) -> Worker:
        return worker_of(row, self._cells)


def worker_of(row: RowMapping, cells: Cells) -> Worker:
    """The worker of a row, opened. Raises KeyUnknown, Tampered."""
    worker_id: UUID = row["id"]
    return Worker(
        id=WorkerId(worker_id),
        telegram_id=int(cells.open(row["telegram_sealed"], "workers.telegram", worker_id)),
        role=Role(row["role"]),
        name=cells.open(row["name_sealed"], "workers.name", worker_id),
        areas=frozenset(Area(each) for each in row["areas"].split(",") if each),
        active=row["active"],
        away=row["away"],
    )
