"""Steps that many conversations share, in the words of each language."""

from __future__ import annotations

from dataclasses import dataclass

from tests.fakes.world import Actor, World


@dataclass(frozen=True)
class Words:
    """What the buttons are called for a reader, and a question they might ask."""

    code: str
    language: str
    go_on: str
    area: str
    question: str
    about_this: str
    for_me: str
    skip: str
    soon: str
    chat: str
    phone: str
    yes: str
    no: str
    any_time: str
    agree: str
    send: str
    sent: str
    accepted: str
    show: str
    withdraw: str
    withdrawn: str


WORDS = {
    "lt": Words(
        "lt", "Lietuvių", "Toliau", "Kauno miestas", "kas padėtų senam žmogui namuose apsipirkti",
        "Klausti darbuotojo apie tai", "Man", "Praleisti", "Per kelias dienas", "Tik šiame pokalbyje",
        "Telefonu", "Taip", "Ne", "Bet kuriuo metu", "Sutinku", "Siųsti", "Jūsų prašymas išsiųstas",
        "Jūsų prašymas priimtas", "Rodyti mano prašymą", "Atsiimti", "atsiimtas",
    ),
    "en": Words(
        "en", "English", "Continue", "Kaunas city", "who can help an old person with shopping at home",
        "Ask a worker about this", "For me", "Skip", "In the next few days", "Only in this chat",
        "By phone", "Yes", "No", "Any time of day", "I agree", "Send", "Your request is sent",
        "Your request is accepted", "Show my request", "Withdraw", "is withdrawn",
    ),
    "uk": Words(
        "uk", "Українська", "Далі", "місто Каунас", "хто допоможе літній людині вдома з продуктами",
        "Запитати про це працівника", "Для мене", "Пропустити", "За кілька днів", "Лише в цьому чаті",
        "Телефоном", "Так", "Ні", "Будь-коли", "Погоджуюся", "Надіслати", "Ваш запит надіслано",
        "Ваш запит прийнято", "Показати мій запит", "Відкликати", "відкликано",
    ),
}  # fmt: skip


async def arrive(world: World, words: Words, telegram_id: int = 5) -> Actor:
    """Somebody new goes through the first screens."""
    person = world.person(telegram_id, "Ona", words.code)
    await person.says("/start")
    await person.presses(words.go_on)
    await person.presses(words.area)
    return person


async def fill_form(person: Actor, words: Words, *, need: str = "", phone: str = "", name: str = "") -> str:
    """Answer every question and agree; returns the review."""
    await fill_to_consent(person, words, need=need, phone=phone, name=name)
    return await person.presses(words.agree)


async def fill_to_consent(
    person: Actor, words: Words, *, need: str = "", phone: str = "", name: str = ""
) -> str:
    """Answer every question of the form; returns the consent's screen."""
    await person.presses(words.for_me)
    await (person.says(name) if name else person.presses(words.skip))
    await person.presses(words.area)
    await (person.says(need) if need else person.presses(words.skip))
    await person.presses(words.soon)
    if phone:
        await person.presses(words.phone)
        await person.says(phone)
        await person.presses(words.yes)
        await person.presses(words.no)
        await person.presses(words.yes)
        await person.presses(words.any_time)
        await person.presses(words.no)
    else:
        await person.presses(words.chat)
        await person.presses(words.yes)
        await person.presses(words.no)
    return await person.presses(words.language)


async def refer(world: World, words: Words, telegram_id: int = 5) -> Actor:
    """A new person sends a request from an answer."""
    person = await arrive(world, words, telegram_id)
    await person.says("/worker")
    await fill_form(person, words)
    await person.presses(words.send)
    return person
