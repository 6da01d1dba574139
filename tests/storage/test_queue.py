"""The queue, its history, partners and duplicates: what their repositories promise, on both databases."""

from __future__ import annotations

from datetime import timedelta
from random import Random
from uuid import uuid4

import pytest
from sqlalchemy import event, text

from referrals.access import Act, Why
from referrals.actions import decide, open_case, take
from referrals.consent import Notice
from referrals.duplicates import Likeness, dismiss, find_twins, mark
from referrals.errors import CannotReceive, ConsentMissing, Forbidden, NotAllowed, NotSafe, WhyMissing
from referrals.handover import hand_to_area, hand_to_colleague
from referrals.news import Happened, News
from referrals.onward import answer, ask_person, tell_partner
from referrals.person import Role, Worker
from referrals.queue import NO_AREA, Position, Waiting, Wanted, scope
from referrals.referral import Area, Details, ForWhom, Reach, Reason, Referral, Status, Urgency
from referrals.storage.work import Store, UnitOfWork
from tests.fakes.clock import START
from tests.storage.seeding import keep

NOW = START
CITY, DISTRICT, JONAVA = Area("kaunas-city"), Area("kaunas-district"), Area("jonava-district")
NOTICE = Notice("name, phone", "1", "lt")
PAGE = 4


async def joined(work: UnitOfWork, telegram_id: int, area: str = CITY, role: Role = Role.WORKER) -> Worker:
    """A worker of an area."""
    invite = await work.workers.invite(role, Area(area), NOW, by=None)
    worker = await work.workers.join(telegram_id, invite.token, NOW)
    await work.workers.name(worker, f"W{telegram_id}")
    return worker


async def boss(work: UnitOfWork) -> Worker:
    """The coordinator of everything."""
    await work.workers.set_coordinators([900], NOW)
    found = await work.workers.find(900)
    assert found is not None
    return found


async def fill(work: UnitOfWork, count: int, random: Random) -> list[Referral]:
    """A queue with every area, urgency and age."""
    person = await work.persons.get_or_add(5, NOW)
    return [
        await keep(
            work,
            person,
            reference=f"ATR-{number:04}-X",
            area=random.choice([CITY, CITY, DISTRICT, JONAVA, None]),
            urgency=random.choice(list(Urgency)),
            at=NOW - timedelta(hours=random.randrange(400)),
        )
        for number in range(count)
    ]


async def page(
    work: UnitOfWork,
    worker: Worker,
    start: Position | None = None,
    wanted: Wanted = Wanted(),  # noqa: B008 - frozen
    *,
    backward: bool = False,
    limit: int = PAGE,
) -> list[Waiting]:
    """One page as the desk reads it."""
    return await work.queue.page(
        scope(worker, wanted), wanted, me=worker.id, now=NOW, start=start, backward=backward, limit=limit
    )


async def by_key(work: UnitOfWork, worker: Worker, seen: list[Waiting]) -> list[Waiting]:
    """The next page as it is read: after the last row's place."""
    return await page(work, worker, seen[-1].position if seen else None)


async def by_offset(work: UnitOfWork, worker: Worker, seen: list[Waiting]) -> list[Waiting]:
    """The next page as it must not be read."""
    return (await page(work, worker, limit=10_000))[len(seen) : len(seen) + PAGE]


async def walk(work: UnitOfWork, worker: Worker, read: object, random: Random) -> tuple[list[Waiting], set]:
    """Turn every page while colleagues move cases; also the ids that were there all the time."""
    seen: list[Waiting] = []
    there = {each.id for each in await page(work, worker, limit=10_000)}
    while rows := await read(work, worker, seen):  # type: ignore[operator]  # one of the two above
        seen += rows
        for each in random.sample(await page(work, worker, limit=10_000), 3):
            await move_somehow(work, worker, each, random)
        there &= {each.id for each in await page(work, worker, limit=10_000)}
    return seen, there


async def move_somehow(work: UnitOfWork, worker: Worker, each: Waiting, random: Random) -> None:
    """What colleagues do in the meantime."""
    if each.owner is None:
        await take(work, worker, each.id, now=NOW)
    wanted = random.choice([Status.REQUESTED, Status.REJECTED, Status.ACCEPTED, None])
    try:
        if wanted is None:
            await hand_to_area(work, worker, each.id, random.choice([CITY, DISTRICT]), now=NOW)
        else:
            await decide(work, worker, each.id, wanted=wanted, reason=Reason.OTHER_BODY, now=NOW)
    except NotAllowed:
        pass


@pytest.mark.parametrize("seed", range(3))
async def test_paging_never_skips_or_repeats_a_row_while_cases_move(store: Store, seed: int) -> None:
    random = Random(seed)
    async with store.work() as work:
        worker = await boss(work)
        await fill(work, 40, random)

        seen, there = await walk(work, worker, by_key, random)

    ids = [each.id for each in seen]
    assert len(ids) == len(set(ids))
    assert there <= set(ids)
    assert [each.position for each in seen] == sorted(each.position for each in seen)


async def test_a_walk_by_offset_would_be_caught(store: Store) -> None:
    random = Random(0)
    async with store.work() as work:
        worker = await boss(work)
        await fill(work, 40, random)

        seen, there = await walk(work, worker, by_offset, random)

    assert not there <= {each.id for each in seen}


async def test_back_shows_what_was_there_before(store: Store) -> None:
    async with store.work() as work:
        worker = await boss(work)
        await fill(work, 20, Random(1))
        first = await page(work, worker)
        second = await page(work, worker, first[-1].position)

        back = await page(work, worker, second[0].position, backward=True)

    assert back == first


async def test_danger_and_what_cannot_wait_come_first_then_what_is_promised_soonest(store: Store) -> None:
    async with store.work() as work:
        worker = await boss(work)
        await fill(work, 30, Random(2))

        rows = await page(work, worker, limit=100)

    pressing = [each.urgency is Urgency.ASAP for each in rows]
    assert len(rows) == 30
    assert pressing == sorted(pressing, reverse=True)
    calm = [each for each in rows if each.urgency is not Urgency.ASAP]
    assert calm == sorted(calm, key=lambda each: (each.promised_by, each.id))


async def test_a_worker_sees_their_own_areas_only(store: Store) -> None:
    async with store.work() as work:
        worker, coordinator = await joined(work, 7), await boss(work)
        local = await joined(work, 8, DISTRICT, Role.COORDINATOR)
        await fill(work, 30, Random(3))

        areas = [
            {each.area for each in await page(work, who, limit=100)} for who in (worker, coordinator, local)
        ]
        forged = await page(work, worker, wanted=Wanted(area=JONAVA), limit=100)
        nowhere = await page(work, coordinator, wanted=Wanted(area=NO_AREA), limit=100)
        counts = await work.queue.counts(scope(worker, Wanted()), now=NOW)

    assert areas == [{CITY}, {CITY, DISTRICT, JONAVA, None}, {DISTRICT}]
    assert forged == []
    assert {each.area for each in nowhere} == {None}
    assert counts.open == counts.unclaimed > 0


async def test_what_is_chosen_is_what_is_shown(store: Store) -> None:
    async with store.work() as work:
        worker = await boss(work)
        person = await work.persons.get_or_add(6, NOW)
        person.language = "uk"
        await work.persons.save(person)
        await fill(work, 10, Random(4))
        theirs = await keep(work, person, reference="ATR-7K3M-2", at=NOW - timedelta(days=40))
        fresh = await keep(work, person, reference="ATR-7K3M-3", at=NOW)
        await take(work, worker, fresh.id, now=NOW)

        found = {
            name: {each.reference for each in await page(work, worker, wanted=wanted, limit=100)}
            for name, wanted in {
                "language": Wanted(language="uk"),
                "mine": Wanted(mine=True),
                "unclaimed": Wanted(language="uk", unclaimed=True),
                "overdue": Wanted(language="uk", overdue=True),
                "accepted": Wanted(status=Status.ACCEPTED),
                "food": Wanted(topic="food"),
            }.items()
        }
        counts = await work.queue.counts(None, now=NOW)

    assert found == {
        "language": {theirs.reference, fresh.reference},
        "mine": {fresh.reference},
        "unclaimed": {theirs.reference},
        "overdue": {theirs.reference},
        "accepted": set(),
        "food": set(),
    }
    assert (counts.open, counts.unclaimed) == (12, 11)


async def test_a_page_is_read_from_the_index_and_opens_no_envelope(store: Store) -> None:
    async with store.work() as work:
        worker = await joined(work, 7)
        await fill(work, 5, Random(5))
        statements: list[tuple[str, object]] = []

        def note(_c: object, _cursor: object, statement: str, parameters: object, *_: object) -> None:
            statements.append((statement, parameters))

        event.listen(store.engine.sync_engine, "before_cursor_execute", note)
        place = Position(0, NOW, uuid4())
        await page(work, worker, place)
        event.remove(store.engine.sync_engine, "before_cursor_execute", note)
        plans = []
        if store.engine.dialect.name == "sqlite":
            for statement, parameters in statements:
                rows = await work.connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", parameters)
                plans += [str(row[-1]) for row in rows]

    assert statements
    assert not [statement for statement, _ in statements if "sealed" in statement]
    assert all("SEARCH referrals USING INDEX" in plan and "TEMP B-TREE" not in plan for plan in plans)
    assert store.engine.dialect.name != "sqlite" or "rank=? AND (promised_by,id)>(?,?)" in plans[0]


async def test_history_tells_who_did_what(store: Store) -> None:
    async with store.work() as work:
        worker = await joined(work, 7)
        person = await work.persons.get_or_add(5, NOW)
        referral = await keep(work, person)
        await take(work, worker, referral.id, now=NOW)
        await decide(work, worker, referral.id, wanted=Status.REJECTED, reason=Reason.OTHER_BODY, now=NOW)

        changes = await work.history.of(referral.id)

    assert [(each.happened, each.by, each.reason) for each in changes] == [
        (Happened.REQUESTED, None, None),
        (Happened.TAKEN, worker.id, None),
        (Happened.REJECTED, worker.id, Reason.OTHER_BODY),
    ]


async def test_a_colleagues_case_is_opened_with_a_recorded_reason_only(store: Store) -> None:
    async with store.work() as work:
        owner, coordinator = await joined(work, 7), await boss(work)
        referral = await keep(work, await work.persons.get_or_add(5, NOW))
        await take(work, owner, referral.id, now=NOW)

        with pytest.raises(WhyMissing):
            await open_case(work, coordinator, referral.id, now=NOW)
        await open_case(work, coordinator, referral.id, now=NOW, why=Why.COMPLAINT)
        await open_case(work, owner, referral.id, now=NOW)
        whys = (await work.connection.execute(text("SELECT why FROM records ORDER BY position"))).scalars()

    assert list(whys) == ["complaint", None]


async def test_a_case_is_handed_to_a_colleague_at_work_in_the_area(store: Store) -> None:
    async with store.work() as work:
        owner, other, stranger = await joined(work, 7), await joined(work, 8), await joined(work, 9, JONAVA)
        away = await joined(work, 10)
        await work.connection.execute(
            text("UPDATE workers SET away = true WHERE telegram_blind = :b"),
            {"b": work.cells.blind("telegram", 10)},
        )
        referral = await keep(work, await work.persons.get_or_add(5, NOW))
        await take(work, owner, referral.id, now=NOW)

        for colleague in (stranger, away, owner):
            with pytest.raises(CannotReceive):
                await hand_to_colleague(work, owner, referral.id, colleague.id, now=NOW)
        with pytest.raises(Forbidden):
            await hand_to_colleague(work, other, referral.id, other.id, now=NOW)
        given = await hand_to_colleague(work, owner, referral.id, other.id, now=NOW)
        with pytest.raises(Forbidden):
            await hand_to_colleague(work, owner, referral.id, other.id, now=NOW)

    assert (given.owner, given.status) == (other.id, Status.REQUESTED)


async def test_another_area_gets_it_unowned_and_what_was_promised_stays(store: Store) -> None:
    async with store.work() as work:
        owner = await joined(work, 7)
        referral = await keep(work, await work.persons.get_or_add(5, NOW))
        await take(work, owner, referral.id, now=NOW)
        await decide(work, owner, referral.id, wanted=Status.ACCEPTED, reason=None, now=NOW)

        given = await hand_to_area(work, owner, referral.id, JONAVA, now=NOW)
        with pytest.raises(Forbidden):
            await hand_to_area(work, owner, referral.id, CITY, now=NOW)

    assert (given.area, given.owner, given.status) == (JONAVA, None, Status.REQUESTED)
    assert given.promised_by == referral.promised_by


DETAILS = Details(for_whom=ForWhom.ME, reach=Reach.CHAT, language="lt", name="Ona", need="pagalbos namuose")


async def test_no_partner_is_told_without_the_persons_yes(store: Store) -> None:
    async with store.work() as work:
        owner = await joined(work, 7)
        person, stranger = await work.persons.get_or_add(5, NOW), await work.persons.get_or_add(6, NOW)
        referral = await keep(work, person, details=DETAILS)
        await take(work, owner, referral.id, now=NOW)
        asked = await ask_person(work, owner, referral.id, "korys", now=NOW)
        refused = await ask_person(work, owner, referral.id, "caritas", now=NOW)

        with pytest.raises(ConsentMissing):
            await tell_partner(work, owner, asked.id, now=NOW)
        with pytest.raises(Forbidden):
            await answer(work, stranger, asked.id, notice=NOTICE, now=NOW)
        await answer(work, person, refused.id, notice=None, now=NOW)
        with pytest.raises(ConsentMissing):
            await tell_partner(work, owner, refused.id, now=NOW)
        _, agreed = await answer(work, person, asked.id, notice=NOTICE, now=NOW)
        with pytest.raises(NotAllowed):
            await answer(work, person, asked.id, notice=None, now=NOW)
        told = await tell_partner(work, owner, asked.id, now=NOW)
        assert agreed.consent_id is not None
        await work.consents.withdraw(agreed.consent_id, NOW)
        with pytest.raises(ConsentMissing):
            await tell_partner(work, owner, asked.id, now=NOW)
        kept = (
            await work.connection.execute(
                text("SELECT text_sha256, referral_id IS NOT NULL FROM consents WHERE purpose = 'partners'")
            )
        ).all()
        made = await work.records.count(Act.REFER_ONWARD, referral_id=referral.id)

    assert (told[0].id, told[1].agreed) == (referral.id, True)
    assert [(row[0], bool(row[1])) for row in kept] == [(NOTICE.sha256, True)]
    assert made == 3  # two questions, one text


@pytest.mark.parametrize(
    "details",
    [
        Details(for_whom=ForWhom.ME, reach=Reach.CHAT, language="lt", name="Ona", may_write=False),
        Details(for_whom=ForWhom.ME, reach=Reach.CHAT, language="lt"),
    ],
    ids=["not safe to write", "nothing to share"],
)
async def test_nobody_is_asked_where_it_is_not_safe_or_nothing_is_shared(
    store: Store, details: Details
) -> None:
    async with store.work() as work:
        owner = await joined(work, 7)
        referral = await keep(work, await work.persons.get_or_add(5, NOW), details=details)
        await take(work, owner, referral.id, now=NOW)

        with pytest.raises(NotSafe):
            await ask_person(work, owner, referral.id, "korys", now=NOW)


NEED = "Mama krito, reikia pagalbos namuose, nuplauti ir nueiti į parduotuvę"
SIMILAR = "Reikia pagalbos namuose: nuplauti, nueiti į parduotuvę. Mama krito!"


async def test_the_same_person_phone_or_need_is_suggested_and_nothing_else(store: Store) -> None:
    def told(need: str = "", phone: str | None = None) -> Details:
        return Details(ForWhom.ME, Reach.CHAT, "lt", need=need or None, phone=phone)

    async with store.work() as work:
        owner = await joined(work, 7)
        ona, petras = await work.persons.get_or_add(5, NOW), await work.persons.get_or_add(6, NOW)
        case = await keep(work, ona, reference="ATR-0000-X", details=told(NEED, "+37061234567"))
        cases = {
            "ATR-0001-X": (ona, told(), CITY, NOW),
            "ATR-0002-X": (petras, told(phone="+37061234567"), CITY, NOW),
            "ATR-0003-X": (petras, told(SIMILAR), CITY, NOW),
            "ATR-0004-X": (petras, told("pagalbos"), CITY, NOW),
            "ATR-0005-X": (ona, told(), CITY, NOW - timedelta(days=31)),
            "ATR-0006-X": (ona, told(), JONAVA, NOW),
            "ATR-0007-X": (petras, told(), CITY, NOW),
        }  # fmt: skip
        for reference, (person, details, area, at) in cases.items():
            await keep(work, person, reference=reference, details=details, area=area, at=at)

        twins = await find_twins(work, owner, case, limit=10)
        all_over = await find_twins(work, await boss(work), case, limit=10)

    assert {twin.referral.reference: twin.likeness for twin in twins} == {
        "ATR-0001-X": Likeness.SAME_PERSON,
        "ATR-0002-X": Likeness.SAME_PHONE,
        "ATR-0003-X": Likeness.SIMILAR_NEED,
    }
    assert "ATR-0006-X" in {twin.referral.reference for twin in all_over}


async def test_a_duplicate_is_closed_where_its_state_leads_there_and_marked_elsewhere(store: Store) -> None:
    async with store.work() as work:
        owner = await joined(work, 7)
        person = await work.persons.get_or_add(5, NOW)
        original, fresh, accepted, another = [
            await keep(work, person, reference=f"ATR-{number:04}-X") for number in range(4)
        ]
        for each in (fresh, accepted, another):
            await take(work, owner, each.id, now=NOW)
        await decide(work, owner, accepted.id, wanted=Status.ACCEPTED, reason=None, now=NOW)

        closed = await mark(work, owner, fresh.id, original, now=NOW)
        marked = await mark(work, owner, accepted.id, original, now=NOW)
        with pytest.raises(NotAllowed):  # no chains, no circles
            await mark(work, owner, another.id, marked, now=NOW)
        with pytest.raises(Forbidden):  # not the owner
            await mark(work, owner, original.id, another, now=NOW)
        await dismiss(work, owner, another.id, original, now=NOW)
        left = await find_twins(work, owner, another, limit=10)

    assert (closed.status, closed.reason, closed.duplicate_of) == (
        Status.REJECTED,
        Reason.DUPLICATE,
        original.id,
    )
    assert (marked.status, marked.duplicate_of) == (Status.ACCEPTED, original.id)
    assert original.reference not in {twin.referral.reference for twin in left}


async def test_a_worker_who_saves_what_they_read_earlier_does_not_put_danger_back(store: Store) -> None:
    async with store.work() as work:
        person = await work.persons.get_or_add(5, NOW)
        referral = await keep(work, person)
        rasa = await joined(work, 11)
        await work.commit()
    async with store.work() as work:
        stale = await work.referrals.find(referral.id)
        await work.referrals.mark_crisis(referral.id, "suicide")
        assert stale is not None
        stale.take(rasa.id, NOW)
        await work.referrals.save(stale, News(Happened.TAKEN, stale, NOW, by=rasa.id))
        found = await work.queue.find(referral.reference)

    assert found is not None
    assert (found.rank, found.crisis, found.owner) == (0, "suicide", rasa.id)
