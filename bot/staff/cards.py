"""Making cards: what the desk and a case's screen know of a referral, in the reader's language."""

from __future__ import annotations

from bot.views.desk import Card
from knowledge.library import Library
from referrals.referral import Referral, ReferralId
from referrals.storage.work import UnitOfWork

CASE = "case_"  # the deep link's prefix; the id is no secret, rights are checked when it is opened
JOIN = "join_"
DESK = "desk"  # opens the private desk


class Links:
    """Deep links into the bot's private chat. The bot's name is known once Telegram was asked for it."""

    def __init__(self) -> None:
        self.username = ""

    def to_case(self, referral_id: ReferralId) -> str:
        """Opens a case, also for a worker who never pressed Start."""
        return f"https://t.me/{self.username}?start={CASE}{referral_id.hex}"

    def to_desk(self) -> str:
        """Opens the private desk of whoever follows it."""
        return f"https://t.me/{self.username}?start={DESK}"

    def to_join(self, token: str) -> str:
        """Uses an invite."""
        return f"https://t.me/{self.username}?start={JOIN}{token}"


class Cards:
    """Knows the words for areas and kinds, and the names of colleagues."""

    def __init__(self, library: Library, links: Links) -> None:
        self._library = library
        self._links = links

    async def make(self, work: UnitOfWork, referral: Referral, *, language: str, thin: bool) -> Card:
        """A card; a thin one tells the topic only, a full one the entry that was asked about."""
        owner = None if referral.owner is None else (await work.workers.get(referral.owner)).name
        reachable = thin or (await work.persons.get(referral.person_id)).reachable
        return Card(
            referral=referral,
            area=dict(self._library.area_names(language)).get(referral.area or "", "?"),
            kind=self.topic(referral, language) if thin else self.about(referral, language),
            owner=owner,
            link=self._links.to_case(referral.id),
            reachable=reachable,
            has_messages=await work.messages.count_of_person(referral.id) > 0,
        )

    def provider(self, provider_id: str) -> str:
        """An organisation's name; one that the content no longer knows keeps its id."""
        provider = self._library.content.providers.get(provider_id)
        return provider.name if provider else provider_id

    def topic(self, referral: Referral, language: str) -> str:
        """The kind of help, as broad as it gets."""
        return self._library.topic_name(referral.topic, language)

    def about(self, referral: Referral, language: str) -> str:
        """The entry the request came from, or the topic."""
        entry = self._library.find_entry(referral.entry_id or "")
        return entry.title[language] if entry else self.topic(referral, language)
