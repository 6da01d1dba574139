"""What questions, remarks, follow-ups, statistics and exports promise when kept, on both databases."""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy import text

from referrals.actions import decide, take
from referrals.asked import KEPT_FOR, MOST, Mark, Question, words_to_keep
from referrals.exports import Export, Kind
from referrals.followup import FollowUp, Said
from referrals.person import Worker
from referrals.referral import Area, Details, EntryId, ForWhom, Reach, Referral, Status
from referrals.statistics import share, shown
from referrals.storage.work import Store, UnitOfWork
from tests.fakes.clock import START
from tests.storage.seeding import keep

NOW = START
KAUNAS, JONAVA = Area("kaunas-city"), Area("jonava-district")


def question(
    words: str | None, *, decision: str = "unknown", days: int = 0, area: Area | None = None
) -> Question:
    """A question some days ago."""
    return Question(NOW - timedelta(days=days), "lt", area, decision, words=words)


async def coordinator(work: UnitOfWork, telegram_id: int = 900) -> Worker:
    """A coordinator of everything."""
    await work.workers.set_coordinators([telegram_id, 901], NOW)
    found = await work.workers.find(telegram_id)
    assert found is not None
    return found


async def referral_of(work: UnitOfWork, reference: str, **options: object) -> Referral:
    """A referral of somebody."""
    person = await work.persons.get_or_add(5, NOW)
    return await keep(work, person, reference=reference, **options)  # type: ignore[arg-type]


async def finish(work: UnitOfWork, worker: Worker, referral: Referral, *, hours: int = 1) -> None:
    """Taken, accepted and completed."""
    at = NOW + timedelta(hours=hours)
    await take(work, worker, referral.id, now=at)
    for status in (Status.ACCEPTED, Status.COMPLETED):
        await decide(work, worker, referral.id, wanted=status, reason=None, now=at + timedelta(hours=1))


async def test_unanswered_questions_come_back_newest_first_with_their_words(store: Store) -> None:
    async with store.work() as work:
        for each in (question("senas", days=91), question("vienas", days=2), question("du"), question(None)):
            await work.questions.add(each)
        await work.commit()

    async with store.work() as work:
        found = await work.questions.unanswered(NOW - KEPT_FOR, marked=False)

    assert [each.words for each in found] == ["du", "vienas"]


async def test_marked_questions_stand_apart_and_can_be_opened_again(store: Store) -> None:
    one, two = question("vienas"), question("du")
    async with store.work() as work:
        await work.questions.add(one)
        await work.questions.add(two)
        await work.questions.mark([one.id], Mark.NOT_OURS)
        marked = await work.questions.unanswered(NOW - KEPT_FOR, marked=True)
        await work.questions.mark([one.id], None)
        opened = await work.questions.unanswered(NOW - KEPT_FOR, marked=False)

    assert [(each.id, each.mark) for each in marked] == [(one.id, Mark.NOT_OURS)]
    assert {each.id for each in opened} == {one.id, two.id}


async def test_old_words_are_forgotten_and_the_counts_stay(store: Store) -> None:
    async with store.work() as work:
        await work.questions.add(question("senas", days=91))
        await work.questions.add(question("naujas", days=1))
        wiped = await work.questions.wipe_words(NOW - KEPT_FOR)
        left = await work.connection.execute(text("SELECT count(*), count(text_sealed) FROM questions"))

    assert wiped == 1
    assert tuple(left.one()) == (2, 1)


async def test_the_table_of_questions_has_no_place_for_who_asked(store: Store) -> None:
    async with store.work() as work:
        await work.questions.add(question("canary"))
        row = (await work.connection.execute(text("SELECT * FROM questions"))).mappings().one()

    assert set(row) == {"id", "at", "language", "area", "decision", "entry_id", "text_sealed", "mark"}
    assert b"canary" not in bytes(row["text_sealed"])


def test_words_are_kept_only_where_nothing_was_found_and_nothing_is_in_danger() -> None:
    kept = {
        (decision, crisis): words_to_keep("x" * 400, decision, crisis=crisis)
        for decision in ("answer", "choose", "redirect", "unknown", "none", "crisis", "human", "smalltalk")
        for crisis in (None, "violence")
    }

    assert {case: len(words) for case, words in kept.items() if words} == {
        ("unknown", None): 300,
        ("none", None): 300,
    }


async def test_of_very_many_questions_the_newest_are_looked_at(store: Store) -> None:
    async with store.work() as work:
        for number in range(MOST + 5):
            await work.questions.add(
                Question(NOW - timedelta(seconds=number), "lt", None, "unknown", words=str(number))
            )
        found = await work.questions.unanswered(NOW - KEPT_FOR, marked=False)

    assert [each.words for each in found] == [str(number) for number in range(MOST)]


async def test_remarks_are_seen_up_to_a_moment(store: Store) -> None:
    async with store.work() as work:
        for said, hours in (("wrong", 0), ("outdated", 1), ("unclear", 2)):
            await work.feedback.add(EntryId("heating"), said, NOW + timedelta(hours=hours), language="lt")
        await work.feedback.add(EntryId("other"), "wrong", NOW, language="uk")
        for _ in range(2):
            await work.remarks.see(EntryId("heating"), NOW + timedelta(hours=1))
        found = await work.remarks.all()

    assert [each.said for each in found][:2] == ["unclear", "outdated"]
    assert {(each.entry_id, each.said) for each in found if each.seen} == {
        ("heating", "wrong"),
        ("heating", "outdated"),
    }


async def test_a_follow_up_is_claimed_once(store: Store) -> None:
    async with store.work() as work:
        referral = await referral_of(work, "ATR-7K3M-2")
        await work.follow_ups.plan(referral.id, NOW)
        due = await work.follow_ups.due(NOW, 10)
        claims = [await work.follow_ups.claim(referral.id, NOW) for _ in range(2)]
        after = await work.follow_ups.due(NOW, 10)

    assert due == [referral.id]
    assert claims == [True, False]
    assert after == []


async def test_a_second_ending_before_the_question_moves_it_and_after_it_does_not(store: Store) -> None:
    later = NOW + timedelta(days=1)
    async with store.work() as work:
        one, two = await referral_of(work, "ATR-7K3M-2"), await referral_of(work, "ATR-8K3M-2")
        for each in (one, two):
            await work.follow_ups.plan(each.id, NOW)
        await work.follow_ups.claim(two.id, NOW)
        for each in (one, two):
            await work.follow_ups.plan(each.id, later)
        found = [await work.follow_ups.find(each.id) for each in (one, two)]

    assert [each and each.due_at for each in found] == [later, NOW]


async def test_not_yet_waits_again_until_it_is_dropped(store: Store) -> None:
    async with store.work() as work:
        referral = await referral_of(work, "ATR-7K3M-2")
        await work.follow_ups.plan(referral.id, NOW)
        await work.follow_ups.claim(referral.id, NOW)
        await work.follow_ups.keep(FollowUp(referral.id, NOW, None, Said.NOT_YET, NOW))
        waits = await work.follow_ups.due(NOW, 10)
        await work.follow_ups.drop(referral.id)
        dropped = await work.follow_ups.due(NOW, 10), await work.follow_ups.find(referral.id)

    assert waits == [referral.id]
    assert dropped[0] == []
    assert dropped[1] is not None
    assert dropped[1].said is Said.NOT_YET


async def test_a_week_is_counted_within_its_seven_days_and_its_areas(store: Store) -> None:
    async with store.work() as work:
        worker = await coordinator(work)
        for days, area in ((0, KAUNAS), (6, KAUNAS), (8, KAUNAS), (1, JONAVA), (1, None), (15, KAUNAS)):
            await work.questions.add(question(None, decision="answer", days=days, area=area))
        first = await referral_of(work, "ATR-7K3M-2", area="kaunas-city")
        await referral_of(work, "ATR-8K3M-2", area="jonava-district")
        await referral_of(work, "ATR-9K3M-2", area=None)
        await finish(work, worker, first)
        await work.follow_ups.plan(first.id, NOW)
        await work.follow_ups.keep(FollowUp(first.id, NOW, NOW, Said.YES, NOW + timedelta(hours=1)))
        end = NOW + timedelta(hours=5)
        own = await work.statistics.at(end, frozenset({KAUNAS}))
        whole = await work.statistics.at(end, None)

    assert (own.week.asked(), own.before.asked()) == (2, 1)
    assert (whole.week.asked(), whole.before.asked()) == (4, 1)
    assert dict(own.week.referrals) == {(KAUNAS, "care"): 1}
    assert own.week.first_actions == [timedelta(hours=1)]
    assert dict(own.week.outcomes) == {"completed": 1}
    assert dict(own.week.follow_ups) == {"yes": 1}
    assert dict(own.open) == {}
    assert dict(whole.open) == {JONAVA: 1, None: 1}


async def test_overdue_is_what_nobody_took_in_time(store: Store) -> None:
    async with store.work() as work:
        await referral_of(work, "ATR-7K3M-2", area="kaunas-city")
        soon = await work.statistics.at(NOW + timedelta(days=1), None)
        late = await work.statistics.at(NOW + timedelta(days=60), None)

    assert dict(soon.overdue) == {}
    assert dict(late.overdue) == {KAUNAS: 1}


def test_small_numbers_are_not_told() -> None:
    assert [shown(count) for count in range(5)] == ["0", "<3", "<3", "3", "4"]


def test_shares_of_few_cases_are_not_told() -> None:
    hours = [timedelta(hours=each) for each in range(1, 11)]

    assert (share(hours, 50), share(hours, 90)) == (timedelta(hours=5), timedelta(hours=9))
    assert share(hours[:2], 50) is None


async def test_an_export_is_confirmed_once_and_not_by_whoever_asked(store: Store) -> None:
    async with store.work() as work:
        asker = await coordinator(work)
        second = await coordinator(work, 901)
        export = Export(Kind.CSV, KAUNAS, with_names=True, asked_by=asker.id, asked_at=NOW)
        await work.exports.add(export)
        answers = [await work.exports.confirm(export.id, each.id, NOW) for each in (asker, second, second)]
        found = await work.exports.find(export.id)

    assert answers == [False, True, False]
    assert found is not None
    assert (found.confirmed_by, found.done_at) == (second.id, NOW)


async def test_a_file_without_names_opens_no_sealed_cell(store: Store) -> None:
    details = Details(for_whom=ForWhom.ME, reach=Reach.CHAT, language="lt", name="Ona")
    async with store.work() as work:
        worker = await coordinator(work)
        one = await referral_of(work, "ATR-7K3M-2", details=details)
        await referral_of(work, "ATR-8K3M-2", area="jonava-district")
        await finish(work, worker, one, hours=2)
        named = await work.exports.cases(KAUNAS, with_names=True)
        await work.connection.execute(text("UPDATE referrals SET details_sealed = :no"), {"no": b"broken"})
        masked = await work.exports.cases(KAUNAS, with_names=False)

    assert [each.details and each.details.name for each in named] == ["Ona"]
    assert [each.details for each in masked] == [None]
    assert masked[0].first_action_at == NOW + timedelta(hours=2)
    assert masked[0].ended_at == NOW + timedelta(hours=3)
    assert masked[0].status is Status.COMPLETED


async def test_an_erased_case_is_counted_and_tells_nothing(store: Store) -> None:
    async with store.work() as work:
        await referral_of(work, "ATR-7K3M-2")
        await work.connection.execute(
            text("UPDATE referrals SET details_sealed = :no, erased_at = requested_at"), {"no": b""}
        )
        found = await work.exports.cases(KAUNAS, with_names=True)

    assert [(each.reference, each.details) for each in found] == [("ATR-7K3M-2", None)]
