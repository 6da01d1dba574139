"""Taking cases out of the bot: without names at once, with names only when a second coordinator agrees."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Protocol
from uuid import UUID, uuid4

from referrals.access import Act, may_in, require_in
from referrals.errors import ExportOver, Forbidden
from referrals.person import Worker
from referrals.ports import Work
from referrals.referral import Area, Details, Reason, Status, Urgency, WorkerId

CONFIRM_WITHIN = timedelta(hours=24)  # longer, and nobody remembers why it was asked for


class Kind(StrEnum):
    """The formats of a file."""

    CSV = "csv"
    XLSX = "xlsx"


@dataclass(frozen=True)
class Export:
    """One file that was asked for."""

    kind: Kind
    area: Area | None
    with_names: bool
    asked_by: WorkerId
    asked_at: datetime
    confirmed_by: WorkerId | None = None
    confirmed_at: datetime | None = None
    done_at: datetime | None = None
    id: UUID = field(default_factory=uuid4)


@dataclass(frozen=True)
class ExportedCase:
    """What a file tells of a case. `details` are there only in a file with names."""

    reference: str
    area: Area | None
    topic: str
    urgency: Urgency
    status: Status
    reason: Reason | None
    requested_at: datetime
    promised_by: datetime
    first_action_at: datetime | None
    ended_at: datetime | None
    details: Details | None = None

    def is_overdue(self, now: datetime) -> bool:
        """Whether nobody has kept what the person was promised."""
        return self.status is Status.REQUESTED and self.promised_by < now


class Exports(Protocol):
    """What the actions need of the store."""

    async def add(self, export: Export) -> None:
        """Keep what was asked for."""

    async def find(self, export_id: UUID) -> Export | None:
        """The one with this id."""

    async def confirm(self, export_id: UUID, by: WorkerId, now: datetime) -> bool:
        """Agree; False if somebody has already."""


class Workers(Protocol):
    """Colleagues."""

    async def get(self, worker_id: WorkerId) -> Worker:
        """The one with this id."""

    async def coordinators(self) -> list[Worker]:
        """All active coordinators."""


class ExportWork(Work, Protocol):
    """One transaction, with exports."""

    @property
    def exports(self) -> Exports:
        """Exports of this transaction."""

    @property
    def workers(self) -> Workers:
        """Colleagues, as this transaction sees them."""


async def ask_for_export(
    work: ExportWork, worker: Worker | None, *, kind: Kind, area: Area | None, with_names: bool, now: datetime
) -> Export:
    """A file of an area's cases; one without names is made at once. Raises Forbidden."""
    worker = require_in(worker, Act.EXPORT, area)
    export = Export(kind, area, with_names, worker.id, now, done_at=None if with_names else now)
    await work.exports.add(export)
    await work.records.add(Act.EXPORT, worker.telegram_id, now, referral_id=None, allowed=True)
    return export


async def others_who_may_confirm(work: ExportWork, export: Export) -> list[Worker]:
    """The coordinators of the area who did not ask."""
    return [
        each
        for each in await work.workers.coordinators()
        if each.id != export.asked_by and may_in(each, Act.CONFIRM_EXPORT, export.area)
    ]


async def confirm_export(
    work: ExportWork, worker: Worker | None, export_id: UUID, *, now: datetime
) -> tuple[Export, Worker]:
    """A second coordinator agrees; returns the export and who asked. Raises Forbidden, ExportOver.

    Both are looked at again as they stand now: whoever asked may have lost the right meanwhile.
    """
    export = await work.exports.find(export_id)
    if export is None or not export.with_names:
        raise Forbidden(export_id)
    worker = require_in(worker, Act.CONFIRM_EXPORT, export.area)
    asker = await work.workers.get(export.asked_by)
    if worker.id == asker.id or not may_in(asker, Act.EXPORT, export.area):
        raise Forbidden(export_id)
    if now > export.asked_at + CONFIRM_WITHIN or not await work.exports.confirm(export.id, worker.id, now):
        raise ExportOver(export_id)
    await work.records.add(Act.CONFIRM_EXPORT, worker.telegram_id, now, referral_id=None, allowed=True)
    return export, asker
