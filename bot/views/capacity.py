"""Whether a service has room: what coordinators tell, and what people read of it."""

from __future__ import annotations

from collections.abc import Sequence

from aiogram.utils.formatting import Bold, Text

from bot.buttons.office import Office, RoomOf
from bot.language import gettext as _
from bot.views.screen import Button, Screen, button, heading, lines, paragraphs
from bot.views.words import day
from referrals.capacity import Capacity, Room

LETTERS = {"o": Capacity.OPEN, "w": Capacity.WAITING_LIST, "f": Capacity.FULL}
Named = Sequence[tuple[str, str]]  # ids with their names


def capacity_word(capacity: Capacity) -> str:
    """Whether there is room."""
    return {
        Capacity.OPEN: _("There is room"),
        Capacity.WAITING_LIST: _("Waiting list"),
        Capacity.FULL: _("No room now"),
    }[capacity]


def room_line(room: Room, area: str) -> str:
    """For whoever may want the service: what the desk knows, where, and since when."""
    return _("{state} (told by the desk on {date}, {area}).").format(
        state=capacity_word(room.capacity), date=day(room.told_at), area=area
    )


def ask_service_view(*, hint: str = "") -> Screen:
    """Which service it is about."""
    asked = _("Write what the service is called or what it is for. /cancel stops.")
    body = paragraphs([hint, heading(_("Does a service have room?")), asked])
    return Screen(body, rows=((button(_("Back"), Office(to="staff")),),))


def services_view(entries: Named) -> Screen:
    """Services that were found."""
    rows = [(button(name, RoomOf(entry=entry)),) for entry, name in entries]
    rows.append((button(_("Another one"), Office(to="capacity")),))
    return Screen(Text(_("Which of these?")), rows=tuple(rows))


def nothing_found_hint() -> str:
    """No service that takes requests was found by the words."""
    return _("I found no service by these words to which people are referred.")


def rooms_view(entry_id: str, name: str, areas: Named, rooms: Sequence[Room]) -> Screen:
    """A service in the coordinator's areas, and what was told of it."""
    known = {str(room.area): room for room in rooms}
    told = [Text(f"{area_name}: ", Bold(_state(known.get(area)))) for area, area_name in areas]
    rows: list[tuple[Button, ...]] = [
        (button(area_name, RoomOf(entry=entry_id, area=area)),) for area, area_name in areas
    ]
    if len(areas) == 1:
        rows = _states(entry_id, areas[0][0])
    rows.append((button(_("Another one"), Office(to="capacity")),))
    return Screen(paragraphs([heading(name), lines(told), _lasts()]), rows=tuple(rows))


def room_view(entry_id: str, name: str, area: tuple[str, str], room: Room | None) -> Screen:
    """A service in one area: what is told of it, and what can be."""
    body = paragraphs([heading(name), Text(f"{area[1]}: ", Bold(_state(room))), _lasts()])
    back = (button(_("Back"), RoomOf(entry=entry_id)),)
    return Screen(body, rows=(*_states(entry_id, area[0]), back))


def _states(entry_id: str, area: str) -> list[tuple[Button, ...]]:
    return [
        (button(capacity_word(capacity), RoomOf(entry=entry_id, area=area, room=letter)),)
        for letter, capacity in LETTERS.items()
    ]


def _state(room: Room | None) -> str:
    if room is None:
        return _("not told")
    return f"{capacity_word(room.capacity)} ({day(room.told_at)})"


def _lasts() -> str:
    return _("People read it with the answer for 60 days. After that it has to be told anew.")
