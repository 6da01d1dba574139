"""What the desk knows of a service's capacity, for the person who reads about it."""

from __future__ import annotations

from bot.views.capacity import room_line
from bot.visit import Visit
from knowledge.library import Library
from referrals.referral import Area, EntryId


async def room_lines(entry_id: str, visit: Visit, library: Library) -> list[str]:
    """A line for the person's area, or for each area while theirs is not known; old news is not told."""
    entry = library.find_entry(entry_id)
    if entry is None:
        return []
    own = visit.person.area
    areas = [Area(area) for area in entry.areas if own in {None, area}]
    return [
        room_line(room, library.area_name(room.area, visit.language))
        for room in await visit.work.capacity.find(EntryId(entry_id), areas)
        if room.is_current(visit.now)
    ]
