"""What a person's own side of a referral keeps, on both databases."""

from __future__ import annotations

import json
from datetime import timedelta

import pytest
from sqlalchemy import event, select, update

from referrals.another import AgeBand, Agrees, Carer, Proxy, Relation
from referrals.contact import change_contact, contact_draft
from referrals.draft import Step
from referrals.errors import Forbidden, NotAllowed, TooManyTries
from referrals.message import write_to_worker
from referrals.receipt import TRIES, WINDOW, come_with_code, make_receipt, write_as_bearer
from referrals.referral import Details, ForWhom, Reach, Referral, Status, Urgency
from referrals.storage.engine import make_engine
from referrals.storage.keyring import Keyring
from referrals.storage.tables import receipts, referrals
from referrals.storage.work import Store, UnitOfWork
from tests.fakes.clock import START
from tests.storage.seeding import keep

NOW = START


async def seed(work: UnitOfWork, **options: object) -> Referral:
    """A waiting referral of the person 5."""
    person = await work.persons.get_or_add(5, NOW)
    return await keep(work, person, **options)  # type: ignore[arg-type]


async def test_what_was_told_for_another_comes_back(store: Store) -> None:
    details = Details(
        for_whom=ForWhom.RELATIVE,
        reach=Reach.CHAT,
        language="lt",
        name="Birutė",
        discreet=True,
        age=AgeBand.FROM_7,
        carer=Carer.NOBODY,
        proxy=Proxy("Ona", Relation.PARENT, Agrees.UNAWARE),
    )
    async with store.work() as work:
        kept = await seed(work, details=details)

        found = await work.referrals.find(kept.id)

    assert found is not None
    assert found.details == details


async def test_a_row_from_before_the_new_questions_still_opens(store: Store) -> None:
    old = {
        "for_whom": "relative",
        "reach": "chat",
        "language": "lt",
        "name": "Ona",
        "need": None,
        "phone": None,
        "phone_is_own": False,
        "may_write": True,
        "may_call": False,
        "call_time": None,
        "may_say_who": False,
    }
    async with store.work() as work:
        kept = await seed(work)
        sealed = work.cells.seal(json.dumps(old), "referrals.details", kept.id)
        await work.connection.execute(
            update(referrals).where(referrals.c.id == kept.id).values(details_sealed=sealed)
        )

        found = await work.referrals.find(kept.id)

    assert found is not None
    assert found.details == Details(for_whom=ForWhom.RELATIVE, reach=Reach.CHAT, language="lt", name="Ona")


async def test_the_place_follows_rank_then_promise_then_id_and_counts_only_who_waits(store: Store) -> None:
    async with store.work() as work:
        await work.workers.set_coordinators([1], NOW)
        worker = await work.workers.find(1)
        assert worker is not None
        routine = await seed(work, reference="ATR-2222-2")
        twins = [await seed(work, reference=f"ATR-333{n}-2", urgency=Urgency.URGENT) for n in range(2)]
        asap = await seed(work, reference="ATR-4444-2", urgency=Urgency.ASAP, at=NOW + timedelta(hours=1))
        elsewhere = await seed(work, reference="ATR-5555-2", area="jonava-district")
        nowhere = await seed(work, reference="ATR-6666-2", area=None)
        taken = await seed(work, reference="ATR-7777-2", urgency=Urgency.ASAP)
        await work.connection.execute(
            update(referrals).where(referrals.c.id == taken.id).values(owner=worker.id)
        )

        first, second = sorted(twins, key=lambda each: each.id.hex)
        ordered = [asap, first, second, routine, elsewhere, nowhere]
        places = [await work.referrals.place(each) for each in ordered]

    assert places == [1, 2, 3, 4, 1, 1]


async def test_the_place_is_counted_along_the_queues_index(sqlite_url: str) -> None:
    """On SQLite; PostgreSQL chooses by the size of the table."""
    store = Store(make_engine(sqlite_url), Keyring.parse(Keyring.generate()))
    said: list[tuple[str, object]] = []

    def hear(_connection: object, _cursor: object, statement: str, values: object, *_rest: object) -> None:
        said.append((statement, values))

    async with store.work() as work:
        kept = await seed(work)
        event.listen(store.engine.sync_engine, "before_cursor_execute", hear)
        await work.referrals.place(kept)
        event.remove(store.engine.sync_engine, "before_cursor_execute", hear)
        statement, values = said[0]
        plan = (await work.connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", values)).all()  # type: ignore[call-overload]
    await store.close()

    assert "INDEX ix_referrals_is_open_area_rank_promised_by_id (is_open=? AND area=?" in str(plan)


async def test_danger_in_a_message_puts_the_request_first(store: Store) -> None:
    async with store.work() as work:
        person = await work.persons.get_or_add(5, NOW)
        earlier = await seed(work, reference="ATR-2222-2", urgency=Urgency.URGENT)
        later = await seed(work, reference="ATR-3333-2")
        await write_to_worker(work, person, later.id, "…", now=NOW, crisis="suicide")

        found = await work.referrals.find(later.id)
        assert found is not None
        places = [await work.referrals.place(each) for each in (found, earlier)]

    assert found.crisis == "suicide"
    assert places == [1, 2]


async def test_a_new_phone_is_kept_and_found_by(store: Store) -> None:
    async with store.work() as work:
        person = await work.persons.get_or_add(5, NOW)
        kept = await seed(work)
        draft = contact_draft(person.id, NOW)
        answers = {
            Step.REACH: "phone",
            Step.PHONE: "+37061234567",
            Step.MAY_WRITE: False,
            Step.MAY_CALL: True,
            Step.CALL_TIME: "evening",
            Step.MAY_SAY_WHO: False,
        }
        for step, answer in answers.items():
            assert draft.step is step
            draft.answer(step, answer, NOW)
        changed = await change_contact(work, person, kept.id, draft, now=NOW)

        found = await work.referrals.find(kept.id)
        blind = (await work.connection.execute(select(referrals.c.phone_blind))).scalar_one()

    assert found == changed
    assert found is not None
    assert (found.details.phone, found.details.may_write, found.details.call_time) == (
        "+37061234567",
        False,
        "evening",
    )
    assert blind == store.keyring.blind("phone", "+37061234567")


async def test_nobody_changes_the_contact_of_another_or_of_what_is_over(store: Store) -> None:
    async with store.work() as work:
        person, stranger = [await work.persons.get_or_add(each, NOW) for each in (5, 6)]
        kept = await seed(work)
        draft = contact_draft(person.id, NOW)
        with pytest.raises(Forbidden):
            await change_contact(work, stranger, kept.id, draft, now=NOW)
        await work.connection.execute(update(referrals).values(status=Status.COMPLETED))
        with pytest.raises(NotAllowed):
            await change_contact(work, person, kept.id, draft, now=NOW)


async def test_a_code_leads_back_and_is_not_kept(store: Store) -> None:
    async with store.work() as work:
        person = await work.persons.get_or_add(5, NOW)
        kept = await seed(work)
        first = await make_receipt(work, person, kept.id, now=NOW)
        code = await make_receipt(work, person, kept.id, now=NOW)

        bearer = await come_with_code(work, 6, code, now=NOW)
        old = await come_with_code(work, 6, first, now=NOW)
        rows = (await work.connection.execute(select(receipts))).all()

    assert bearer is not None
    assert bearer.referral_id == kept.id
    assert old is None
    assert len(rows) == 1
    assert code.encode() not in bytes(rows[0].code_blind)


async def test_only_the_person_gets_a_code(store: Store) -> None:
    async with store.work() as work:
        kept = await seed(work)
        stranger = await work.persons.get_or_add(6, NOW)
        with pytest.raises(Forbidden):
            await make_receipt(work, stranger, kept.id, now=NOW)


async def test_the_sixth_try_waits_even_with_the_right_code(store: Store) -> None:
    async with store.work() as work:
        person = await work.persons.get_or_add(5, NOW)
        kept = await seed(work)
        code = await make_receipt(work, person, kept.id, now=NOW)
        for minute in range(TRIES):
            assert await come_with_code(work, 6, "0" * 16, now=NOW + timedelta(minutes=minute)) is None
        with pytest.raises(TooManyTries) as caught:
            await come_with_code(work, 6, code, now=NOW + timedelta(minutes=30))

        other = await come_with_code(work, 7, code, now=NOW + timedelta(minutes=30))
        later = await come_with_code(work, 6, code, now=caught.value.until)

    assert caught.value.until == NOW + WINDOW
    assert other is not None
    assert later is not None


async def test_codes_that_nobody_made_open_nothing(store: Store) -> None:
    async with store.work() as work:
        person = await work.persons.get_or_add(5, NOW)
        kept = await seed(work)
        await make_receipt(work, person, kept.id, now=NOW)

        found = [await work.receipts.find(f"{number:016d}") for number in range(200)]

    assert not any(found)


async def test_who_came_with_a_code_writes_for_an_hour(store: Store) -> None:
    async with store.work() as work:
        person = await work.persons.get_or_add(5, NOW)
        kept = await seed(work)
        bearer = await come_with_code(work, 6, await make_receipt(work, person, kept.id, now=NOW), now=NOW)
        assert bearer is not None
        await write_as_bearer(work, bearer, "labas", now=NOW)
        with pytest.raises(Forbidden):
            await write_as_bearer(work, bearer, "labas", now=NOW + timedelta(minutes=61))

        written = await work.messages.of(kept.id)
        counts = await work.messages.count(kept.id), await work.messages.count_of_person(kept.id)

    assert [each.text for each in written] == ["labas"]
    assert counts == (1, 1)
