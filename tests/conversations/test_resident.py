"""A resident begins, asks, is answered, gets lost and is never met with silence."""

from __future__ import annotations

import pytest

from tests.conversations.steps import WORDS, Words, arrive
from tests.fakes.world import World

EVERY_LANGUAGE = pytest.mark.parametrize("words", WORDS.values(), ids=WORDS)


@EVERY_LANGUAGE
async def test_somebody_new_is_met_in_their_language(world: World, words: Words) -> None:
    person = world.person(5, language_code=words.code)

    welcome = await person.says("/start")

    assert f"[✓ {words.language}]" in welcome
    assert "112" in welcome


@EVERY_LANGUAGE
async def test_the_language_is_one_tap_away_and_stays(world: World, words: Words) -> None:
    person = world.person(5, language_code="de")
    await person.says("/start")

    await person.presses(words.language)
    later = await person.says("/area")

    assert words.area in later


@pytest.mark.parametrize("code", [None, "", "x", "zh-hans-raw", "uk-raw", "1", "lt-LT", "ru", "pl"])
async def test_no_language_tag_leaves_anybody_without_an_answer(world: World, code: str | None) -> None:
    person = world.person(5, language_code=code)

    welcome = await person.says("/start")

    assert "Atrama" in welcome


@EVERY_LANGUAGE
async def test_a_question_is_answered_with_facts_sources_and_dates(world: World, words: Words) -> None:
    person = await arrive(world, words)

    answer = await person.says(words.question)

    title = world.app.library.get("help-at-home").title[words.code]
    assert answer.startswith(title)
    assert "40" in answer
    assert "2021" in answer
    assert "Kauno miesto savivaldybės 2022 m. socialinių paslaugų planas" in answer
    assert words.about_this in answer


@EVERY_LANGUAGE
async def test_an_old_fact_is_called_old(world: World, words: Words) -> None:
    person = await arrive(world, words)

    answer = await person.says(words.question)

    sign = {"lt": "sena, pasitikslinkite", "en": "old, please check", "uk": "давнє, уточніть"}
    assert sign[words.code] in answer


@pytest.mark.parametrize(
    ("words", "nonsense"),
    [
        (WORDS["lt"], "žirafų kaklo ilgis ir spalva"),
        (WORDS["en"], "how long is the neck of a giraffe"),
        (WORDS["uk"], "яка довжина шиї жирафи"),
    ],
)
async def test_what_is_not_known_is_said_so_with_a_worker_offered(
    world: World, words: Words, nonsense: str
) -> None:
    person = await arrive(world, words)

    answer = await person.says(nonsense)

    assert world.app.library.find(nonsense, area=None, language=words.code).decision == "unknown"
    assert "🙋" in answer


@EVERY_LANGUAGE
async def test_more_of_an_answer_and_back(world: World, words: Words) -> None:
    person = await arrive(world, words)
    first = await person.says(words.question)

    section = {"lt": "Kur", "en": "Where", "uk": "Де"}[words.code]
    back = {"lt": "Grįžti", "en": "Back to", "uk": "Назад до"}[words.code]
    where = await person.presses(section)
    again = await person.presses(back)

    assert "Kauno miesto socialinių paslaugų centras" in where
    assert again == first


async def test_topics_can_be_browsed_to_an_answer(world: World) -> None:
    person = await arrive(world, WORDS["lt"])
    await person.says("/topics")

    await person.presses("Senyvo amžiaus")
    answer = await person.presses("Pagalba į namus")

    assert answer.startswith("Pagalba į namus")


@EVERY_LANGUAGE
async def test_what_has_happened_leads_to_an_answer(world: World, words: Words) -> None:
    labels = {
        "lt": ("Kas nutiko", "Nėra ko valgyti", "Socialinė kortelė"),
        "en": ("What has happened", "No money for food", "Social card"),
        "uk": ("Що сталося", "Нема грошей на їжу", "Соціальна картка"),
    }
    asked, event, name = labels[words.code]
    person = await arrive(world, words)
    await person.says("/topics")

    await person.presses(asked)
    await person.presses(event)
    answer = await person.presses(name)

    assert answer.startswith(name)


@pytest.mark.parametrize("typed", ["Prošvaistė", "prosvaistes kontaktai", "kur yra prošvaiste"])
async def test_an_organisation_is_found_by_its_name(world: World, typed: str) -> None:
    person = await arrive(world, WORDS["lt"])

    told = await person.says(typed)
    answer = await person.presses("Socialinė reabilitacija")

    assert "„Prošvaistė“" in told
    assert "Kauno miestas" in told
    assert answer.startswith("Socialinė reabilitacija")


async def test_what_nobody_understands_is_shown_to_nobody(world: World) -> None:
    person = await arrive(world, WORDS["en"])

    told = await person.says("contribution supply service kaunas district")

    assert "Unclear service" not in told
    assert "unclear" not in world.telegram.chats[5][-1].transcript().lower()


async def test_a_doubt_about_an_answer_is_kept_without_who_said_it(world: World) -> None:
    person = await arrive(world, WORDS["lt"])
    await person.says(WORDS["lt"].question)
    await person.presses("Klaida ar pasenę?")

    thanks = await person.presses("Pasenę")

    assert "patikrinsime" in thanks
    async with world.app.store.work() as work:
        columns = (await work.connection.exec_driver_sql("SELECT * FROM feedback")).mappings().one()
    assert set(columns) == {"id", "entry_id", "language", "said", "at"}


@pytest.mark.parametrize("command", ["/help", "/language", "/area", "/cancel", "/menu", "/topics", "/mine"])
@EVERY_LANGUAGE
async def test_every_command_answers(world: World, words: Words, command: str) -> None:
    person = await arrive(world, words)
    before = len(world.telegram.chats[5])

    await person.says(command)

    assert len(world.telegram.chats[5]) == before + 1


@pytest.mark.parametrize(
    "content",
    [
        {"photo": [{"file_id": "a", "file_unique_id": "b", "width": 1, "height": 1}]},
        {"voice": {"file_id": "a", "file_unique_id": "b", "duration": 1}},
        {"sticker": {"file_id": "a", "file_unique_id": "b", "width": 1, "height": 1, "type": "regular",
                     "is_animated": False, "is_video": False}},
        {"location": {"latitude": 54.9, "longitude": 23.9}},
        {"document": {"file_id": "a", "file_unique_id": "b"}},
        {"dice": {"emoji": "🎲", "value": 1}},
        {"something_new_in_telegram": {"a": 1}},
    ],
)  # fmt: skip
async def test_what_is_not_text_is_answered_in_words(world: World, content: dict[str, object]) -> None:
    person = await arrive(world, WORDS["lt"])

    await person.sends(**content)

    assert "tik tekstą" in person.sees


@pytest.mark.parametrize("text", ["ą" * 4096, "?", ".", "🎲", "\u202e\u200b", "/unknown", "a\x00b"])
async def test_odd_texts_are_answered(world: World, text: str) -> None:
    person = await arrive(world, WORDS["lt"])
    before = len(world.telegram.chats[5])

    await person.says(text)

    assert len(world.telegram.chats[5]) > before
    async with world.app.store.work() as work:
        assert "parked" not in await work.inbox.counts()


async def test_a_button_of_another_time_leads_to_the_menu(world: World) -> None:
    person = await arrive(world, WORDS["lt"])

    for data in ("no-such-thing", "e:no-such-entry", "m:where:no-such-entry", "r:" + "0" * 32, "go:nowhere"):
        await person.presses_data(data, person.screen)

        assert "nebeveikia" in person.sees


async def test_a_greeting_is_answered_in_kind_and_a_wish_for_a_person_leads_to_one(world: World) -> None:
    person = await arrive(world, WORDS["uk"])

    greeting = await person.says("Добрий день!")
    human = await person.says("хочу поговорити з людиною")

    assert "Я тут, коли знадобиться допомога" in greeting
    assert "Запитати соціального працівника" in human


async def test_words_of_despair_bring_the_numbers_first_and_the_answer_too(world: World) -> None:
    person = await arrive(world, WORDS["lt"])
    before = len(world.telegram.chats[5])

    await person.says("nebenoriu gyventi, niekas nepadeda namuose")

    panel, answer = world.telegram.chats[5][before:]
    assert "116 123" in panel.text
    assert answer.text


async def test_an_edited_question_is_answered_anew(world: World) -> None:
    person = await arrive(world, WORDS["lt"])
    message = {"message_id": 9, "date": 1_790_000_000, "edit_date": 1_790_000_001, "from": person.user}
    chat = {"id": 5, "type": "private", "first_name": "Ona"}

    await world.receive({"edited_message": {**message, "chat": chat, "text": WORDS["lt"].question}})

    assert person.sees.startswith("Pagalba į namus")


async def test_who_blocks_the_bot_and_returns_is_known_to_be_reachable_again(world: World) -> None:
    person = await arrive(world, WORDS["lt"])
    chat = {"id": 5, "type": "private", "first_name": "Ona"}
    bot = {"id": 1, "is_bot": True, "first_name": "Atrama"}
    kicked = {"status": "kicked", "user": bot, "until_date": 0}
    member = {"status": "member", "user": bot}
    change = {"chat": chat, "from": person.user, "date": 1_790_000_000}

    await world.receive({"my_chat_member": {**change, "old_chat_member": member, "new_chat_member": kicked}})
    async with world.app.store.work() as work:
        gone = await work.persons.find(5)
    await person.says("/help")
    async with world.app.store.work() as work:
        back = await work.persons.find(5)

    assert gone is not None
    assert back is not None
    assert (gone.reachable, back.reachable) == (False, True)
