"""What follows from news: the desk's cards change, the person hears of it in their language.

Called in the same transaction as the change; what is written to the outbox is sent after the commit.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from uuid import UUID

from bot.courier.calls import EDIT, SEND
from bot.intake.worker import Turn
from bot.language import DEFAULT, speaking
from bot.settings import DeskChats
from bot.staff.cards import Cards
from bot.views.desk import card_view, withdrawn_for_worker_view
from bot.views.handover import given_view, moved_card_view, taken_away_view
from bot.views.letters import contact_changed_view, discreet_news_view, letter_view, person_wrote_view
from bot.views.news import news_view
from bot.views.screen import Screen
from referrals.news import Happened, News
from referrals.referral import Referral, WorkerId

# What the person did themselves is shown by the handler that did it.
BY_THE_PERSON = frozenset(
    {Happened.REQUESTED, Happened.WITHDRAWN, Happened.PERSON_WROTE, Happened.CONTACT_CHANGED}
)
# What only colleagues need to know.
AMONG_COLLEAGUES = frozenset({Happened.MARKED_DUPLICATE})


class Herald:
    """Turns news into messages."""

    def __init__(self, cards: Cards, desk_chats: DeskChats) -> None:
        self._cards = cards
        self._desk_chats = desk_chats

    async def tell(self, turn: Turn) -> None:
        """Write everything that follows from this transaction's news."""
        for news in turn.work.news:
            if news.happened is Happened.HANDED_OVER:
                await self._hand_over(turn, news)
            elif news.happened is Happened.REQUESTED:
                await self._announce(turn, news.referral)
            else:
                await self._change_cards(turn, news.referral)
            if news.happened is Happened.WITHDRAWN:
                screen = partial(withdrawn_for_worker_view, news.referral)
                await self._tell_worker(turn, news.owner_before, screen)
            elif news.happened is Happened.PERSON_WROTE:
                await self._tell_worker(turn, news.referral.owner, partial(person_wrote_view, news.referral))
            elif news.happened is Happened.CONTACT_CHANGED:
                screen = partial(contact_changed_view, news.referral)
                await self._tell_worker(turn, news.referral.owner, screen)
            elif news.happened not in BY_THE_PERSON | AMONG_COLLEAGUES:
                await self._tell_person(turn, news)

    async def _announce(self, turn: Turn, referral: Referral) -> None:
        """A card for the area's desk; without one, for each coordinator."""
        screen = await self._card(turn, referral)
        desk = self._desk_chats.find(referral.area)
        chats = (
            [desk] if desk is not None else [c.telegram_id for c in await turn.work.workers.coordinators()]
        )
        for chat in chats:
            row = await self._put(turn, chat, screen, edits=None)
            await turn.work.referrals.put_card(referral.id, row)

    async def _change_cards(self, turn: Turn, referral: Referral, screen: Screen | None = None) -> None:
        screen = screen or await self._card(turn, referral)
        for row in await turn.work.referrals.cards(referral.id):
            earlier = await turn.work.outbox.find(row)
            if earlier is not None:
                await self._put(turn, earlier.chat_id, screen, edits=row)

    async def _hand_over(self, turn: Turn, news: News) -> None:
        """To another desk: its own card, and the old one changes no more. To a colleague: both hear of it."""
        referral, worker = news.referral, news.by
        name = "" if worker is None else (await turn.work.workers.get(worker)).name
        if referral.owner is None:
            with speaking(DEFAULT):
                moved = moved_card_view(
                    await self._cards.make(turn.work, referral, language=DEFAULT, thin=True)
                )
            await self._change_cards(turn, referral, moved)
            await turn.work.referrals.forget_cards(referral.id)
            await self._announce(turn, referral)
        else:
            await self._change_cards(turn, referral)
            await self._tell_worker(turn, referral.owner, partial(given_view, referral, name))
        if news.owner_before not in {None, worker}:
            await self._tell_worker(turn, news.owner_before, partial(taken_away_view, referral, name))

    async def _card(self, turn: Turn, referral: Referral) -> Screen:
        with speaking(DEFAULT):  # the desk's chat has many readers; they share Lithuanian
            card = await self._cards.make(turn.work, referral, language=DEFAULT, thin=True)
            return card_view(card, turn.now)

    async def _tell_person(self, turn: Turn, news: News) -> None:
        if not news.referral.details.may_write:
            return
        person = await turn.work.persons.get(news.referral.person_id)
        with speaking(person.language or news.referral.details.language):
            await self._put(turn, person.telegram_id, _screen_for_person(news), edits=None)

    async def _tell_worker(self, turn: Turn, worker_id: WorkerId | None, make: Callable[[], Screen]) -> None:
        """In the worker's own language."""
        if worker_id is None:
            return
        worker = await turn.work.workers.get(worker_id)
        person = await turn.work.persons.find(worker.telegram_id)
        with speaking((person.language if person else None) or DEFAULT):
            await self._put(turn, worker.telegram_id, make(), edits=None)

    async def _put(self, turn: Turn, chat_id: int, screen: Screen, *, edits: UUID | None) -> UUID:
        return await turn.work.outbox.put(
            chat_id,
            SEND if edits is None else EDIT,
            parameters=screen.parameters(),
            now=turn.now,
            edits=edits,
        )


def _screen_for_person(news: News) -> Screen:
    """A phone that others look at shows only that there is news."""
    if news.referral.details.discreet:
        return discreet_news_view(news.referral)
    return letter_view(news) if news.happened is Happened.WORKER_WROTE else news_view(news)
