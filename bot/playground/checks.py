"""What Telegram refuses: texts, entities and keyboards out of bounds."""

from __future__ import annotations

from bot.playground.cast import Json
from bot.playground.errors import bad_request

TEXT = 4096  # UTF-16 units
DATA = 64  # bytes of callback data
COPIED = 256  # signs of a copy button


def units(text: str) -> int:
    """A text's length as Telegram counts it."""
    return len(text.encode("utf-16-le", errors="surrogatepass")) // 2


def check_text(parameters: Json) -> str:
    """The text. Raises ApiError."""
    text = parameters.get("text")
    if not isinstance(text, str) or not text.strip():
        raise bad_request("message text is empty")
    if units(text) > TEXT:
        raise bad_request("message is too long")
    entities = parameters.get("entities")
    for entity in entities if isinstance(entities, list) else []:
        offset, length = entity.get("offset"), entity.get("length")
        if not isinstance(offset, int) or not isinstance(length, int) or offset + length > units(text):
            raise bad_request("entity beyond the end of the text")
    return text


def check_markup(markup: object) -> Json | None:
    """The reply markup. Raises ApiError."""
    if markup in (None, ""):
        return None
    if not isinstance(markup, dict):
        raise bad_request("object expected as reply markup")
    for row in markup.get("inline_keyboard", []):
        for button in row:
            _check_button(button)
    return markup


def _check_button(button: Json) -> None:
    if not button.get("text"):
        raise bad_request("can't parse inline keyboard button: Text buttons are unallowed")
    data, copied = button.get("callback_data"), button.get("copy_text")
    if data is not None and not 1 <= len(str(data).encode()) <= DATA:
        raise bad_request("BUTTON_DATA_INVALID")
    if isinstance(copied, dict) and not 1 <= len(str(copied.get("text", ""))) <= COPIED:
        raise bad_request("BUTTON_COPY_TEXT_INVALID")
    if not any(kind in button for kind in ("callback_data", "url", "copy_text")):
        raise bad_request(
            "can't parse inline keyboard button: Text buttons are unallowed in the inline keyboard"
        )
