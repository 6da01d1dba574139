"""Who is in the playground: a resident, two workers, and the group they share with the bot."""

from __future__ import annotations

TOKEN = "1:playground"  # noqa: S105 - no token that Telegram could issue
BOT_ID = 1
USERNAME = "atrama_playground_bot"
RESIDENT = 1001
WORKERS = (2001, 2002)
DESK = -1000000003001

Json = dict[str, object]

BOT: Json = {"id": BOT_ID, "is_bot": True, "first_name": "Atrama", "username": USERNAME}
PEOPLE: dict[int, Json] = {
    RESIDENT: {"id": RESIDENT, "is_bot": False, "first_name": "Olena", "language_code": "uk"},
    WORKERS[0]: {"id": WORKERS[0], "is_bot": False, "first_name": "Rasa", "language_code": "lt"},
    WORKERS[1]: {"id": WORKERS[1], "is_bot": False, "first_name": "Mantas", "language_code": "lt"},
}
GROUPS: dict[int, Json] = {DESK: {"id": DESK, "type": "supergroup", "title": "Social workers’ desk"}}


def new_person(person_id: int) -> Json:
    """Somebody who is not in the cast."""
    return {"id": person_id, "is_bot": False, "first_name": f"Person {person_id}", "language_code": "lt"}
