"""Files in the outbox: a picture or a document, sealed with the rest of the call until it is sent.

Their parameters hold `{"file": {"name", "base64"}}`, which becomes an upload only at sending.
"""

from __future__ import annotations

from base64 import b64decode, b64encode

from aiogram.methods import SendDocument, SendPhoto
from aiogram.types import BufferedInputFile

from referrals.storage.cells import Json

PHOTO = "sendPhoto"
DOCUMENT = "sendDocument"
FILES = frozenset({PHOTO, DOCUMENT})


def file_parameters(name: str, content: bytes, *, caption: str = "", protected: bool = False) -> Json:
    """The parameters of a call that sends a file, without the chat."""
    parameters: Json = {"file": {"name": name, "base64": b64encode(content).decode()}}
    if caption:
        parameters["caption"] = caption
    if protected:
        parameters["protect_content"] = True
    return parameters


def file_call(method: str, parameters: Json) -> SendPhoto | SendDocument:
    """The typed call with its upload. Raises ValueError, pydantic's ValidationError."""
    others = {key: value for key, value in parameters.items() if key != "file"}
    match parameters.get("file"):
        case {"name": str(name), "base64": str(content)}:
            upload = BufferedInputFile(b64decode(content, validate=True), filename=name)
        case _:
            raise ValueError("a file has a name and a content")
    if method == PHOTO:
        return SendPhoto.model_validate({**others, "photo": upload})
    return SendDocument.model_validate({**others, "document": upload})
