"""Alerts to colleagues in private, each in their own language."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime

from bot.courier.calls import SEND
from bot.language import DEFAULT, speaking
from bot.views.screen import Screen
from bot.views.watch import alert_view, many_opened_view
from bot.views.words import contact_left
from knowledge.library import Library
from referrals.access import Act, serves
from referrals.hours import Hours
from referrals.person import Role, Worker
from referrals.storage.watching import MANY as WHY
from referrals.storage.work import UnitOfWork
from referrals.watching import MANY, QUIET, WINDOW, Alert, Watched, due, hearers, most_opened

A_ROUND = 50  # alerts: more would keep the database from the people who write; the rest follows in the next


@dataclass
class Alerts:
    """The alerts of one round."""

    work: UnitOfWork
    library: Library
    hours: Hours
    now: datetime
    staff: Sequence[Worker]
    _languages: dict[int, str] = field(default_factory=dict)

    async def about_cases(self) -> None:
        """Say what is due and was not said before."""
        said, count = await self.work.watching.said(), 0
        for watched in await self.work.watching.open_cases():
            for alert, version in due(watched, self.hours.of(watched.area), self.now):
                hearing = hearers(alert, watched, self.staff)
                if (watched.id, alert, version) in said or not hearing or count == A_ROUND:
                    continue  # with nobody to hear it, it is not said: the next round looks again
                if await self.work.watching.say(watched.id, alert, version, self.now):
                    count += 1
                    await self._tell(alert, watched, hearing)

    async def _tell(self, alert: Alert, watched: Watched, hearing: Sequence[Worker]) -> None:
        referral = await self.work.referrals.find(watched.id) if alert is Alert.UNREACHABLE else None
        for worker in hearing:
            language = await self.language_of(worker)
            with speaking(language):
                area = dict(self.library.area_names(language)).get(watched.area or "", "?")
                contact = contact_left(referral.details) if referral else ""
                await self.send(worker, alert_view(alert, watched, area, self.now, contact=contact))

    async def about_openings(self) -> None:
        """Tell coordinators, once an hour, of whoever opens case after case."""
        openings = await self.work.watching.openings(self.now - 2 * WINDOW)
        for actor, count in most_opened(openings).items():
            if count <= MANY or await self.work.watching.was_alarmed(actor, self.now - QUIET):
                continue
            worker = await self.work.watching.who(actor)
            if worker is None:
                continue
            await self.work.records.add(
                Act.OPEN, worker.telegram_id, self.now, referral_id=None, allowed=False, why=WHY
            )
            for coordinator in self._coordinators_of(worker):
                with speaking(await self.language_of(coordinator)):
                    await self.send(coordinator, many_opened_view(worker.name, count))

    def _coordinators_of(self, worker: Worker) -> list[Worker]:
        """Who answers for the worker's areas; not the worker, unless there is nobody else."""
        all_of_them = [each for each in self.staff if each.role is Role.COORDINATOR]
        of_area = [each for each in all_of_them if any(serves(each, area) for area in worker.areas or {None})]
        others = [each for each in of_area if each.id != worker.id]
        return others or [each for each in all_of_them if each.id != worker.id] or all_of_them

    async def language_of(self, worker: Worker) -> str:
        """What a colleague reads."""
        if worker.telegram_id not in self._languages:
            person = await self.work.persons.find(worker.telegram_id)
            self._languages[worker.telegram_id] = (person.language if person else None) or DEFAULT
        return self._languages[worker.telegram_id]

    async def send(self, worker: Worker, screen: Screen) -> None:
        """Put it into the outbox."""
        await self.work.outbox.put(worker.telegram_id, SEND, parameters=screen.parameters(), now=self.now)
