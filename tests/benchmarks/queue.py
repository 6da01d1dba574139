"""The queue at 1,000 and at 100,000 referrals: `python -m tests.benchmarks.queue`.

Prints milliseconds for a first page, a filtered page, a page deep in the queue and the counts of the first
screen, on SQLite and (where it runs) on PostgreSQL, each with its ratio to the same at 1,000.
"""

from __future__ import annotations

import asyncio
import random
import tempfile
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from datetime import timedelta
from statistics import median
from time import perf_counter
from uuid import uuid4

import asyncpg
from sqlalchemy import insert

from referrals.hours import Hours
from referrals.queue import Position, Wanted
from referrals.referral import (
    Area,
    Details,
    DraftId,
    ForWhom,
    Reach,
    Referral,
    ReferralId,
    Status,
    Urgency,
    WorkerId,
)
from referrals.storage.engine import make_engine
from referrals.storage.keyring import Keyring
from referrals.storage.rows import state_of
from referrals.storage.schema import migrate
from referrals.storage.tables import consents, referrals
from referrals.storage.work import Store, UnitOfWork
from tests.fakes.clock import START

POSTGRES = "postgresql://root@127.0.0.1:5432"
SIZES = (1_000, 100_000)
BATCH = 5_000
TIMES = 15
PAGE = 8
AREAS = ("kaunas-city", "kaunas-district", "jonava-district")
TOPICS = ("care", "money", "housing", "food", "children", "disability", "crisis", "work")
CITY = (Area("kaunas-city"),)
NOBODY = WorkerId(uuid4())


async def main() -> None:
    """Both databases, both sizes."""
    for name, fresh in (("SQLite", _sqlite), ("PostgreSQL", _postgres)):
        earlier: dict[str, float] = {}
        for size in SIZES:
            try:
                async with fresh() as url:
                    found = await measure(url, size)
            except OSError as error:
                print(f"{name}: not measured ({type(error).__name__})")
                break
            for what, milliseconds in found.items():
                ratio = f"  {milliseconds / earlier[what]:.2f} times" if what in earlier else ""
                print(f"{name:10} {size:7} {what:20} {milliseconds:7.2f} ms{ratio}", flush=True)
            earlier = found


async def measure(url: str, size: int) -> dict[str, float]:
    """Medians in milliseconds."""
    store = Store(make_engine(url), Keyring.parse(Keyring.generate()))
    await migrate(store.engine)
    async with store.work() as work:
        deep = await seed(work, size)
        await work.commit()
    async with store.work() as work:
        await work.connection.exec_driver_sql("ANALYZE")  # what PostgreSQL does by itself in the background
        asked = {
            "first page": lambda: _page(work, Wanted()),
            "filter by kind": lambda: _page(work, Wanted(topic="housing")),
            "filter: not taken": lambda: _page(work, Wanted(unclaimed=True)),
            "page deep in it": lambda: _page(work, Wanted(), deep),
            "counts": lambda: work.queue.counts(CITY, now=START),
        }
        found = {what: await _timed(ask) for what, ask in asked.items()}
    await store.close()
    return found


async def _page(work: UnitOfWork, wanted: Wanted, start: Position | None = None) -> object:
    return await work.queue.page(CITY, wanted, me=NOBODY, now=START, start=start, limit=PAGE)


async def _timed(ask: Callable[[], Awaitable[object]]) -> float:
    await ask()
    times = []
    for _time in range(TIMES):
        began = perf_counter()
        await ask()
        times.append(1000 * (perf_counter() - began))
    return median(times)


async def seed(work: UnitOfWork, size: int) -> Position:
    """Referrals of all areas, kinds and states; returns the place in the middle of the city's queue."""
    chance = random.Random(1)
    person = await work.persons.get_or_add(5, START)
    hours, details = Hours(), Details(for_whom=ForWhom.ME, reach=Reach.CHAT, language="lt")
    places = []
    for begin in range(0, size, BATCH):
        made = [
            _made(chance, person.id, number, hours, details)
            for number in range(begin, min(begin + BATCH, size))
        ]
        await work.connection.execute(insert(consents), [_consent(each) for each in made])
        await work.connection.execute(insert(referrals), [_row(each) for each in made])
        places += [each for each in made if each.area == AREAS[0] and not each.is_pressing]
    places.sort(key=lambda each: (each.promised_by, each.id))
    middle = places[len(places) // 2]
    return Position(1, middle.promised_by, middle.id)


def _made(chance: random.Random, person_id: object, number: int, hours: Hours, details: Details) -> Referral:
    at = START - timedelta(minutes=chance.randrange(60 * 24 * 300))
    urgency = chance.choices(list(Urgency), (1, 4, 15))[0]
    made = Referral(
        id=ReferralId(uuid4()), reference=f"R{number}", person_id=person_id, draft_id=DraftId(uuid4()),  # type: ignore[arg-type]
        area=Area(chance.choice(AREAS)), entry_id=None, topic=chance.choice(TOPICS), urgency=urgency,
        details=details, requested_at=at, changed_at=at,
        status=chance.choices(list(Status), (50, 5, 5, 10, 5, 20, 5, 3, 1))[0],
    )  # fmt: skip
    made.promised_by = hours.usual.promise(urgency, at) if number < 200 else at + timedelta(days=14)
    made.consent_id = uuid4()  # type: ignore[assignment]
    return made


def _consent(referral: Referral) -> dict[str, object]:
    return {
        "id": referral.consent_id,
        "person_id": referral.person_id,
        "referral_id": referral.id,
        "purpose": "referral",
        "notice_version": "1",
        "text_sha256": "",
        "language": "lt",
        "given_at": referral.requested_at,
    }


def _row(referral: Referral) -> dict[str, object]:
    return {
        "id": referral.id,
        "reference": referral.reference,
        "person_id": referral.person_id,
        "draft_id": referral.draft_id,
        "topic": referral.topic,
        "urgency": referral.urgency,
        "details_sealed": b"",
        "requested_at": referral.requested_at,
        "consent_id": referral.consent_id,
        **state_of(referral),
    }


@asynccontextmanager
async def _sqlite() -> AsyncIterator[str]:
    with tempfile.TemporaryDirectory() as folder:
        yield f"sqlite:///{folder}/queue.db"


@asynccontextmanager
async def _postgres() -> AsyncIterator[str]:
    """A database of its own, dropped afterwards."""
    name = f"atrama_{uuid4().hex[:12]}"
    server = await asyncpg.connect(f"{POSTGRES}/test", timeout=5)
    await server.execute(f"CREATE DATABASE {name}")
    try:
        yield f"{POSTGRES}/{name}"
    finally:
        await server.execute(f"DROP DATABASE {name} WITH (FORCE)")
        await server.close()


if __name__ == "__main__":
    asyncio.run(main())
