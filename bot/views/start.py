"""The first screens and the way around: welcome, language, area, menu, help."""

from __future__ import annotations

from collections.abc import Sequence

from aiogram.utils.formatting import Bold, Text

from bot.buttons import SOS, Go, PickArea, PickLanguage, PickTopic
from bot.buttons.form import AskWorker
from bot.language import LANGUAGES
from bot.language import gettext as _
from bot.views.screen import Button, Screen, button, heading, home_row, lines, paragraphs
from bot.views.words import language_name


def welcome_view(language: str) -> Screen:
    """What this bot is and is not, with every language one tap away."""
    body = paragraphs(
        [
            heading(_("Hello, this is Atrama")),
            _(
                "I answer questions about social services and benefits in Kaunas city, Kaunas district "
                "and Jonava district. Every answer says where it comes from. If you wish, I pass your "
                "request to a social worker."
            ),
            _("I am not an emergency service and I decide nothing. In danger call 112."),
        ]
    )
    go_on = (button(_("Continue"), Go(to="area")),)
    return Screen(body, rows=(_language_row(language, then="welcome"), go_on))


def language_view(language: str) -> Screen:
    """The three languages."""
    body = Text(_("Choose a language."))
    return Screen(body, rows=(_language_row(language, then="home"), home_row()))


def _language_row(language: str, *, then: str) -> tuple[Button, ...]:
    return tuple(
        button(
            f"✓ {language_name(each)}" if each == language else language_name(each),
            PickLanguage(language=each, then=then),
        )
        for each in LANGUAGES
    )


def area_view(areas: Sequence[tuple[str, str]], chosen: str | None) -> Screen:
    """Where the person lives; may be left for later."""
    rows = [(button(f"✓ {name}" if area == chosen else name, PickArea(area=area)),) for area, name in areas]
    rows.append((button(_("Skip"), PickArea(area="")),))
    body = paragraphs(
        [
            heading(_("Where do you live?")),
            _("Services differ between municipalities. You can change this later with /area."),
        ]
    )
    return Screen(body, rows=tuple(rows))


def home_view(area: str | None, *, has_draft: bool, hint: str = "") -> Screen:
    """The menu. Writing in one's own words is always possible."""
    body = paragraphs(
        [
            hint,
            Bold(_("Write what has happened or what you need, in your own words.")),
            _("Or choose below."),
        ]
    )
    rows = [
        (button(_("📚 Topics"), Go(to="topics")),),
        (button(_("🧭 What can I get?"), Go(to="check")),),
        (button(_("🙋 Ask a social worker"), AskWorker()),),
        (button(_("📄 My requests"), Go(to="mine")),),
        (
            button(_("📍 {area}").format(area=area) if area else _("📍 Area"), Go(to="area")),
            button("🌐 LT · EN · UK", Go(to="language")),
        ),
        (button(_("❓ Help"), Go(to="help")), button(_("🆘 Danger: 112"), SOS)),
    ]
    if has_draft:
        rows.insert(0, (button(_("✍️ Continue the form"), Go(to="draft")),))
    return Screen(body, rows=tuple(rows))


def help_view() -> Screen:
    """What can be done here, command by command."""
    commands = [f"/{name} – {text}" for name, text in commands_of_person()]
    body = paragraphs(
        [
            heading(_("How this works")),
            _(
                "Write a question in Lithuanian, English or Ukrainian, for example what has happened to you. "
                "I look for an answer that people have written and checked. Nothing is made up: if I do "
                "not know, I say so, and you can ask a social worker."
            ),
            lines(commands),
            _("Do not write personal codes, card numbers or passwords here."),
        ]
    )
    own = (
        button(_("🙈 Hide this chat"), Go(to="hide")),
        button(_("🔒 My data"), Go(to="privacy")),
    )
    return Screen(body, rows=(own, home_row()))


def commands_of_person() -> list[tuple[str, str]]:
    """The commands and what each does, as Telegram's own menu shows them."""
    return [
        ("start", _("begin")),
        ("sos", _("in danger: emergency numbers")),
        ("topics", _("choose a topic")),
        ("check", _("see what you may get")),
        ("worker", _("ask a social worker")),
        ("mine", _("my requests")),
        ("code", _("open with a code")),
        ("language", _("change the language")),
        ("area", _("change the area")),
        ("cancel", _("stop what is open")),
        ("hide", _("delete the messages of this chat")),
        ("privacy", _("what happens to my data")),
        ("consent", _("what I agreed to")),
        ("mydata", _("what you hold about me")),
        ("delete", _("delete everything about me")),
        ("help", _("how this works")),
    ]


def topics_view(topics: Sequence[tuple[str, str]]) -> Screen:
    """What can be browsed."""
    events = (button(_("🧭 What has happened?"), Go(to="events")),)
    return Screen(Text(_("Choose a topic.")), rows=(events, *_in_pairs(topics), home_row()))


def events_view(events: Sequence[tuple[str, str]]) -> Screen:
    """The events in a life that can be browsed."""
    topics = (button(_("📚 Topics"), Go(to="topics")),)
    return Screen(Text(_("What has happened?")), rows=(*_in_pairs(events), topics, home_row()))


def _in_pairs(places: Sequence[tuple[str, str]]) -> list[tuple[Button, ...]]:
    buttons = [button(name, PickTopic(topic=place)) for place, name in places]
    return [tuple(buttons[at : at + 2]) for at in range(0, len(buttons), 2)]


def only_text_view() -> Screen:
    """A photo, a sticker, a voice message: said kindly that it cannot be read."""
    text = _("I can read only text. Please write in your own words. I did not open or keep what you sent.")
    return Screen(Text(text), rows=(home_row(),))


def outdated_button_view() -> Screen:
    """The button belongs to something that is over."""
    return Screen(Text(_("This button is no longer in use. Here is the menu.")), rows=(home_row(),))


def sorry_view() -> Screen:
    """Something broke on our side."""
    text = _("Something went wrong on our side, and we have noted it. Please try again in a few minutes.")
    return Screen(paragraphs([text, _("In danger call 112.")]), rows=(home_row(),))
