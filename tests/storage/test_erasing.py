"""Erasing, on both databases: what is due goes, what is not stays, and nobody else is touched."""

from __future__ import annotations

from datetime import datetime, timedelta
from uuid import uuid4

import pytest
from sqlalchemy import func, insert, select, update

from bot.conversation import talks_of
from referrals.access import Act
from referrals.actions import About, begin
from referrals.consent import Consent, Notice, Purpose
from referrals.erasing import Deletion, delete_all, delete_rest, finish_deletion, hold
from referrals.errors import Forbidden
from referrals.message import Message, Note, note
from referrals.mydata import as_json
from referrals.person import Person, Role, Worker
from referrals.referral import (
    ERASED,
    NOBODY,
    Area,
    Details,
    ForWhom,
    Reach,
    Reason,
    Referral,
    Status,
)
from referrals.register import default_periods
from referrals.storage.inbox import Arrived
from referrals.storage.sweeping import RULES, Rule
from referrals.storage.tables import cards, consents, messages, notes, persons, questions, receipts, tries
from referrals.storage.tables import referrals as referrals_table
from referrals.storage.work import Store, UnitOfWork
from tests.fakes.clock import START
from tests.storage.seeding import keep

NOW = START
PERIODS = default_periods()
NAMES = [rule.name for rule in RULES]
MONTH = timedelta(days=30)


def talks(telegram_id: int) -> list[str]:
    """The keys of a chat's talks."""
    return talks_of(1, telegram_id)


def rule(name: str) -> Rule:
    """A rule by its name."""
    return next(each for each in RULES if each.name == name)


def told(word: str) -> Details:
    """Details with a word in all that is personal."""
    return Details(ForWhom.ME, Reach.PHONE, "lt", name=word, need=f"{word} need", phone="+37061234567")


async def a_case(
    work: UnitOfWork, telegram_id: int, reference: str, *, word: str = "Ona", at: datetime = NOW
) -> tuple[Person, Referral]:
    """A person with a referral, a message, a note, a receipt and a card."""
    person = await work.persons.get_or_add(telegram_id, NOW)
    referral = await keep(
        work, person, reference=reference, details=told(word), at=at, entry_id="help-at-home"
    )
    worker = await a_worker(work)
    await work.messages.add(Message(uuid4(), referral.id, f"{word} wrote", at))
    await work.notes.add(Note(uuid4(), referral.id, f"{word} noted", at, worker.id))
    receipt = {"referral_id": referral.id, "code_blind": work.cells.blind("code", reference), "made_at": at}
    await work.connection.execute(insert(receipts).values(receipt))
    row = await work.outbox.put(-100, "sendMessage", parameters={"text": "card"}, now=at)
    await work.referrals.put_card(referral.id, row)
    return person, referral


async def a_worker(work: UnitOfWork, telegram_id: int = 900, role: Role = Role.COORDINATOR) -> Worker:
    """A member of staff."""
    if role is Role.COORDINATOR:
        await work.workers.set_coordinators((telegram_id,), NOW)
    else:
        invite = await work.workers.invite(role, Area("kaunas-city"), NOW, by=None)
        await work.workers.join(telegram_id, invite.token, NOW)
    worker = await work.workers.find(telegram_id)
    assert worker is not None
    return worker


async def end(work: UnitOfWork, referral: Referral, status: Status) -> None:
    """Make it stand as if it had ended now."""
    values = {"status": status, "is_open": False, "changed_at": NOW}
    await work.connection.execute(
        update(referrals_table).where(referrals_table.c.id == referral.id).values(values)
    )


async def sweep(work: UnitOfWork, name: str, now: datetime) -> int:
    """One batch of one rule."""
    count, _last = await work.sweeping.erase(rule(name), PERIODS, now, talks=talks)
    return count


async def rows(work: UnitOfWork, table: object) -> int:
    """How many rows a table has."""
    query = select(func.count()).select_from(table)  # type: ignore[arg-type]
    return int((await work.connection.execute(query)).scalar_one())


async def fill(work: UnitOfWork) -> None:
    """Something for each rule, all of it as old as NOW."""
    person, ended = await a_case(work, 5, "ATR-2222-2")
    _person, taken_back = await a_case(work, 6, "ATR-3333-3")
    await end(work, ended, Status.COMPLETED)
    await end(work, taken_back, Status.CANCELLED)
    await work.connection.execute(
        insert(tries).values(id=uuid4(), kind="receipt", actor_blind=b"x" * 32, at=NOW)
    )
    await work.feedback.add("help-at-home", "wrong", NOW, language="lt")  # type: ignore[arg-type]
    await work.conversations.write(talks(7)[0], {"data": {"question": "?"}}, NOW)
    question_id = uuid4()
    row = {"id": question_id, "at": NOW, "language": "lt", "decision": "unknown"}
    sealed = work.cells.seal("kas?", "questions.text", question_id)
    await work.connection.execute(insert(questions).values(**row, text_sealed=sealed))
    await work.inbox.store(1, [Arrived(1, "5", "{}"), Arrived(2, "6", "{}")], NOW)
    for waiting in (await work.inbox.next(NOW), None):
        if waiting is not None:
            await work.inbox.done(waiting, NOW)
    second = await work.inbox.next(NOW)
    assert second is not None
    await work.inbox.park(second, reason="odd")
    for method in ("sendMessage", "sendMessage"):
        await work.outbox.put(5, method, parameters={"text": "x"}, now=NOW)
        parcel = next(each for each in await work.outbox.due(NOW, 9) if each.chat_id == 5)
        await work.outbox.sent(parcel, NOW, message_id=7)
    await work.outbox.put(6, "sendMessage", parameters={"text": "x"}, now=NOW)
    parcel = next(each for each in await work.outbox.due(NOW, 9) if each.chat_id == 6)
    await work.outbox.bury(parcel, reason="refused")
    await begin(work, person, About(None, "care"), now=NOW)
    await work.persons.get_or_add(8, NOW)


@pytest.mark.parametrize("name", [name for name in NAMES if name != "cards"])
async def test_a_rule_takes_what_is_due_and_nothing_a_moment_earlier(store: Store, name: str) -> None:
    due_at = NOW + PERIODS[rule(name).period].length
    async with store.work() as work:
        await fill(work)
        counted = await work.sweeping.count(rule(name), PERIODS, due_at)
        early = await sweep(work, name, due_at - timedelta(seconds=1))
        in_time = await sweep(work, name, due_at)
        again = await sweep(work, name, due_at)

    assert counted >= in_time >= 1
    assert (early, again) == (0, 0)


async def test_the_words_of_a_question_go_and_its_row_is_counted(store: Store) -> None:
    async with store.work() as work:
        await fill(work)
        await sweep(work, "questions", NOW + timedelta(days=91))
        row = (await work.connection.execute(select(questions))).mappings().one()

    assert row["text_sealed"] is None
    assert row["decision"] == "unknown"


async def test_an_erased_referral_is_only_counted(store: Store) -> None:
    async with store.work() as work:
        _person, referral = await a_case(work, 5, "ATR-2222-2")
        await end(work, referral, Status.COMPLETED)
        await sweep(work, "closed", NOW + timedelta(days=366))
        found = await work.referrals.find(referral.id)
        left = [await rows(work, table) for table in (messages, notes, receipts)]
        consent = (await work.connection.execute(select(consents))).mappings().one()

    assert found is not None
    assert left == [0, 0, 0]
    assert found.details == ERASED
    assert found.person_id == NOBODY
    assert (found.area, found.topic, found.status) == (referral.area, referral.topic, Status.COMPLETED)
    assert found.reference != referral.reference
    assert found.draft_id != referral.draft_id
    assert (found.entry_id, found.crisis) == (None, None)
    assert (consent["person_id"], consent["text_sha256"]) == (NOBODY, "")


async def test_which_service_it_was_is_counted_only_with_a_yes(store: Store) -> None:
    async with store.work() as work:
        person, referral = await a_case(work, 5, "ATR-2222-2")
        notice = Notice("counting", "1", "lt")
        await work.consents.give(Consent(person.id, Purpose.STATISTICS, notice, NOW))
        await work.erasing.referral(referral.id, NOW)
        found = await work.referrals.find(referral.id)

    assert found is not None
    assert found.entry_id == "help-at-home"


async def test_what_is_held_is_left_alone(store: Store) -> None:
    async with store.work() as work:
        person, referral = await a_case(work, 5, "ATR-2222-2")
        await end(work, referral, Status.COMPLETED)
        present = await work.referrals.find(referral.id)
        await hold(work, await a_worker(work), present, held=True, now=NOW)
        swept = await sweep(work, "closed", NOW + timedelta(days=900))
        is_gone = await delete_all(work, person, talks=talks, wait=MONTH, now=NOW)
        found = await work.referrals.find(referral.id)
        recorded = await work.records.count(Act.HOLD_ERASURE, referral_id=referral.id)
        waiting = await work.deletions.waiting()

    assert (swept, is_gone, recorded) == (0, False, 1)
    assert found is not None
    assert found.details.name == "Ona"
    assert [each.person_id for each in waiting] == [person.id]


async def test_only_a_coordinator_holds(store: Store) -> None:
    async with store.work() as work:
        _person, referral = await a_case(work, 5, "ATR-2222-2")
        worker = await a_worker(work, 901, Role.WORKER)
        for who in (worker, None):
            with pytest.raises(Forbidden):
                await hold(work, who, referral, held=True, now=NOW)
        found = await work.referrals.find(referral.id)

    assert found is not None
    assert not found.held


async def test_cards_stay_until_the_desk_has_seen_their_last_change(store: Store) -> None:
    async with store.work() as work:
        _person, referral = await a_case(work, 5, "ATR-2222-2")
        await work.erasing.referral(referral.id, NOW)
        early = await sweep(work, "cards", NOW + timedelta(hours=47))
        late = await sweep(work, "cards", NOW + timedelta(hours=48))
        left = await rows(work, cards)

    assert (early, late, left) == (0, 1, 0)


async def test_deleting_takes_everything_of_one_person_and_nothing_of_another(store: Store) -> None:
    async with store.work() as work:
        await fill(work)
        ona = await work.persons.find(5)
        await work.conversations.write(talks(5)[0], {"data": {"question": "?"}}, NOW)
        await work.conversations.write(talks(5)[1], {"facts": "x"}, NOW)
        assert ona is not None
        is_gone = await delete_all(work, ona, talks=talks, wait=MONTH, now=NOW)
        found = await work.persons.find(5)
        other = await work.persons.find(6)
        left = [await work.conversations.read(key) for key in talks(5)]
        drafts = await work.drafts.find(ona.id)
        assert other is not None
        theirs = await work.referrals.of_person(other.id)
        kept = await work.messages.of(theirs[0].id)

    assert is_gone
    assert (found, drafts, left) == (None, None, [{}, {}])
    assert [message.text for message in kept] == ["Ona wrote"]


async def test_an_open_request_waits_until_its_day_and_then_goes_with_its_person(store: Store) -> None:
    async with store.work() as work:
        person, referral = await a_case(work, 5, "ATR-2222-2")
        deletion = await delete_rest(work, person, wait=MONTH, now=NOW)
        early = await finish_deletion(work, deletion, talks=talks, now=deletion.due_at - timedelta(seconds=1))
        present = await work.referrals.find(referral.id)
        work.news.clear()
        in_time = await finish_deletion(work, deletion, talks=talks, now=deletion.due_at)
        found = await work.referrals.find(referral.id)
        news = list(work.news)
        gone = await work.persons.find(5)

    assert (early, in_time, gone) == (False, True, None)
    assert present is not None
    assert present.details.name == "Ona"
    assert found is not None
    assert (found.status, found.reason, found.details) == (Status.CANCELLED, Reason.BY_PERSON, ERASED)
    assert [each.referral.details for each in news] == [ERASED]


async def test_an_open_request_that_has_ended_goes_at_once(store: Store) -> None:
    async with store.work() as work:
        person, referral = await a_case(work, 5, "ATR-2222-2")
        deletion = await delete_rest(work, person, wait=MONTH, now=NOW)
        await end(work, referral, Status.COMPLETED)
        done = await finish_deletion(work, deletion, talks=talks, now=NOW + timedelta(days=1))
        gone = await work.persons.find(5)

    assert (done, gone) == (True, None)


async def test_who_came_back_with_something_new_is_not_deleted_with_the_old(store: Store) -> None:
    async with store.work() as work:
        person, old = await a_case(work, 5, "ATR-2222-2")
        deletion = await delete_rest(work, person, wait=MONTH, now=NOW)
        later = NOW + timedelta(days=3)
        new = await keep(work, person, reference="ATR-3333-3", details=told("Ona"), at=later)
        done = await finish_deletion(work, deletion, talks=talks, now=deletion.due_at)
        found = [await work.referrals.find(each.id) for each in (old, new)]
        still = await work.persons.find(5)
        left = await work.deletions.find(person.id)

    assert done
    assert left is None
    assert still is not None
    assert [each.details.name for each in found if each is not None] == [None, "Ona"]


async def test_an_earlier_wish_keeps_its_earlier_day(store: Store) -> None:
    async with store.work() as work:
        person = await work.persons.get_or_add(5, NOW)
        await work.deletions.put(Deletion(person.id, NOW, NOW + MONTH))
        await work.deletions.put(Deletion(person.id, NOW + MONTH, NOW + 2 * MONTH))
        found = await work.deletions.find(person.id)

    assert found is not None
    assert found.due_at == NOW + MONTH


async def test_an_erased_referral_cannot_be_reopened(store: Store) -> None:
    async with store.work() as work:
        _person, referral = await a_case(work, 5, "ATR-2222-2")
        await end(work, referral, Status.COMPLETED)
        await work.erasing.referral(referral.id, NOW)
        found = await work.referrals.find(referral.id)

    assert found is not None
    with pytest.raises(Exception, match="does not lead"):
        found.move(Status.IN_PROGRESS, NOW)


async def test_accounts_in_use_stay(store: Store) -> None:
    late = NOW + timedelta(days=366)
    async with store.work() as work:
        for telegram_id in (5, 6, 7, 8):
            await work.persons.get_or_add(telegram_id, NOW)
        await work.conversations.write(talks(5)[0], {"data": {"question": "?"}}, late)
        await work.inbox.store(1, [Arrived(1, "6", "{}")], late)
        await a_worker(work, 7)
        await sweep(work, "people", late)
        found = [await work.persons.find(telegram_id) is not None for telegram_id in (5, 6, 7, 8)]

    assert found == [True, True, True, False]


async def test_a_yes_is_found_until_it_is_taken_back(store: Store) -> None:
    notice = Notice("partners", "1", "lt")
    async with store.work() as work:
        person, referral = await a_case(work, 5, "ATR-2222-2")
        other = await work.persons.get_or_add(6, NOW)
        before = await work.consents.has(person.id, Purpose.PARTNERS)
        await work.consents.give(Consent(person.id, Purpose.PARTNERS, notice, NOW, referral_id=referral.id))
        for_one = await work.consents.has(person.id, Purpose.PARTNERS, referral_id=referral.id)
        in_general = await work.consents.has(person.id, Purpose.PARTNERS)
        of_another = await work.consents.has(other.id, Purpose.PARTNERS, referral_id=referral.id)
        await work.consents.give(Consent(person.id, Purpose.PARTNERS, notice, NOW))
        both = await work.consents.has(person.id, Purpose.PARTNERS)
        ended = await work.consents.withdraw_all(person.id, Purpose.PARTNERS, NOW)
        after = await work.consents.has(person.id, Purpose.PARTNERS, referral_id=referral.id)
        given = await work.consents.of_person(person.id)

    assert (before, for_one, in_general, of_another, both, ended, after) == (
        False, True, False, False, True, 2, False,
    )  # fmt: skip
    assert [each.holds for each in given if each.purpose is Purpose.PARTNERS] == [False, False]


async def test_what_a_person_is_shown_counts_openings_by_role(store: Store) -> None:
    async with store.work() as work:
        person, referral = await a_case(work, 5, "ATR-2222-2")
        for telegram_id, allowed in ((900, True), (900, True), (777, True), (900, False)):
            await work.records.add(Act.OPEN, telegram_id, NOW, referral_id=referral.id, allowed=allowed)
        held = await work.holdings.of(person, talk={})
        told_of = as_json(held)["requests"]

    assert isinstance(told_of, list)
    assert told_of[0]["opened_by_role"] == {"coordinator": 2, "former-colleague": 1}
    assert told_of[0]["notes_of_workers"] == 1


async def test_a_row_that_forgets_goes_when_it_is_sent(store: Store) -> None:
    async with store.work() as work:
        row = await work.outbox.put(5, "sendMessage", parameters={"text": "x"}, now=NOW, forget=True)
        parcel = (await work.outbox.due(NOW, 1))[0]
        await work.outbox.sent(parcel, NOW, message_id=7)
        found = await work.outbox.find(row)

    assert found is None


async def test_a_list_that_is_refused_is_halved(store: Store) -> None:
    async with store.work() as work:
        await work.outbox.put(5, "deleteMessages", parameters={"message_ids": [3, 2, 1]}, now=NOW)
        parcel = (await work.outbox.due(NOW, 1))[0]
        await work.outbox.halve(parcel, "message_ids", NOW)
        lists = []
        while due := await work.outbox.due(NOW, 1):
            lists.append(due[0].parameters["message_ids"])
            await work.outbox.sent(due[0], NOW, message_id=None)

    assert lists == [[3], [2, 1]]


async def test_the_persons_left_are_those_nobody_erased(store: Store) -> None:
    async with store.work() as work:
        person, _referral = await a_case(work, 5, "ATR-2222-2")
        await work.erasing.person(person.id, NOW, talks=talks)
        query = select(persons.c.id)
        left = set((await work.connection.execute(query)).scalars())
        ledger = await work.erasing.ledger()

    assert left == {NOBODY}
    assert sorted(each.kind for each in ledger) == ["person", "referral"]


async def test_nothing_is_noted_any_more_about_what_was_erased(store: Store) -> None:
    async with store.work() as work:
        _person, referral = await a_case(work, 5, "ATR-2222-2")
        worker = await a_worker(work)
        await work.erasing.referral(referral.id, NOW)

        with pytest.raises(Forbidden):
            await note(work, worker, referral.id, "Ona", now=NOW)
