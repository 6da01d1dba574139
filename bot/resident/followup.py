"""Asking people afterwards whether help came, and keeping what they say."""

from __future__ import annotations

import logging
from collections.abc import Callable

from aiogram import Router
from aiogram.types import CallbackQuery

from bot.buttons.followup import FollowedUp
from bot.clock import Clock
from bot.courier.calls import SEND
from bot.intake.worker import Turn
from bot.language import DEFAULT, speaking
from bot.views.followup import did_it_help_view, followed_up_view
from bot.views.letters import discreet_news_view
from bot.views.start import outdated_button_view
from bot.visit import Visit
from referrals.errors import Forbidden, KeyUnknown, Tampered
from referrals.followup import Said, answer, may_be_asked, plan
from referrals.hours import Hours
from referrals.news import Happened
from referrals.referral import ReferralId
from referrals.storage.work import Store

AT_ONCE = 50  # questions of one round; the next comes within minutes
logger = logging.getLogger(__name__)


def setup() -> Router:
    """Routes of the answers."""
    router = Router(name="followup")
    router.callback_query.register(say, FollowedUp.filter())
    return router


async def say(_press: CallbackQuery, callback_data: FollowedUp, visit: Visit, hours: Hours) -> None:
    """What the person says; of anybody else's referral nothing is told."""
    try:
        said = Said(callback_data.said)
        referral_id = ReferralId(callback_data.referral)
        referral = await answer(visit.work, visit.person, referral_id, said, hours=hours, now=visit.now)
    except (Forbidden, ValueError):
        await visit.show(outdated_button_view())
    else:
        await visit.replace(followed_up_view(referral, said))


class FollowUps:
    """Plans the question when a case is done, and asks it when it is due."""

    def __init__(self, store: Store, clock: Clock, hours: Hours, *, wake: Callable[[], None]) -> None:
        self._store = store
        self._clock = clock
        self._hours = hours
        self._wake = wake

    async def follow(self, turn: Turn) -> None:
        """Plan what follows from this transaction's news."""
        for news in turn.work.news:
            if news.happened is Happened.COMPLETED:
                await plan(turn.work, news.referral, hours=self._hours, now=turn.now)

    async def ask_due(self) -> None:
        """Ask everybody whose question is due. Raises what the store raises."""
        async with self._store.work() as work:
            due = await work.follow_ups.due(self._clock.now(), AT_ONCE)
        for referral_id in due:
            try:
                await self._ask(referral_id)
            except (KeyUnknown, Tampered, LookupError):  # one that cannot be read must not stop the others
                logger.exception("a follow-up cannot be asked")

    async def _ask(self, referral_id: ReferralId) -> None:
        """One question, at most once: the claim and the message are one transaction."""
        now = self._clock.now()
        async with self._store.work() as work:
            referral = await work.referrals.find(referral_id)
            person = None if referral is None else await work.persons.get(referral.person_id)
            if referral is None or person is None or not (may_be_asked(referral) and person.reachable):
                await work.follow_ups.drop(referral_id)
                await work.commit()
                return
            if not self._hours.of(referral.area).is_open(now):
                return
            if await work.follow_ups.claim(referral_id, now):
                with speaking(person.language or DEFAULT):
                    ask = discreet_news_view if referral.details.discreet else did_it_help_view
                    parameters = ask(referral).parameters()
                await work.outbox.put(person.telegram_id, SEND, parameters=parameters, now=now)
                await work.commit()
        self._wake()
