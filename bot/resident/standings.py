"""Looking up where a referral stands: its place in the queue, its messages, whom to call meanwhile."""

from __future__ import annotations

from bot.views.mine import Standing
from bot.visit import Visit
from knowledge.library import Library
from referrals.referral import Referral


class Standings:
    """Knows the words for areas and the verified numbers."""

    def __init__(self, library: Library) -> None:
        self._library = library

    async def make(self, visit: Visit, referral: Referral) -> Standing:
        """Where it stands now, in the reader's language."""
        work = visit.work
        return Standing(
            referral=referral,
            now=visit.now,
            area=dict(self._library.area_names(visit.language)).get(referral.area or ""),
            place=await work.referrals.place(referral) if referral.is_waiting else None,
            language=visit.language,
            helplines=self._library.shown_helplines(referral.crisis),
            messages=await work.messages.count(referral.id),
        )
