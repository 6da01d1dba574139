"""The privacy notice in layers: five lines first, and a button for each thing that can be asked further."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from aiogram.utils.formatting import Bold, Text

from bot.buttons.privacy import ShowNotice
from bot.language import gettext as _
from bot.views.screen import Rows, Screen, button, heading, home_row, lines, paragraphs
from bot.views.spans import hours_word, period_word
from referrals.hours import DeskHours
from referrals.register import Period

VERSION = "2026-11"  # raise it with every change of what the notice says


@dataclass(frozen=True)
class Keeping:
    """What this installation says of itself: who is responsible, on what basis, how long, at what hours."""

    controller: str | None
    dpo: str | None
    is_public_task: bool
    periods: Mapping[str, Period]
    hours: DeskHours


def notice_view() -> Screen:
    """The first screen: the most important, in few words."""
    body = paragraphs(
        [
            heading(_("Your data")),
            lines(
                [
                    _("We keep what you send only to help you."),
                    _("The worker who takes your request reads it, and so can the coordinator."),
                    _("Name and phone are optional. Partners are told only if you say yes."),
                    _("Messages travel through Telegram, a separate company."),
                    _("See what we hold: /mydata. Delete it: /delete."),
                ]
            ),
        ]
    )
    return Screen(body, rows=(*_parts(), home_row()))


def part_view(part: str, keeping: Keeping) -> Screen:
    """One thing in full; a part that is not known shows the first screen."""
    told = {
        "who": _who,
        "why": _why,
        "long": _how_long,
        "read": _who_reads,
        "telegram": _telegram,
        "rights": _rights,
        "safe": _shared_phone,
        "not": _not_this,
    }
    if part not in told:
        return notice_view()
    back = (button(_("← Back"), ShowNotice()),)
    return Screen(told[part](keeping), rows=(back, home_row()))


def _parts() -> Rows:
    labels = [
        ("who", _("Who is responsible")),
        ("why", _("Why")),
        ("long", _("How long")),
        ("read", _("Who reads it")),
        ("telegram", _("Telegram")),
        ("rights", _("Your rights")),
        ("safe", _("If others use my phone")),
        ("not", _("What this bot is not")),
    ]
    buttons = [button(label, ShowNotice(part=part)) for part, label in labels]
    return tuple(tuple(buttons[at : at + 2]) for at in range(0, len(buttons), 2))


def _who(keeping: Keeping) -> Text:
    named = [Text(_("Responsible for your data: "), Bold(keeping.controller))] if keeping.controller else []
    unnamed = _(
        "This installation has not named who is responsible for your data. Ask the social services of your "
        "municipality before you send anything personal."
    )
    dpo = [Text(_("Data protection officer: "), Bold(keeping.dpo))] if keeping.dpo else []
    version = _("Version of this notice: {version}").format(version=VERSION)
    return paragraphs([heading(_("Who is responsible")), *(named or [Text(unnamed)]), *dpo, version])


def _why(keeping: Keeping) -> Text:
    public_task = _(
        "We keep your data because helping residents is a public task of the municipality: GDPR Article "
        "6(1)(e), and for data about health and the like Article 9(2)(b), (g) or (h)."
    )
    consent = _(
        "We keep your data because you agree to it: GDPR Article 6(1)(a), and for data about health and the "
        "like Article 9(2)(a). You can take your yes back at any time."
    )
    return paragraphs(
        [
            heading(_("Why")),
            _("To answer your questions, and to pass your request to a social worker who can help."),
            public_task if keeping.is_public_task else consent,
            _(
                "You do not have to tell us anything. Without a request the bot still answers questions; "
                "without a phone number nobody can call you."
            ),
            _("Anything beyond that needs a yes of its own: /consent."),
        ]
    )


def kept_words() -> dict[str, str]:
    """What is kept for each period of the register, with a place for its length."""
    return {
        "drafts": _("A form you have not sent: {span}."),
        "withdrawn": _("A request you took back: {span}."),
        "closed": _("A request that is over, with its messages: {span}. Then it is only counted."),
        "conversations": _("Your last question, and where our talk stands: {span} after your last message."),
        "questions": _("The words of a question we had no answer to, without who asked: {span}."),
        "inbox": _("The numbers of your messages, so that /hide can delete them: {span}."),
        "outbox": _("The numbers of our messages, for the same: {span}."),
        "parked": _("A message that could not be read or delivered: {span}."),
        "people": _("Your Telegram account, when nothing else is kept: {span}."),
        "tries": _("That somebody tried a number or wrote too often: {span}."),
        "records": _(
            "Who opened which request, without your name: {span}. Older lines are not removed yet, because "
            "each one proves the next."
        ),
        "deletion": _("Your wish to delete everything, while a request is open: {span} at most."),
    }


def _how_long(keeping: Keeping) -> Text:
    told = [
        "• " + text.format(span=period_word(keeping.periods[name])) for name, text in kept_words().items()
    ]
    kept = _("A coordinator can keep a request longer for a complaint or a court.")
    return paragraphs([heading(_("How long")), lines(told), kept])


def _who_reads(_keeping: Keeping) -> Text:
    return paragraphs(
        [
            heading(_("Who reads it")),
            _(
                "The social worker who takes your request, and the coordinator, read what you told. Other "
                "workers see only the area, the kind of help and how urgent it is. Every opening is recorded."
            ),
            _("Partner organisations are told only after your own yes to exactly what they will read."),
            _(
                "Questions you ask the bot are not shown to workers, unless you put them into a request. One "
                "without an answer may be read, without who asked, by whoever writes the answers."
            ),
        ]
    )


def _telegram(_keeping: Keeping) -> Text:
    return paragraphs(
        [
            heading(_("Telegram")),
            _(
                "Telegram carries the messages. It is a separate company with its own rules, and chats with "
                "bots are not end-to-end encrypted: Telegram can read them."
            ),
            _(
                "What we delete here is not deleted from Telegram or from other people's phones. Delete the "
                "chat in Telegram too."
            ),
        ]
    )


def _rights(keeping: Keeping) -> Text:
    deletion = _("/delete – have everything deleted; with an open request within {span}").format(
        span=period_word(keeping.periods["deletion"])
    )
    return paragraphs(
        [
            heading(_("Your rights")),
            lines(
                [
                    _("/mydata – see what we hold and get a copy"),
                    deletion,
                    _("/consent – see what you agreed to and take it back"),
                    _("/mine – withdraw a request"),
                ]
            ),
            _(
                "To correct something, to object or to pause, write to whoever is responsible, or to your "
                "worker. You can complain to the State Data Protection Inspectorate (VDAI): vdai.lrv.lt."
            ),
            _("No machine decides about you. The bot only finds information; people decide."),
        ]
    )


def _shared_phone(_keeping: Keeping) -> Text:
    return paragraphs(
        [
            heading(_("If others use my phone")),
            _("Whoever holds your unlocked phone can read this chat."),
            _("/hide deletes the messages of the last 48 hours here. Older ones only you can delete."),
            _("In the form, say that it is not safe to write to you. Then we never write first."),
        ]
    )


def _not_this(keeping: Keeping) -> Text:
    return paragraphs(
        [
            heading(_("What this bot is not")),
            _("It is not an emergency service. In danger call 112."),
            _("People read requests at these hours: {hours}.").format(hours=hours_word(keeping.hours)),
            _("It decides nothing about you and promises no help that only people can give."),
        ]
    )
