"""The simulation's own interface, for the page and for tests: people act, faults happen, chats are read."""

from __future__ import annotations

import asyncio
import json

from aiohttp import web

from bot.playground.api import BotApi
from bot.playground.cast import DESK, RESIDENT, USERNAME, WORKERS, Json
from bot.playground.errors import ApiError
from bot.playground.faults import Fault, Faults
from bot.playground.files import find_file
from bot.playground.hub import Hub
from bot.playground.people import KINDS, People
from bot.playground.store import Store

BEAT = 15.0  # seconds between signs of life to a page that looks on


class Simulation:
    """Routes under /playground/."""

    def __init__(self, store: Store, hub: Hub, api: BotApi, *, faults: Faults) -> None:
        self._store = store
        self._hub = hub
        self._api = api
        self._faults = faults
        self.people = People(store, hub)
        self.calls: list[Json] = []

    def add_to(self, application: web.Application) -> None:
        """Register the routes."""
        router = application.router
        for name in ("say", "press", "contact", "language", "update", "fault", "reset"):
            router.add_post(f"/playground/{name}", getattr(self, name))
        router.add_get("/playground/state", self.state)
        router.add_get("/playground/calls", self.log)
        router.add_get("/playground/file/{id}", self.file)
        router.add_get("/playground/events", self.events)

    async def say(self, request: web.Request) -> web.Response:
        """{"person", "text" | "kind", "chat"?} → {"update_id"}."""
        asked = await request.json()
        content: Json = KINDS[asked["kind"]] if "kind" in asked else {"text": str(asked["text"])}
        return _done(self.people.say(int(asked["person"]), content, chat_id=asked.get("chat")))

    async def press(self, request: web.Request) -> web.Response:
        """{"person", "chat"?, "label"} or {"person", "chat", "message", "data"} → {"update_id"}."""
        asked = await request.json()
        person = int(asked["person"])
        try:
            if "label" in asked:
                return _done(self.people.press_label(person, asked["label"], chat_id=asked.get("chat")))
            message, data = int(asked["message"]), str(asked["data"])
            return _done(self.people.press(person, int(asked["chat"]), message, data=data))
        except ApiError as error:
            return web.json_response(error.as_json(), status=404)

    async def contact(self, request: web.Request) -> web.Response:
        """{"person", "phone"} → {"update_id"}."""
        asked = await request.json()
        return _done(self.people.share_contact(int(asked["person"]), str(asked["phone"])))

    async def language(self, request: web.Request) -> web.Response:
        """{"person", "code"}: the language of somebody's Telegram."""
        asked = await request.json()
        self.people.speak(int(asked["person"]), str(asked["code"]))
        return _done(0)

    async def update(self, request: web.Request) -> web.Response:
        """Any object as an update → {"update_id"}."""
        return _done(self.people.inject(await request.json()))

    async def fault(self, request: web.Request) -> web.Response:
        """{"kind", "times"?, "method"?, "chat"?, "retry_after"?, "migrate_to"?}."""
        self._faults.add(Fault(**await request.json()))
        return _done(0)

    async def reset(self, _request: web.Request) -> web.Response:
        """Forget chats, faults and the log; numbers go on."""
        self._store.reset()
        self._faults.clear()
        self.calls.clear()
        self._hub.changed()
        return _done(0)

    async def state(self, request: web.Request) -> web.Response:
        """Everything the page shows; `?chat=` for one chat's messages only."""
        if "chat" in request.query:
            return web.json_response(self._store.messages(int(request.query["chat"])))
        return web.json_response(self._state())

    async def log(self, _request: web.Request) -> web.Response:
        """Every call of the bot: method, chat, monotonic time, status."""
        return web.json_response(self.calls)

    async def file(self, request: web.Request) -> web.Response:
        """What the bot has sent as a picture or a document."""
        found = find_file(self._store, request.match_info["id"])
        if found is None:
            return web.Response(status=404)
        name, content, is_picture = found
        if is_picture:
            return web.Response(body=content, content_type="image/png")
        headers = {"Content-Disposition": f'attachment; filename="{name}"'}
        return web.Response(body=content, content_type="application/octet-stream", headers=headers)

    async def events(self, request: web.Request) -> web.StreamResponse:
        """Server-sent events: the state, whenever it changes."""
        response = web.StreamResponse(
            headers={"Content-Type": "text/event-stream", "Cache-Control": "no-store"}
        )
        await response.prepare(request)
        page = self._hub.open_page()
        try:
            while True:
                await self._next(page)
                page.clear()
                await response.write(f"data: {json.dumps(self._state())}\n\n".encode())
        except (ConnectionError, asyncio.CancelledError):
            return response
        finally:
            self._hub.close_page(page)

    async def _next(self, page: asyncio.Event) -> None:
        try:
            async with asyncio.timeout(BEAT):
                await page.wait()
        except TimeoutError:
            return

    def _state(self) -> Json:
        people = (RESIDENT, *WORKERS)
        return {
            "bot": USERNAME,
            "desk": DESK,
            "resident": RESIDENT,
            "workers": list(WORKERS),
            "people": {str(each): self._store.person(each) for each in people},
            "chats": {str(each): self._store.messages(each) for each in (*people, DESK)},
            "commands": {code: self._store.find("commands", code) or [] for code in ("", "lt", "en", "uk")},
            "answers": self._api.answers[-20:],
        }


def _done(number: int) -> web.Response:
    return web.json_response({"ok": True, "update_id": number})
