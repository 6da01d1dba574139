"""Looking up where a referral stands: its place in the queue, its messages, whom to call meanwhile."""

from __future__ import annotations

from collections.abc import Sequence

from bot.views.mine import Standing
from bot.views.reading import PRESSING
from bot.visit import Visit
from knowledge.entry import Helpline
from knowledge.library import Library
from referrals.referral import Referral


class Standings:
    """Knows the words for areas and the verified numbers."""

    def __init__(self, library: Library) -> None:
        self._library = library

    async def make(self, visit: Visit, referral: Referral) -> Standing:
        """Where it stands now, with the numbers for what was seen in it when it cannot wait."""
        is_pressing = referral.urgency in PRESSING or referral.crisis is not None
        numbers = self._library.shown_helplines(referral.crisis) if is_pressing else []
        return await self._make(visit, referral, numbers)

    async def make_for_bearer(self, visit: Visit, referral: Referral) -> Standing:
        """The same with everybody's numbers: which ones are shown must not tell what was told."""
        return await self._make(visit, referral, self._library.shown_helplines(None))

    async def _make(self, visit: Visit, referral: Referral, helplines: Sequence[Helpline]) -> Standing:
        work = visit.work
        return Standing(
            referral=referral,
            now=visit.now,
            area=dict(self._library.area_names(visit.language)).get(referral.area or ""),
            place=await work.referrals.place(referral) if referral.is_waiting else None,
            language=visit.language,
            helplines=helplines,
            messages=await work.messages.count(referral.id),
        )
