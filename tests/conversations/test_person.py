"""The person's side of a request: where it stands, messages, neutral news, a code, writing for another."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta

import pytest

from bot.intake.worker import Turn
from referrals.another import AgeBand, Agrees, Carer, Proxy, Relation
from referrals.consent import Purpose
from referrals.message import write_to_person
from referrals.referral import Referral
from tests.conversations.steps import WORDS, Words, arrive, fill_form, refer
from tests.conversations.test_desk import card, colleague, take
from tests.fakes.world import COORDINATOR, DESK, Actor, World

REFERENCE = re.compile(r"ATR-\w{4}-\w")
EVERY_LANGUAGE = pytest.mark.parametrize("words", WORDS.values(), ids=WORDS)
LT = WORDS["lt"]
NIGHT = datetime(2026, 11, 27, 20, 0, tzinfo=UTC)  # Friday, 22:00 in Vilnius
REST = (LT.skip, LT.area, LT.skip, LT.soon, LT.chat, LT.yes, LT.no, LT.language, LT.agree, LT.send)

SAYS = {
    "lt": {
        "add": "Parašyti žinutę",
        "kept": "Jūsų žinutė pridėta",
        "wrote": "Socialinis darbuotojas jums parašė",
        "reply": "Atsakyti",
        "messages": "Žinutės: 2",
        "place": "Jūsų vieta eilėje (Kauno miestas): 2.",
        "by": "iki lapkričio 27 d. (penktadienis)",
        "late": "To neįvyko, atsiprašome",
        "closed": "Darbuotojai vėl bus lapkričio 30 d. (pirmadienis) nuo 8:00",
        "news": "Yra naujienų dėl jūsų klausimo.",
        "show": "Rodyti",
        "code": "Kodas kitam telefonui",
        "wrong": "Šis kodas nieko neatveria",
        "wait": "Per daug neteisingų kodų",
        "young": "Man dar nėra 18",
        "under_14": "Mažiau nei 14",
        "leave": "Išeiti",
        "home": "Savais žodžiais parašykite",
    },
    "en": {
        "add": "Add a message",
        "kept": "Your message is kept",
        "wrote": "The social worker has written to you",
        "reply": "Reply",
        "messages": "Messages: 2",
        "place": "You are number 2 of those waiting in Kaunas city.",
        "by": "by Friday, 27 November",
        "late": "That has not happened, and we are sorry",
        "closed": "Somebody is there again on Monday, 30 November, from 8:00",
        "news": "There is news about your question.",
        "show": "Show",
        "code": "A code for another phone",
        "wrong": "This code opens nothing",
        "wait": "too many wrong codes",
        "young": "I am under 18",
        "under_14": "Under 14",
        "leave": "Leave",
        "home": "in your own words",
    },
    "uk": {
        "add": "Додати повідомлення",
        "kept": "Ваше повідомлення додано",
        "wrote": "Соціальний працівник вам написав",
        "reply": "Відповісти",
        "messages": "Повідомлення: 2",
        "place": "Ваше місце в черзі (місто Каунас): 2.",
        "by": "до 27 листопада (п",
        "late": "Цього не сталося, вибачте нам",
        "closed": "Працівники знову будуть 30 листопада (понеділок) з 8:00",
        "news": "Є новини щодо вашого запитання.",
        "show": "Показати",
        "code": "Код для іншого телефона",
        "wrong": "Цей код нічого не відкриває",
        "wait": "Забагато неправильних кодів",
        "young": "Мені ще немає 18",
        "under_14": "Менше ніж 14",
        "leave": "Вийти",
        "home": "своїми словами",
    },
}


async def newest(world: World) -> Referral:
    """The request that was sent last."""
    async with world.app.store.work() as work:
        return (await work.referrals.queue())[-1]


async def worker_writes(world: World, telegram_id: int, text: str) -> None:
    """The owner of the newest request answers."""
    referral = await newest(world)
    async with world.app.store.work() as work:
        worker = await work.workers.find(telegram_id)
        await write_to_person(work, worker, referral.id, text, now=world.clock.now())
        await world.app.worker._handling.tell(Turn(work, world.clock.now()))
        await work.commit()
    await world.settle()


async def own(person: Actor) -> str:
    """The screen of the person's newest request."""
    await person.says("/mine")
    return await person.presses("ATR-")


async def refer_with(world: World, *labels: str, telegram_id: int = 5, words: Words = LT) -> Actor:
    """A person who presses these buttons from the first question on."""
    person = await arrive(world, words, telegram_id)
    await person.says("/worker")
    for label in labels:
        await person.presses(label)
    return person


@EVERY_LANGUAGE
async def test_a_request_tells_its_place_its_day_and_whom_to_call(world: World, words: Words) -> None:
    says = SAYS[words.code]
    await refer(world, words, 4)
    world.clock.advance(timedelta(minutes=1))
    person = await refer(world, words, 5)
    receipt = person.sees

    shown = await own(person)

    assert says["by"] in receipt
    assert says["place"] in shown
    assert says["by"] in shown
    assert "116 123" in shown  # "in the next few days" is urgent


async def test_the_place_goes_up_and_is_gone_once_somebody_has_the_request(world: World) -> None:
    await refer(world, LT, 4)
    world.clock.advance(timedelta(minutes=1))
    person = await refer(world, LT, 5)
    rasa = world.person(COORDINATOR, "Rasa")

    async with world.app.store.work() as work:
        first, second = await work.referrals.queue()
    await rasa.presses_data(f"take:{first.id.hex}", card(world))
    moved_up = await own(person)
    await rasa.presses_data(f"take:{second.id.hex}", card(world))
    taken = await own(person)

    assert "(Kauno miestas): 1." in moved_up
    assert "vieta eilėje" not in taken
    assert "Prašymą turi socialinis darbuotojas" in taken


@EVERY_LANGUAGE
async def test_a_day_that_has_passed_is_admitted_and_no_new_one_is_promised(
    world: World, words: Words
) -> None:
    says = SAYS[words.code]
    person = await refer(world, words)
    world.clock.advance(timedelta(days=3, hours=8))  # the promised day itself, after hours
    same_day = await own(person)
    world.clock.advance(timedelta(days=1))

    later = await own(person)

    assert says["late"] not in same_day
    assert says["late"] in later
    assert REFERENCE.sub("", later).count("27") == 1  # the label may hold any figures


@EVERY_LANGUAGE
async def test_at_night_the_review_says_when_somebody_is_there_and_whom_to_call(
    world: World, words: Words
) -> None:
    world.clock.advance(NIGHT - world.clock.now())
    person = await arrive(world, words)
    await person.says("/worker")

    review = await fill_form(person, words)

    assert SAYS[words.code]["closed"] in review
    for number in ("112", "116 123", "116 111"):
        assert number in review


async def test_what_can_wait_needs_no_numbers_and_by_day_nothing_is_closed(world: World) -> None:
    world.clock.advance(NIGHT - world.clock.now())
    labels = [LT.for_me, LT.skip, LT.area, LT.skip, "Gali palaukti", *REST[4:-1]]
    patient = await refer_with(world, *labels)
    night = patient.sees
    world.clock.advance(timedelta(days=2, hours=12))  # Monday morning
    hurried = await refer_with(
        world, LT.for_me, LT.skip, LT.area, LT.skip, "Šiandien", *REST[4:-1], telegram_id=6
    )
    day = hurried.sees

    assert "nedirba" in night
    assert "116 123" not in night
    assert "nedirba" not in day
    assert "skambinkite 112" in day


@EVERY_LANGUAGE
async def test_messages_go_both_ways_and_neither_account_is_seen(world: World, words: Words) -> None:
    says = SAYS[words.code]
    person = await refer(world, words)
    rasa = await colleague(world, 11, "Rasa")
    await take(world, rasa)
    await own(person)

    await person.presses(says["add"])
    kept = await person.says("canary: rytoj manęs nebus")
    told = rasa.sees
    await worker_writes(world, 11, "Ateisiu trečiadienį.")
    heard = person.sees
    await person.presses(says["reply"])
    await person.says("gerai")
    await own(person)
    await person.presses(says["messages"][:-1] + "3")

    assert says["kept"] in kept
    assert "žmogus parašė" in told
    assert "canary" not in told
    assert says["wrote"] in heard
    assert "Ateisiu trečiadienį." in heard
    for text in ("canary: rytoj manęs nebus", "Ateisiu trečiadienį.", "gerai"):
        assert text in person.sees
    for secret in ("Rasa", "11"):
        assert secret not in heard
    assert "canary" not in world.telegram.chats[DESK][-1].transcript()


async def test_a_message_to_a_request_nobody_has_marks_the_desks_card_without_its_words(world: World) -> None:
    person = await refer(world, LT)
    await own(person)
    before = card(world).text

    await person.presses("Parašyti žinutę")
    await person.says("canary-message")

    after = card(world).text
    assert "parašė žinutę" not in before
    assert "Žmogus parašė žinutę" in after
    assert "canary" not in "".join(each.transcript() for each in world.telegram.chats[DESK])


async def test_what_follows_one_message_is_a_question_again(world: World) -> None:
    person = await refer(world, LT)
    await own(person)
    await person.presses("Parašyti žinutę")
    await person.says("pirma")

    answer = await person.says(LT.question)

    assert answer.startswith("Pagalba į namus")
    referral = await newest(world)
    async with world.app.store.work() as work:
        assert [each.text for each in await work.messages.of(referral.id)] == ["pirma"]


async def test_despair_in_a_message_brings_the_numbers_and_is_kept_and_comes_first(world: World) -> None:
    person = await refer(world, LT)
    await own(person)
    await person.presses("Parašyti žinutę")
    before = len(world.telegram.chats[5])

    await person.says("nebenoriu gyventi")

    panel, kept = world.telegram.chats[5][before:]
    referral = await newest(world)
    assert "116 123" in panel.text
    assert "pridėta" in kept.text
    assert referral.crisis is not None
    assert referral.is_pressing


async def test_a_long_message_is_refused_kindly_and_a_closed_request_takes_none(world: World) -> None:
    person = await refer(world, LT)
    await own(person)
    shown, data = person.find_button("Parašyti žinutę")
    await person.presses_data(data, shown)

    refused = await person.says("ž" * 1001)
    kept = await person.says("trumpai")
    await own(person)
    await person.presses(LT.withdraw)
    await person.presses_data(data, shown)

    assert "1000 ženklų" in refused
    assert "pridėta" in kept
    assert "uždarytas" in person.sees


async def test_nobody_writes_to_or_reads_somebody_elses_request(world: World) -> None:
    await refer(world, LT, 5)
    thief = await arrive(world, LT, 6)
    referral = await newest(world)

    for prefix in ("rm", "rl", "rc", "rk"):
        await thief.presses_data(f"{prefix}:{referral.id.hex}", thief.screen)
        assert "nebe" in thief.sees
        assert referral.reference not in thief.sees
    await thief.says("labas")

    async with world.app.store.work() as work:
        assert await work.messages.count(referral.id) == 0


async def test_who_must_not_be_written_to_finds_messages_in_mine(world: World) -> None:
    labels = [LT.for_me, LT.skip, LT.area, LT.skip, LT.soon, LT.chat, LT.no, LT.language, LT.agree, LT.send]
    person = await refer_with(world, *labels)
    await take(world, world.person(COORDINATOR, "Rasa"))
    before = person.transcript

    await worker_writes(world, COORDINATOR, "Laukiame jūsų.")

    assert person.transcript == before
    await own(person)
    assert "Laukiame jūsų." in await person.presses("Žinutės: 1")


@EVERY_LANGUAGE
async def test_a_phone_that_others_see_hears_only_that_there_is_news(world: World, words: Words) -> None:
    says = SAYS[words.code]
    labels = [words.for_me, words.skip, words.area, words.skip, words.soon, words.chat, words.yes]
    person = await refer_with(world, *labels, words.yes, words.language, words.agree, words.send, words=words)
    rasa = await colleague(world, 11, "Rasa")
    before = len(world.telegram.chats[5])

    case = await take(world, rasa)
    await rasa.presses("Priimti")
    await worker_writes(world, 11, "slaptas tekstas")

    news = world.telegram.chats[5][before:]
    assert len(news) == 3
    assert {each.text for each in news} == {says["news"]}
    assert {label for each in news for label in each.labels} == {says["show"]}
    assert "žiūrėti kiti" in case
    assert "ATR-" in await person.presses(says["show"])


@EVERY_LANGUAGE
async def test_a_code_shows_the_state_on_another_phone_and_nothing_that_was_told(
    world: World, words: Words
) -> None:
    says = SAYS[words.code]
    person = await arrive(world, words)
    await person.says("/worker")
    await fill_form(person, words, need="canary-need", phone="+370 612 34567", name="Canary-Name")
    await person.presses(words.send)
    shown = await person.presses(says["code"])
    code = next(line for line in shown.splitlines() if line.replace(" ", "").isdigit())
    other = await arrive(world, words, 6)

    await other.says("/code")
    state = await other.says(code)
    await other.presses(says["add"])
    kept = await other.says("rašau iš kito telefono")

    assert [len(part) for part in code.split()] == [4, 4, 4, 4]
    assert says["by"] in state
    assert says["kept"] in kept
    for secret in ("anary", "612"):
        assert secret not in other.transcript
    async with world.app.store.work() as work:
        written = await work.messages.of((await work.referrals.queue())[-1].id)
    assert [each.text for each in written] == ["rašau iš kito telefono"]


async def test_the_numbers_beside_a_code_do_not_tell_what_was_told(world: World) -> None:
    person = await arrive(world, LT)
    await person.says("vyras mane muša")
    await person.says("/worker")
    await fill_form(person, LT)
    shown = (await person.presses(LT.send)) and await person.presses("Kodas kitam telefonui")
    code = next(line for line in shown.splitlines() if line.replace(" ", "").isdigit())
    other = await arrive(world, LT, 6)

    state = await other.says(code)

    assert (await newest(world)).crisis == "violence"
    assert "smurt" not in state
    assert "116 123" in state
    assert "smurt" in await own(person)


async def test_the_code_opens_nothing_but_its_request_and_only_for_an_hour(world: World) -> None:
    person = await refer(world, LT, 5)
    shown = await person.presses("Kodas kitam telefonui")
    code = next(line for line in shown.splitlines() if line.replace(" ", "").isdigit())
    stranger_of = await refer(world, LT, 7)
    foreign = await newest(world)
    other = await arrive(world, LT, 6)
    await other.says(code.replace(" ", ""))
    shown_there, data = other.find_button("Parašyti žinutę")

    for forged in (f"rm:{foreign.id.hex}", f"r:{foreign.id.hex}", f"rl:{foreign.id.hex}"):
        await other.presses_data(forged, other.screen)
        assert "ATR-" not in other.sees
    world.clock.advance(timedelta(minutes=61))
    await other.presses_data(data, shown_there)

    assert "Parašykite žinutę." not in other.sees
    assert stranger_of.id == 7


@EVERY_LANGUAGE
async def test_wrong_and_unknown_codes_get_one_answer_and_the_sixth_try_waits(
    world: World, words: Words
) -> None:
    says = SAYS[words.code]
    person = await refer(world, words, 5)
    shown = await person.presses(says["code"])
    code = next(line for line in shown.splitlines() if line.replace(" ", "").isdigit())
    nearly = code[:-1] + str((int(code[-1]) + 1) % 10)
    thief = await arrive(world, words, 6)
    await thief.says("/code")

    answers = [await thief.says(each) for each in (nearly, "1" * 16, "2" * 16, nearly, "3" * 16)]
    sixth = await thief.says(code)
    world.clock.advance(timedelta(minutes=61))
    later = await thief.says(code)

    assert len(set(answers)) == 1
    assert says["wrong"] in answers[0]
    assert says["wait"] in sixth
    assert says["by"] in later


async def test_digits_never_reach_the_search_for_answers(world: World) -> None:
    person = await arrive(world, LT)
    await person.says("/code")

    words_instead = await person.says("kas čia?")
    digits = await person.says("1234 5678 9012 3456")
    await person.says("/menu")
    unasked = await person.says("1234-5678-9012-3456")

    assert "16 skaitmenų" in words_instead
    assert "nieko neatveria" in digits
    assert "nieko neatveria" in unasked
    async with world.app.store.work() as work:
        talk = await work.conversations.read("1:5:5:None:default")
    assert "question" not in talk.get("data", {})  # type: ignore[operator]


async def test_despair_where_a_code_is_asked_for_brings_the_numbers(world: World) -> None:
    person = await arrive(world, LT)
    await person.says("/code")
    before = len(world.telegram.chats[5])

    await person.says("nebenoriu gyventi")

    assert "116 123" in world.telegram.chats[5][before].text


async def test_somebody_writes_for_a_mother_who_cannot_agree(world: World) -> None:
    person = await refer_with(world, "Artimam žmogui", "Mano mama", "dėl ligos")
    await person.says("Birutė")
    await person.says("Ona")
    for label in REST[1:]:
        await person.presses(label)
    case = await take(world, world.person(COORDINATOR, "Rasa"))

    referral = await newest(world)
    assert referral.details.name == "Birutė"
    assert referral.details.proxy == Proxy("Ona", Relation.PARENT, Agrees.CANNOT)
    for told in ("Vardas to, kam reikia pagalbos: Birutė", "Vardas to, kas rašo: Ona", "Mano mama", "⚠️"):
        assert told in case


async def test_of_somebody_who_does_not_know_no_name_is_asked_and_the_worker_sees_it(world: World) -> None:
    person = await refer_with(world, "Kitam žmogui", "Kaimynas", "nežino")
    told = person.sees
    for label in REST:
        await person.presses(label)
    case = await take(world, world.person(COORDINATOR, "Rasa"))

    assert "be šio žmogaus žinios" in told
    assert "Kaip darbuotojui į jus kreiptis" in told
    assert "⚠️ Ar žino apie prašymą: Ne, nežino" in case


async def test_a_child_nobody_looks_after_is_a_reason_to_call_at_once(world: World) -> None:
    person = await refer_with(world, "Mano vaikui", "7–13", "Niekas")
    told = person.sees
    await person.says("Jonas")
    for label in REST:
        await person.presses(label)

    referral = await newest(world)
    assert "skambinkite 112" in told
    assert (referral.details.age, referral.details.carer) == (AgeBand.FROM_7, Carer.NOBODY)
    assert referral.details.name == "Jonas"


@EVERY_LANGUAGE
async def test_a_child_who_asks_gets_the_childrens_line_and_its_yes_is_not_relied_on(
    world: World, words: Words
) -> None:
    says = SAYS[words.code]
    person = await refer_with(world, says["young"], says["under_14"], words=words)
    told = person.sees
    labels = (words.skip, words.area, words.skip, words.soon, words.chat, words.yes, words.no, words.language)
    for label in labels:
        await person.presses(label)
    notice, labels_there = person.sees, person.screen.labels
    await person.presses(labels_there[0])
    await person.presses(words.send)

    referral = await newest(world)
    async with world.app.store.work() as work:
        purpose = (await work.connection.exec_driver_sql("SELECT purpose FROM consents")).scalar_one()
    assert "116 111" in told
    assert "14" in notice
    assert words.agree not in labels_there
    assert purpose == Purpose.NOTICE_TO_CHILD
    assert referral.details.is_from_child
    assert "Prašo pats vaikas" in card(world).text


async def test_how_to_be_reached_is_changed_and_the_worker_hears_of_it(world: World) -> None:
    person = await refer(world, LT)
    rasa = await colleague(world, 11, "Rasa")
    await take(world, rasa)
    await own(person)

    await person.presses("Keisti, kaip mane pasiekti")
    await person.presses(LT.phone)
    refused = await person.says("nesakysiu")
    await person.says("8 612 34567")
    for label in (LT.yes, LT.yes, LT.yes, "Vakare", LT.no):
        await person.presses(label)
    done = person.sees

    details = (await newest(world)).details
    assert "+370 612 34567" in refused
    assert "Pakeista" in done
    assert (details.phone, details.phone_is_own, details.discreet) == ("+37061234567", False, True)
    assert "pakeitė, kaip su juo susisiekti" in rasa.sees
    assert "612" not in rasa.sees
    case = await rasa.presses("Atverti atvejį")
    assert "+370 612 34567" in case


async def test_half_a_change_changes_nothing(world: World) -> None:
    person = await refer(world, LT)
    before = (await newest(world)).details
    await own(person)
    await person.presses("Keisti, kaip mane pasiekti")
    await person.presses(LT.phone)
    await person.says("8 612 34567")

    await person.presses("Nieko nekeisti")
    answer = await person.says(LT.question)

    assert (await newest(world)).details == before
    assert answer.startswith("Pagalba į namus")


@EVERY_LANGUAGE
async def test_one_press_leaves_a_question_for_a_screen_that_says_nothing(world: World, words: Words) -> None:
    says = SAYS[words.code]
    person = await arrive(world, words)
    await person.says("/worker")
    await person.presses(words.for_me)
    step = person.screen

    shown = await person.presses(says["leave"])

    assert person.screen.message_id == step.message_id
    assert says["home"] in shown
    assert "✍️" not in shown
    assert (await person.says(words.question)) != shown


@pytest.mark.parametrize("where", ["Parašyti žinutę", "/code", "/check", "Keisti, kaip"])
@pytest.mark.parametrize("typed", ["/delete", "/mydata", "/privacy", "/worker", "/mine"])
async def test_a_command_is_a_command_wherever_it_is_typed(world: World, where: str, typed: str) -> None:
    person = await refer(world, LT)
    await person.says(typed)
    elsewhere = await person.says(typed)
    await own(person)
    await (person.says(where) if where.startswith("/") else person.presses(where))

    seen = await person.says(typed)

    referral = await newest(world)
    async with world.app.store.work() as work:
        assert await work.messages.of(referral.id) == []
    assert seen == elsewhere
