"""The morning's digest of each area: numbers only, into the desk's chat."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, time, timedelta

from bot.alerts import Alerts
from bot.courier.calls import SEND
from bot.language import DEFAULT, speaking
from bot.settings import DeskChats
from bot.staff.cards import Links
from bot.views.watch import digest_view
from referrals.access import serves
from referrals.audit import Anchor
from referrals.hours import ZONE
from referrals.person import Role
from referrals.referral import Area
from referrals.watching import Numbers

AT = time(8, 0)  # in Lithuania


@dataclass
class Digests:
    """The digests of one round."""

    alerts: Alerts
    desk_chats: DeskChats
    links: Links
    anchor: Anchor | None

    async def send(self) -> None:
        """Send what the day still lacks; the first one carries the audit's anchor."""
        areas = [Area(area) for area, _name in self.alerts.library.area_names(DEFAULT)]
        for area in (*areas, None):
            await self._send(area)

    async def _send(self, area: Area | None) -> None:
        now, watching = self.alerts.now, self.alerts.work.watching
        local = now.astimezone(ZONE)
        closes = self.alerts.hours.of(area).closing(local.date())
        if closes is None or local.time() < AT or now >= closes:
            return
        since = await watching.last_digest(area) or _yesterday(now)
        numbers = await watching.numbers(area, since=since, now=now)
        is_idle = area is None and numbers == Numbers(0, 0, 0, 0)
        if is_idle or not await watching.begin_digest(area, local.date().isoformat(), now):
            return
        chats = await self._readers(area)
        for chat, language in chats:
            with speaking(language):
                name = None if area is None else self.alerts.library.area_name(area, language)
                link = self.links.to_desk()
                screen = digest_view(numbers, name, since, link=link, anchor=self.anchor)
            await self.alerts.work.outbox.put(chat, SEND, parameters=screen.parameters(), now=now)
        self.anchor = None if chats else self.anchor

    async def _readers(self, area: Area | None) -> list[tuple[int, str]]:
        """The desk's chat, whose many readers share Lithuanian; without one, the coordinators."""
        desk = self.desk_chats.find(area)
        if desk is not None:
            return [(desk, DEFAULT)]
        coordinators = [each for each in self.alerts.staff if each.role is Role.COORDINATOR]
        return [
            (each.telegram_id, await self.alerts.language_of(each))
            for each in coordinators
            if serves(each, area)
        ]


def _yesterday(now: datetime) -> datetime:
    """Yesterday at the time of the digest."""
    local = now.astimezone(ZONE)
    return datetime.combine(local.date() - timedelta(days=1), AT, ZONE)
