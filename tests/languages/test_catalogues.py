"""Every sentence has its two sisters, with the same placeholders, in the right number of forms."""

from __future__ import annotations

import re
from io import BytesIO
from pathlib import Path

import pytest
from babel.messages import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po

from bot.language import LANGUAGES, LOCALES, ngettext, speaking

ROOT = Path(__file__).parents[2]
PLACEHOLDER = re.compile(r"\{\w+\}")
MARKUP = re.compile(r"[<>&]")


def catalogue(language: str) -> Catalog:
    """A language's sentences."""
    content = (LOCALES / language / "LC_MESSAGES" / "bot.po").read_bytes()
    return read_po(BytesIO(content), locale=language)


def ids(catalog: Catalog) -> set[str]:
    """The English sentences a catalogue knows."""
    return {message.id if isinstance(message.id, str) else message.id[0] for message in catalog if message.id}


def test_the_template_is_fresh() -> None:
    found = {
        message if isinstance(message, str) else message[0]
        for _file, _line, message, _comments, _context in extract_from_dir(
            ROOT / "bot", method_map=[("**.py", "python")]
        )
    }

    template = read_po(BytesIO((LOCALES / "bot.pot").read_bytes()))

    assert ids(template) == found


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_sentence_is_there(language: str) -> None:
    template = read_po(BytesIO((LOCALES / "bot.pot").read_bytes()))
    catalog = catalogue(language)

    missing = [message.id for message in catalog if message.id and not all(_strings(message.string))]

    assert ids(catalog) == ids(template)
    assert missing == []
    assert not [message.id for message in catalog if message.fuzzy and message.id]


@pytest.mark.parametrize("language", LANGUAGES)
def test_placeholders_are_the_same(language: str) -> None:
    for message in catalogue(language):
        if not message.id:
            continue
        wanted = set(PLACEHOLDER.findall(_strings(message.id)[-1]))
        for string in _strings(message.string):
            assert set(PLACEHOLDER.findall(string)) == wanted, message.id


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_sentence_is_markup_and_spaces_at_the_ends_are_kept(language: str) -> None:
    for message in catalogue(language):
        if not message.id:
            continue
        original = _strings(message.id)[0]
        for string in _strings(message.string):
            assert not MARKUP.search(string)
            assert string[:1].isspace() == original[:1].isspace(), original
            assert string[-1:].isspace() == original[-1:].isspace(), original


@pytest.mark.parametrize(
    ("language", "count", "form"),
    [
        ("lt", 1, "ženklas"),
        ("lt", 21, "ženklas"),
        ("lt", 2, "ženklai"),
        ("lt", 11, "ženklų"),
        ("lt", 1500, "ženklų"),
        ("uk", 1, "знак."),
        ("uk", 3, "знаки"),
        ("uk", 5, "знаків"),
        ("uk", 1500, "знаків"),
        ("en", 1, "character "),
        ("en", 2, "characters"),
    ],
)
def test_numbers_take_their_form(language: str, count: int, form: str) -> None:
    with speaking(language):
        said = ngettext(
            "Your text is too long: at most {limit} character fits here. Please send a shorter one.",
            "Your text is too long: at most {limit} characters fit here. Please send a shorter one.",
            count,
        )

    assert form in said


def _strings(value: str | tuple[str, ...]) -> tuple[str, ...]:
    return (value,) if isinstance(value, str) else tuple(value)
