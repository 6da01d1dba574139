"""The webhook: 200 after the update is on disk, 401 to everyone without the secret."""

from __future__ import annotations

import hmac
import json
import logging

from aiohttp import web
from sqlalchemy.exc import SQLAlchemyError

from bot.intake.receiving import Receiving

logger = logging.getLogger(__name__)

SECRET_HEADER = "X-Telegram-Bot-Api-Secret-Token"  # noqa: S105 - a header's name
BODY_LIMIT = 1024 * 1024  # bytes; an update is a few kilobytes


class Webhook:
    """One POST route. The address is not secret; the header is."""

    def __init__(self, receiving: Receiving, secret: str) -> None:
        if not secret:
            msg = "a webhook needs a secret"
            raise ValueError(msg)
        self._receiving = receiving
        self._secret = secret.encode()

    def application(self) -> web.Application:
        """An application that knows nothing but this route."""
        application = web.Application(client_max_size=BODY_LIMIT)
        application.router.add_route("*", "/{path:.*}", self.handle)
        return application

    async def handle(self, request: web.Request) -> web.Response:
        """Keep one update. 503 when it could not be kept: Telegram will bring it again."""
        if request.method != "POST" or not self._knows_secret(request):
            return web.Response(status=401)
        try:
            raw: object = json.loads(await request.read())
        except web.HTTPRequestEntityTooLarge:
            return web.Response(status=413)
        except (ValueError, RecursionError):
            logger.warning("a webhook body is not JSON")
            raw = None
        try:
            await self._receiving.receive([raw])
        except (SQLAlchemyError, OSError):
            logger.exception("an update could not be stored")
            return web.Response(status=503)
        return web.Response()

    def _knows_secret(self, request: web.Request) -> bool:
        given = request.headers.getall(SECRET_HEADER, [])
        if len(given) != 1:
            return False
        return hmac.compare_digest(given[0].encode(errors="surrogateescape"), self._secret)
