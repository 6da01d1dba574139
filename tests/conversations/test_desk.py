"""The desk: thin cards, one owner, a case moved on, and the person told of each change."""

from __future__ import annotations

import pytest
from sqlalchemy import text

from referrals.access import Act
from referrals.person import Role
from referrals.referral import Area
from tests.conversations.steps import WORDS, Words, arrive, fill_form, refer
from tests.fakes.telegram import Shown
from tests.fakes.world import COORDINATOR, DESK, Actor, World

EVERY_LANGUAGE = pytest.mark.parametrize("words", WORDS.values(), ids=WORDS)
LT = WORDS["lt"]


def card(world: World) -> Shown:
    """The newest card of the desk."""
    return world.telegram.chats[DESK][-1]


async def colleague(world: World, telegram_id: int, name: str, area: str = "kaunas-city") -> Actor:
    """A worker who joined by an invite."""
    async with world.app.store.work() as work:
        invite = await work.workers.invite(Role.WORKER, Area(area), world.clock.now(), by=None)
        await work.commit()
    worker = world.person(telegram_id, name)
    await worker.opens(world.app.links.to_join(invite.token))
    return worker


async def take(world: World, worker: Actor) -> str:
    """Take the newest case and open it in private; returns its screen."""
    await worker.presses("Paimti", chat=DESK)
    link = world.telegram.toasts[-1].url
    if not link:
        raise AssertionError("the case was not taken")
    return await worker.opens(link)


@EVERY_LANGUAGE
async def test_the_card_tells_what_the_desk_needs_and_nothing_else(world: World, words: Words) -> None:
    person = await arrive(world, words)
    await person.says("/worker")
    await fill_form(person, words, need="canary-need", phone="+370 612 34567", name="Canary-Name")
    await person.presses(words.send)

    shown = card(world)

    assert "ATR-" in shown.text
    assert "Vietovė: Kauno miestas" in shown.text
    assert "Skubumas: Per kelias dienas" in shown.text
    assert shown.labels == ["Paimti", "Atverti privačiai"]
    assert shown.protected
    for secret in ("canary", "Canary", "612", "Ona"):
        assert secret not in shown.transcript()


@EVERY_LANGUAGE
async def test_the_person_hears_of_each_change_in_their_language(world: World, words: Words) -> None:
    person = await refer(world, words)
    rasa = world.person(COORDINATOR, "Rasa")
    heard = []

    await take(world, rasa)
    heard.append(person.sees)
    for label in ("Priimti", "Pradėti darbą"):
        await rasa.presses(label)
        heard.append(person.sees)
    await rasa.presses("Sustabdyti")
    await rasa.presses("laukiama dokumento")
    heard.append(person.sees)
    await rasa.presses("Užbaigti")
    heard.append(person.sees)

    assert len(set(heard)) == 5
    assert words.accepted in heard[1]
    own_word = {"lt": "laukiama dokumento", "en": "waiting for a document", "uk": "очікується документ"}
    assert own_word[words.code] in heard[3]


async def test_of_two_workers_one_gets_it_and_the_other_is_told_who(world: World) -> None:
    await refer(world, LT)
    rasa, mantas = await colleague(world, 11, "Rasa"), await colleague(world, 12, "Mantas")
    shown, data = rasa.find_button("Paimti", chat=DESK)

    await rasa.presses_data(data, shown)
    await mantas.presses_data(data, shown)

    told = world.telegram.toasts[-1]
    assert told.text == "Šį atvejį jau paėmė: Rasa."
    assert told.show_alert
    assert "Darbuotojas: Rasa" in card(world).text
    assert "Paimti" not in card(world).labels


async def test_the_case_shows_what_the_person_told_and_the_opening_is_recorded(world: World) -> None:
    person = await arrive(world, LT)
    await person.says("/worker")
    await fill_form(person, LT, need="mama krito", phone="8 612 34567", name="Ona")
    await person.presses(LT.send)
    rasa = await colleague(world, 11, "Rasa")

    case = await take(world, rasa)

    assert "mama krito" in case
    assert "+370 612 34567" in case
    assert "(įrašytas ranka, nepatvirtintas)" in case
    async with world.app.store.work() as work:
        assert await work.records.count(Act.OPEN) == 1


async def test_a_case_handed_back_can_be_taken_by_a_colleague(world: World) -> None:
    person = await refer(world, LT)
    rasa, mantas = await colleague(world, 11, "Rasa"), await colleague(world, 12, "Mantas")
    await take(world, rasa)
    await rasa.presses("Priimti")

    await rasa.presses("Grąžinti į eilę")
    told = person.sees
    case = await take(world, mantas)

    assert "grįžo į eilę" in told
    assert "Darbuotojas: Mantas" in case


async def test_a_rejection_needs_a_reason_and_the_person_reads_it(world: World) -> None:
    person = await refer(world, WORDS["uk"])
    rasa = await colleague(world, 11, "Rasa")
    await take(world, rasa)

    asked = await rasa.presses("Nepriimti")
    await rasa.presses("kita savivaldybė")

    assert "Kodėl?" in asked
    assert "Ваш запит не прийнято" in person.sees
    assert "допомогти має інше самоврядування" in person.sees
    assert card(world).labels == []


async def test_whoever_is_no_worker_gets_nothing_and_it_is_recorded(world: World) -> None:
    await refer(world, LT)
    stranger = await arrive(world, LT, 66)
    shown, data = stranger.find_button("Paimti", chat=DESK)
    async with world.app.store.work() as work:
        referral = (await work.referrals.queue())[0]
    before = stranger.transcript

    await stranger.presses_data(data, shown)
    await stranger.presses_data(f"case:{referral.id.hex}", shown)
    await stranger.presses_data(f"c:accepted:{referral.id.hex}:", shown)

    assert stranger.transcript == before
    assert all(not toast.text and not toast.url for toast in world.telegram.toasts[-3:])
    async with world.app.store.work() as work:
        refused = [await work.records.count(act, allowed=False) for act in (Act.TAKE, Act.OPEN, Act.DECIDE)]
        assert (await work.referrals.queue())[0] == referral
    assert refused == [1, 1, 1]


@pytest.mark.parametrize("to", ["accepted", "cancelled", "requested", "nonsense"])
async def test_a_forged_press_of_a_worker_of_another_area_changes_nothing(world: World, to: str) -> None:
    await refer(world, LT)
    jonava = await colleague(world, 13, "Jonas", "jonava-district")
    async with world.app.store.work() as work:
        referral = (await work.referrals.queue())[0]

    for data in (f"take:{referral.id.hex}", f"c:{to}:{referral.id.hex}:", f"case:{referral.id.hex}"):
        await jonava.presses_data(data, card(world))
    seen = await jonava.opens(world.app.links.to_case(referral.id))

    assert "nėra ko atverti" in seen
    async with world.app.store.work() as work:
        assert (await work.referrals.queue())[0] == referral


async def test_a_link_shows_a_worker_who_could_take_the_case_only_its_card(world: World) -> None:
    person = await arrive(world, LT)
    await person.says("/worker")
    await fill_form(person, LT, need="canary-need", name="Canary")
    await person.presses(LT.send)
    rasa = await colleague(world, 11, "Rasa")
    async with world.app.store.work() as work:
        referral = (await work.referrals.queue())[0]

    seen = await rasa.opens(world.app.links.to_case(referral.id))

    assert referral.reference in seen
    assert "anary" not in seen


async def test_a_case_is_never_shown_in_the_group_even_to_its_owner(world: World) -> None:
    person = await arrive(world, LT)
    await person.says("/worker")
    await fill_form(person, LT, need="canary-need", phone="+370 612 34567", name="Canary")
    await person.presses(LT.send)
    rasa = world.person(COORDINATOR, "Rasa")
    await take(world, rasa)
    async with world.app.store.work() as work:
        referral = (await work.referrals.queue())[0]

    for data in (f"case:{referral.id.hex}", f"c:accepted:{referral.id.hex}:", "inv:worker:kaunas-city"):
        await rasa.presses_data(data, card(world))

    group = "\n".join(shown.transcript() for shown in world.telegram.chats[DESK])
    for secret in ("anary", "612", "start=join"):
        assert secret not in group


async def test_a_removed_worker_may_nothing_from_the_next_press_on(world: World) -> None:
    await refer(world, LT)
    rasa = await colleague(world, 11, "Rasa")
    await take(world, rasa)
    async with world.app.store.work() as work:
        await work.connection.execute(text("UPDATE workers SET active = false"))
        await work.commit()

    before = rasa.sees
    await rasa.presses("Priimti")

    assert rasa.sees == before
    async with world.app.store.work() as work:
        assert (await work.referrals.queue())[0].status == "requested"


async def test_only_a_coordinator_makes_invites_and_each_works_once(world: World) -> None:
    boss, stranger, second = world.person(COORDINATOR, "Rasa"), world.person(66), world.person(67)

    refused = await stranger.says("/invite")
    await boss.says("/invite")
    shown = await boss.presses("Kauno rajonas")
    link = next(word for word in shown.split() if word.startswith("https://"))
    joined = await stranger.opens(link)
    again = await second.opens(link)

    assert "nėra ko atverti" in refused
    assert "socialinis darbuotojas (Kauno rajonas)" in joined
    assert "negalioja" in again


async def test_the_owner_hears_that_the_person_withdrew(world: World) -> None:
    person = await refer(world, LT)
    rasa = await colleague(world, 11, "Rasa")
    await take(world, rasa)

    await person.says("/mine")
    await person.presses("ATR-")
    await person.presses("Atsiimti")

    assert "atsiėmė" in rasa.sees
    assert "atsiimtas" in card(world).text


async def test_nobody_is_written_to_who_said_it_is_not_safe(world: World) -> None:
    person = await arrive(world, LT)
    await person.says("/worker")
    for label in (LT.for_me, LT.skip, LT.area, LT.skip, LT.soon, LT.chat, LT.no, LT.language, LT.agree):
        await person.presses(label)
    await person.presses(LT.send)
    receipt = person.sees
    rasa = await colleague(world, 11, "Rasa")

    await take(world, rasa)
    await rasa.presses("Priimti")

    assert "Pirmi nerašysime" in receipt
    assert person.sees == receipt


async def test_a_press_on_a_case_that_is_over_says_so(world: World) -> None:
    person = await refer(world, LT)
    rasa = await colleague(world, 11, "Rasa")
    shown, data = rasa.find_button("Paimti", chat=DESK)
    await person.says("/mine")
    await person.presses("ATR-")
    await person.presses("Atsiimti")

    await rasa.presses_data(data, shown)

    assert world.telegram.toasts[-1].text == "Šis atvejis nebeatviras."


async def test_a_worker_sees_their_own_cases(world: World) -> None:
    await refer(world, LT)
    rasa = await colleague(world, 11, "Rasa")
    empty = await rasa.says("/work")
    await take(world, rasa)

    listed = await rasa.says("/work")

    assert "Atvirų atvejų nėra" in empty
    assert "ATR-" in listed


async def test_what_is_typed_at_the_desk_is_left_alone(world: World) -> None:
    rasa = world.person(COORDINATOR, "Rasa")
    chat = {"id": DESK, "type": "supergroup", "title": "Desk"}
    message = {"message_id": 3, "date": 1_790_000_000, "chat": chat, "from": rasa.user, "text": "labas"}

    await world.receive({"message": message})

    assert world.telegram.chats[DESK] == []
