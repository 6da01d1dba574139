"""Reading a raw update just far enough to store it: its number, its lane, whether it cries for help."""

from __future__ import annotations

import json
from dataclasses import dataclass

from referrals.storage.inbox import Arrived

BIGGEST_ID = 2**63  # what a database's big integer holds
SOS_COMMAND = "/sos"
SOS_BUTTON = "sos"

Raw = dict[str, object]


@dataclass(frozen=True)
class Cry:
    """Somebody who pressed or typed /sos."""

    chat_id: int
    language_code: str | None
    callback_id: str | None


def arrived(raw: object) -> Arrived:
    """What is stored. An update without a usable number can only be parked, and says so."""
    body = json.dumps(raw)
    if not isinstance(raw, dict):
        return Arrived(None, lane="nobody", body=body, reason="not an object")
    number = update_number(raw)
    if number is None:
        return Arrived(None, lane="nobody", body=body, reason="no update_id")
    return Arrived(number, lane=lane(raw), body=body, message_id=private_message(raw))


def update_number(raw: object) -> int | None:
    """The `update_id`, if it is one that can be stored."""
    number = raw.get("update_id") if isinstance(raw, dict) else None
    if isinstance(number, bool) or not isinstance(number, int) or not 0 <= number < BIGGEST_ID:
        return None
    return number


def private_message(raw: Raw) -> int | None:
    """The number of what a person wrote in the private chat, if the update is that."""
    for kind in ("message", "edited_message"):
        message = raw.get(kind)
        chat = message.get("chat") if isinstance(message, dict) else None
        if isinstance(message, dict) and isinstance(chat, dict) and chat.get("type") == "private":
            number = message.get("message_id")
            return number if type(number) is int and 0 < number < BIGGEST_ID else None
    return None


def lane(raw: Raw) -> str:
    """Whose order the update belongs to: the person it is from, else its chat."""
    for part in raw.values():
        if not isinstance(part, dict):
            continue
        for holder in ("from", "user", "chat"):
            whom = part.get(holder)
            if isinstance(whom, dict) and isinstance(whom.get("id"), int):
                return str(whom["id"])
    return "nobody"


def find_cry(raw: object) -> Cry | None:
    """The cry for help in an update, read without trusting its shape."""
    if not isinstance(raw, dict):
        return None
    message, press = raw.get("message"), raw.get("callback_query")
    if isinstance(message, dict) and _is_command(message.get("text")):
        return _cry(message, message.get("from"), callback_id=None)
    if isinstance(press, dict) and press.get("data") == SOS_BUTTON:
        callback_id = press.get("id")
        return _cry(
            press.get("message"),
            press.get("from"),
            callback_id=callback_id if isinstance(callback_id, str) else None,
        )
    return None


def find_private_chat(raw: object) -> tuple[int, str | None] | None:
    """The private chat an update comes from and its language tag, when the rest of it cannot be read."""
    for part in raw.values() if isinstance(raw, dict) else ():
        message = part.get("message", part) if isinstance(part, dict) else None
        chat = message.get("chat") if isinstance(message, dict) else None
        if isinstance(chat, dict) and chat.get("type") == "private" and type(chat.get("id")) is int:
            sender = part.get("from")
            code = sender.get("language_code") if isinstance(sender, dict) else None
            return chat["id"], code if isinstance(code, str) else None
    return None


def _is_command(text: object) -> bool:
    if not isinstance(text, str):
        return False
    first = text.strip().split(maxsplit=1)[:1]
    return bool(first) and first[0].partition("@")[0].casefold() == SOS_COMMAND


def _cry(message: object, sender: object, *, callback_id: str | None) -> Cry | None:
    chat = message.get("chat") if isinstance(message, dict) else None
    chat_id = chat.get("id") if isinstance(chat, dict) else None
    if not isinstance(chat_id, int) and isinstance(sender, dict):
        chat_id = sender.get("id")
    if not isinstance(chat_id, int) or isinstance(chat_id, bool):
        return None
    code = sender.get("language_code") if isinstance(sender, dict) else None
    return Cry(chat_id, code if isinstance(code, str) else None, callback_id)
