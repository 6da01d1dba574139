"""Ready replies: short sentences that can be sent as they are, in every language, some with one free place.

Each is read by the worker in their language and by the person in the person's. Nothing is put together
from pieces; what the worker fills in stands after a colon, so that it needs no inflection.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from bot.language import gettext as _
from bot.language import speaking

PLACE = "{detail}"


class Template(NamedTuple):
    """One ready reply: its group, what is filled in (nothing, day, document, office, where), its words."""

    group: str
    slot: str
    words: Callable[[], str]


CONTACT = {
    "called": Template(
        "contact", "", lambda: _("We called you and could not reach you. When may we call again?")
    ),
    "when-call": Template(
        "contact", "", lambda: _("When may we call you? Please write the day and the time.")
    ),
    "number": Template(
        "contact", "", lambda: _("Please write a phone number on which it is safe to call you.")
    ),
    "more": Template(
        "contact", "", lambda: _("Please write a little more: what has happened, and what is hardest now?")
    ),
    "where": Template(
        "contact", "", lambda: _("We need your address. Please write the street, the house and the flat.")
    ),
}
DOCUMENTS = {
    "bring": Template("documents", "document", lambda: _("Please bring with you: {detail}")),
    "identity": Template(
        "documents",
        "",
        lambda: _("Please bring a document that shows who you are: a passport or an identity card."),
    ),
    "missing": Template(
        "documents",
        "document",
        lambda: _("We still need from you: {detail}. Please do not send photos of documents here."),
    ),
    "no-papers": Template("documents", "", lambda: _("You do not need to bring any documents now.")),
}
WAITING = {
    "list": Template(
        "waiting", "", lambda: _("You are on the waiting list. We will write when it is your turn.")
    ),
    "looking": Template(
        "waiting", "", lambda: _("We are looking at your request. Nothing more is needed from you now.")
    ),
    "longer": Template(
        "waiting",
        "day",
        lambda: _("This takes longer than we thought. We will write to you at the latest on: {detail}"),
    ),
    "other-office": Template(
        "waiting",
        "",
        lambda: _("We are waiting for an answer from another office. You do not have to do anything."),
    ),
}
DECISION = {
    "decided-by": Template(
        "decision", "office", lambda: _("This is not decided by us. It is decided by: {detail}")
    ),
    "assessment": Template(
        "decision",
        "",
        lambda: _("First a social worker has to see what help you need. We will agree on a time with you."),
    ),
    "granted": Template("decision", "day", lambda: _("The help is granted. It begins on: {detail}")),
    "refused": Template(
        "decision",
        "",
        lambda: _("The help is not granted. The written decision says why, and how to appeal against it."),
    ),
}
ELSEWHERE = {
    "apply-at": Template("elsewhere", "where", lambda: _("You can apply for this yourself. Where: {detail}")),
    "apply-online": Template(
        "elsewhere", "where", lambda: _("You can apply for this on the internet. The address: {detail}")
    ),
    "contacts-you": Template("elsewhere", "office", lambda: _("Somebody else will contact you: {detail}")),
    "who-can": Template(
        "elsewhere", "office", lambda: _("We cannot help with this, but these can: {detail}")
    ),
    "other-area": Template(
        "elsewhere",
        "",
        lambda: _("Another municipality helps with this. May we hand your request over to it? Please write."),
    ),
}
APPOINTMENT = {
    "visit": Template("appointment", "day", lambda: _("A social worker will visit you. When: {detail}")),
    "as-agreed": Template(
        "appointment", "", lambda: _("The visit is on the day we agreed on. Please be at home.")
    ),
    "come": Template("appointment", "where", lambda: _("Please come to us. Where and when: {detail}")),
    "moved": Template("appointment", "day", lambda: _("We have to move our meeting. The new time: {detail}")),
    "interpreter": Template("appointment", "", lambda: _("An interpreter will be there.")),
    "suits": Template("appointment", "", lambda: _("Does this day and time suit you? Please write.")),
}
CLOSING = {
    "nothing": Template("closing", "", lambda: _("Nothing more is needed from you now.")),
    "changes": Template("closing", "", lambda: _("Please write when your situation changes.")),
    "done": Template(
        "closing",
        "",
        lambda: _("What you asked for is done, so we close this request. You can always send a new one."),
    ),
    "silence": Template(
        "closing",
        "",
        lambda: _("We have not heard from you. Do you still need help? If not, we will close this request."),
    ),
    "thanks": Template("closing", "", lambda: _("Thank you for your answer.")),
}
TEMPLATES: dict[str, Template] = {
    **CONTACT,
    **DOCUMENTS,
    **WAITING,
    **DECISION,
    **ELSEWHERE,
    **APPOINTMENT,
    **CLOSING,
}


def group_words() -> dict[str, str]:
    """The groups, in their order."""
    return {
        "contact": _("Contact"),
        "documents": _("Documents"),
        "waiting": _("Waiting"),
        "decision": _("Decision"),
        "elsewhere": _("Other office"),
        "appointment": _("Meeting"),
        "closing": _("In the end"),
    }


def slot_words(slot: str) -> str:
    """What to fill in, as a request to the worker."""
    return {
        "day": _("Write the day, and the time if you know it, for example 2026-12-03, 10:00."),
        "document": _("Write which document, in words that the person understands."),
        "office": _("Write the name of the office or the organisation, and its phone if you know it."),
        "where": _("Write the address or the place."),
    }[slot]


def filled(name: str, detail: str, language: str) -> str:
    """A ready reply in a language. Raises KeyError for a name that is none."""
    with speaking(language):
        return TEMPLATES[name].words().replace(PLACE, detail)
