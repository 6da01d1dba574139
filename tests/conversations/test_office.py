"""The office: colleagues, being away, areas, removing, inviting; and whether services have room."""

from __future__ import annotations

from datetime import timedelta

import pytest

from referrals.person import Role, Worker
from referrals.referral import Area, Status
from tests.conversations.steps import WORDS, Words, arrive, refer
from tests.conversations.test_desk import colleague, take
from tests.fakes.world import COORDINATOR, DESK, Actor, World

LT = WORDS["lt"]
CITY, JONAVA = "kaunas-city", "jonava-district"
SERVICE = "pagalba namuose"
QUEUE = {"lt": "Laukiančiųjų eilė (tarnyba pranešė 24 lapkr. 2026, Kauno miestas).",
         "en": "Waiting list (told by the desk on 24 Nov 2026, Kaunas city).",
         "uk": "Є черга (служба повідомила 24 лист. 2026, місто Каунас)."}  # fmt: skip


async def coordinator(world: World, telegram_id: int, name: str, area: str | None = None) -> Actor:
    """Somebody who answers for an area, or for all."""
    async with world.app.store.work() as work:
        made = await work.workers.invite(
            Role.COORDINATOR, Area(area) if area else None, world.clock.now(), by=None
        )
        await work.commit()
    actor = world.person(telegram_id, name)
    await actor.opens(world.app.links.to_join(made.token))
    return actor


async def found(world: World, telegram_id: int) -> Worker | None:
    """A member of staff as the database has them."""
    async with world.app.store.work() as work:
        return await work.workers.find(telegram_id)


@pytest.mark.parametrize("words", WORDS.values(), ids=WORDS)
async def test_the_list_shows_colleagues_of_ones_areas(world: World, words: Words) -> None:
    await colleague(world, 11, "Rasa")
    await colleague(world, 13, "Jonas", JONAVA)
    boss = await coordinator(world, 21, "Vida", CITY)
    await boss.says("/language")
    await boss.presses(words.language)

    listed = await boss.says("/staff")

    assert "Rasa" in listed
    assert "Vida" in listed
    assert "Jonas" not in listed
    assert boss.screen.protected


async def test_removing_returns_the_cases_and_the_next_press_is_refused(world: World) -> None:
    person = await refer(world, LT)
    rasa, boss = await colleague(world, 11, "Rasa"), await coordinator(world, 21, "Vida", CITY)
    await take(world, rasa)
    await rasa.presses("Priimti")
    shown, data = rasa.find_button("Pradėti darbą")

    await boss.says("/staff")
    await boss.presses("Rasa")
    asked = await boss.presses("Pašalinti")
    await boss.presses("Taip")
    before = rasa.transcript
    await rasa.presses_data(data, shown)

    assert "1 atviras atvejis grįš į eilę" in asked
    assert world.telegram.toasts[-2].text == "Pašalinta: Rasa."
    assert "Rasa" not in boss.sees
    assert rasa.transcript == before
    assert "grįžo į eilę" in person.sees
    assert "Paimti" in world.telegram.chats[DESK][-1].labels
    async with world.app.store.work() as work:
        (referral,) = await work.referrals.queue()
    assert (referral.status, referral.owner) == (Status.REQUESTED, None)
    assert await found(world, 11) is None


async def test_whoever_is_away_gives_their_cases_back(world: World) -> None:
    await refer(world, LT)
    rasa = await colleague(world, 11, "Rasa")
    await take(world, rasa)

    asked = await rasa.says("/away")
    async with world.app.store.work() as work:
        still = (await work.referrals.queue())[0].owner
    told = await rasa.presses("Taip, nedirbu")
    async with world.app.store.work() as work:
        given_back = (await work.referrals.queue())[0].owner
    away = await found(world, 11)
    back_told = await rasa.says("/back")

    assert "1 atviras atvejis" in asked
    assert still is not None
    assert "/back" in told
    assert given_back is None
    assert away is not None
    assert away.away
    assert "Sveiki sugrįžę" in back_told
    assert (await found(world, 11)).away is False  # type: ignore[union-attr]


async def test_without_cases_being_away_is_not_asked_about(world: World) -> None:
    rasa = await colleague(world, 11, "Rasa")

    told = await rasa.says("/away")

    assert "Pažymėta, kad šiuo metu nedirbate" in told


async def test_a_coordinator_marks_a_colleague_away_and_back(world: World) -> None:
    await refer(world, LT)
    rasa, boss = await colleague(world, 11, "Rasa"), await coordinator(world, 21, "Vida", CITY)
    await take(world, rasa)

    await boss.says("/staff")
    await boss.presses("Rasa")
    await boss.presses("Pažymėti, kad nedirba")
    away = await boss.presses("Taip")
    async with world.app.store.work() as work:
        owner = (await work.referrals.queue())[0].owner
    back = await boss.presses("Vėl dirba")

    assert "šiuo metu nedirba" in away
    assert owner is None
    assert "šiuo metu nedirba" not in back


async def test_areas_are_given_and_taken(world: World) -> None:
    boss = world.person(COORDINATOR, "Boss")
    await colleague(world, 11, "Rasa")

    await boss.says("/staff")
    await boss.presses("Rasa")
    await boss.presses("Vietovės")
    await boss.presses("Jonavos rajonas")
    both = await found(world, 11)
    shown = await boss.presses("✓ Kauno miestas")
    one = await found(world, 11)

    assert both is not None
    assert both.areas == {CITY, JONAVA}
    assert one is not None
    assert one.areas == {JONAVA}
    assert "[✓ Jonavos rajonas]" in shown


async def test_a_coordinator_keeps_a_last_area(world: World) -> None:
    boss = world.person(COORDINATOR, "Boss")
    await coordinator(world, 21, "Vida", CITY)

    await boss.says("/staff")
    await boss.presses("Vida")
    await boss.presses("Vietovės")
    shown = await boss.presses("✓ Kauno miestas")

    assert "atsakytų už visas" in shown
    assert (await found(world, 21)).areas == {CITY}  # type: ignore[union-attr]


@pytest.mark.parametrize("who", [COORDINATOR, 21, 13], ids=["from the settings", "oneself", "another area's"])
@pytest.mark.parametrize("do", ["remove-surely", "away-surely", "remove", "areas"])
async def test_nobody_is_changed_who_is_not_to_be(world: World, who: int, do: str) -> None:
    await colleague(world, 13, "Jonas", JONAVA)
    vida = await coordinator(world, 21, "Vida", None if who == COORDINATOR else CITY)
    target = await found(world, who)
    assert target is not None
    await vida.says("/staff")
    before = vida.sees

    await vida.presses_data(f"st:{do}:{target.id.hex}", vida.screen)

    assert vida.sees == before
    assert await found(world, who) == target


async def test_of_two_coordinators_who_remove_each_other_one_stays(world: World) -> None:
    first, second = await coordinator(world, 21, "Vida"), await coordinator(world, 22, "Jonas")
    for actor, name in ((first, "Jonas"), (second, "Vida")):
        await actor.says("/staff")
        await actor.presses(name)
        await actor.presses("Pašalinti")

    await first.presses("Taip")
    await second.presses("Taip")

    assert await found(world, 21) is not None
    assert await found(world, 22) is None


async def test_a_coordinator_of_an_area_invites_to_it_only(world: World) -> None:
    boss, new = await coordinator(world, 21, "Vida", CITY), world.person(31, "Ieva")

    offered = await boss.says("/invite")
    shown = await boss.presses("Koordinatorius: Kauno miestas")
    await new.opens(next(word for word in shown.split() if word.startswith("https://")))

    assert "Jonavos" not in offered
    assert (await found(world, 31)).areas == {CITY}  # type: ignore[union-attr]


async def test_a_worker_who_becomes_a_curator_keeps_no_case(world: World) -> None:
    await refer(world, LT)
    boss, rasa = world.person(COORDINATOR, "Boss"), await colleague(world, 11, "Rasa")
    await take(world, rasa)

    await boss.says("/invite")
    shown = await boss.presses("Turinio kuratorius")
    joined = await rasa.opens(next(word for word in shown.split() if word.startswith("https://")))

    curator = await found(world, 11)
    assert "turinio kuratorius" in joined
    assert "atvejų nematote" in joined
    assert curator is not None
    assert (curator.role, curator.areas) == (Role.CURATOR, frozenset())
    async with world.app.store.work() as work:
        assert (await work.referrals.queue())[0].owner is None


async def tell_waiting_list(boss: Actor) -> str:
    """The coordinator tells that a service has a waiting list."""
    await boss.says(f"/capacity {SERVICE}")
    await boss.presses("Pagalba į namus")
    return await boss.presses("Laukiančiųjų eilė")


@pytest.mark.parametrize("words", WORDS.values(), ids=WORDS)
async def test_a_waiting_list_is_told_with_the_answer_and_the_form(world: World, words: Words) -> None:
    told = await tell_waiting_list(await coordinator(world, 21, "Vida", CITY))
    code = words.code
    person = await arrive(world, words)

    await person.presses_data("e:help-at-home", person.screen)
    answer = person.sees
    form = await person.presses(words.about_this)

    assert "Kauno miestas: Laukiančiųjų eilė (24 lapkr. 2026)" in told
    assert QUEUE[code] in answer
    assert QUEUE[code] in form


async def test_it_is_told_for_60_days_and_only_where_it_is_true(world: World) -> None:
    await tell_waiting_list(await coordinator(world, 21, "Vida", CITY))
    person = await arrive(world, LT)

    world.clock.advance(timedelta(days=59))
    await person.presses_data("e:help-at-home", person.screen)
    fresh = person.sees
    world.clock.advance(timedelta(days=1))
    await person.presses_data("e:help-at-home", person.screen)
    old = person.sees
    neighbour = world.person(6, "Jonas")
    await neighbour.says("/start")
    await neighbour.presses(LT.go_on)
    await neighbour.presses("Jonavos")
    await neighbour.presses_data("e:help-at-home", neighbour.screen)

    assert QUEUE["lt"] in fresh
    assert "Laukiančiųjų eilė (tarnyba" not in old
    assert "Laukiančiųjų eilė (tarnyba" not in neighbour.sees


async def test_a_service_is_found_by_words_that_are_typed_after_the_command(world: World) -> None:
    boss = await coordinator(world, 21, "Vida", CITY)

    asked = await boss.says("/capacity")
    nothing = await boss.says("qwrtp zxcvb")
    listed = await boss.says(SERVICE)
    await boss.presses("Kita paslauga")
    cancelled = await boss.says("/cancel")

    assert "Parašykite, kaip paslauga vadinasi" in asked
    assert "neradau paslaugos" in nothing
    assert "[Pagalba į namus]" in listed
    assert "Menu" in cancelled or "Temos" in cancelled


async def test_a_coordinator_of_all_chooses_the_area(world: World) -> None:
    boss = world.person(COORDINATOR, "Boss")
    await boss.says("/capacity vaiko pinigai")

    first = boss.screen.labels[0]
    await boss.presses(first)
    await boss.presses("Kauno rajonas")
    shown = await boss.presses("Vietų yra")

    assert "Kauno rajonas: Vietų yra (24 lapkr. 2026)" in shown
    assert "Kauno miestas: nepranešta" in shown
