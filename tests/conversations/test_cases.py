"""The worker's own desk: the queue, one case, notes, answers, handing over, partners, duplicates."""

from __future__ import annotations

from uuid import UUID, uuid4

import pytest
from sqlalchemy import text

from bot.buttons.case import AnswerPartner, CaseDo, OpenPartner, short
from bot.buttons.queue import EPOCH, FURTHEST, MICROSECOND, Desk, Page, Sift
from bot.language import LANGUAGES, gettext, speaking
from bot.views.templates import PLACE, TEMPLATES, filled, group_words, slot_words
from referrals.access import Act, Why
from referrals.message import TEXT_LIMIT
from referrals.queue import Position
from referrals.reference import check_sign, read_reference
from referrals.referral import Area, Referral, Status
from tests.conversations.steps import WORDS, Words, arrive, fill_form, refer
from tests.conversations.test_desk import card, colleague, take
from tests.fakes.world import COORDINATOR, DESK, Actor, World

EVERY_LANGUAGE = pytest.mark.parametrize("words", WORDS.values(), ids=WORDS)
LT = WORDS["lt"]
CANARY = "canary-need"
PROVIDED = "child-day-centres"
DOS = ("reply", "group", "ready", "send", "note", "over", "to", "to!", "area", "area!")
DOS_TOO = ("onward", "partner", "ask", "twins", "same", "other", "history", "why")


async def refer_with_everything(world: World, words: Words = LT, telegram_id: int = 5) -> Actor:
    """A person asks about an entry that partners give, with name, phone and need."""
    person = await arrive(world, words, telegram_id)
    await person.presses_data(f"w:{PROVIDED}", person.screen)
    await fill_form(person, words, need=CANARY, phone="+370 612 34567", name="Canary")
    await person.presses(words.send)
    return person


async def newest(world: World) -> Referral:
    """The open referral that was sent last."""
    async with world.app.store.work() as work:
        return (await work.referrals.queue())[-1]


async def refused(world: World) -> int:
    """How many tries were recorded."""
    async with world.app.store.work() as work:
        rows = await work.connection.execute(text("SELECT count(*) FROM records WHERE NOT allowed"))
        return int(rows.scalar_one())


# the queue


async def test_the_queue_is_masked_and_a_line_opens_what_may_be_opened(world: World) -> None:
    await refer_with_everything(world)
    rasa = await colleague(world, 11, "Rasa")

    home = await rasa.says("/work")
    queue = await rasa.presses("Eilė")
    opened = await rasa.presses("ATR-")
    case = await rasa.presses("Paimti")

    assert "Atvirų jūsų eilėje: 1" in home
    assert "laukia darbuotojo" in queue
    for secret in ("anary", "612", "Ona"):
        assert secret not in home + queue + opened
    assert CANARY in case


async def test_every_row_is_met_once_by_turning_pages(world: World) -> None:
    for number in range(19):
        await refer(world, LT, 100 + number)
    rasa = await colleague(world, 11, "Rasa")
    await rasa.says("/work")
    await rasa.presses("Eilė")
    pages = [[label for label in rasa.screen.labels if "ATR-" in label]]

    for _page in range(2):
        await rasa.presses("Toliau")
        pages.append([label for label in rasa.screen.labels if "ATR-" in label])
    is_last = "Toliau ▶️" not in rasa.screen.labels
    await rasa.presses("◀️ Atgal")
    back = [label for label in rasa.screen.labels if "ATR-" in label]

    assert [len(page) for page in pages] == [8, 8, 3]
    assert len({label for page in pages for label in page}) == 19
    assert is_last
    assert back == pages[1]


async def test_what_is_chosen_stays_chosen_until_everything_is_shown_again(world: World) -> None:
    await refer(world, LT, 5)
    await refer(world, WORDS["uk"], 6)
    rasa = await colleague(world, 11, "Rasa")
    await rasa.says("/work")
    await rasa.presses("Eilė")
    await rasa.presses("Rinktis, ką matyti")

    chosen = await rasa.presses("Українська")
    await rasa.presses("Rodyti")
    ukrainian = [label for label in rasa.screen.labels if "ATR-" in label]
    await rasa.presses("Rinktis, ką matyti")
    await rasa.presses("Rodyti visus")
    everything = [label for label in rasa.screen.labels if "ATR-" in label]

    assert "Rastas 1 prašymas" in chosen
    assert "✓ Українська" in chosen
    assert (len(ukrainian), len(everything)) == (1, 2)


@pytest.mark.parametrize(
    "typed", ["{0}", "{1}", " {2} ", "{3}"], ids=["whole", "no prefix", "small", "no hyphen"]
)
async def test_a_request_is_found_by_its_number(world: World, typed: str) -> None:
    await refer_with_everything(world)
    rasa = await colleague(world, 11, "Rasa")
    reference = (await newest(world)).reference
    forms = (reference, reference[4:], reference.lower(), reference.replace("-", ""))
    await rasa.says("/work")

    found = await rasa.says(typed.format(*forms))

    assert reference in found
    assert "Atverti atvejį" in found
    assert "anary" not in found


async def test_not_theirs_and_not_there_are_answered_alike_and_recorded(world: World) -> None:
    await refer_with_everything(world)
    jonas = await colleague(world, 13, "Jonas", "jonava-district")
    theirs = (await newest(world)).reference
    free = next(code for code in ("2345", "5432") if code not in theirs)
    await jonas.says("/work")

    foreign = await jonas.says(theirs)
    unknown = await jonas.says(f"{free}-{check_sign(free)}")

    assert foreign == unknown
    assert "tokiu numeriu nėra" in foreign
    assert await refused(world) == 2


async def test_whoever_is_no_worker_finds_no_desk(world: World) -> None:
    await refer_with_everything(world)
    stranger = await arrive(world, LT, 66)
    seen = await stranger.says("/work")
    before = stranger.transcript

    for data in (Desk(to="all"), Sift(by="mine", value="on"), Page(way="n", rank=0, at=0, id=uuid4())):
        await stranger.presses_data(data.pack(), stranger.screen)

    assert "nėra ko atverti" in seen
    assert stranger.transcript == before
    assert await refused(world) == 4


# one case


@pytest.mark.parametrize("do", [*DOS, *DOS_TOO])
async def test_a_forged_press_of_another_area_gets_nothing_and_is_recorded(world: World, do: str) -> None:
    person = await refer_with_everything(world)
    rasa, jonas = await colleague(world, 11, "Rasa"), await colleague(world, 13, "Jonas", "jonava-district")
    await take(world, rasa)
    referral = await newest(world)
    before, heard = jonas.transcript, person.transcript

    value = Why.COMPLAINT if do == "why" else ""
    await jonas.presses_data(CaseDo(do=do, referral=referral.id, value=value).pack(), jonas.screen)
    await jonas.presses_data(CaseDo(do=do, referral=uuid4(), value=value).pack(), jonas.screen)  # type: ignore[arg-type]

    assert (jonas.transcript, person.transcript) == (before, heard)
    assert await refused(world) == 2
    assert await newest(world) == referral


@pytest.mark.parametrize("do", [*DOS, *DOS_TOO])
async def test_a_case_is_worked_on_in_private_only(world: World, do: str) -> None:
    await refer_with_everything(world)
    rasa = await colleague(world, 11, "Rasa")
    await take(world, rasa)
    referral = await newest(world)
    before = [shown.transcript() for shown in world.telegram.chats[DESK]]

    await rasa.presses_data(CaseDo(do=do, referral=referral.id).pack(), card(world))

    assert [shown.transcript() for shown in world.telegram.chats[DESK]] == before


async def test_a_coordinator_says_why_before_a_colleagues_case_opens(world: World) -> None:
    await refer_with_everything(world)
    rasa, boss = await colleague(world, 11, "Rasa"), world.person(COORDINATOR, "Vida")
    await take(world, rasa)
    referral = await newest(world)

    asked = await boss.opens(world.app.links.to_case(referral.id))
    opened = await boss.presses("Gautas skundas")
    history = await boss.presses("Atvejo istorija")
    async with world.app.store.work() as work:
        rows = await work.connection.execute(
            text("SELECT why FROM records WHERE act = 'open' ORDER BY position")
        )
        whys = list(rows.scalars())

    assert "Kodėl jį atveriate?" in asked
    assert "anary" not in asked
    assert CANARY in opened
    assert "Paimta · Rasa" in history
    assert whys == [None, "complaint"]


@pytest.mark.parametrize("do", ["history", "partner"])
async def test_no_side_door_shows_a_colleagues_case_without_a_reason(world: World, do: str) -> None:
    await refer_with_everything(world)
    rasa, boss = await colleague(world, 11, "Rasa"), world.person(COORDINATOR, "Vida")
    await take(world, rasa)
    referral = await newest(world)
    await rasa.presses("Nukreipti toliau")
    partner = CaseDo.unpack(rasa.find_button(rasa.screen.labels[0])[1]).value
    await boss.says("/work")

    await boss.presses_data(CaseDo(do=do, referral=referral.id, value=partner).pack(), boss.screen)

    assert "Kodėl jį atveriate?" in boss.sees
    assert "anary" not in boss.transcript


async def test_after_handing_back_a_worker_sees_the_card_only(world: World) -> None:
    await refer_with_everything(world)
    rasa = await colleague(world, 11, "Rasa")
    await take(world, rasa)

    seen = await rasa.presses("Grąžinti į eilę")

    assert "laukia darbuotojo" in seen
    assert "anary" not in seen


async def test_a_note_stays_among_colleagues(world: World) -> None:
    person = await refer_with_everything(world)
    rasa = await colleague(world, 11, "Rasa")
    await take(world, rasa)
    before = person.transcript

    await rasa.presses("Pastaba")
    case = await rasa.says("slapta pastaba")
    again = await rasa.says("tai jau nebe pastaba")

    group = "\n".join(shown.transcript() for shown in world.telegram.chats[DESK])
    assert "Pastaba išsaugota" in case
    assert "slapta pastaba" in case
    assert person.transcript == before
    assert "slapta" not in group
    assert "Pastaba išsaugota" not in again


async def test_a_command_is_no_note(world: World) -> None:
    await refer_with_everything(world)
    rasa = await colleague(world, 11, "Rasa")
    await take(world, rasa)

    await rasa.presses("Pastaba")
    await rasa.says("/work")
    referral = await newest(world)
    async with world.app.store.work() as work:
        notes = await work.notes.of(referral.id)

    assert notes == []


async def test_what_is_typed_goes_to_no_case_that_was_given_up_meanwhile(world: World) -> None:
    await refer_with_everything(world)
    rasa = await colleague(world, 11, "Rasa")
    await take(world, rasa)
    referral = await newest(world)
    await rasa.presses("Pastaba")
    async with world.app.store.work() as work:
        await work.connection.execute(text("UPDATE referrals SET owner = NULL"))
        await work.commit()

    seen = await rasa.says("pastaba")

    async with world.app.store.work() as work:
        assert await work.notes.of(referral.id) == []
    assert "nėra ko atverti" in seen
    assert await refused(world) == 1


# answering


@EVERY_LANGUAGE
async def test_a_ready_reply_is_read_by_each_in_their_language(world: World, words: Words) -> None:
    await refer_with_everything(world, words)
    rasa = await colleague(world, 11, "Rasa")
    await take(world, rasa)
    referral = await newest(world)

    await rasa.presses("Atsakyti")
    await rasa.presses("Laukimas")
    await rasa.presses("3.")
    shown = await rasa.says("2026-12-03")
    await rasa.presses("Siųsti")
    async with world.app.store.work() as work:
        sent = await work.messages.of(referral.id)

    assert [message.text for message in sent] == [filled("longer", "2026-12-03", words.code)]
    assert sent[0].template == "longer"
    assert filled("longer", "2026-12-03", "lt") in shown
    assert filled("longer", "2026-12-03", words.code) in shown
    assert "išsiųstas" in rasa.sees


async def test_own_words_are_sent_as_typed_once_and_not_before_they_are_confirmed(world: World) -> None:
    await refer_with_everything(world, WORDS["uk"])
    rasa = await colleague(world, 11, "Rasa")
    await take(world, rasa)
    referral = await newest(world)
    await rasa.presses("Atsakyti")

    confirm = await rasa.says("Ateikite rytoj 9 val.")
    async with world.app.store.work() as work:
        before = await work.messages.of(referral.id)
    shown, data = rasa.find_button("Siųsti")
    await rasa.presses_data(data, shown)
    await rasa.presses_data(data, shown)
    async with world.app.store.work() as work:
        after = await work.messages.of(referral.id)

    assert "Žmogus skaito: Українська" in confirm
    assert before == []
    assert [message.text for message in after] == ["Ateikite rytoj 9 val."]
    assert world.telegram.toasts[-1].text == "Šis atsakymas jau išsiųstas arba pakeistas."


async def test_an_older_send_button_sends_no_newer_draft(world: World) -> None:
    await refer_with_everything(world)
    rasa = await colleague(world, 11, "Rasa")
    await take(world, rasa)
    await rasa.presses("Atsakyti")
    await rasa.says("pirmas")
    shown, old = rasa.find_button("Siųsti")
    await rasa.says("antras")

    await rasa.presses_data(old, shown)

    referral = await newest(world)
    async with world.app.store.work() as work:
        assert await work.messages.of(referral.id) == []


async def test_a_send_button_of_one_case_sends_nothing_in_another(world: World) -> None:
    await refer_with_everything(world, LT, 5)
    await refer_with_everything(world, LT, 6)
    rasa = await colleague(world, 11, "Rasa")
    await take(world, rasa)
    first = await newest(world)
    await rasa.presses("Atsakyti")
    await rasa.says("tik Onai")
    async with world.app.store.work() as work:
        other = next(each for each in await work.referrals.queue() if each.id != first.id)
        await work.connection.execute(
            text("UPDATE referrals SET owner = (SELECT owner FROM referrals WHERE owner IS NOT NULL)")
        )
        await work.commit()

    forged = CaseDo(do="send", referral=other.id, value=short("tik Onai"))
    await rasa.presses_data(forged.pack(), rasa.screen)

    async with world.app.store.work() as work:
        assert await work.messages.of(other.id) == []


# handing over


@EVERY_LANGUAGE
async def test_a_colleague_gets_the_case_and_the_person_a_calm_sentence(world: World, words: Words) -> None:
    person = await refer_with_everything(world, words)
    rasa, mantas = await colleague(world, 11, "Rasa"), await colleague(world, 12, "Mantas")
    await colleague(world, 13, "Jonas", "jonava-district")
    await take(world, rasa)

    choice = await rasa.presses("Perduoti")
    await rasa.presses("Mantas")
    await rasa.presses("Taip, perduoti")
    told = mantas.sees
    case = await mantas.presses("Atverti atvejį")

    calm = {"lt": "rūpinasi kitas", "en": "Another social worker", "uk": "інший соціальний працівник"}
    assert "Jonas" not in choice
    assert "jums perdavė Rasa" in told
    assert CANARY in case
    assert calm[words.code] in person.sees
    assert "Darbuotojas: Mantas" in card(world).text


async def test_another_desk_gets_a_new_card_and_the_old_one_takes_nothing(world: World) -> None:
    await refer_with_everything(world)
    rasa = await colleague(world, 11, "Rasa")
    await take(world, rasa)
    cards = len(world.telegram.chats[DESK])

    await rasa.presses("Perduoti")
    await rasa.presses("Jonavos rajonas")
    done = await rasa.presses("Taip, perduoti")
    referral = await newest(world)

    old, new = world.telegram.chats[DESK][cards - 1], world.telegram.chats[DESK][-1]
    assert "Perduota: Jonavos rajonas" in done
    assert (referral.area, referral.owner, referral.status) == ("jonava-district", None, Status.REQUESTED)
    assert old.labels == []
    assert "Jonavos rajonas" in new.text
    assert "Paimti" in new.labels
    jonas = await colleague(world, 13, "Jonas", "jonava-district")
    await take(world, jonas)
    assert "Perduota kitai tarnybai" in old.text
    assert "Darbuotojas: Jonas" in world.telegram.chats[DESK][-1].text


async def test_whoever_went_away_meanwhile_gets_nothing(world: World) -> None:
    await refer_with_everything(world)
    rasa, _mantas = await colleague(world, 11, "Rasa"), await colleague(world, 12, "Mantas")
    await take(world, rasa)
    await rasa.presses("Perduoti")
    await rasa.presses("Mantas")
    async with world.app.store.work() as work:
        blind = work.cells.blind("telegram", 12)
        query = text("UPDATE workers SET away = true WHERE telegram_blind = :blind")
        await work.connection.execute(query, {"blind": blind})
        await work.commit()
    before = await newest(world)

    again = await rasa.presses("Taip, perduoti")

    assert "Mantas" not in again
    assert await newest(world) == before


# partners


async def ask_for_partner(world: World, rasa: Actor) -> str:
    """Choose the first partner and ask the person; returns its name."""
    await rasa.presses("Nukreipti toliau")
    name = rasa.screen.labels[0]
    await rasa.presses(name)
    await rasa.presses("Klausti žmogaus")
    return name


async def only_question(world: World) -> UUID:
    """The id of the question that was asked."""
    referral = await newest(world)
    async with world.app.store.work() as work:
        return (await work.onwards.of(referral.id))[0].id


@EVERY_LANGUAGE
async def test_a_partner_is_told_exactly_what_the_person_agreed_to(world: World, words: Words) -> None:
    person = await refer_with_everything(world, words)
    rasa = await colleague(world, 11, "Rasa")
    await take(world, rasa)
    name = await ask_for_partner(world, rasa)
    with speaking(words.code):
        yes = gettext("Yes, share it")

    question = person.sees
    await person.presses(yes)
    answer = rasa.sees
    told = await rasa.presses("Tekstas")
    async with world.app.store.work() as work:
        rows = await work.connection.execute(
            text("SELECT text_sha256, language FROM consents WHERE purpose = 'partners'")
        )
        consents = rows.all()

    assert name.rstrip("…") in question
    for shared in ("Canary", "+370 612 34567", CANARY):
        assert shared in question
        assert shared in told
    assert "žmogus sutiko" in answer
    assert [row[1] for row in consents] == [words.code]
    assert not rasa.screen.protected  # the one text that is meant to be copied


async def test_without_a_yes_no_text_is_ever_made(world: World) -> None:
    person = await refer_with_everything(world)
    rasa = await colleague(world, 11, "Rasa")
    await take(world, rasa)
    await ask_for_partner(world, rasa)
    forged = OpenPartner(onward=await only_question(world)).pack()
    before = rasa.transcript

    await rasa.presses_data(forged, rasa.screen)
    unanswered = rasa.transcript
    await person.presses("Ne, neperduoti")
    told = rasa.sees
    await rasa.presses_data(forged, rasa.screen)

    assert unanswered == before
    assert "nenori" in told
    assert "Perduokite tik šį tekstą" not in rasa.transcript
    assert world.telegram.toasts[-1].text.startswith("Žmogus nesutiko")
    async with world.app.store.work() as work:
        assert await work.records.count(Act.REFER_ONWARD) == 1  # the question alone


async def test_a_desk_that_forgot_the_consent_would_be_caught(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("referrals.onward.Onward.has_consent", property(lambda _self: True))
    await refer_with_everything(world)
    rasa = await colleague(world, 11, "Rasa")
    await take(world, rasa)
    await ask_for_partner(world, rasa)

    await rasa.presses_data(OpenPartner(onward=await only_question(world)).pack(), rasa.screen)

    assert "Perduokite tik šį tekstą" in rasa.transcript


async def test_nobody_else_agrees_for_the_person_or_to_another_text(world: World) -> None:
    person = await refer_with_everything(world)
    rasa, stranger = await colleague(world, 11, "Rasa"), await arrive(world, LT, 66)
    await take(world, rasa)
    await ask_for_partner(world, rasa)
    shown, yes = person.find_button("Taip, perduoti tai")
    question = await only_question(world)
    other_text = AnswerPartner(answer="y", digest="0" * 12, onward=question).pack()

    await stranger.presses_data(yes, stranger.screen)
    await person.presses_data(other_text, shown)
    asked_again = person.sees
    async with world.app.store.work() as work:
        kept = await work.onwards.find(question)

    assert kept is not None
    assert kept.answered_at is None
    assert "Tekstas pasikeitė" in asked_again


async def test_an_answer_is_given_once(world: World) -> None:
    person = await refer_with_everything(world)
    rasa = await colleague(world, 11, "Rasa")
    await take(world, rasa)
    await ask_for_partner(world, rasa)
    shown, yes = person.find_button("Taip, perduoti tai")
    await person.presses("Ne, neperduoti")

    await person.presses_data(yes, shown)

    question = await only_question(world)
    async with world.app.store.work() as work:
        kept = await work.onwards.find(question)
    assert kept is not None
    assert kept.agreed is False
    assert "jau atsakyta" in person.sees


async def test_whoever_must_not_be_written_to_is_not_asked(world: World) -> None:
    person = await arrive(world, LT)
    await person.presses_data(f"w:{PROVIDED}", person.screen)
    await person.presses(LT.for_me)
    await person.says("Ona")
    for label in (LT.area, LT.skip, LT.soon, LT.chat, LT.no, LT.language, LT.agree, LT.send):
        await person.presses(label)
    rasa = await colleague(world, 11, "Rasa")
    await take(world, rasa)
    before = person.transcript

    await ask_for_partner(world, rasa)

    assert person.transcript == before
    assert "nesaugu" in rasa.sees


# duplicates


async def test_a_duplicate_is_suggested_and_closed_by_hand(world: World) -> None:
    await refer_with_everything(world, LT, 5)
    second = await refer_with_everything(world, LT, 6)
    rasa = await colleague(world, 11, "Rasa")
    case = await take(world, rasa)
    referral = await newest(world)

    await rasa.presses("Ar nesikartoja?")
    await rasa.presses("Tas pats kaip")
    async with world.app.store.work() as work:
        closed = [await work.referrals.find(each) for each in [referral.id]]

    assert "Galbūt tas pats kaip ATR-" in case
    assert "tas pats telefono numeris" in case
    assert [(each.status, each.duplicate_of is not None) for each in closed if each] == [
        (Status.REJECTED, True)
    ]
    assert "jau yra" in second.sees


async def test_what_is_dismissed_is_suggested_no_more(world: World) -> None:
    await refer_with_everything(world, LT, 5)
    await refer_with_everything(world, LT, 6)
    rasa = await colleague(world, 11, "Rasa")
    await take(world, rasa)

    await rasa.presses("Ar nesikartoja?")
    case = await rasa.presses("Ne tas pats")

    assert "daugiau jo nesiūlysime" in case
    assert "Galbūt tas pats" not in case
    assert (await newest(world)).duplicate_of is None


# buttons and words


def test_every_button_fits_and_a_place_comes_back_as_it_was() -> None:
    far = EPOCH + FURTHEST * MICROSECOND
    place = Position(1, far, UUID(int=2**128 - 1))
    packed = Page.of("n", place).pack()
    longest = max((*TEMPLATES, *(Area(each) for each in ("kaunas-district",)), short("")), key=len)

    cases = [CaseDo(do=do, referral=uuid4(), value=longest).pack() for do in (*DOS, *DOS_TOO)]

    assert Page.unpack(packed).position == place
    assert all(len(each.encode()) <= 64 for each in [packed, *cases])
    assert Page(way="n", rank=0, at=10**30, id=uuid4()).position.promised_by == far


def test_a_number_is_read_however_it_is_typed() -> None:
    reference = f"ATR-ATR2-{check_sign('ATR2')}"

    assert read_reference(f"atr2{check_sign('ATR2')}") == reference
    assert read_reference(f" ATR ATR2 {check_sign('ATR2').lower()}") == reference
    assert [read_reference(each) for each in ("", "ATR", "labas", "7K3M-3", "kada?")] == [None] * 5


@pytest.mark.parametrize("language", LANGUAGES)
def test_ready_replies_are_there_for_everybody(language: str) -> None:
    with speaking(language):
        groups = group_words()
        slots = {each.slot: slot_words(each.slot) for each in TEMPLATES.values() if each.slot}
    texts = {name: filled(name, "x" * 200, language) for name in TEMPLATES}

    assert len(TEMPLATES) >= 28
    assert {each.group for each in TEMPLATES.values()} == set(groups)
    assert len(set(texts.values())) == len(TEMPLATES)
    assert all(slots.values())
    for name, words in texts.items():
        assert len(words) <= TEXT_LIMIT
        assert PLACE not in words
        assert ("xxx" in words) == bool(TEMPLATES[name].slot)
        assert len(name) <= 20
