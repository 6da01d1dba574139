"""What a button carries. A hint about what was pressed, never a proof: rights are read from the database.

At most 64 bytes, so the prefixes are short and ids are written without hyphens.
"""

from __future__ import annotations

from aiogram.filters.callback_data import CallbackData

from bot.intake.raw import SOS_BUTTON

SOS = SOS_BUTTON


class Go(CallbackData, prefix="go"):
    """To a place of the bot: home, help, topics, language, area, mine, welcome."""

    to: str


class PickLanguage(CallbackData, prefix="lang"):
    """A language; `then` says which screen it was chosen on."""

    language: str
    then: str


class PickArea(CallbackData, prefix="area"):
    """An area, or nothing for later."""

    area: str


class PickTopic(CallbackData, prefix="topic"):
    """A topic to browse, and the page of its list."""

    topic: str
    page: int = 0


class ShowEntry(CallbackData, prefix="e"):
    """An entry to answer with."""

    entry: str


class ShowSection(CallbackData, prefix="m"):
    """One more section of an entry."""

    section: str
    entry: str


class ShowOthers(CallbackData, prefix="o"):
    """Entries beside this one."""

    entry: str


class Sms(CallbackData, prefix="sms"):
    """For an SMS to 112: what is needed, and why not by voice (empty until chosen)."""

    need: str
    why: str = ""


class Check(CallbackData, prefix="ck"):
    """In "what can I get?": what is done (answer, skip, back, results, …) and with which value."""

    do: str
    value: str = ""


class Doubt(CallbackData, prefix="d"):
    """Something about an answer is wrong or outdated; `said` is empty until it is chosen what."""

    said: str
    entry: str
