"""A text for an SMS to 112, for somebody who cannot speak or does not speak Lithuanian."""

from __future__ import annotations

import unicodedata

from aiogram.utils.formatting import Bold, Code, Text

from bot.buttons import Go, Sms
from bot.language import gettext as _
from bot.views.screen import Button, Screen, button, home_row, paragraphs
from knowledge.matching.language import romanised

LIMIT = 256  # signs: what Telegram's copy button holds; without diacritics it is two SMS at most
NEEDS = {
    "police": "policijos",
    "ambulance": "greitosios pagalbos",
    "fire": "gaisrininku",
    "unsure": "pagalbos",
}
WHYS = {
    "danger": "Negaliu kalbeti, man pavojinga. Neskambinkite.",
    "deaf": "Negirdziu, kalbeti negaliu. Rasykite SMS.",
    "language": "Nekalbu lietuviskai. Rasykite SMS.",
}
LETTERS = {"ß": "ss", "ł": "l", "Ł": "L", "ø": "o", "ы": "y", "э": "e", "ё": "e", "ъ": "", "–": "-", "„": '"'}


def need_view() -> Screen:
    """What is needed."""
    labels = [
        ("ambulance", _("🚑 Ambulance")),
        ("police", _("🚓 Police")),
        ("fire", _("🚒 Fire service")),
        ("unsure", _("I do not know, help")),
    ]
    rows = [(button(label, Sms(need=need)),) for need, label in labels]
    text = _("I will write an SMS in Lithuanian for you. You send it to 112. What do you need?")
    return Screen(Text(text), rows=(*rows, home_row()))


def why_view(need: str) -> Screen:
    """Why not by voice."""
    labels = [
        ("danger", _("Speaking is dangerous now")),
        ("deaf", _("I cannot hear or speak")),
        ("language", _("I do not speak Lithuanian")),
    ]
    rows = [(button(label, Sms(need=need, why=why)),) for why, label in labels]
    return Screen(Text(_("Why can you not call?")), rows=(*rows, home_row()))


def address_view() -> Screen:
    """Where help must come."""
    text = _("Where are you? Write the town, the street, the house and the flat, or what you see around you.")
    return Screen(Text(text), rows=(home_row(),))


def too_long_view(most: int) -> Screen:
    """The address does not fit."""
    text = _("This is too long for an SMS. Please write only the address, at most {count} letters.")
    return Screen(Text(text.format(count=most)), rows=(home_row(),))


def sms_view(text: str) -> Screen:
    """The text, ready to copy and send. Nothing of it is kept."""
    body = paragraphs(
        [
            Bold(_("Copy this text and send it as an SMS to 112:")),
            Code(text),
            _("I do not send it and I do not keep it. Then wait for an SMS from 112."),
        ]
    )
    rows: tuple[tuple[Button, ...], ...] = ((Button(_("📋 Copy the text"), copy=text),),)
    again = (button(_("Another SMS"), Go(to="sms")),)
    return Screen(body, rows=(*rows, again, home_row()))


def sms_text(need: str, why: str, address: str) -> str:
    """Lithuanian without diacritics; whoever reads it at 112 knows what, where, and how to answer."""
    return f"Reikia {NEEDS[need]}. {WHYS[why]} Adresas: {plain_letters(address)}"


def room_for_address(need: str, why: str) -> int:
    """How many letters of an address fit."""
    return LIMIT - len(sms_text(need, why, ""))


def plain_letters(text: str) -> str:
    """The text in letters that every phone sends as one SMS: no diacritics, no Cyrillic."""
    shown = "".join(LETTERS.get(sign, sign) for sign in text)
    shown = romanised(shown.casefold())[0] if any("а" <= sign <= "я" for sign in shown.casefold()) else shown
    parted = unicodedata.normalize("NFKD", shown)
    return " ".join("".join(sign for sign in parted if sign.isascii() and sign.isprintable()).split())
