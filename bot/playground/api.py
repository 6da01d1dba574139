"""The methods of the Bot API that the bot uses; any other is answered in Telegram's own form."""

from __future__ import annotations

import time
from collections.abc import Awaitable, Callable

from bot.playground.cast import BOT, DESK, Json
from bot.playground.checks import check_markup, check_text
from bot.playground.errors import ApiError, bad_request
from bot.playground.files import keep_file
from bot.playground.hub import Hub
from bot.playground.store import Store

Method = Callable[[Json], Awaitable[object]]


class BotApi:
    """Telegram as one bot sees it."""

    def __init__(self, store: Store, hub: Hub) -> None:
        self.store = store
        self.hub = hub
        self.answers: list[Json] = []
        self._methods: dict[str, Method] = {
            "getme": self.get_me,
            "getupdates": self.get_updates,
            "setwebhook": self.set_webhook,
            "deletewebhook": self.delete_webhook,
            "getwebhookinfo": self.get_webhook_info,
            "sendmessage": self.send_message,
            "sendphoto": self.send_photo,
            "senddocument": self.send_document,
            "editmessagetext": self.edit_message_text,
            "deletemessage": self.delete_message,
            "deletemessages": self.delete_messages,
            "answercallbackquery": self.answer_callback_query,
            "sendchataction": self.send_chat_action,
            "setmycommands": self.set_my_commands,
            "getmycommands": self.get_my_commands,
            "deletemycommands": self.delete_my_commands,
            "getchat": self.get_chat,
        }

    async def call(self, method: str, parameters: Json) -> object:
        """The result of a method. Raises ApiError."""
        known = self._methods.get(method.lower())
        if known is None:
            raise ApiError(404, "Not Found: method not found")
        return await known(parameters)

    async def get_me(self, _parameters: Json) -> object:
        """The bot itself."""
        return {**BOT, "can_join_groups": True, "can_read_all_group_messages": False}

    async def get_updates(self, parameters: Json) -> object:
        """Long polling: an offset confirms what lies before it; without news the question stays open."""
        if self.store.find("webhook", "url"):
            raise ApiError(409, "Conflict: can't use getUpdates method while webhook is active")
        offset = parameters.get("offset")
        number = None if offset in (None, "") else integer(offset, "offset")
        limit = min(max(integer(parameters.get("limit", 100), "limit"), 1), 100)
        updates = self.store.updates(number, limit)
        seconds = integer(parameters.get("timeout", 0), "timeout")
        end = time.monotonic() + min(seconds, 50)
        while not updates and time.monotonic() < end:
            await self.hub.wait_for_update(end - time.monotonic())
            updates = self.store.updates(None, limit)
        return updates

    async def set_webhook(self, parameters: Json) -> object:
        """From now on updates are brought to an address."""
        url = parameters.get("url") or ""
        self.store.keep("webhook", "url", url)
        self.store.keep("webhook", "secret", parameters.get("secret_token") or "")
        self.hub.new_update()
        return True

    async def delete_webhook(self, parameters: Json) -> object:
        """From now on they are asked for."""
        if parameters.get("drop_pending_updates") in (True, "true", "True"):
            for update in self.store.updates(None, 100_000):
                self.store.drop_update(integer(update["update_id"], "update_id"))
        return await self.set_webhook({})

    async def get_webhook_info(self, _parameters: Json) -> object:
        """Where updates are brought to, and how many wait."""
        return {
            "url": self.store.find("webhook", "url") or "",
            "has_custom_certificate": False,
            "pending_update_count": self.store.pending(),
        }

    async def send_message(self, parameters: Json) -> object:
        """A new message of the bot."""
        chat = self._chat(parameters)
        text, markup = check_text(parameters), check_markup(parameters.get("reply_markup"))
        chat_id = integer(chat["id"], "chat_id")
        message: Json = {
            "message_id": self.store.next(f"message {chat_id}"),
            "from": BOT,
            "chat": chat,
            "date": int(time.time()),
            "text": text,
        }
        return self._show(message, parameters, markup)

    async def send_photo(self, parameters: Json) -> object:
        """A picture of the bot."""
        return self._send_file("photo", parameters)

    async def send_document(self, parameters: Json) -> object:
        """A file of the bot."""
        return self._send_file("document", parameters)

    def _send_file(self, kind: str, parameters: Json) -> object:
        chat = self._chat(parameters)
        markup = check_markup(parameters.get("reply_markup"))
        chat_id = integer(chat["id"], "chat_id")
        message: Json = {
            "message_id": self.store.next(f"message {chat_id}"),
            "from": BOT,
            "chat": chat,
            "date": int(time.time()),
            **keep_file(self.store, kind, parameters),
        }
        return self._show(message, parameters, markup)

    async def edit_message_text(self, parameters: Json) -> object:
        """Other words and buttons in place of those of an earlier message."""
        chat_id = integer(self._chat(parameters)["id"], "chat_id")
        number = integer(parameters.get("message_id"), "message_id")
        message = self.store.find_message(chat_id, number)
        if message is None:
            raise bad_request("message to edit not found")
        if message["from"] != BOT:
            raise bad_request("message can't be edited")
        text, markup = check_text(parameters), check_markup(parameters.get("reply_markup"))
        if (text, markup) == (message["text"], message.get("reply_markup")):
            raise bad_request(
                "message is not modified: specified new message content and reply markup are exactly "
                "the same as a current content and reply markup of the message"
            )
        kept = {key: message[key] for key in ("message_id", "from", "chat", "date")}
        return self._show({**kept, "text": text, "edit_date": int(time.time())}, parameters, markup)

    def _show(self, message: Json, parameters: Json, markup: Json | None) -> Json:
        entities = parameters.get("entities")
        shown = {**message, "entities": entities} if entities else message
        if markup is not None:
            shown = {**shown, "reply_markup": markup}
        chat = message["chat"]
        chat_id = integer(chat["id"] if isinstance(chat, dict) else None, "chat_id")
        self.store.put_message(chat_id, integer(message["message_id"], "message_id"), shown)
        self.hub.changed()
        is_inline = markup is not None and "inline_keyboard" in markup
        return shown if is_inline else {key: value for key, value in shown.items() if key != "reply_markup"}

    async def delete_message(self, parameters: Json) -> object:
        """Take a message away."""
        chat_id = integer(self._chat(parameters)["id"], "chat_id")
        if not self.store.delete_message(chat_id, integer(parameters.get("message_id"), "message_id")):
            raise bad_request("message to delete not found")
        self.hub.changed()
        return True

    async def delete_messages(self, parameters: Json) -> object:
        """Take up to a hundred messages away; those that are gone already are passed over."""
        chat_id = integer(self._chat(parameters)["id"], "chat_id")
        numbers = parameters.get("message_ids")
        if not isinstance(numbers, list) or not 1 <= len(numbers) <= 100:
            raise bad_request("message identifiers are not specified")
        for number in numbers:
            self.store.delete_message(chat_id, integer(number, "message_id"))
        self.hub.changed()
        return True

    async def answer_callback_query(self, parameters: Json) -> object:
        """Stop a button's clock; words and links are shown to whoever pressed."""
        query = str(parameters.get("callback_query_id", ""))
        presser = self.store.find("press", query)
        if presser is None:
            raise bad_request("query is too old and response timeout expired or query ID is invalid")
        answer = {key: parameters[key] for key in ("text", "show_alert", "url") if parameters.get(key)}
        self.answers.append({"person": presser, "id": query, **answer})
        self.hub.changed()
        return True

    async def send_chat_action(self, parameters: Json) -> object:
        """The bot seems to type."""
        self._chat(parameters)
        return True

    async def set_my_commands(self, parameters: Json) -> object:
        """The commands in a language."""
        self.store.keep("commands", parameters.get("language_code") or "", parameters.get("commands") or [])
        self.hub.changed()
        return True

    async def get_my_commands(self, parameters: Json) -> object:
        """The commands in exactly this language."""
        return self.store.find("commands", parameters.get("language_code") or "") or []

    async def delete_my_commands(self, parameters: Json) -> object:
        """No commands in this language."""
        return await self.set_my_commands({**parameters, "commands": []})

    async def get_chat(self, parameters: Json) -> object:
        """A chat."""
        return {**self._chat(parameters), "accent_color_id": 0, "max_reaction_count": 1}

    def _chat(self, parameters: Json) -> Json:
        chat_id = integer(parameters.get("chat_id"), "chat_id")
        chat = self.store.chat(chat_id)
        if chat is None and chat_id > 0 and chat_id != DESK:
            raise ApiError(403, "Forbidden: bot can't initiate conversation with a user")
        if chat is None:
            raise bad_request("chat not found")
        return chat


def integer(value: object, name: str) -> int:
    """A number, however it was sent. Raises ApiError."""
    try:
        return int(str(value))
    except ValueError:
        raise bad_request(f"{name} is invalid") from None
