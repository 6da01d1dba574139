"""What was deleted is gone: from the file's bytes, from its log, and from an old backup that comes back.

The cells of the database are sealed, so that a canary would never be seen in its bytes. Here the seals are
off on purpose: what is found is what a thief with the keys would find.
"""

from __future__ import annotations

import io
import json
import logging
import shutil
import stat
from datetime import timedelta
from pathlib import Path

import pytest

from bot.erasures import LEDGER, Ledger
from knowledge.library import Library
from referrals.access import Act
from referrals.erasing import Erased, Kind, hold
from referrals.message import note, write_to_person, write_to_worker
from referrals.referral import Referral
from referrals.storage.keyring import Keyring
from tests.conversations.steps import WORDS, arrive, fill_form
from tests.conversations.test_desk import take
from tests.fakes.clock import START
from tests.fakes.world import COORDINATOR, DESK, Actor, World, make_world
from tests.trust.test_leak import bytes_of, leaks, log

__all__ = ["log"]

LT = WORDS["lt"]
ACCOUNT = 7_351_991_273  # a Telegram id that is found in nothing else
NAME, NEED, PHONE = "Kanarėlė", "canary-need-7351", "+370 612 73519"
SECRETS = (b"anar", b"canary", b"61273519", str(ACCOUNT).encode())


@pytest.fixture
def bare(monkeypatch: pytest.MonkeyPatch) -> None:
    """No seals: what is kept can be seen."""
    monkeypatch.setattr("referrals.storage.keyring.Keyring.seal", lambda _self, plain, _cell: plain)
    monkeypatch.setattr("referrals.storage.keyring.Keyring.open", lambda _self, sealed, _cell: sealed)
    monkeypatch.setattr(
        "referrals.storage.keyring.Keyring.blind", lambda _self, kind, value: f"{kind}:{value}".encode()
    )


def found(folder: Path) -> list[bytes]:
    """The secrets that stand in the database or its log."""
    content = bytes_of(folder)
    assert content.startswith(b"SQLite format 3")
    return [secret for secret in SECRETS if secret in content]


async def referral_of(world: World) -> Referral:
    """The only one in the queue."""
    async with world.app.store.work() as work:
        return (await work.referrals.queue())[0]


async def tell_everything(world: World) -> Actor:
    """A request, messages both ways, a note, a question, a second form that is not sent."""
    person = await arrive(world, LT, ACCOUNT)
    await person.says(f"canary-question {LT.question}")
    await person.says("/worker")
    await fill_form(person, LT, need=NEED, phone=PHONE, name=NAME)
    await person.presses(LT.send)
    await take(world, world.person(COORDINATOR, "Rasa"))
    referral = await referral_of(world)
    async with world.app.store.work() as work:
        sender = await work.persons.find(ACCOUNT)
        worker = await work.workers.find(COORDINATOR)
        assert sender is not None
        await write_to_worker(work, sender, referral.id, "canary-message", now=world.clock.now())
        await write_to_person(work, worker, referral.id, "canary-reply", now=world.clock.now())
        await note(work, worker, referral.id, "canary-note", now=world.clock.now())
        await work.commit()
    await person.says("/worker")
    await person.presses(LT.for_me)
    await person.says(f"{NAME} canary-draft")
    return person


async def delete_all(person: Actor) -> None:
    """Withdraw and delete everything, twice asked."""
    await person.says("/delete")
    await person.presses("Atsiimti ir viską ištrinti")
    await person.presses("Taip, ištrinti")


async def test_nothing_of_a_person_is_left_in_the_bytes(
    sqlite_url: str, tmp_path: Path, library: Library, bare: None
) -> None:
    async with make_world(sqlite_url, library) as world:
        person = await tell_everything(world)
        await world.app.sweeper.round()
        before = found(tmp_path)
        await delete_all(person)
        world.clock.advance(timedelta(seconds=30))
        await world.app.sweeper.round()
        after = found(tmp_path)

    assert set(before) == set(SECRETS)
    assert after == []
    assert "Ištrinta" in person.sees


async def test_deleting_without_emptying_the_log_would_be_caught(
    sqlite_url: str, tmp_path: Path, library: Library, bare: None
) -> None:
    async with make_world(sqlite_url, library) as world:
        await delete_all(await tell_everything(world))
        after = found(tmp_path)

    assert after


async def test_a_question_without_an_answer_stays_for_a_time_and_leads_to_nobody(
    sqlite_url: str, tmp_path: Path, library: Library, bare: None
) -> None:
    async with make_world(sqlite_url, library) as world:
        person = await arrive(world, LT, ACCOUNT)
        await person.says("canary kvyrt zxcvb")
        await person.says("/delete")
        await person.presses("Taip, ištrinti")
        await world.app.sweep()
        at_first = found(tmp_path)
        world.clock.advance(timedelta(days=91))
        await world.app.sweep()
        later = found(tmp_path)

    assert set(at_first) == {b"anar", b"canary"}  # its words; nothing of the account
    assert later == []


async def test_others_keep_what_is_theirs(sqlite_url: str, library: Library) -> None:
    async with make_world(sqlite_url, library) as world:
        other = await arrive(world, LT, 6)
        await other.says("/worker")
        await fill_form(other, LT, need="kito žmogaus bėda", name="Jonas")
        await other.presses(LT.send)
        theirs = await referral_of(world)
        person = await arrive(world, LT, ACCOUNT)
        await person.says("/worker")
        await fill_form(person, LT, need=NEED, name=NAME)
        await person.presses(LT.send)

        await delete_all(person)
        await world.app.sweep()
        left = await referral_of(world)

    assert left == theirs


async def test_the_desk_sees_that_the_request_is_withdrawn_and_its_worker_hears_of_it(
    sqlite_url: str, library: Library
) -> None:
    async with make_world(sqlite_url, library) as world:
        person = await tell_everything(world)
        await delete_all(person)
        card, heard = world.telegram.chats[DESK][-1], world.person(COORDINATOR, "Rasa").sees

    assert "atsiimtas" in card.text
    assert card.labels == []
    assert "atsiėmė" in heard


async def test_what_an_old_backup_brings_back_is_erased_before_anything_is_served(
    sqlite_url: str, tmp_path: Path, library: Library, bare: None
) -> None:
    keyring, backup = Keyring.parse(Keyring.generate()), tmp_path / "backup"
    async with make_world(sqlite_url, library, keyring=keyring) as world:
        person = await tell_everything(world)
        await world.app.sweep()
        shutil.copy(tmp_path / "atrama.db", backup)
        await delete_all(person)
        await world.app.sweep()
        deleted = found(tmp_path)
    shutil.copy(backup, tmp_path / "atrama.db")
    restored = found(tmp_path)

    async with make_world(sqlite_url, library, keyring=keyring) as world:
        served = found(tmp_path)
        async with world.app.store.work() as work:
            queue, known = await work.referrals.queue(), await work.persons.find(ACCOUNT)

    assert (deleted, set(restored)) == ([], set(SECRETS))
    assert served == []
    assert (queue, known) == ([], None)


async def test_the_ledger_names_nobody_and_only_its_owner_reads_it(sqlite_url: str, library: Library) -> None:
    async with make_world(sqlite_url, library) as world:
        person = await tell_everything(world)
        async with world.app.store.work() as work:
            known = await work.persons.find(ACCOUNT)
        referral = await referral_of(world)
        await delete_all(person)
        file = world.app.settings.data_dir / LEDGER
        content, mode = file.read_text(), stat.S_IMODE(file.stat().st_mode)

    kinds = sorted(json.loads(line)["kind"] for line in content.splitlines())
    assert kinds == ["draft", "person", "referral"]
    assert mode == 0o600
    assert known is not None
    for secret in (str(known.id), known.id.hex, str(referral.id), referral.reference, str(ACCOUNT)):
        assert secret not in content


async def test_a_line_that_a_power_cut_has_torn_costs_no_other(tmp_path: Path) -> None:
    first, second = (Erased(Kind.PERSON, bytes([number]) * 32, START) for number in (1, 2))
    ledger = Ledger(tmp_path)
    ledger.add([first])
    with (tmp_path / LEDGER).open("a") as file:
        file.write('{"kind": "person", "subj')

    ledger.add([second])

    assert ledger.read() == [first, second]


async def test_a_file_that_could_not_be_written_is_made_up_for(
    sqlite_url: str, tmp_path: Path, library: Library
) -> None:
    keyring = Keyring.parse(Keyring.generate())
    async with make_world(sqlite_url, library, keyring=keyring) as world:
        (tmp_path / LEDGER).mkdir()
        with_nothing = await tell_everything(world)
        await delete_all(with_nothing)
        seen = with_nothing.sees
    (tmp_path / LEDGER).rmdir()

    async with make_world(sqlite_url, library, keyring=keyring):
        lines = Ledger(tmp_path).read()

    assert "Ištrinta" in seen
    assert len(lines) == 3


async def test_a_hold_outlives_the_wish_and_lifting_it_fulfils_it(sqlite_url: str, library: Library) -> None:
    async with make_world(sqlite_url, library) as world:
        person = await tell_everything(world)
        referral = await referral_of(world)
        rasa = world.person(COORDINATOR, "Rasa")
        await rasa.says(f"/hold {referral.reference}")
        await rasa.presses("Apsaugoti nuo trynimo")
        await delete_all(person)
        told = person.sees
        world.clock.advance(timedelta(days=40))
        await world.app.sweep()
        async with world.app.store.work() as work:
            kept, worker = await work.referrals.find(referral.id), await work.workers.find(COORDINATOR)
            assert kept is not None
            name = kept.details.name
            await hold(work, worker, kept, held=False, now=world.clock.now())
            await work.commit()
        await world.app.sweep()
        async with world.app.store.work() as work:
            erased, known = await work.referrals.find(referral.id), await work.persons.find(ACCOUNT)
            holds = await work.records.count(Act.HOLD_ERASURE, referral_id=referral.id)

    assert "skundui ar teismui" in told
    assert name == NAME
    assert erased is not None
    assert erased.details.name is None
    assert known is None
    assert holds == 2


async def test_no_canary_sings_in_what_is_new(
    sqlite_url: str, tmp_path: Path, library: Library, log: io.StringIO
) -> None:
    async with make_world(sqlite_url, library) as world:
        person = await tell_everything(world)
        world.telegram.faults_by_chat[ACCOUNT] = [ConnectionResetError(NAME)]
        await person.says("/mydata")
        await person.presses("Parodyti čia")
        await person.presses("Atsiųsti failą")
        file = person.screen.content
        await person.says("/hide")
        await delete_all(person)
        await world.app.sweep()
        group = "\n".join(shown.transcript() for shown in world.telegram.chats[DESK])
        logging.getLogger("bot.test").error("an erasure failed", exc_info=ValueError(NEED))
    ledger = (tmp_path / LEDGER).read_bytes()

    assert b"canary-message" in file
    assert b"canary-note" not in file
    for content in (log.getvalue(), group, bytes_of(tmp_path), ledger):
        assert leaks(content) == []
