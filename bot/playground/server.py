"""The playground's server: the Bot API, the simulation and the page, on 127.0.0.1 only."""

from __future__ import annotations

import asyncio
import json
import re
import time
from base64 import b64encode
from collections.abc import Awaitable, Callable
from pathlib import Path
from urllib.parse import parse_qsl

from aiohttp import web
from aiohttp.web_request import FileField

from bot.playground.api import BotApi
from bot.playground.cast import Json
from bot.playground.delivery import Delivery
from bot.playground.errors import ApiError
from bot.playground.faults import SILENT, Faults
from bot.playground.hub import Hub
from bot.playground.simulation import Simulation
from bot.playground.store import Store

HOST = "127.0.0.1"
PAGE = Path(__file__).parent / "page"
LARGEST = 50 * 1024**2  # bytes Telegram takes of a bot's file
ATTACHED = "attach://"  # a parameter that stands for an upload beside it
TOKEN = re.compile(r"\d+:[\w-]+")
HEADERS = {
    "Cache-Control": "no-store",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Content-Security-Policy": (
        "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src 'self' data:; "
        "base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
    ),
}
Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]


class Playground:
    """A Telegram for this computer only."""

    def __init__(self, folder: Path | None = None, *, port: int = 0) -> None:
        self.store = Store(folder)
        self.faults = Faults()
        hub = Hub()
        self.api = BotApi(self.store, hub)
        self.simulation = Simulation(self.store, hub, self.api, faults=self.faults)
        self._delivery = Delivery(self.store, hub)
        self._port = port
        self._runner: web.AppRunner | None = None
        self._delivering: asyncio.Task[None] | None = None

    async def start(self) -> None:
        """Serve. Raises OSError when the port is taken."""
        application = web.Application(middlewares=[self._guard], client_max_size=LARGEST)
        application.router.add_route("*", "/bot{token}/{method}", self._call)
        self.simulation.add_to(application)
        for path, file in {"/": "index.html", "/page.js": "page.js", "/style.css": "style.css"}.items():
            application.router.add_get(path, _file(PAGE / file))
        self._runner = web.AppRunner(application, access_log=None, shutdown_timeout=1.0)
        await self._runner.setup()
        site = web.TCPSite(self._runner, HOST, self._port)
        await site.start()
        self._port = self._runner.addresses[0][1]
        self._delivering = asyncio.create_task(self._delivery.run())

    async def stop(self) -> None:
        """Stop serving and let go of the store."""
        if self._delivering is not None:
            self._delivering.cancel()
            await asyncio.gather(self._delivering, return_exceptions=True)
        if self._runner is not None:
            await self._runner.cleanup()
        self.store.close()

    @property
    def address(self) -> str:
        """Of the page, and of the Bot API."""
        return f"http://{HOST}:{self._port}"

    @web.middleware
    async def _guard(self, request: web.Request, handler: Handler) -> web.StreamResponse:
        """Only this computer, and no other web page: a foreign Host or Origin is refused."""
        hosts = {f"{name}:{self._port}" for name in (HOST, "localhost")}
        origin = request.headers.get("Origin")
        if request.host not in hosts or origin not in {None, *(f"http://{host}" for host in hosts)}:
            return web.Response(status=403)
        response = await handler(request)
        if not response.prepared:
            response.headers.update(HEADERS)
        return response

    async def _call(self, request: web.Request) -> web.StreamResponse:
        method = request.match_info["method"]
        parameters = await _parameters(request)
        entry: Json = {"method": method, "chat": parameters.get("chat_id"), "at": time.monotonic()}
        self.simulation.calls.append(entry)
        try:
            result = await self._result(method, parameters, request)
        except ApiError as error:
            entry["status"] = error.code
            return web.json_response(error.as_json(), status=error.code)
        entry["status"] = 200
        return web.json_response({"ok": True, "result": result})

    async def _result(self, method: str, parameters: Json, request: web.Request) -> object:
        if not TOKEN.fullmatch(request.match_info["token"]):
            raise ApiError(401, "Unauthorized")
        fault = self.faults.take(method, parameters)
        if fault is None:
            return await self.api.call(method, parameters)
        if fault.kind == "timeout":
            await self.api.call(method, parameters)
        if fault.kind in SILENT:
            if request.transport is not None:
                request.transport.abort()
            raise ApiError(500, "gone")
        raise fault.error()


async def _parameters(request: web.Request) -> Json:
    """From the query and any kind of body; values that look like JSON are read as such."""
    found: Json = dict(request.query)
    if request.content_type == "application/json":
        parsed = json.loads(await request.read() or b"{}")
        found |= parsed if isinstance(parsed, dict) else {}
    elif request.content_type == "application/x-www-form-urlencoded":
        # read by hand: aiohttp ignores the form of a GET, and Telegram does not
        found |= dict(parse_qsl(await request.text(), keep_blank_values=True))
    elif request.method == "POST":
        form = await request.post()
        files: Json = {key: _file_of(value) for key, value in form.items() if isinstance(value, FileField)}
        texts = {key: value for key, value in form.items() if isinstance(value, str)}
        found |= {
            **files,
            **{key: files.get(text.removeprefix(ATTACHED), text) for key, text in texts.items()},
        }
    return {key: _read(value) for key, value in found.items()}


def _file_of(field: FileField) -> Json:
    return {"name": field.filename, "base64": b64encode(field.file.read()).decode()}


def _read(value: object) -> object:
    if isinstance(value, str) and value[:1] in "[{":
        try:
            return json.loads(value)
        except ValueError:
            return value
    return value


def _file(path: Path) -> Handler:
    async def serve(_request: web.Request) -> web.StreamResponse:
        return web.FileResponse(path)

    return serve
