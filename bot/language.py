"""Which language somebody reads, and the catalogue of sentences in it.

The order in which a language is chosen: what the person chose here; what their Telegram says;
Lithuanian. Telegram's tag is a hint that may be missing, odd or unknown, never an error.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import cache
from gettext import GNUTranslations
from io import BytesIO
from pathlib import Path

from babel import negotiate_locale
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

LANGUAGES = ("lt", "en", "uk")
LOCALES = Path(__file__).parents[1] / "locales"
DOMAIN = "bot"

# Who reads none of the three is met in the nearest: Russian speakers here are mostly people from Ukraine.
NEAREST = {"ru": "uk", "be": "uk"}
DEFAULT = "lt"

_spoken: ContextVar[str] = ContextVar("language", default=DEFAULT)


def guess_language(code: str | None) -> str:
    """The language to begin with, from Telegram's tag."""
    if not code:
        return DEFAULT
    try:
        found = negotiate_locale([code.replace("-", "_")], LANGUAGES)
    except ValueError:  # not a tag that Babel can read
        found = None
    return found or NEAREST.get(code.lower()[:2], "en")


@contextmanager
def speaking(language: str) -> Iterator[None]:
    """Within it, `_` and `ngettext` answer in this language: each reader gets their own."""
    token = _spoken.set(language)
    try:
        yield
    finally:
        _spoken.reset(token)


def spoken() -> str:
    """The language that is being spoken."""
    return _spoken.get()


def gettext(message: str) -> str:
    """A sentence in the language that is being spoken."""
    return _catalogue(_spoken.get()).gettext(message)


def ngettext(one: str, many: str, count: int) -> str:
    """A sentence about a number of things, in its right form."""
    return _catalogue(_spoken.get()).ngettext(one, many, count)


@cache
def _catalogue(language: str) -> GNUTranslations:
    """The catalogue, read from its `.po`: there is no compiled file to go stale."""
    path = LOCALES / language / "LC_MESSAGES" / f"{DOMAIN}.po"
    compiled = BytesIO()
    with path.open("rb") as file:
        write_mo(compiled, read_po(file, locale=language))
    compiled.seek(0)
    return GNUTranslations(compiled)
