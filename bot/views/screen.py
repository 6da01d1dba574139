"""A screen: text with entities and buttons, and how Telegram wants it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from aiogram.filters.callback_data import CallbackData
from aiogram.utils.formatting import Bold, Text

from bot.buttons import SOS, Go
from bot.language import gettext as _

LIMIT = 4096  # UTF-16 units, Telegram's longest text
LABEL = 40  # signs: more is cut by Telegram's own clients

Json = dict[str, object]


@dataclass(frozen=True)
class Button:
    """A button with one thing that it does."""

    label: str
    data: str | None = None
    url: str | None = None
    copy: str | None = None

    def as_json(self) -> Json:
        """Telegram's InlineKeyboardButton."""
        button: Json = {"text": self.label}
        if self.data is not None:
            button["callback_data"] = self.data
        if self.url is not None:
            button["url"] = self.url
        if self.copy is not None:
            button["copy_text"] = {"text": self.copy}
        return button


Rows = tuple[tuple[Button, ...], ...]


@dataclass(frozen=True)
class Screen:
    """What one message shows. `contact` is the label of the button that shares one's own phone; a screen
    that `clears` takes such a button away, if it has none itself.
    """

    body: Text
    rows: Rows = ()
    contact: str | None = None
    protected: bool = False
    clears: bool = False

    def parameters(self) -> Json:
        """The parameters of sendMessage without the chat."""
        text, entities = self.body.render()
        parameters: Json = {
            "text": text,
            "entities": [entity.model_dump(exclude_none=True) for entity in entities],
            "link_preview_options": {"is_disabled": True},
        }
        if self.contact is not None:
            parameters["reply_markup"] = {
                "keyboard": [[{"text": self.contact, "request_contact": True}]],
                "resize_keyboard": True,
                "one_time_keyboard": True,
            }
        elif self.rows:
            parameters["reply_markup"] = {
                "inline_keyboard": [[button.as_json() for button in row] for row in self.rows]
            }
        elif self.clears:
            parameters["reply_markup"] = {"remove_keyboard": True}
        if self.protected:
            parameters["protect_content"] = True
        return parameters

    def pages(self) -> list[Screen]:
        """Itself, or as many messages as it takes: parted at a line's end, the buttons on the last."""
        pages, rest = [], self.body
        while len(rest) > LIMIT:  # aiogram counts and cuts texts in UTF-16 units, as Telegram does
            cut = _last_line_end(rest)
            pages.append(Screen(rest[:cut], protected=self.protected))
            rest = rest[cut:]
        return [*pages, replace(self, body=rest)]


def button(label: str, press: CallbackData | str) -> Button:
    """A button that is pressed; a long label ends in an ellipsis of our own."""
    short = label if len(label) <= LABEL else label[: LABEL - 1].rstrip() + "…"
    return Button(short, data=press if isinstance(press, str) else press.pack())


def paragraphs(parts: Iterable[Text | str]) -> Text:
    """The parts with an empty line between each two; empty ones are passed over."""
    body: list[Text | str] = []
    for part in parts:
        if not part:
            continue
        if body:
            body.append("\n\n")
        body.append(part)
    return Text(*body)


def lines(parts: Iterable[Text | str]) -> Text:
    """The parts, each on its own line."""
    body: list[Text | str] = []
    for part in parts:
        if body:
            body.append("\n")
        body.append(part)
    return Text(*body)


def heading(text: str) -> Text:
    """A line that stands out."""
    return Bold(text)


def home_row() -> tuple[Button, ...]:
    """The way back, and the way to help in danger, on every screen that is not a form."""
    return (button(_("Menu"), Go(to="home")), button(_("🆘 Danger: 112"), SOS))


def leave_row() -> tuple[Button, ...]:
    """Out at once: a screen that says nothing takes this one's place."""
    return (button(_("🏠 Leave"), Go(to="leave")),)


def _last_line_end(text: Text) -> int:
    fits = text.render()[0].encode("utf-16-le")[: LIMIT * 2].decode("utf-16-le", errors="ignore")
    end = fits.rfind("\n") + 1 or len(fits)
    return len(fits[:end].encode("utf-16-le")) // 2
