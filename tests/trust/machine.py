"""Two people and five members of staff do anything in any order, on the real actions and a real SQLite file.

After every step the whole store is read past the code under test and compared with the model.
"""

from __future__ import annotations

import asyncio
import atexit
import shutil
import tempfile
from collections.abc import Awaitable, Callable, Coroutine, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache
from pathlib import Path
from typing import TypeVar
from uuid import UUID

from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from bot.erasures import Ledger
from bot.intake.worker import Turn
from bot.sweeper import Sweeper
from referrals import actions, contact, duplicates, erasing, handover, message, receipt, staffing
from referrals.access import Act, Why
from referrals.consent import Notice
from referrals.draft import Answer, Draft, Step
from referrals.errors import (
    AlreadySubmitted,
    ConsentMissing,
    Forbidden,
    NotAllowed,
    TooManyTries,
    WhyMissing,
)
from referrals.hours import Hours
from referrals.person import Person, Role, Worker
from referrals.queue import Wanted, scope
from referrals.referral import Area, ReferralId, Status, Urgency
from referrals.register import default_periods
from referrals.storage.engine import make_engine
from referrals.storage.keyring import Keyring
from referrals.storage.schema import migrate
from referrals.storage.work import Store, UnitOfWork
from tests.fakes.clock import START, FakeClock
from tests.trust.model import CITY, JONAVA, LEADS, REASON, STAFF, Case, Known, Model, Staff
from tests.trust.reading import compare

T = TypeVar("T")
NOTICE = Notice("what is shared", "1", "lt")
STRANGER = 77  # another phone, with the code of a receipt
HOURS = Hours()
KEYRING = Keyring.parse(Keyring.generate())
SHARED = Path("/dev/shm")
MEMORY = SHARED if SHARED.is_dir() else None  # 10,000 commits wait for no disk; what they promise is the same

people = st.sampled_from([5, 6])
WHO_MAY = 0  # instead of somebody: whoever may, so that not everything ends in a refusal
someone = st.sampled_from([WHO_MAY, WHO_MAY, WHO_MAY, 5, 6])
staff = st.sampled_from([WHO_MAY, WHO_MAY, WHO_MAY, WHO_MAY, 900, 901, 902, 903, 904])
cases = st.sampled_from([0, 0, 1, 1, 2, 3])  # the newest mostly: so that something comes of it
areas = st.sampled_from([CITY, CITY, JONAVA, None])
words = st.sampled_from(["buy food", "a ramp", "…", "nobody comes"])
decisions = st.sampled_from([status for status in Status if status is not Status.CANCELLED])


def talks(telegram_id: int) -> list[str]:
    """The keys of somebody's talks."""
    return [str(telegram_id)]


async def nobody_hears(turn: Turn) -> None:
    """What follows from news is told elsewhere."""


@dataclass(frozen=True)
class Place:
    """A database file and the empty database that each example begins with.

    One store for all examples: SQLAlchemy would compile every statement anew for a new engine.
    """

    file: Path
    empty: bytes
    store: Store

    @classmethod
    @cache
    def found(cls) -> Place:
        """Where this process plays, made once; in memory if there is such a place."""
        file = Path(tempfile.mkdtemp(dir=MEMORY, prefix="atrama-")) / "atrama.db"
        atexit.register(shutil.rmtree, file.parent)
        store = Store(make_engine(f"sqlite:///{file}"), KEYRING)
        asyncio.run(_make(store))
        return cls(file, file.read_bytes(), store)

    def become(self, files: Mapping[str, bytes]) -> None:
        """Exactly these files lie there now."""
        for each in self.file.parent.iterdir():
            each.unlink()
        for name, content in files.items():
            (self.file.parent / name).write_bytes(content)

    def files(self) -> dict[str, bytes]:
        """What a power cut would leave: the shared memory of SQLite is gone with the process."""
        return {
            each.name: each.read_bytes()
            for each in self.file.parent.iterdir()
            if not each.name.endswith("-shm")
        }


async def _make(store: Store) -> None:
    """The newest schema, and the staff."""
    await migrate(store.engine)
    async with store.work() as work:
        await work.workers.set_coordinators([900], START)
        for each in STAFF.values():
            await _join(work, each)
        await work.commit()
    await store.close()


async def _join(work: UnitOfWork, each: Staff) -> None:
    if each.areas is None:
        return
    role = Role.COORDINATOR if each.coordinator else Role.WORKER if each.works else Role.CURATOR
    first = Area(each.areas[0]) if each.areas else None
    invite = await work.workers.invite(role, first, START, by=None)
    await work.workers.join(each.number, invite.token, START)
    joined = await work.workers.find(each.number)
    if joined is not None and each.areas:
        await work.staff.set_areas(joined, frozenset(map(Area, each.areas)))


class Trust(RuleBasedStateMachine):
    """The real thing beside its model."""

    def __init__(self) -> None:
        super().__init__()
        self.loop = asyncio.new_event_loop()
        self.place = Place.found()
        self.store = self.place.store
        self.place.become({self.place.file.name: self.place.empty})
        self.clock = FakeClock()
        self.model = Model()
        self.keys: list[UUID] = []
        self.sent: dict[UUID, Draft] = {}
        self.codes: dict[str, UUID] = {}
        self.open()

    def open(self) -> None:
        """Begin as the bot begins: with the ledger of what was erased."""
        self.sweeper = Sweeper(
            self.store,
            self.clock,
            default_periods(),
            ledger=Ledger(self.place.file.parent),
            talks=talks,
            tell=nobody_hears,
        )
        self.run(self.sweeper.restore())
        self.workers = self.run(self._workers())
        self.number: dict[UUID, int] = {worker.id: number for number, worker in self.workers.items()}

    async def _workers(self) -> dict[int, Worker]:
        async with self.store.work() as work:
            return {each.telegram_id: each for each in await work.workers.active()}

    def teardown(self) -> None:
        """Leave nothing open."""
        self.run(self.store.close())
        self.loop.close()

    def run(self, what: Coroutine[object, object, T]) -> T:
        """One thing after the other."""
        return self.loop.run_until_complete(what)

    @property
    def now(self) -> datetime:
        """The time of this step."""
        return self.clock.now()

    def worker(self, number: int, case: int) -> int:
        """The one who acts: whoever has the case, else the coordinator."""
        return number or self.model.cases[self.key(case)].owner or 900

    def key(self, case: int) -> ReferralId:
        """One of the newest referrals, also of those that are erased."""
        return ReferralId(self.keys[-1 - case % len(self.keys)])

    def do(self, act: Callable[[UnitOfWork], Awaitable[T]], stop: type[Exception] | None = None) -> T | None:
        """One transaction. It raises exactly what the model says, and then nothing of it stays."""

        async def do() -> T | None:
            async with self.store.work() as work:
                try:
                    done = await act(work)
                except Exception as error:
                    if stop is None or type(error) is not stop:
                        raise
                    return None
                assert stop is None, f"the model says {stop.__name__}"
                await work.commit()
            self.sweeper.note(work.erasing.done)
            return done

        self.clock.advance(timedelta(minutes=1))
        return self.run(do())

    def on(
        self, worker: int, act: Callable[[UnitOfWork], Awaitable[T]], stop: type[Exception] | None
    ) -> bool:
        """What staff do; who has no right is recorded. Whether it happened."""
        self.do(act, stop)
        if stop is Forbidden:
            self.model.records += 1
            self.do(
                lambda work: actions.record_refusal(work, Act.OPEN, worker, referral_id=None, now=self.now)
            )
        return stop is None

    async def person(self, work: UnitOfWork, number: int) -> Person:
        """As every update begins: known, or made now."""
        return await work.persons.get_or_add(number, self.now)

    def known(self, number: int) -> Known:
        """The same in the model."""
        return self.model.people.setdefault(number, Known(self.now))

    # the form

    @initialize(areas=st.tuples(areas, areas))
    def begin(self, areas: tuple[str | None, str | None]) -> None:
        """Each of the two has a request."""
        for number, area in zip((5, 6), areas, strict=True):
            self.fill(number, area, need="first", urgency=Urgency.ROUTINE)
            self.submit(number, agrees=True)

    @rule(number=people, area=areas, need=words, urgency=st.sampled_from(Urgency))
    def fill(self, number: int, area: str | None, *, need: str, urgency: Urgency) -> None:
        """Begin a form or answer its questions anew."""

        async def fill(work: UnitOfWork) -> None:
            person = await self.person(work, number)
            draft = await actions.begin(work, person, actions.About(None, "care"), now=self.now)
            answers: dict[Step, Answer] = {
                step: None for step in Step if step not in {Step.CONSENT, Step.REVIEW}
            }
            told: dict[Step, Answer] = {
                Step.FOR_WHOM: "me",
                Step.REACH: "chat",
                Step.MAY_WRITE: True,
                Step.LANGUAGE: "lt",
            }
            asked: dict[Step, Answer] = {
                Step.AREA: area or "unknown",
                Step.NEED: need,
                Step.URGENCY: urgency.value,
            }
            for step, value in {**answers, **told, **asked}.items():
                if draft.applies(step):
                    draft.answer(step, value, self.now)
            await work.drafts.save(draft)

        self.do(fill)
        known = self.known(number)
        known.form, known.touched_at = need, self.now

    @rule(number=people, agrees=st.sampled_from([True, True, False]))
    def submit(self, number: int, *, agrees: bool) -> None:
        """Send what is filled in; never without a yes."""
        known = self.model.people.get(number)
        if known is None or known.form is None:
            self.fill(number, CITY, need="again", urgency=Urgency.URGENT)
        known = self.known(number)

        async def submit(work: UnitOfWork) -> tuple[UUID, Draft]:
            draft = await work.drafts.find((await self.person(work, number)).id)
            assert draft is not None
            if agrees:
                draft.answer(Step.CONSENT, NOTICE.sha256, self.now)
            return (await actions.submit(work, draft, NOTICE, hours=HOURS, now=self.now)).id, draft

        done = self.do(submit, None if agrees else ConsentMissing)
        if done is None:
            return
        key, draft = done
        area = None if draft.answers[Step.AREA] == "unknown" else str(draft.answers[Step.AREA])
        promised = HOURS.of(Area(area) if area else None).promise(draft.urgency, self.now)
        pressing = draft.urgency is Urgency.ASAP
        self.model.cases[key] = Case(number, area, pressing, str(known.form), promised, self.now, self.now)
        known.form = known.touched_at = None
        self.keys.append(key)
        self.sent[key] = draft

    @rule(case=cases)
    def submit_again(self, case: int) -> None:
        """A second press of the same button opens nothing."""
        key = self.key(case)
        if self.model.cases[key].erased:
            return
        draft = self.sent[key]
        self.do(lambda work: actions.submit(work, draft, NOTICE, hours=HOURS, now=self.now), AlreadySubmitted)

    # what the person does with a request

    def own(
        self,
        number: int,
        case: int,
        act: Callable[[UnitOfWork, Person, ReferralId], Awaitable[T]],
        stop: type[Exception] | None,
    ) -> T | None:
        """One act of a person on a request, theirs or not."""

        async def do(work: UnitOfWork) -> T:
            return await act(work, await self.person(work, number), self.key(case))

        return self.do(do, stop)

    @rule(number=someone, case=cases, text=words, danger=st.sampled_from([None, None, "suicide"]))
    def write_to_worker(self, number: int, case: int, text: str, *, danger: str | None) -> None:
        """The person adds something."""
        number = number or self.model.cases[self.key(case)].person or 5
        told, stop = self.model.cases[self.key(case)], self.model.own(number, self.key(case))
        self.own(
            number,
            case,
            lambda work, person, key: message.write_to_worker(
                work, person, key, text, now=self.now, crisis=danger
            ),
            stop,
        )
        if stop is None:
            told.messages.append(text)
            told.pressing |= danger is not None

    def withdraw(self, number: int, case: int) -> None:
        """The person takes it back."""
        number = number or self.model.cases[self.key(case)].person or 5
        told, stop = self.model.cases[self.key(case)], self.model.own(number, self.key(case))
        self.own(
            number, case, lambda work, person, key: actions.withdraw(work, person, key, now=self.now), stop
        )
        if stop is None:
            self.model.withdraw(told, self.now)

    @rule(number=someone, case=cases, phone=st.sampled_from(["+37061234567", "+37061234568"]))
    def change_contact(self, number: int, case: int, phone: str) -> None:
        """The person is reached otherwise."""
        number = number or self.model.cases[self.key(case)].person or 5

        async def change(work: UnitOfWork, person: Person, key: ReferralId) -> None:
            draft = contact.contact_draft(person.id, self.now)
            told: dict[Step, Answer] = {
                Step.REACH: "phone",
                Step.PHONE: phone,
                Step.MAY_WRITE: True,
                Step.MAY_CALL: True,
            }
            for step, value in told.items():
                draft.answer(step, value, self.now)
            for step in (Step.DISCREET, Step.CALL_TIME, Step.MAY_SAY_WHO):
                draft.answer(step, None, self.now)
            await contact.change_contact(work, person, key, draft, now=self.now)

        told, stop = self.model.cases[self.key(case)], self.model.own(number, self.key(case))
        self.own(number, case, change, stop)
        if stop is None:
            told.change(self.now, phone=phone)

    @rule(number=someone, case=cases)
    def make_receipt(self, number: int, case: int) -> None:
        """A code for another phone; the earlier one ends."""
        number = number or self.model.cases[self.key(case)].person or 5
        told, stop = (
            self.model.cases[self.key(case)],
            self.model.own(number, self.key(case), while_open=False),
        )
        code = self.own(
            number,
            case,
            lambda work, person, key: receipt.make_receipt(work, person, key, now=self.now),
            stop,
        )
        if code is not None:
            told.code = code
            self.codes[code] = self.key(case)

    @rule(choice=st.integers(0, 3), text=words)
    def come_with_code(self, choice: int, text: str) -> None:
        """Somebody with a code, right or old or guessed, writes to the worker."""
        code = [*self.codes, "0" * 16][-1 - choice % (len(self.codes) + 1)]
        at = self.now + timedelta(minutes=1)
        tries = [each for each in self.model.tries if each > at - receipt.WINDOW]
        if len(tries) >= receipt.TRIES:
            self.do(lambda work: receipt.come_with_code(work, STRANGER, code, now=self.now), TooManyTries)
            return
        bearer = self.do(lambda work: receipt.come_with_code(work, STRANGER, code, now=self.now))
        key = self.codes.get(code)
        if key is None or self.model.cases[key].code != code:
            assert bearer is None
            self.model.tries = [*tries, at]
            return
        self.model.tries = tries
        assert bearer is not None
        assert bearer.referral_id == key
        told = self.model.cases[key]
        stop = None if told.is_open else NotAllowed
        self.do(lambda work: receipt.write_as_bearer(work, bearer, text, now=self.now), stop)
        if stop is None:
            told.messages.append(text)

    # what staff do with it

    @rule(worker=staff, case=cases)
    def take(self, worker: int, case: int) -> None:
        """Make it one's own."""
        worker = self.worker(worker, case)
        key = self.key(case)
        if self.on(
            worker,
            lambda work: actions.take(work, self.workers[worker], key, now=self.now),
            self.model.taking(worker, key),
        ):
            self.model.cases[key].change(self.now, owner=worker)

    @rule(worker=staff, case=cases, why=st.none() | st.sampled_from(Why))
    def open_case(self, worker: int, case: int, why: Why | None) -> None:
        """Read it; each opening is recorded."""
        worker = self.worker(worker, case)
        key = self.key(case)
        stop = self.model.working(worker, key)
        if stop is None and self.model.cases[key].owner != worker and why is None:
            stop = WhyMissing
        if self.on(
            worker,
            lambda work: actions.open_case(work, self.workers[worker], key, now=self.now, why=why),
            stop,
        ):
            self.model.records += 1

    @rule(worker=staff, case=cases, wanted=decisions, reasoned=st.sampled_from([True, True, False]))
    def decide(self, worker: int, case: int, wanted: Status, *, reasoned: bool) -> None:
        """Accept, start, hold, complete, reopen, reject, hand back."""
        worker = self.worker(worker, case)
        key = self.key(case)
        reason = REASON.get(wanted) if reasoned else None
        takes_over = self.model.takes_over(key)
        if not self.on(
            worker,
            lambda work: actions.decide(
                work, self.workers[worker], key, wanted=wanted, reason=reason, now=self.now
            ),
            self.model.deciding(worker, key, wanted, reasoned=reasoned),
        ):
            return
        told = self.model.cases[key]
        owner = None if wanted is Status.REQUESTED else worker if takes_over else told.owner
        told.change(self.now, status=wanted.value, reason=reason, owner=owner)

    @rule(case=cases, way=st.integers(0, 9))
    def go_on(self, case: int, way: int) -> None:
        """A step that is allowed, so that a case gets somewhere."""
        told = self.model.cases[self.key(case)]
        if told.status == "requested" and told.owner is None:
            self.take(900, case)
        elif told.status in LEADS and not told.erased:
            ways = LEADS[told.status]
            self.decide(900, case, Status(ways[way if way < len(ways) else 0]), reasoned=True)

    @rule(case=cases)
    def hand_back(self, case: int) -> None:
        """Whoever has a case gives it up."""
        self.decide(WHO_MAY, case, Status.REQUESTED, reasoned=True)

    @rule(worker=st.sampled_from(sorted(STAFF)), away=st.sampled_from([True, False, False]))
    def go_or_return(self, worker: int, *, away: bool) -> None:
        """Away, or at work again."""
        me = self.workers[worker]
        self.do(lambda work: staffing.set_away(work, me, me.id, away=away, now=self.now))
        self.model.records += 1
        if away:
            self.model.go_away(worker, self.now)
        else:
            self.model.away.discard(worker)

    @rule(worker=staff, case=cases, text=words)
    def write_to_person(self, worker: int, case: int, text: str) -> None:
        """Whoever has the case answers."""
        worker = self.worker(worker, case)
        key = self.key(case)
        told = self.model.cases[key]
        stop = self.model.working(worker, key) or (None if told.is_open else NotAllowed)
        if self.on(
            worker,
            lambda work: message.write_to_person(work, self.workers[worker], key, text, now=self.now),
            stop,
        ):
            told.messages.append(text)
            self.model.records += 1

    @rule(worker=staff, case=cases, text=words)
    def note(self, worker: int, case: int, text: str) -> None:
        """Something for colleagues; nothing of what is erased."""
        worker = self.worker(worker, case)
        key = self.key(case)
        told = self.model.cases[key]
        stop = Forbidden if told.erased else self.model.working(worker, key)
        if self.on(
            worker, lambda work: message.note(work, self.workers[worker], key, text, now=self.now), stop
        ):
            told.notes.append(text)
            self.model.records += 1

    @rule(worker=staff, case=cases, to=st.sampled_from(sorted(STAFF)))
    def hand_to_colleague(self, worker: int, case: int, to: int) -> None:
        """Another owner."""
        worker = self.worker(worker, case)
        key, colleague = self.key(case), self.workers[to].id
        if self.on(
            worker,
            lambda work: handover.hand_to_colleague(work, self.workers[worker], key, colleague, now=self.now),
            self.model.handing(worker, key, to),
        ):
            self.model.cases[key].change(self.now, owner=to)
            self.model.records += 1

    @rule(worker=staff, case=cases, area=st.sampled_from([CITY, JONAVA]))
    def hand_to_area(self, worker: int, case: int, area: str) -> None:
        """Another desk, where it waits again."""
        worker = self.worker(worker, case)
        key = self.key(case)
        told = self.model.cases[key]
        fits = told.is_open and told.area != area
        if self.on(
            worker,
            lambda work: handover.hand_to_area(work, self.workers[worker], key, Area(area), now=self.now),
            self.model.working(worker, key) or (None if fits else NotAllowed),
        ):
            told.change(self.now, area=area, owner=None, status="requested", reason=None)
            self.model.records += 1

    @rule(worker=staff, case=cases, other=cases)
    def mark_duplicate(self, worker: int, case: int, other: int) -> None:
        """The same as another; closed if its state leads there."""
        worker = self.worker(worker, case)
        key, original = self.key(case), self.key(other)

        async def mark(work: UnitOfWork) -> None:
            found = await work.referrals.find(original)
            assert found is not None
            await duplicates.mark(work, self.workers[worker], key, found, now=self.now)

        told = self.model.cases[key]
        if self.on(worker, mark, self.model.marking(worker, key, original)):
            told.change(self.now, duplicate_of=original)
            self.model.records += 1
            if told.status == "requested":
                told.status, told.reason = "rejected", "duplicate"

    @rule(worker=staff, case=cases, held=st.booleans())
    def hold(self, worker: int, case: int, *, held: bool) -> None:
        """Keep it from erasing, or no longer: a coordinator's word."""
        worker = self.worker(worker, case)
        key = self.key(case)

        async def hold(work: UnitOfWork) -> None:
            found = await work.referrals.find(key)
            await erasing.hold(work, self.workers[worker], found, held=held, now=self.now)

        told = self.model.cases[key]
        may = STAFF[worker].coordinator and STAFF[worker].serves(told.area) and not told.erased
        if self.on(worker, hold, None if may else Forbidden):
            told.held, told.version = held, told.version + 1
            self.model.records += 1

    # what ends it all

    @rule(number=someone, case=cases, how=st.sampled_from(["withdraw", "delete", "delete the rest"]))
    def leave(self, number: int, case: int, how: str) -> None:
        """The person wants no more: of one request, of anything, of what is over."""
        if how == "withdraw":
            self.withdraw(number, case)
        else:
            self.delete(number or 5, at_once=how == "delete")

    def delete(self, number: int, *, at_once: bool) -> None:
        """Everything, or everything but what is open."""
        self.do(lambda work: self.wish(work, number, at_once=at_once))
        self.known(number)
        (self.model.delete_all if at_once else self.model.delete_rest)(number, self.now)

    async def wish(self, work: UnitOfWork, number: int, *, at_once: bool) -> None:
        """As the buttons do it."""
        person, wait = await self.person(work, number), default_periods()["deletion"].length
        if at_once:
            await erasing.delete_all(work, person, talks=talks, wait=wait, now=self.now)
        else:
            await erasing.delete_rest(work, person, wait=wait, now=self.now)

    @rule(later=st.sampled_from([1, 1, 1, 1, 25, 25, 24 * 31, 24 * 366]))
    def sweep(self, later: int) -> None:
        """Time goes by, and what has been kept long enough goes."""
        self.clock.advance(timedelta(hours=later))
        self.run(self.sweeper.sweep())
        self.model.sweep(self.now)

    @rule(number=people)
    def crash(self, number: int) -> None:
        """Power goes before a commit: the files as they lie there are opened again."""

        async def crash() -> dict[str, bytes]:
            async with self.store.work() as work:
                await self.wish(work, number, at_once=True)
                await actions.record_refusal(work, Act.OPEN, 900, referral_id=None, now=self.now)
                left = self.place.files()
            await self.store.close()
            return left

        self.place.become(self.run(crash()))
        self.open()

    @invariant()
    def store_is_as_the_model_says(self) -> None:
        """Everything that is kept, of everybody."""
        if self.keys:
            compare(self.place.file, KEYRING, self.model, self.number)

    @invariant()
    def nobody_who_is_away_has_an_open_case(self) -> None:
        """It would lie there until they return."""
        assert not [
            case for case in self.model.cases.values() if case.is_open and case.owner in self.model.away
        ]

    @invariant()
    def queue_is_what_is_open_in_its_order(self) -> None:
        """As a coordinator of all areas would list it, and each area's own."""
        boss = self.workers[900]

        async def listed() -> list[UUID]:
            async with self.store.work() as work:
                page = await work.queue.page(
                    scope(boss, Wanted()), Wanted(), me=boss.id, now=self.now, limit=1000
                )
            return [each.id for each in page]

        assert self.run(listed()) == self.model.queue()
