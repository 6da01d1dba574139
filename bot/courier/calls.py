"""From a parcel to a call of the Bot API, and from Telegram's answer to what is to be done about it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from typing import cast

from aiogram.exceptions import (
    AiogramError,
    TelegramBadRequest,
    TelegramForbiddenError,
    TelegramMigrateToChat,
    TelegramRetryAfter,
)
from aiogram.methods import DeleteMessage, DeleteMessages, EditMessageText, SendMessage, TelegramMethod
from aiogram.types import Message

from bot.courier.files import FILES, file_call
from referrals.storage.cells import Json
from referrals.storage.outbox import SENT, Parcel, Posted

Call = TelegramMethod[Message | bool]

EDIT = "editMessageText"
SEND = "sendMessage"
DELETE = "deleteMessage"
DELETE_MANY = "deleteMessages"  # without `message_ids`: what was on its way when it was written
MANY = 100  # messages that Telegram deletes in one call
ONLY_IN_NEW = ("protect_content", "disable_notification")


class Outcome(Enum):
    """What Telegram's answer means for the parcel."""

    DONE = "done"
    QUIET = "quiet"
    AGAIN = "again"
    GONE = "gone"
    MOVED = "moved"
    AS_NEW = "as new"
    HALVES = "halves"
    REFUSED = "refused"


@dataclass(frozen=True)
class Result:
    """An outcome with what it needs: a message's id, seconds to be quiet, a chat's new id, a reason."""

    outcome: Outcome
    message_id: int | None = None
    seconds: float = 0.0
    chat_id: int = 0
    reason: str = ""


def call_of(parcel: Parcel, earlier: Posted | None) -> Call:
    """The typed call. An edit whose message never came about becomes a new message.

    Raises ValueError for a method the courier does not know, pydantic's ValidationError for bad parameters.
    """
    parameters: Json = {**parcel.parameters, "chat_id": parcel.chat_id}
    method = parcel.method
    if parcel.edits is not None:
        if earlier is not None and earlier.status == SENT and earlier.message_id is not None:
            parameters["message_id"] = earlier.message_id
        else:
            method = SEND
    if method == EDIT:
        parameters = {key: value for key, value in parameters.items() if key not in ONLY_IN_NEW}
    elif method == SEND:
        parameters.pop("message_id", None)
    return typed(method, parameters)


def typed(method: str, parameters: Json) -> Call:
    """A call of the methods the courier knows. Raises ValueError, pydantic's ValidationError."""
    if method in FILES:
        return cast("Call", file_call(method, parameters))
    kinds: dict[str, type[SendMessage | EditMessageText | DeleteMessage | DeleteMessages]] = {
        SEND: SendMessage,
        EDIT: EditMessageText,
        DELETE: DeleteMessage,
        DELETE_MANY: DeleteMessages,
    }
    if method not in kinds:
        raise ValueError(method)
    return cast("Call", kinds[method].model_validate(parameters))


def result_of(answer: Message | bool, call: Call) -> Result:
    """Telegram took it. A message that was only changed is as old as it was, and known already."""
    if isinstance(call, EditMessageText) or not isinstance(answer, Message):
        return Result(Outcome.DONE)
    return Result(Outcome.DONE, message_id=answer.message_id)


def result_of_error(error: Exception, call: Call) -> Result:
    """What a refusal or a failure means. Whatever is not a clear refusal is tried again."""
    reason = type(error).__name__
    match error:
        case TelegramRetryAfter():
            return Result(Outcome.QUIET, seconds=error.retry_after, reason=reason)
        case TelegramMigrateToChat():
            return Result(Outcome.MOVED, chat_id=error.migrate_to_chat_id, reason=reason)
        case TelegramForbiddenError():
            return Result(Outcome.GONE, reason=reason)
        case TelegramBadRequest():
            return _bad_request(error.message.casefold(), call)
        case AiogramError() | OSError() | TimeoutError():
            return Result(Outcome.AGAIN, reason=reason)
        case _:
            return Result(Outcome.REFUSED, reason=reason)


def _bad_request(message: str, call: Call) -> Result:
    if "message is not modified" in message:
        return Result(Outcome.DONE)
    if isinstance(call, DeleteMessages) and len(call.message_ids) > 1:
        return Result(Outcome.HALVES)
    if isinstance(call, DeleteMessage | DeleteMessages):
        return Result(Outcome.DONE, reason="nothing to delete")
    if isinstance(call, EditMessageText) and ("message to edit" in message or "be edited" in message):
        return Result(Outcome.AS_NEW)
    if any(sign in message for sign in ("chat not found", "user is deactivated", "peer_id_invalid")):
        return Result(Outcome.GONE, reason="chat not found")
    return Result(Outcome.REFUSED, reason="TelegramBadRequest")
