"""What every repository promises, on both databases."""

from __future__ import annotations

import asyncio
from datetime import timedelta
from uuid import uuid4

import pytest
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError

from referrals.access import Act
from referrals.actions import About, begin, decide, submit, take, withdraw
from referrals.consent import Notice
from referrals.draft import Draft, Step
from referrals.errors import AlreadySubmitted, AlreadyTaken, Changed, Forbidden, InviteUnusable
from referrals.hours import Hours
from referrals.news import Happened, News
from referrals.person import Role
from referrals.referral import Area, Reason, Referral, ReferralId, Status
from referrals.storage.engine import make_engine
from referrals.storage.inbox import Arrived
from referrals.storage.keyring import Keyring
from referrals.storage.work import Store, UnitOfWork
from tests.fakes.clock import START

NOTICE = Notice("what is shared", "1", "lt")
NOW = START


async def make_draft(work: UnitOfWork, telegram_id: int = 5) -> Draft:
    """A draft with every answer given."""
    person = await work.persons.get_or_add(telegram_id, NOW)
    draft = await begin(work, person, About(None, "care"), now=NOW)
    answers = {
        Step.FOR_WHOM: "me",
        Step.NAME: "Ona",
        Step.AREA: "kaunas-city",
        Step.NEED: "help at home",
        Step.URGENCY: "asap",
        Step.REACH: "chat",
        Step.MAY_WRITE: True,
        Step.DISCREET: False,
        Step.LANGUAGE: "lt",
        Step.CONSENT: NOTICE.sha256,
    }
    for step, answer in answers.items():
        draft.answer(step, answer, NOW)
    await work.drafts.save(draft)
    return draft


async def make_referral(work: UnitOfWork, telegram_id: int = 5) -> Referral:
    """A referral that waits for a worker."""
    return await submit(work, await make_draft(work, telegram_id), NOTICE, hours=Hours(), now=NOW)


async def test_what_is_not_committed_did_not_happen(store: Store) -> None:
    async with store.work() as work:
        await work.persons.get_or_add(5, NOW)

    async with store.work() as work:
        found = await work.persons.find(5)

    assert found is None


async def test_a_draft_comes_back_with_its_answers(store: Store) -> None:
    async with store.work() as work:
        draft = await make_draft(work)
        await work.commit()

    async with store.work() as work:
        found = await work.drafts.find(draft.person_id)

    assert found == draft


async def test_a_person_has_one_draft(store: Store) -> None:
    async with store.work() as work:
        draft = await make_draft(work)
        await work.drafts.add(Draft(uuid4(), draft.person_id, None, "food", Step.FOR_WHOM, NOW))  # type: ignore[arg-type]
        await work.commit()

    async with store.work() as work:
        found = await work.drafts.find(draft.person_id)

    assert found is not None
    assert found.topic == "care"


async def test_a_referral_comes_back_as_it_was(store: Store) -> None:
    async with store.work() as work:
        referral = await make_referral(work)
        await work.commit()

    async with store.work() as work:
        found = await work.referrals.find(referral.id)

    assert found == referral


async def test_submitting_twice_opens_nothing(store: Store) -> None:
    async with store.work() as work:
        draft = await make_draft(work)
        first = await submit(work, draft, NOTICE, hours=Hours(), now=NOW)
        with pytest.raises(AlreadySubmitted) as caught:
            await submit(work, draft, NOTICE, hours=Hours(), now=NOW)

    assert caught.value.referral == first


async def test_a_draft_cannot_become_two_referrals_past_the_action(store: Store) -> None:
    async with store.work() as work:
        referral = await make_referral(work)
        await work.commit()
    twin = referral.copy()
    twin.id, twin.reference = ReferralId(uuid4()), "ATR-2222-2"

    async with store.work() as work:
        with pytest.raises(IntegrityError):
            await work.referrals.add(twin, _news_of(twin))


async def test_only_one_of_two_owns_a_case(store: Store) -> None:
    async with store.work() as work:
        await work.workers.set_coordinators([1, 2], NOW)
        referral = await make_referral(work)
        first, second = await work.workers.find(1), await work.workers.find(2)
        await work.commit()

    async with store.work() as work:
        await take(work, first, referral.id, now=NOW)
        await work.commit()
    async with store.work() as work:
        with pytest.raises(AlreadyTaken):
            await take(work, second, referral.id, now=NOW)


async def test_a_stale_copy_cannot_be_saved(store: Store) -> None:
    async with store.work() as work:
        await work.workers.set_coordinators([1], NOW)
        referral = await make_referral(work)
        worker = await work.workers.find(1)
        await work.commit()
    assert worker is not None
    stale = referral.copy()

    async with store.work() as work:
        await take(work, worker, referral.id, now=NOW)
        await work.commit()
    async with store.work() as work:
        stale.take(worker.id, NOW)
        with pytest.raises(Changed):
            await work.referrals.save(stale, _news_of(stale))


async def test_a_hold_and_its_reason_come_back(store: Store) -> None:
    async with store.work() as work:
        await work.workers.set_coordinators([1], NOW)
        worker = await work.workers.find(1)
        referral = await make_referral(work)
        await take(work, worker, referral.id, now=NOW)
        await decide(work, worker, referral.id, wanted=Status.ACCEPTED, reason=None, now=NOW)
        held = await decide(
            work, worker, referral.id, wanted=Status.ON_HOLD, reason=Reason.WAITING_LIST, now=NOW
        )
        await work.commit()

    async with store.work() as work:
        found = await work.referrals.find(referral.id)

    assert found == held
    assert found is not None
    assert found.reason is Reason.WAITING_LIST


async def test_nobody_withdraws_what_is_not_theirs(store: Store) -> None:
    async with store.work() as work:
        referral = await make_referral(work, 5)
        stranger = await work.persons.get_or_add(6, NOW)
        with pytest.raises(Forbidden):
            await withdraw(work, stranger, referral.id, now=NOW)


async def test_an_invite_works_once(store: Store) -> None:
    async with store.work() as work:
        invite = await work.workers.invite(Role.WORKER, Area("kaunas-city"), NOW, by=None)
        worker = await work.workers.join(7, invite.token, NOW)
        with pytest.raises(InviteUnusable):
            await work.workers.join(8, invite.token, NOW)

    assert worker.areas == {"kaunas-city"}


async def test_an_old_invite_does_not_work(store: Store) -> None:
    async with store.work() as work:
        invite = await work.workers.invite(Role.WORKER, Area("kaunas-city"), NOW, by=None)
        with pytest.raises(InviteUnusable):
            await work.workers.join(7, invite.token, NOW + timedelta(hours=49))


async def test_a_coordinator_taken_out_of_the_settings_is_none(store: Store) -> None:
    async with store.work() as work:
        await work.workers.set_coordinators([1, 2], NOW)
        await work.workers.set_coordinators([2], NOW)

        gone, left = await work.workers.find(1), await work.workers.find(2)

    assert gone is None
    assert left is not None


async def test_an_update_is_stored_once(store: Store) -> None:
    async with store.work() as work:
        first = await work.inbox.store(1, [Arrived(10, "a", "{}"), Arrived(11, "a", "{}")], NOW)
        again = await work.inbox.store(1, [Arrived(10, "a", "{}")], NOW)

    assert (first, again) == (2, 0)


async def test_a_lane_waits_for_its_first(store: Store) -> None:
    async with store.work() as work:
        await work.inbox.store(1, [Arrived(10, "a", "1"), Arrived(9, "a", "2"), Arrived(8, "b", "3")], NOW)
        first = await work.inbox.next(NOW)
        assert first is not None
        await work.inbox.postpone(first, NOW + timedelta(seconds=9), reason="later")
        second = await work.inbox.next(NOW)
        assert second is not None
        await work.inbox.done(second, NOW)
        third = await work.inbox.next(NOW)
        later = await work.inbox.next(NOW + timedelta(seconds=10))

    assert (first.body, second.body, third) == ("1", "3", None)
    assert later is not None
    assert later.body == "1"


async def test_the_outbox_gives_the_first_of_each_chat(store: Store) -> None:
    async with store.work() as work:
        for chat, said in ((5, "a"), (5, "b"), (6, "c")):
            await work.outbox.put(chat, "sendMessage", parameters={"text": said}, now=NOW)
        parcels = await work.outbox.due(NOW, 10)

    assert [parcel.parameters["text"] for parcel in parcels] == ["a", "c"]


async def test_a_sent_text_is_wiped_and_its_message_remembered(store: Store) -> None:
    async with store.work() as work:
        row = await work.outbox.put(5, "sendMessage", parameters={"text": "secret"}, now=NOW)
        parcel = (await work.outbox.due(NOW, 1))[0]
        await work.outbox.sent(parcel, NOW, message_id=77)
        posted = await work.outbox.find(row)
        left = (await work.connection.execute(text("SELECT body_sealed FROM outbox"))).scalar()

    assert posted is not None
    assert (posted.status, posted.chat_id, posted.message_id, left) == ("sent", 5, 77, None)


async def test_a_talk_is_forgotten_when_it_is_empty(store: Store) -> None:
    async with store.work() as work:
        await work.conversations.write("1:2", {"state": "x"}, NOW)
        kept = await work.conversations.read("1:2")
        await work.conversations.write("1:2", {}, NOW)
        rows = (await work.connection.execute(text("SELECT count(*) FROM conversations"))).scalar()

    assert (kept, rows) == ({"state": "x"}, 0)


async def test_a_refusal_is_recorded(store: Store) -> None:
    async with store.work() as work:
        await work.records.add(Act.TAKE, 66, NOW, referral_id=None, allowed=False)
        refused, allowed = (
            await work.records.count(Act.TAKE, allowed=False),
            await work.records.count(Act.TAKE),
        )

    assert (refused, allowed) == (1, 0)


@pytest.mark.postgres
async def test_two_processes_never_hold_one_update(postgres_url: str) -> None:
    store = Store(make_engine(postgres_url), Keyring.parse(Keyring.generate()))
    async with store.work() as work:
        await work.inbox.store(1, [Arrived(n, "a", str(n)) for n in range(3)], NOW)
        await work.commit()

    async with store.work() as one, store.work() as two:
        held, other = await asyncio.gather(one.inbox.next(NOW), two.inbox.next(NOW))
    await store.close()

    assert sorted(each.body for each in (held, other) if each) == ["0"]


def _news_of(referral: Referral) -> News:

    return News(Happened.TAKEN, referral, NOW)
