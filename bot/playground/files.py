"""Pictures and documents that the bot sends: kept, and shown in Telegram's words."""

from __future__ import annotations

import re
from base64 import b64decode
from secrets import token_hex

from bot.playground.cast import Json
from bot.playground.checks import units
from bot.playground.errors import bad_request
from bot.playground.store import Store

CAPTION = 1024  # UTF-16 units
PNG = b"\x89PNG\r\n\x1a\n"


def keep_file(store: Store, kind: str, parameters: Json) -> Json:
    """The part of a message that shows the file. Raises ApiError."""
    match parameters.get(kind):
        case {"name": str(name), "base64": str(content)} if content:
            raw = b64decode(content)
        case _:
            raise bad_request("file must be non-empty")
    caption = str(parameters.get("caption") or "")
    if units(caption) > CAPTION:
        raise bad_request("message caption is too long")
    if kind == "photo" and not raw.startswith(PNG):
        raise bad_request("IMAGE_PROCESS_FAILED")
    file_id = token_hex(8)
    store.keep("file", file_id, {"kind": kind, "name": name, "base64": content})
    about: Json = {"file_id": file_id, "file_unique_id": file_id, "file_size": len(raw)}
    shown: object = {**about, "file_name": name}
    if kind == "photo":
        width, height = (int.from_bytes(raw[at : at + 4], "big") for at in (16, 20))
        shown = [{**about, "width": width, "height": height}]
    return {kind: shown, **({"caption": caption} if caption else {})}


def find_file(store: Store, file_id: str) -> tuple[str, bytes, bool] | None:
    """Its name, content, and whether it is a picture."""
    match store.find("file", file_id):
        case {"kind": kind, "name": str(name), "base64": str(content)}:
            return re.sub(r"[^\w.-]", "_", name), b64decode(content), kind == "photo"
        case _:
            return None
