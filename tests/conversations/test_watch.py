"""The watch: who is told what of the queue, when, and that it is told once."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import text
from sqlalchemy.exc import OperationalError

from bot.settings import DeskChats
from referrals.access import Act
from referrals.actions import decide, take
from referrals.message import write_to_person, write_to_worker
from referrals.person import Role
from referrals.referral import Area, Details, ForWhom, Reach, Reason, Referral, Status, Urgency
from referrals.storage.watching import Watching
from referrals.storage.work import Store
from tests.conversations.steps import WORDS
from tests.conversations.test_desk import colleague
from tests.fakes.clock import START
from tests.fakes.world import COORDINATOR, DESK, Actor, World
from tests.storage.seeding import keep

DETAILS = Details(ForWhom.ME, Reach.PHONE, "lt", "Kanarėlė", "canary", "+37061273519", may_call=True)
REFERENCES = [f"ATR-{left}{right}22-2" for left in "23456789ABCD" for right in "23456789ABCD"]
NIGHT = datetime(2026, 11, 24, 23, 0, tzinfo=UTC)  # one in the morning of a Wednesday
OPENING = datetime(2026, 11, 25, 6, 0, tzinfo=UTC)  # eight in Lithuania
NEW = {"lt": "negali laukti", "en": "cannot wait", "uk": "не може чекати"}


async def request(
    world: World,
    *,
    urgency: Urgency = Urgency.ROUTINE,
    number: int = 0,
    area: str | None = "kaunas-city",
    details: Details = DETAILS,
    at: datetime | None = None,
) -> Referral:
    """Somebody's request, sent now."""
    async with world.app.store.work() as work:
        person = await work.persons.get_or_add(500 + number, world.clock.now())
        referral = await keep(
            work, person, reference=REFERENCES[number], area=area, urgency=urgency, details=details,
            at=at or world.clock.now(),
        )  # fmt: skip
        await work.commit()
    return referral


async def own(world: World, referral: Referral, telegram_id: int) -> None:
    """A worker takes it."""
    async with world.app.store.work() as work:
        await take(work, await work.workers.find(telegram_id), referral.id, now=world.clock.now())
        await work.commit()


async def hold(world: World, referral: Referral, telegram_id: int, reason: Reason) -> None:
    """Its owner accepts it and puts it on hold."""
    async with world.app.store.work() as work:
        worker = await work.workers.find(telegram_id)
        for wanted, why in ((Status.ACCEPTED, None), (Status.ON_HOLD, reason)):
            await decide(work, worker, referral.id, wanted=wanted, reason=why, now=world.clock.now())
        await work.commit()


async def watch(world: World, at: datetime | None = None) -> None:
    """One round, at a time if one is given, and what it says arrives."""
    if at is not None:
        world.clock.advance(at - world.clock.now())
    await world.app.watch()
    await world.settle()


def heard(world: World, actor: Actor, words: str) -> int:
    """How many messages of somebody's chat hold the words."""
    return sum(words in shown.text for shown in world.telegram.chats[actor.id])


@pytest.mark.parametrize("language", WORDS)
async def test_a_request_that_cannot_wait_is_told_to_the_workers_of_its_area(
    world: World, language: str
) -> None:
    rasa, jonas = await colleague(world, 11, "Rasa"), await colleague(world, 13, "Jonas", "jonava-district")
    away, boss = await colleague(world, 12, "Mantas"), world.person(COORDINATOR, "Boss")
    await rasa.says("/start")
    await rasa.presses(WORDS[language].language)
    await away.says("/away")
    referral = await request(world, urgency=Urgency.ASAP)

    await watch(world)
    await watch(world)

    assert heard(world, rasa, NEW[language]) == 1
    assert referral.reference in rasa.sees
    assert rasa.screen.protected
    assert not any(word in rasa.sees for word in ("anarėl", "canary", "612"))
    assert heard(world, jonas, "ATR-") == heard(world, away, "ATR-") == heard(world, boss, "ATR-") == 0


async def test_danger_is_told_at_once_whatever_the_person_chose(world: World) -> None:
    rasa = await colleague(world, 11, "Rasa")
    await request(world)
    async with world.app.store.work() as work:
        await work.connection.execute(text("UPDATE referrals SET crisis = 'violence'"))
        await work.commit()

    await watch(world)

    assert heard(world, rasa, NEW["lt"]) == 1
    assert "pavojaus ženklų" in rasa.sees


async def test_the_alert_is_where_the_case_is_taken(world: World) -> None:
    rasa = await colleague(world, 11, "Rasa")
    await request(world, urgency=Urgency.ASAP)
    await watch(world)

    case = await rasa.presses("Paimti")

    assert "Kanarėlė" in case
    assert "Darbuotojas: Rasa" in case


async def test_without_workers_the_coordinators_hear_it(world: World) -> None:
    boss = world.person(COORDINATOR, "Boss")
    await request(world, urgency=Urgency.ASAP, area=None)

    await watch(world)

    assert heard(world, boss, NEW["lt"]) == 1


async def test_at_night_only_what_cannot_wait_is_told(world: World) -> None:
    rasa = await colleague(world, 11, "Rasa")
    old = await request(world, urgency=Urgency.URGENT, at=START - timedelta(days=7))
    world.clock.advance(NIGHT - START)
    pressing = await request(world, urgency=Urgency.ASAP, number=1)

    await watch(world)
    at_night = [heard(world, rasa, each.reference) for each in (old, pressing)]
    await watch(world, OPENING)

    assert at_night == [0, 1]
    assert heard(world, rasa, old.reference) == 1


@pytest.mark.parametrize(("seconds", "expected"), [(-1, 0), (0, 1)])
async def test_half_of_its_time_without_anybody(world: World, seconds: int, expected: int) -> None:
    rasa = await colleague(world, 11, "Rasa")
    referral = await request(world, urgency=Urgency.URGENT)
    half = START + (referral.promised_by - START) / 2
    world.app.watcher._settings = replace(
        world.app.settings, hours=world.app.settings.hours.parse("Mo-Su 0:00-23:59")
    )

    await watch(world, half + timedelta(seconds=seconds))

    assert heard(world, rasa, "pusė laiko") == expected


async def test_a_broken_promise_is_told_to_whoever_answers_for_the_area_too(world: World) -> None:
    rasa, boss = await colleague(world, 11, "Rasa"), world.person(COORDINATOR, "Boss")
    referral = await request(world, urgency=Urgency.URGENT)

    await watch(world, referral.promised_by + timedelta(seconds=1))
    await watch(world)

    assert heard(world, rasa, "Pažadėtas laikas") == heard(world, boss, "Pažadėtas laikas") == 1
    assert heard(world, rasa, "pusė laiko") == 0


@pytest.mark.parametrize(
    ("reason", "days", "expected"),
    [(Reason.WAITING_FOR_PERSON, 13, 0), (Reason.WAITING_FOR_PERSON, 15, 1), (Reason.WAITING_LIST, 15, 0)],
)
async def test_a_case_that_waits_long_for_the_person(
    world: World, reason: Reason, days: int, expected: int
) -> None:
    rasa = await colleague(world, 11, "Rasa")
    referral = await request(world)
    await own(world, referral, 11)
    await hold(world, referral, 11, reason)

    for _round in range(2):
        await watch(world, START + timedelta(days=days))

    assert heard(world, rasa, "dvi savaites") == expected


async def test_a_message_without_an_answer_for_two_working_days(world: World) -> None:
    rasa = await colleague(world, 11, "Rasa")
    referral = await request(world)
    await own(world, referral, 11)
    friday, tuesday = START + timedelta(days=3), START + timedelta(days=7)
    async with world.app.store.work() as work:
        person = await work.persons.get(referral.person_id)
        await write_to_worker(work, person, referral.id, "canary", now=friday)
        await write_to_worker(work, person, referral.id, "canary", now=friday + timedelta(minutes=5))
        await work.commit()

    counts = []
    for at in (tuesday - timedelta(minutes=1), tuesday, tuesday + timedelta(hours=1)):
        await watch(world, at)
        counts.append(heard(world, rasa, "dvi darbo dienas"))
    async with world.app.store.work() as work:
        worker = await work.workers.find(11)
        await write_to_person(work, worker, referral.id, "labas", now=world.clock.now())
        person = await work.persons.get(referral.person_id)
        await write_to_worker(
            work, person, referral.id, "canary", now=world.clock.now() + timedelta(seconds=1)
        )
        await work.commit()
    await watch(world, tuesday + timedelta(days=3))

    assert counts == [0, 1, 1]
    assert heard(world, rasa, "dvi darbo dienas") == 2
    assert "canary" not in rasa.transcript


@pytest.mark.parametrize(
    ("details", "words"),
    [
        (DETAILS, "Atvejyje yra telefonas."),
        (replace(DETAILS, may_call=False), "skambinti nesaugu"),
        (Details(ForWhom.ME, Reach.CHAT, "lt"), "Kito būdo susisiekti atvejyje nėra"),
    ],
)
async def test_the_owner_hears_once_that_the_person_is_not_reached(
    world: World, details: Details, words: str
) -> None:
    rasa, mantas = await colleague(world, 11, "Rasa"), await colleague(world, 12, "Mantas")
    referral = await request(world, details=details)
    await own(world, referral, 11)
    async with world.app.store.work() as work:
        await work.persons.mark_reachable(500, reachable=False)
        await work.commit()

    await watch(world)
    await watch(world)
    told, times = rasa.sees, heard(world, rasa, "nebepasiekia")
    case = await rasa.presses("Atverti atvejį")

    assert times == 1
    assert words in told
    assert "612" not in told
    assert words in case
    assert heard(world, mantas, "ATR-") == 0


async def test_whoever_owns_nothing_any_more_gives_it_back(world: World) -> None:
    rasa = await colleague(world, 11, "Rasa")
    referral = await request(world)
    await own(world, referral, 11)
    async with world.app.store.work() as work:
        await work.connection.execute(text("UPDATE workers SET active = false WHERE from_settings = false"))
        await work.commit()

    await watch(world)

    async with world.app.store.work() as work:
        found = await work.referrals.find(referral.id)
    assert found is not None
    assert (found.owner, found.status) == (None, Status.REQUESTED)
    assert heard(world, rasa, referral.reference) == 0
    assert any("grįžo į eilę" in shown.text for shown in world.telegram.chats[500])


async def test_the_guard_against_saying_it_twice_is_what_keeps_it_quiet(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def always(*_args: object) -> bool:
        return True

    async def nothing(_self: Watching) -> set[object]:
        return set()

    rasa = await colleague(world, 11, "Rasa")
    await request(world, urgency=Urgency.ASAP)
    monkeypatch.setattr(Watching, "said", nothing)
    for _round in range(2):
        await watch(world)
    guarded = heard(world, rasa, NEW["lt"])
    monkeypatch.setattr(Watching, "say", always)
    for _round in range(2):
        await watch(world)

    assert guarded == 1
    assert heard(world, rasa, NEW["lt"]) == 3


async def test_a_busy_database_is_looked_at_again(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    rasa = await colleague(world, 11, "Rasa")
    await request(world, urgency=Urgency.ASAP)
    whole = Store.work

    def busy(_self: Store) -> object:
        raise OperationalError("BEGIN", {}, Exception("locked"))

    monkeypatch.setattr(Store, "work", busy)
    await world.app.watch()
    monkeypatch.setattr(Store, "work", whole)
    await watch(world)

    assert heard(world, rasa, NEW["lt"]) == 1


def digests(world: World, chat: int = DESK) -> list[str]:
    """The digests of a chat."""
    return [shown.text for shown in world.telegram.chats[chat] if "Nepaimti: " in shown.text]


async def test_the_morning_tells_each_area_its_numbers_once(world: World) -> None:
    await colleague(world, 11, "Rasa")
    referrals = [await request(world, number=number) for number in range(4)]
    await own(world, referrals[1], 11)
    await own(world, referrals[2], 11)
    await hold(world, referrals[2], 11, Reason.WAITING_LIST)
    await request(world, number=4, at=START - timedelta(days=40))
    await request(world, number=5, area="jonava-district")

    await watch(world, OPENING - timedelta(minutes=1))
    early = len(digests(world))
    await watch(world, OPENING)
    await watch(world, OPENING + timedelta(hours=1))

    city, district, jonava = digests(world)
    assert early == 0
    assert city.splitlines()[2:6] == [
        "Nauji nuo 24 lapkr. 2026, 08:00: 4", "Nepaimti: 3", "Vėluojantys: 1", "Sustabdyti: 1",
    ]  # fmt: skip
    assert "Nepaimti: 0" in district
    assert "Nepaimti: 1" in jonava
    assert not any("anary" in each or "ATR-" in each for each in (city, district, jonava))
    button = world.telegram.chats[DESK][-1].buttons[0][0]
    assert button["url"] == "https://t.me/atrama_bot?start=desk"


@pytest.mark.parametrize(
    ("at", "expected"),
    [
        (datetime(2026, 11, 25, 12, 0, tzinfo=UTC), 3),  # the bot was down in the morning
        (datetime(2026, 11, 25, 15, 0, tzinfo=UTC), 0),  # five o'clock: the desk has closed
        (datetime(2026, 11, 28, 8, 0, tzinfo=UTC), 0),  # a Saturday
        (datetime(2026, 12, 25, 8, 0, tzinfo=UTC), 0),  # Christmas
    ],
)
async def test_a_digest_is_for_the_working_day(world: World, at: datetime, expected: int) -> None:
    await watch(world, at)

    assert len(digests(world)) == expected


async def test_the_first_digest_of_the_day_carries_the_audits_anchor(world: World) -> None:
    await world.person(66).says("/staff")

    await watch(world, OPENING)

    async with world.app.store.work() as work:
        (anchor,) = await work.audit.anchors()
    assert [anchor.digest.hex() in each for each in digests(world)] == [True, False, False]


async def test_without_a_desk_the_coordinators_get_the_digest(world: World) -> None:
    boss = world.person(COORDINATOR, "Boss")
    await request(world, area=None)
    world.app.watcher._settings = replace(world.app.settings, desk_chats=DeskChats())

    await watch(world, OPENING)

    assert len(digests(world, boss.id)) == 4
    assert "Vietovė nežinoma" in digests(world, boss.id)[-1]


async def test_the_digests_button_opens_the_private_desk(world: World) -> None:
    rasa = await colleague(world, 11, "Rasa")

    opened = await rasa.opens(world.app.links.to_desk())

    assert "Jūsų darbo stalas" in opened


@pytest.mark.parametrize(("count", "expected"), [(49, 0), (50, 0), (51, 1)])
async def test_whoever_opens_case_after_case_is_asked_why(world: World, count: int, expected: int) -> None:
    boss = world.person(COORDINATOR, "Boss")
    await colleague(world, 11, "Rasa")
    referrals = [await request(world, number=number) for number in range(count)]
    async with world.app.store.work() as work:
        for number, referral in enumerate([*referrals, *referrals]):  # twice the same is no more
            at = START + timedelta(seconds=number * 5)
            await work.records.add(Act.OPEN, 11, at, referral_id=referral.id, allowed=True)
        await work.commit()

    for minutes in (11, 12, 13):
        await watch(world, START + timedelta(minutes=minutes))

    assert heard(world, boss, "atvėrė skirtingų atvejų") == expected
    async with world.app.store.work() as work:
        assert await work.records.count(Act.OPEN, allowed=False) == expected


async def test_slowly_opening_many_cases_is_work(world: World) -> None:
    boss = world.person(COORDINATOR, "Boss")
    referrals = [await request(world, number=number) for number in range(60)]
    async with world.app.store.work() as work:
        for number, referral in enumerate(referrals):
            at = START + timedelta(seconds=number * 13)
            await work.records.add(Act.OPEN, 11, at, referral_id=referral.id, allowed=True)
        await work.commit()

    await watch(world, START + timedelta(minutes=14))

    assert heard(world, boss, "atvėrė skirtingų atvejų") == 0


async def test_the_alarm_goes_to_the_coordinators_of_the_area_once_an_hour(world: World) -> None:
    boss = world.person(COORDINATOR, "Boss")
    async with world.app.store.work() as work:
        made = await work.workers.invite(Role.COORDINATOR, Area("jonava-district"), START, by=None)
        await work.commit()
    jonava = world.person(22, "Jonas")
    await jonava.opens(world.app.links.to_join(made.token))
    await colleague(world, 11, "Rasa")
    referrals = [await request(world, number=number) for number in range(51)]
    for minutes in (1, 50, 70):
        async with world.app.store.work() as work:
            for referral in referrals:
                at = START + timedelta(minutes=minutes)
                await work.records.add(Act.OPEN, 11, at, referral_id=referral.id, allowed=True)
            await work.commit()
        await watch(world, START + timedelta(minutes=minutes + 1))

    assert heard(world, boss, "atvėrė skirtingų atvejų") == 2
    assert heard(world, jonava, "atvėrė skirtingų atvejų") == 0
