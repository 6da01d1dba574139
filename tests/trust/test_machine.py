"""Whatever people and staff do, in whatever order: the store is as a plain model says (goal G13)."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis.stateful import run_state_machine_as_test

from referrals import staffing
from referrals.news import News
from referrals.referral import Referral, Status
from referrals.storage.cases import Referrals
from referrals.storage.erasing import Erasing
from referrals.storage.queue import Queue
from referrals.storage.work import UnitOfWork
from tests.trust.machine import Trust

LIKE_FULL = settings(
    deadline=None, database=None, stateful_step_count=50, suppress_health_check=list(HealthCheck)
)
FULL = settings(LIKE_FULL, max_examples=200)
# What is broken is found, not made small: that would take as long again.
FINDING = settings(LIKE_FULL, max_examples=300, phases=[Phase.generate], derandomize=True)

Patch = pytest.MonkeyPatch


def test_nothing_anybody_does_departs_from_the_model() -> None:
    run_state_machine_as_test(Trust, settings=FULL)


def notes_are_forgotten(patch: Patch) -> None:
    """Erasing leaves what colleagues noted."""
    real = Erasing._delete

    async def delete(self: Erasing, table: object, *where: object) -> None:
        if getattr(table, "name", "") != "notes":
            await real(self, table, *where)  # type: ignore[arg-type]

    patch.setattr(Erasing, "_delete", delete)


def owner_is_kept(patch: Patch) -> None:
    """A case that is handed back still has its worker."""

    def hand_back(self: Referral, now: datetime) -> None:
        real(self, now)
        self.owner = owner[0]

    def remember(self: Referral, now: datetime) -> None:
        owner[:] = [self.owner]
        hand_back(self, now)

    owner: list[object] = []
    real = Referral.hand_back
    patch.setattr(Referral, "hand_back", remember)


def changes_are_not_noted(patch: Patch) -> None:
    """A rejection stands in no history."""
    real = Referrals._note

    async def note(self: Referrals, news: News) -> None:
        if news.referral.status is not Status.REJECTED:
            await real(self, news)

    patch.setattr(Referrals, "_note", note)


def danger_does_not_come_first(patch: Patch) -> None:
    """What a person writes in despair leaves the request where it was."""

    async def mark(_self: Referrals, _referral_id: object, _crisis: str) -> None: ...

    patch.setattr(Referrals, "mark_crisis", mark)


def queue_is_turned(patch: Patch) -> None:
    """The last of a page come first."""
    real = Queue.page

    async def page(self: Queue, *given: object, **wanted: object) -> object:
        return (await real(self, *given, **wanted))[::-1]  # type: ignore[arg-type]

    patch.setattr(Queue, "page", page)


def wishes_commit_themselves(patch: Patch) -> None:
    """What was not finished when the power went is half done."""
    real = Erasing.referral

    async def referral(self: Erasing, *given: object) -> None:
        await real(self, *given)  # type: ignore[arg-type]
        await UnitOfWork.commit(self._cells)  # type: ignore[arg-type]
        await self._cells.connection.begin()

    patch.setattr(Erasing, "referral", referral)


def drafts_of_all_go(patch: Patch) -> None:
    """One person's wish takes the other's form."""
    real = Erasing.draft

    async def draft(self: Erasing, person_id: object, now: datetime) -> None:
        await self._cells.connection.exec_driver_sql("DELETE FROM drafts")
        await real(self, person_id, now)  # type: ignore[arg-type]

    patch.setattr(Erasing, "draft", draft)


def the_absent_keep_their_cases(patch: Patch) -> None:
    """Whoever goes away still has what they had."""

    async def hand_back_all(*_given: object, **_named: object) -> None: ...

    patch.setattr(staffing, "hand_back_all", hand_back_all)


@pytest.mark.parametrize(
    "broken",
    [
        notes_are_forgotten,
        owner_is_kept,
        changes_are_not_noted,
        danger_does_not_come_first,
        queue_is_turned,
        wishes_commit_themselves,
        drafts_of_all_go,
        the_absent_keep_their_cases,
    ],
)
def test_what_is_broken_is_found(broken: Callable[[Patch], None], monkeypatch: Patch) -> None:
    broken(monkeypatch)

    with pytest.raises(AssertionError):
        run_state_machine_as_test(Trust, settings=FINDING)
