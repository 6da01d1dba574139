"""The library: everything that is known, by id, by topic, and by what somebody asks."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property, partial
from pathlib import Path
from typing import Literal

from knowledge.compiled import kept
from knowledge.directory import Directory
from knowledge.entry import AREAS, Entry, Helpline, SectionKey
from knowledge.facts import State, state_of
from knowledge.loading import Content, load
from knowledge.matching.crisis import CrisisGate, Danger
from knowledge.matching.documents import make_gate_and_matcher
from knowledge.matching.fitted import ANSWER_FROM, CHOOSE_FROM
from knowledge.matching.followup import FollowUp
from knowledge.matching.language import IN_LATIN
from knowledge.matching.matcher import Match, Matcher
from knowledge.matching.normalise import plain, words
from knowledge.matching.parts import parts_of
from knowledge.matching.reading import folded

Decision = Literal["answer", "choose", "redirect", "unknown", "crisis", "human", "smalltalk"]
FOLDER = Path(__file__).parent

CHOICES = 3
STATUSES = ("available", "dated", "planned", "historic")  # what is to be had comes first
TIERS = ("core", "signpost", "secondary", "context")


class NoSuchEntry(LookupError):
    """There is no entry with this id."""


@dataclass(frozen=True)
class Finding:
    """What a question means to us: a decision, the entries best first, and why."""

    decision: Decision
    language: str
    entries: tuple[tuple[str, float], ...]
    danger: Danger | None = None
    confidence: float = 0.0
    match: Match | None = None
    providers: tuple[str, ...] = ()
    parts: tuple[Finding, ...] = ()  # of several questions in one message, those that were understood

    @property
    def crisis(self) -> str | None:
        """The likeliest kind of danger that is told, if any."""
        return self.danger.kinds[0] if self.danger else None


class Library:
    """Loaded once; never changes."""

    def __init__(self, content: Content) -> None:
        self.content = content
        self._directory = Directory(content.providers)
        self._follow_up = FollowUp.load(FOLDER / "matching" / "followup.yaml")

    @classmethod
    def load(cls, folder: Path | None = None) -> Library:
        """From a folder of content files; the package's own by default. Raises ContentError."""
        return cls(load(folder) if folder else kept(FOLDER, "content", lambda: load(FOLDER)))

    @cached_property
    def _made(self) -> tuple[CrisisGate, Matcher]:
        """Made when first asked for; kept for the package's own content, together: both know senses."""
        make = partial(make_gate_and_matcher, [each for each in self.entries if each.published])
        return kept(FOLDER, "made", make) if self.content.folder == FOLDER else make()

    @property
    def gate(self) -> CrisisGate:
        """What recognises danger; the same for every content."""
        return self._made[0]

    @property
    def matcher(self) -> Matcher:
        """What finds."""
        return self._made[1]

    def warm_up(self) -> None:
        """Make ready what the first question would wait for."""
        _ready = self._made

    @property
    def entries(self) -> Sequence[Entry]:
        """All entries, by id."""
        return list(self.content.entries.values())

    def find_entry(self, entry_id: str) -> Entry | None:
        """The entry with this id."""
        return self.content.entries.get(entry_id)

    def get(self, entry_id: str) -> Entry:
        """The entry with this id. Raises NoSuchEntry."""
        entry = self.find_entry(entry_id)
        if entry is None:
            raise NoSuchEntry(entry_id)
        return entry

    def names(self, entry_ids: Sequence[str], language: str) -> list[tuple[str, str]]:
        """Ids with their short names."""
        return [(entry_id, self.get(entry_id).short_name(language)) for entry_id in entry_ids]

    def area_names(self, language: str) -> list[tuple[str, str]]:
        """The areas with their names, in a fixed order."""
        return [(area, self.area_name(area, language)) for area in AREAS]

    def area_name(self, area: str, language: str) -> str:
        """An area's name."""
        return self.content.areas[area][language]

    def topic_names(self, language: str) -> list[tuple[str, str]]:
        """The topics that have entries, with their names."""
        parts = {each.topic: each for each in self.content.menu.values() if each.topic}
        whole = [(topic, texts) for topic, texts in self.content.topics.items() if topic not in parts]
        split = [(name, each) for name, each in self.content.menu.items() if each.topic]
        return [(topic, texts[language]) for topic, texts in (*split, *whole) if self.by_topic(topic, None)]

    def event_names(self, language: str) -> list[tuple[str, str]]:
        """The events in a life that can be browsed, with their names."""
        return [(name, each[language]) for name, each in self.content.menu.items() if each.event]

    def is_event(self, topic: str) -> bool:
        """Whether a place of the menu is an event in a life."""
        place = self.content.menu.get(topic)
        return place is not None and place.event is not None

    def topic_name(self, topic: str, language: str) -> str:
        """The name of a topic or of another place of the menu; what is none of ours is general."""
        if topic in self.content.menu:
            return self.content.menu[topic][language]
        return self.content.topics.get(topic, self.content.topics["general"])[language]

    def by_topic(self, topic: str, area: str | None) -> list[Entry]:
        """A topic's entries: the area's first, what is to be had before what is not."""
        place = self.content.menu.get(topic)
        found = [
            entry
            for entry in self.entries
            if entry.published
            and entry.kind != "redirect"
            and (place.holds(entry) if place else topic in entry.topics)
        ]
        return sorted(
            found,
            key=lambda entry: (
                area is not None and area not in entry.areas,
                STATUSES.index(entry.status),
                TIERS.index(entry.tier),
                -len(entry.areas),
                entry.id,
            ),
        )

    def shown_helplines(self, kind: str | None) -> list[Helpline]:
        """The numbers that may be shown for a kind of crisis; for none, the general ones."""
        trusted = [each for each in self.content.helplines.values() if _is_trusted(each)]
        return [each for each in trusted if (kind in each.kinds if kind else each.official)]

    def helplines_of(self, finding: Finding) -> list[Helpline]:
        """The numbers for the danger that was found: those for its kind, then what the other kinds add."""
        shown = self.shown_helplines(finding.crisis)
        for kind in finding.danger.kinds[1:] if finding.danger else ():
            shown += [each for each in self.shown_helplines(kind) if each not in shown]
        return shown

    def facts_ending_before(self, day: date, today: date) -> list[tuple[str, str, date]]:
        """Facts that are current today and will not be on the day: entry, key, last good day."""
        amounts = self.content.amounts
        return [
            (entry.id, name, fact.review_by)
            for entry in self.entries
            for name, fact in entry.facts.items()
            if state_of(fact, amounts, today) is State.CURRENT
            and state_of(fact, amounts, day) is not State.CURRENT
        ]

    def find(self, question: str, *, area: str | None, language: str | None) -> Finding:
        """What a question means. `area` is where the person lives, `language` what they chose to read."""
        text = plain(question)
        match = self.matcher.match(text, area=area, chosen=language)
        spoken = match.language if words(text) else language or "lt"
        danger = self.gate.danger_in(text, maybe_ukrainian=self.matcher.guess.maybe_in_latin(text))
        told = IN_LATIN.get(spoken, spoken)
        decision = self._decide(match, danger)
        may_be_name = decision in {"choose", "unknown"} and self.matcher.is_telling(match.reading)
        if may_be_name and (providers := self._directory.named(text)):
            return Finding("answer", told, self._given_by(providers), None, 1.0, match, providers)
        scored = tuple((each.entry_id, each.score) for each in match.ranked)
        parts = self._parts(question, area, language)
        return Finding(decision, told, scored, danger, match.confidence, match, parts=parts)

    def _parts(self, question: str, area: str | None, language: str | None) -> tuple[Finding, ...]:
        """The questions of a message that are understood and answered differently; none where it asks one."""
        pieces = parts_of(question)
        found = [self.find(each, area=area, language=language) for each in pieces] if len(pieces) > 1 else []
        known = {each.entries[0][0]: each for each in found if each.decision in {"answer", "redirect"}}
        return tuple(known.values()) if len(known) > 1 else ()

    def section_asked(self, question: str) -> SectionKey | None:
        """The section that a short question about the answer just shown asks for ("how much is it?")."""
        return self._follow_up.section(folded(plain(question)))

    def _given_by(self, providers: Sequence[str]) -> tuple[tuple[str, float], ...]:
        """The entries that organisations give, as if they had been asked for."""
        given = [entry for each in providers for entry in self.content.providers[each].entries]
        return tuple((entry, 1.0) for entry in dict.fromkeys(given) if entry in self.content.entries)

    def _decide(self, match: Match, danger: Danger | None) -> Decision:
        if danger is not None:
            return "crisis"
        if match.talk is not None:
            return match.talk
        if not match.ranked or match.confidence < CHOOSE_FROM:
            return "unknown"
        if match.confidence < ANSWER_FROM:
            return "choose"
        return "redirect" if self.get(match.ranked[0].entry_id).kind == "redirect" else "answer"


def _is_trusted(helpline: Helpline) -> bool:
    checked = helpline.official or helpline.verified_on is not None or helpline.confidence in {"A", "B"}
    return checked and helpline.publishable is True and not helpline.number.startswith("8")
