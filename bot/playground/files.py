"""Files that the bot sends: read from the form, kept, and handed to the page."""

from __future__ import annotations

from base64 import b64decode, b64encode

from aiohttp import web

from bot.playground.cast import Json
from bot.playground.errors import bad_request
from bot.playground.store import Store


def kept_upload(field: web.FileField) -> Json:
    """What is kept of a file in a form."""
    content = field.file.read()
    return {"name": field.filename, "size": len(content), "base64": b64encode(content).decode()}


def upload_of(parameters: Json, kind: str) -> Json:
    """The file a call means, by `attach://name` or by the field itself. Raises ApiError."""
    meant = parameters.get(kind)
    if isinstance(meant, str) and meant.startswith("attach://"):
        meant = parameters.get(meant.removeprefix("attach://"))
    if not isinstance(meant, dict) or "base64" not in meant:
        raise bad_request(f"there is no {kind} in the request")
    return meant


class Files:
    """The route by which the page downloads a file."""

    def __init__(self, store: Store) -> None:
        self._store = store

    async def serve(self, request: web.Request) -> web.Response:
        """As an attachment and never as a page: what is in it is not trusted."""
        kept = self._store.find("file", request.match_info["number"])
        if not isinstance(kept, dict):
            return web.Response(status=404)
        return web.Response(
            body=b64decode(kept["base64"]),
            content_type="application/octet-stream",
            headers={"Content-Disposition": "attachment"},
        )
