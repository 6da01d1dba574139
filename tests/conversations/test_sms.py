"""Somebody who cannot call 112 gets an SMS to send; nothing of it is kept."""

from __future__ import annotations

import pytest

from bot.views.sms import LIMIT, NEEDS, WHYS, plain_letters, room_for_address, sms_text
from tests.conversations.steps import WORDS, Words, arrive
from tests.fakes.world import World

SAYS = {
    "lt": ("Negaliu skambinti", "Policija", "Kalbėti dabar pavojinga"),
    "en": ("I cannot call", "Police", "Speaking is dangerous"),
    "uk": ("Не можу дзвонити", "Поліція", "Говорити зараз"),
}


@pytest.mark.parametrize("words", WORDS.values(), ids=WORDS)
async def test_buttons_and_an_address_make_an_sms_in_lithuanian(world: World, words: Words) -> None:
    person = await arrive(world, words)
    await person.says("/sos")
    for label in SAYS[words.code]:
        await person.presses(label)

    told = await person.says("Kaunas, Šiaurės prospektas 12-3, 2 aukštas")

    assert "Reikia policijos. Negaliu kalbeti, man pavojinga. Neskambinkite." in told
    assert "Adresas: Kaunas, Siaures prospektas 12-3, 2 aukstas" in told
    assert [button for row in person.screen.buttons for button in row if "copy_text" in button]


async def test_nothing_that_was_typed_is_kept(world: World) -> None:
    person = await arrive(world, WORDS["en"])
    await person.says("/sos")
    for label in SAYS["en"]:
        await person.presses(label)
    await person.says("Kaunas, Savanoriu 5")

    async with world.app.store.work() as work:
        kept = await work.conversations.read(f"{world.app.bot.id}:5:5:None:default")

    assert "Savanoriu" not in str(kept)
    assert "sms" not in str(kept)


async def test_an_address_that_does_not_fit_is_asked_for_again(world: World) -> None:
    person = await arrive(world, WORDS["en"])
    await person.says("/sos")
    for label in SAYS["en"]:
        await person.presses(label)

    too_long = await person.says("x" * 300)
    then = await person.says("Kaunas, Savanoriu 5")

    assert "too long for an SMS" in too_long
    assert "Adresas: Kaunas, Savanoriu 5" in then


@pytest.mark.parametrize("need", NEEDS)
@pytest.mark.parametrize("why", WHYS)
def test_every_sms_fits_and_has_letters_that_every_phone_sends(need: str, why: str) -> None:
    text = sms_text(need, why, "a" * room_for_address(need, why))

    assert len(text) == LIMIT
    assert text.isascii()
    assert room_for_address(need, why) >= 120


@pytest.mark.parametrize(
    ("typed", "plain"),
    [
        ("Žemaičių g. 5–2", "Zemaiciu g. 5-2"),
        ("вул. Шевченка, 7", "vul. shevchenka, 7"),
        ("Łódź ß", "Lodz ss"),
        ("ул. Мира ы", "ul. myra y"),
    ],
)
def test_letters_become_plain(typed: str, plain: str) -> None:
    assert plain_letters(typed) == plain
