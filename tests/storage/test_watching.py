"""What the watch, the office and the services' capacity keep, on both databases."""

from __future__ import annotations

from datetime import timedelta
from uuid import uuid4

import pytest

from referrals.access import Act
from referrals.actions import decide, take
from referrals.capacity import Capacity, Room
from referrals.errors import Away, Forbidden
from referrals.message import Message
from referrals.person import Role, Worker
from referrals.referral import Area, EntryId, Reason, ReferralId, Status, Urgency, WorkerId
from referrals.staffing import remove, set_away
from referrals.storage.engine import make_engine
from referrals.storage.keyring import Keyring
from referrals.storage.work import Store, UnitOfWork
from referrals.watching import Alert, Numbers, Watched
from tests.fakes.clock import START
from tests.storage.seeding import keep

CITY = Area("kaunas-city")
HOUR = timedelta(hours=1)


async def worker(work: UnitOfWork, telegram_id: int, role: Role = Role.WORKER) -> Worker:
    """A member of staff of the city."""
    made = await work.workers.invite(role, CITY, START, by=None)
    return await work.workers.join(telegram_id, made.token, START)


async def case(work: UnitOfWork, number: int, **wanted: object) -> ReferralId:
    """Somebody's request."""
    person = await work.persons.get_or_add(500 + number, START)
    return (await keep(work, person, reference=f"ATR-{number}222-2", **wanted)).id  # type: ignore[arg-type]


async def watched(store: Store) -> list[Watched]:
    """What the watch sees."""
    async with store.work() as work:
        return await work.watching.open_cases()


async def test_what_presses_most_is_seen_first_and_nothing_that_is_over(store: Store) -> None:
    async with store.work() as work:
        rasa = await worker(work, 11)
        soon = await case(work, 2, urgency=Urgency.URGENT)
        pressing = await case(work, 3, urgency=Urgency.ASAP)
        over = await case(work, 4)
        await take(work, rasa, over, now=START)
        await decide(work, rasa, over, wanted=Status.REJECTED, reason=Reason.NOT_ELIGIBLE, now=START)
        await work.persons.mark_reachable(502, reachable=False)
        await work.commit()

    seen = await watched(store)

    assert [each.id for each in seen] == [pressing, soon]
    assert [each.reachable for each in seen] == [True, False]
    assert seen[0].requested_at == START


async def test_a_talk_is_watched_from_the_first_message_without_an_answer(store: Store) -> None:
    async with store.work() as work:
        rasa = await worker(work, 11)
        referral = await case(work, 2)
        silent = await case(work, 3)
        for hours, by in ((0, None), (1, rasa.id), (2, None), (3, None)):
            at = START + hours * HOUR
            await work.messages.add(Message(uuid4(), referral, "canary", at, by=by))
        await work.messages.add(Message(uuid4(), silent, "canary", START, by=rasa.id))
        await work.commit()

    seen = {each.id: each for each in await watched(store)}

    assert (seen[referral].unanswered_since, seen[referral].answers) == (START + 2 * HOUR, 1)
    assert seen[silent].unanswered_since is None


async def test_an_alert_is_said_once_for_a_version(store: Store) -> None:
    async with store.work() as work:
        referral = await case(work, 2)
        said = [await work.watching.say(referral, Alert.NEW, version, START) for version in (1, 1, 2)]
        await work.commit()

    async with store.work() as work:
        again = await work.watching.say(referral, Alert.NEW, 1, START)
        remembered = await work.watching.said()

    assert said == [True, False, True]
    assert not again
    assert remembered == {(referral, "new", 1), (referral, "new", 2)}


async def test_the_numbers_of_an_area(store: Store) -> None:
    async with store.work() as work:
        rasa = await worker(work, 11)
        held = await case(work, 2)
        await case(work, 3, at=START - timedelta(days=60))
        await case(work, 4, area=None)
        await take(work, rasa, held, now=START)
        for wanted, reason in ((Status.ACCEPTED, None), (Status.ON_HOLD, Reason.WAITING_LIST)):
            await decide(work, rasa, held, wanted=wanted, reason=reason, now=START)
        city = await work.watching.numbers(CITY, since=START - HOUR, now=START)
        nowhere = await work.watching.numbers(None, since=START - HOUR, now=START)
        empty = await work.watching.numbers(Area("jonava-district"), since=START, now=START)

    assert city == Numbers(new=1, unclaimed=1, overdue=1, on_hold=1)
    assert nowhere == Numbers(new=1, unclaimed=1, overdue=0, on_hold=0)
    assert empty == Numbers(0, 0, 0, 0)


async def test_a_digest_is_begun_once_a_day(store: Store) -> None:
    async with store.work() as work:
        begun = [
            await work.watching.begin_digest(area, day, START)
            for area, day in ((CITY, "2026-11-24"), (CITY, "2026-11-24"), (None, "2026-11-24"))
        ]
        last = await work.watching.last_digest(CITY), await work.watching.last_digest(Area("elsewhere"))

    assert begun == [True, False, True]
    assert last == (START, None)


async def test_openings_and_alarms_are_read_from_the_records(store: Store) -> None:
    async with store.work() as work:
        rasa = await worker(work, 11)
        referral = await case(work, 2)
        for at, allowed in ((START - HOUR, True), (START, True), (START, False)):
            await work.records.add(Act.OPEN, 11, at, referral_id=referral, allowed=allowed)
        (opening,) = await work.watching.openings(START - HOUR)
        before = await work.watching.was_alarmed(opening.actor, START - HOUR)
        await work.records.add(Act.OPEN, 11, START, referral_id=None, allowed=False, why="many")
        after = await work.watching.was_alarmed(opening.actor, START - HOUR)
        who = await work.watching.who(opening.actor)

    assert (opening.referral_id, opening.at) == (referral, START)
    assert (before, after) == (False, True)
    assert who is not None
    assert who.id == rasa.id


@pytest.mark.postgres
async def test_of_several_processes_one_watches(postgres_url: str) -> None:
    store = Store(make_engine(postgres_url), Keyring.parse(Keyring.generate()))
    async with store.work() as first, store.work() as second:
        begun = await first.watching.begin(), await second.watching.begin()
    await store.close()

    assert begun == (True, False)


async def test_a_colleague_is_away_removed_and_their_cases_are_free(store: Store) -> None:
    async with store.work() as work:
        boss = await worker(work, 21, Role.COORDINATOR)
        rasa = await worker(work, 11)
        referral = await case(work, 2)
        await take(work, rasa, referral, now=START)
        await set_away(work, boss, rasa.id, away=True, now=START)
        away = await work.staff.find(rasa.id)
        freed = await work.referrals.find(referral)
        await remove(work, boss, rasa.id, now=START)
        left = await work.staff.active()
        await work.commit()

    assert away is not None
    assert away.away
    assert freed is not None
    assert freed.owner is None
    assert [each.id for each in left] == [boss.id]


@pytest.mark.parametrize("gone", ["away", "removed", "here"])
async def test_a_reopened_case_is_in_the_hands_of_somebody_at_work(store: Store, gone: str) -> None:
    async with store.work() as work:
        boss = await worker(work, 21, Role.COORDINATOR)
        rasa = await worker(work, 11)
        referral = await case(work, 2)
        await take(work, rasa, referral, now=START)
        for done in (Status.ACCEPTED, Status.COMPLETED):
            await decide(work, rasa, referral, wanted=done, reason=None, now=START)
        if gone == "away":
            await set_away(work, rasa, rasa.id, away=True, now=START)
        elif gone == "removed":
            await remove(work, boss, rasa.id, now=START)
        await decide(work, boss, referral, wanted=Status.IN_PROGRESS, reason=None, now=START)
        reopened = await work.referrals.find(referral)

    assert reopened is not None
    assert reopened.owner == (rasa.id if gone == "here" else boss.id)


async def test_who_is_away_reopens_no_case(store: Store) -> None:
    async with store.work() as work:
        rasa = await worker(work, 11)
        referral = await case(work, 2)
        await take(work, rasa, referral, now=START)
        for done in (Status.ACCEPTED, Status.COMPLETED):
            await decide(work, rasa, referral, wanted=done, reason=None, now=START)
        await set_away(work, rasa, rasa.id, away=True, now=START)

        with pytest.raises(Away):
            await decide(work, rasa, referral, wanted=Status.IN_PROGRESS, reason=None, now=START)


async def test_nobody_removes_themselves_or_somebody_from_the_settings(store: Store) -> None:
    async with store.work() as work:
        await work.workers.set_coordinators([1], START)
        first = await work.workers.find(1)
        made = await work.workers.invite(Role.COORDINATOR, None, START, by=None)
        second = await work.workers.join(21, made.token, START)
        assert first is not None
        refused = 0
        for boss, target in ((second, second.id), (second, first.id), (second, WorkerId(uuid4()))):
            try:
                await remove(work, boss, target, now=START)
            except Forbidden:
                refused += 1

        assert refused == 3
        assert len(await work.staff.active()) == 2


async def test_the_last_word_on_a_service_counts(store: Store) -> None:
    entry = EntryId("help-at-home")
    async with store.work() as work:
        boss = await worker(work, 21, Role.COORDINATOR)
        for capacity in (Capacity.OPEN, Capacity.FULL):
            await work.capacity.put(Room(entry, CITY, capacity, START), by=boss.id)
        await work.commit()

    async with store.work() as work:
        found = await work.capacity.find(entry, [CITY])
        elsewhere = await work.capacity.find(entry, [Area("jonava-district")])

    assert found == [Room(entry, CITY, Capacity.FULL, START)]
    assert elsewhere == []
