"""What an entry says to one person today: rendered lines, footnotes, what is old and what is withheld."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING

from knowledge.entry import SECTIONS, Contact, Entry, Fact, Line, Provider
from knowledge.facts import (
    ALWAYS,
    PLACEHOLDER,
    State,
    day_shown,
    is_old,
    opening_shown,
    phone_shown,
    state_of,
)
from knowledge.facts import shown as fact_shown

if TYPE_CHECKING:
    from knowledge.library import Library

TWO_STOPS = re.compile(r"(?<=[a-zа-яіїєґ])\.\.(?!\.)")


@dataclass(frozen=True)
class Note:
    """A footnote: one source as of one date."""

    number: int
    title: str
    publisher: str
    address: str
    as_of: str


@dataclass(frozen=True)
class ShownLine:
    """A line with its facts in it, the numbers of its footnotes, and whether it is old."""

    text: str
    notes: tuple[int, ...] = ()
    outdated: bool = False


@dataclass(frozen=True)
class Section:
    """A section's lines; `withheld` says that something is left out until it is confirmed."""

    key: str
    lines: tuple[ShownLine, ...]
    withheld: bool = False

    @property
    def notes(self) -> frozenset[int]:
        """The footnotes of its lines."""
        return frozenset(note for line in self.lines for note in line.notes)


@dataclass(frozen=True)
class ShownProvider:
    """An organisation and the ways to reach it that may be shown."""

    name: str
    contacts: tuple[str, ...]
    notes: tuple[int, ...]
    outdated: bool


@dataclass(frozen=True)
class Answer:
    """Everything a screen needs."""

    id: str
    title: str
    name: str
    summary: ShownLine
    sections: tuple[Section, ...]
    notes: tuple[Note, ...]
    providers: tuple[ShownProvider, ...]
    confused_with: tuple[tuple[str, str], ...]
    is_emergency: bool
    elsewhere: bool
    area_names: tuple[str, ...]


@dataclass
class _Rendering:
    """The work on one answer: footnotes are numbered in the order in which they are met."""

    entry: Entry | None
    language: str
    today: date
    library: Library
    notes: dict[tuple[str, str], Note] = field(default_factory=dict)

    def note(self, source_id: str, as_of: str) -> int:
        """The number of a footnote, made when it is new."""
        key = (source_id, as_of)
        if key not in self.notes:
            source = self.library.content.sources[source_id]
            self.notes[key] = Note(
                number=len(self.notes) + 1,
                title=source.title,
                publisher=source.publisher,
                address=source.address,
                as_of=day_shown(as_of, self.language),
            )
        return self.notes[key].number

    def line(self, line: Line) -> ShownLine | None:
        """The line, or None when it needs a fact that is withheld."""
        known = self.entry.facts if self.entry else {}
        facts = [known[match[1]] for match in PLACEHOLDER.finditer(line[self.language])]
        amounts = self.library.content.amounts
        states = [state_of(fact, amounts, self.today) for fact in facts]
        if State.WITHHELD in states:
            return None
        numbers = [number for fact in facts for number in self._notes_of(fact)]
        as_of = line.as_of or "undated"
        for position, source in enumerate(line.sources):  # the date is the first one's; others have their own
            numbers.append(self.note(source, as_of if position == 0 else self._as_of(source)))
        text = PLACEHOLDER.sub(
            lambda match: fact_shown(
                known[match[1]], amounts, language=self.language, bare=match[2] is not None
            ),
            line[self.language],
        )
        outdated = State.TO_CONFIRM in states or bool(line.sources and is_old(as_of))
        text = TWO_STOPS.sub(".", text)  # a date that ends in a full stop may end the sentence
        return ShownLine(text, tuple(sorted(set(numbers))), outdated)

    def _notes_of(self, fact: Fact) -> list[int]:
        """The fact's own source; a multiple also rests on its base amount's."""
        numbers = [self.note(fact.source, fact.as_of)]
        if fact.derived is not None:
            base = self.library.content.amounts[fact.derived.base]
            numbers.append(self.note(base.source, base.valid_from.isoformat()))
        return numbers

    def section(self, key: str, lines: tuple[Line, ...]) -> Section:
        """The section without the lines that are withheld."""
        rendered = [self.line(line) for line in lines]
        kept = tuple(line for line in rendered if line is not None)
        return Section(key, kept, withheld=len(kept) < len(rendered))

    def provider(self, provider: Provider) -> ShownProvider:
        """The organisation with its contacts of today."""
        current = [contact for contact in provider.contacts if contact.publishable is True]
        numbers = {self.note(contact.source, contact.as_of) for contact in current}
        if not current:
            numbers = {self.note(each, self._as_of(each)) for each in provider.source}
        return ShownProvider(
            name=provider.name,
            contacts=tuple(self._contact(contact) for contact in current),
            notes=tuple(sorted(numbers)),
            outdated=any(self.today > contact.review_by for contact in current),
        )

    def _as_of(self, source_id: str) -> str:
        return self.library.content.sources[source_id].date

    def _contact(self, contact: Contact) -> str:
        text = phone_shown(contact.value) if contact.type == "phone" else contact.value
        if contact.hours == "always":
            return f"{text} ({ALWAYS[self.language]})"
        return f"{text} ({opening_shown(contact.hours, self.language)})" if contact.hours else text


@dataclass(frozen=True)
class Organisation:
    """An organisation that was asked for by name: how to reach it and what it gives."""

    shown: ShownProvider
    entries: tuple[tuple[str, str], ...]
    notes: tuple[Note, ...]
    area_names: tuple[str, ...]


def organisation(provider_id: str, *, language: str, today: date, library: Library) -> Organisation:
    """The organisation for a reader of the language, as of today. Raises KeyError."""
    provider = library.content.providers[provider_id]
    work = _Rendering(None, language, today, library)
    shown = work.provider(provider)
    given = [entry for entry in provider.entries if library.find_entry(entry)]
    return Organisation(
        shown=shown,
        entries=tuple(library.names(given, language)),
        notes=tuple(work.notes.values()),
        area_names=tuple(library.area_name(each, language) for each in provider.areas),
    )


def answer(entry: Entry, *, language: str, area: str | None, today: date, library: Library) -> Answer:
    """The entry for a reader of the language who lives in the area (None: anywhere), as of today."""
    work = _Rendering(entry, language, today, library)
    summary = work.line(entry.summary) or ShownLine("")
    is_emergency = entry.urgency == "emergency-info"
    order = sorted(SECTIONS, key=lambda key: is_emergency and key != "ask")  # what to do comes first then
    sections = [work.section(key, entry.sections[key]) for key in order if key in entry.sections]
    everyone = [library.content.providers[each] for each in entry.providers]
    near = [each for each in everyone if area is None or area in each.areas] or everyone
    providers = tuple(work.provider(each) for each in near)
    return Answer(
        id=entry.id,
        title=entry.title[language],
        name=entry.short_name(language),
        summary=summary,
        sections=tuple(sections),
        notes=tuple(work.notes.values()),
        providers=providers,
        confused_with=tuple((other, texts[language]) for other, texts in entry.confused_with.items()),
        is_emergency=is_emergency,
        elsewhere=area is not None and area not in entry.areas,
        area_names=tuple(library.area_name(each, language) for each in entry.areas),
    )
