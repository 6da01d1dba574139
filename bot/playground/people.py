"""What people do in their apps: type, press, share a contact. Each makes an update for the bot."""

from __future__ import annotations

import time

from bot.playground.cast import Json
from bot.playground.errors import bad_request
from bot.playground.hub import Hub
from bot.playground.store import Store

FILE: Json = {"file_id": "playground", "file_unique_id": "playground"}
# What stands for things that are not text.
KINDS: dict[str, Json] = {
    "photo": {"photo": [{**FILE, "width": 90, "height": 90}]},
    "voice": {"voice": {**FILE, "duration": 3}},
    "sticker": {
        "sticker": {
            **FILE,
            "type": "regular",
            "width": 512,
            "height": 512,
            "is_animated": False,
            "is_video": False,
        }
    },
}


class People:
    """Acts of the persons in the playground."""

    def __init__(self, store: Store, hub: Hub) -> None:
        self._store = store
        self._hub = hub

    def say(self, person_id: int, content: Json, *, chat_id: int | None = None) -> int:
        """Send a message; returns the update's number. `content` is in Telegram's words."""
        where = chat_id or person_id
        if where > 0:
            self._store.keep("started", person_id, True)
        number = self._store.next(f"message {where}")
        message: Json = {
            "message_id": number,
            "from": self._store.person(person_id),
            "chat": self._store.chat(where) or {"id": where, "type": "group", "title": "Group"},
            "date": int(time.time()),
            **content,
        }
        text = content.get("text")
        if isinstance(text, str) and text.startswith("/"):
            length = len(text.split()[0])
            message["entities"] = [{"type": "bot_command", "offset": 0, "length": length}]
        self._store.put_message(where, number, message)
        return self._update({"message": message})

    def share_contact(self, person_id: int, phone: str) -> int:
        """Press the button that sends one's own number."""
        name = self._store.person(person_id)["first_name"]
        contact = {"phone_number": phone, "first_name": name, "user_id": person_id}
        return self.say(person_id, {"contact": contact})

    def press(self, person_id: int, chat_id: int, message_id: int, *, data: str) -> int:
        """Press a button under a message. Raises ApiError when the message is gone."""
        message = self._store.find_message(chat_id, message_id)
        if message is None:
            raise bad_request("message not found")
        query = str(self._store.next("press"))
        self._store.keep("press", query, person_id)
        person = self._store.person(person_id)
        press = {"id": query, "from": person, "chat_instance": str(chat_id), "message": message, "data": data}
        return self._update({"callback_query": press})

    def press_label(self, person_id: int, label: str, *, chat_id: int | None = None) -> int:
        """Press the newest button whose label holds the words. Raises ApiError when there is none."""
        where = chat_id or person_id
        for message in reversed(self._store.messages(where)):
            markup = message.get("reply_markup")
            rows = markup.get("inline_keyboard", []) if isinstance(markup, dict) else []
            for button in (each for row in rows for each in row):
                if label in button["text"] and "callback_data" in button:
                    number = int(str(message["message_id"]))
                    return self.press(person_id, where, number, data=button["callback_data"])
        raise bad_request(f"no button {label!r}")

    def speak(self, person_id: int, language_code: str) -> None:
        """Set the language of somebody's Telegram."""
        self._store.keep(
            "person", person_id, {**self._store.person(person_id), "language_code": language_code}
        )
        self._hub.changed()

    def inject(self, raw: Json) -> int:
        """Any update, however odd."""
        return self._update({key: value for key, value in raw.items() if key != "update_id"})

    def _update(self, body: Json) -> int:
        number = self._store.add_update(body)
        self._hub.new_update()
        return number
