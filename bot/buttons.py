"""What a button carries. A hint about what was pressed, never a proof: rights are read from the database.

At most 64 bytes, so the prefixes are short and ids are written without hyphens.
"""

from __future__ import annotations

from uuid import UUID

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


class AskWorker(CallbackData, prefix="w"):
    """Ask a worker, about an entry or in general (empty)."""

    entry: str = ""


class Fill(CallbackData, prefix="f"):
    """An answer in the form."""

    step: str
    value: str


class EditStep(CallbackData, prefix="fe"):
    """A line of the review to change."""

    step: str


class Form(CallbackData, prefix="form"):
    """The form as a whole: resume, review, pause, drop, drop-surely."""

    do: str


class Submit(CallbackData, prefix="send"):
    """Send the draft; pressing twice sends once."""

    draft: UUID


class ShowReferral(CallbackData, prefix="r"):
    """One of the person's own referrals."""

    referral: UUID


class Withdraw(CallbackData, prefix="rw"):
    """Withdraw it."""

    referral: UUID


class Take(CallbackData, prefix="take"):
    """A worker takes a case from the desk's card."""

    referral: UUID


class Decide(CallbackData, prefix="c"):
    """A worker moves a case on; a reason may still have to be chosen."""

    to: str
    referral: UUID
    reason: str = ""


class ShowCase(CallbackData, prefix="case"):
    """Back to the case."""

    referral: UUID


class InviteRole(CallbackData, prefix="inv"):
    """An invite for a role and an area (empty until chosen)."""

    role: str
    area: str = ""
