"""Counting, without opening a single sealed cell."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, func, select, true

from referrals.news import Happened
from referrals.referral import Area, Status
from referrals.statistics import WEEK, Scope, Statistics, Week
from referrals.storage.cells import Cells
from referrals.storage.tables import changes, follow_ups, questions, referrals

ENDS = (
    Happened.COMPLETED,
    Happened.REJECTED,
    Happened.FAILED,
    Happened.WITHDRAWN,
    Happened.MARKED_AS_ERROR,
)


class StatisticsOf:
    """Numbers of some areas, or of all."""

    def __init__(self, cells: Cells) -> None:
        self._cells = cells

    async def at(self, now: datetime, scope: Scope) -> Statistics:
        """The two weeks before a moment, and what is open at it."""
        return Statistics(
            week=await self._week(now - WEEK, now, scope),
            before=await self._week(now - 2 * WEEK, now - WEEK, scope),
            open=await self._open(referrals.c.is_open, scope),
            overdue=await self._open(
                (referrals.c.status == Status.REQUESTED) & (referrals.c.promised_by < now), scope
            ),
        )

    async def _week(self, since: datetime, until: datetime, scope: Scope) -> Week:
        asked = select(questions.c.decision, questions.c.language, func.count()).where(
            _between(questions.c.at, since, until), _within(questions.c.area, scope)
        )
        requested = select(referrals.c.area, referrals.c.topic, func.count()).where(
            _between(referrals.c.requested_at, since, until), _within(referrals.c.area, scope)
        )
        asked = asked.group_by(questions.c.decision, questions.c.language)
        requested = requested.group_by(referrals.c.area, referrals.c.topic)
        return Week(
            questions={
                (row[0], row[1]): row[2] for row in (await self._cells.connection.execute(asked)).all()
            },
            referrals={
                (_area(row[0]), row[1]): row[2]
                for row in (await self._cells.connection.execute(requested)).all()
            },
            first_actions=await self._first_actions(since, until, scope),
            outcomes=await self._outcomes(since, until, scope),
            follow_ups=await self._follow_ups(since, until, scope),
        )

    async def _first_actions(self, since: datetime, until: datetime, scope: Scope) -> list[timedelta]:
        """From each request of the week to the first thing a worker did with it."""
        query = (
            select(referrals.c.requested_at, func.min(changes.c.at))
            .join(changes, changes.c.referral_id == referrals.c.id)
            .where(
                _between(referrals.c.requested_at, since, until),
                _within(referrals.c.area, scope),
                changes.c.by_worker.is_not(None),
            )
            .group_by(referrals.c.id, referrals.c.requested_at)
        )
        return sorted(row[1] - row[0] for row in (await self._cells.connection.execute(query)).all())

    async def _outcomes(self, since: datetime, until: datetime, scope: Scope) -> dict[str, int]:
        query = (
            select(changes.c.happened, func.count())
            .join(referrals, changes.c.referral_id == referrals.c.id)
            .where(
                changes.c.happened.in_(ENDS),
                _between(changes.c.at, since, until),
                _within(referrals.c.area, scope),
            )
            .group_by(changes.c.happened)
        )
        return {row[0]: row[1] for row in (await self._cells.connection.execute(query)).all()}

    async def _follow_ups(self, since: datetime, until: datetime, scope: Scope) -> dict[str, int]:
        query = (
            select(follow_ups.c.answer, func.count())
            .join(referrals, follow_ups.c.referral_id == referrals.c.id)
            .where(
                follow_ups.c.answer.is_not(None),
                _between(follow_ups.c.answered_at, since, until),
                _within(referrals.c.area, scope),
            )
            .group_by(follow_ups.c.answer)
        )
        return {row[0]: row[1] for row in (await self._cells.connection.execute(query)).all()}

    async def _open(self, wanted: ColumnElement[bool], scope: Scope) -> dict[Area | None, int]:
        query = (
            select(referrals.c.area, func.count())
            .where(wanted, _within(referrals.c.area, scope))
            .group_by(referrals.c.area)
        )
        return {_area(row[0]): row[1] for row in (await self._cells.connection.execute(query)).all()}


def _between(column: ColumnElement[datetime], since: datetime, until: datetime) -> ColumnElement[bool]:
    return (column >= since) & (column < until)


def _within(column: ColumnElement[str], scope: Scope) -> ColumnElement[bool]:
    return true() if scope is None else column.in_(scope)


def _area(value: str | None) -> Area | None:
    return None if value is None else Area(value)
