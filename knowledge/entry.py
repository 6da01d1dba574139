"""What the content files hold, as typed records. A file that does not fit says where (see `loading`)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Literal

from pydantic import Field

from knowledge.criteria import Criterion
from knowledge.record import AsOf, Number, Publishable, Record, Sources, Text, Texts
from knowledge.vocabulary import LifeEvent, Unit

LANGUAGES = ("lt", "en", "uk")
Language = Literal["lt", "en", "uk"]
AREAS = ("kaunas-city", "kaunas-district", "jonava-district")
AreaId = Literal["kaunas-city", "kaunas-district", "jonava-district"]
SectionKey = Literal["who", "amount", "ask", "bring", "where", "know"]
SECTIONS: tuple[SectionKey, ...] = ("who", "amount", "ask", "bring", "where", "know")

Path = tuple[str | int, ...]  # where a value stands in its file


class Line(Texts):
    """One line of a section. Without a fact in it, it names where it comes from itself."""

    sources: Sources = Field(default=(), alias="from")
    as_of: AsOf | None = None


class Derived(Record):
    """A multiple of a base amount."""

    base: str = Field(alias="from")
    times: Number


class Opening(Record):
    """Days (one, or the first and the last) and hours of opening."""

    days: tuple[str, ...]
    opens: str
    closes: str


class Fact(Record):
    """A value that a text may show: with its unit, its source, and how long it can be trusted."""

    value: Number | str | date | tuple[Number | str, ...] | tuple[Opening, ...] | None = None
    derived: Derived | None = None
    unit: Unit
    as_of: AsOf
    review_by: date
    source: str
    locator: str = ""
    also_in: Sources = ()
    confidence: Literal["A", "B", "C", "D"]
    publishable: Publishable = True
    note: str = ""


class Past(Record):
    """A value that a newer one has superseded."""

    fact: str
    value: Number | str | date | tuple[Number | str, ...] | None = None
    unit: str = ""
    as_of: AsOf
    source: str
    until: AsOf | None = None
    why: str = ""
    locator: str = ""


class Questions(Record):
    """How people ask, in their own words; Russian is understood, not spoken."""

    lt: tuple[Text, ...]
    en: tuple[Text, ...]
    uk: tuple[Text, ...]
    ru: tuple[Text, ...] = ()


class Entry(Record):
    """A service, a benefit, a way to do something: all that is known about it."""

    id: str
    kind: Literal["service", "benefit", "programme", "organisation-info", "how-to", "signpost", "redirect"]
    tier: Literal["core", "secondary", "context", "signpost"]
    status: Literal["available", "dated", "planned", "historic"]
    areas: tuple[AreaId, ...]
    target_groups: tuple[str, ...] = ()
    topics: tuple[str, ...]
    life_events: tuple[LifeEvent, ...] = ()
    referable: bool
    urgency: Literal["normal", "urgent", "emergency-info"]
    title: Texts
    name: Texts | None = None
    summary: Line
    facts: dict[str, Fact] = Field(default_factory=dict)
    sections: dict[SectionKey, tuple[Line, ...]] = Field(default_factory=dict)
    providers: tuple[str, ...] = ()
    beneficiary: Literal["family", "adult", "child", "anyone"] = "anyone"  # whose circumstances are asked
    criteria: tuple[Criterion, ...] = ()
    not_checkable: str = ""  # why the criteria cannot tell, in English, where the sources leave it open
    related: tuple[str, ...] = ()
    confused_with: dict[str, Texts] = Field(default_factory=dict)
    questions: Questions
    history: tuple[Past, ...] = ()
    published: bool = True  # what nobody understands yet is kept, and shown to nobody
    note: str = ""

    def short_name(self, language: str) -> str:
        """The name for a button."""
        return (self.name or self.title)[language]

    def lines(self) -> Iterator[tuple[Path, Line]]:
        """The summary and every line of the sections, each with its place in the file."""
        yield ("summary",), self.summary
        for section, lines in self.sections.items():
            for number, line in enumerate(lines):
                yield ("sections", section, number), line

    def texts(self) -> Iterator[tuple[Path, Texts]]:
        """Everything that a person may read, each with its place in the file."""
        yield ("title",), self.title
        if self.name is not None:
            yield ("name",), self.name
        yield from self.lines()
        for other, sentence in self.confused_with.items():
            yield ("confused_with", other), sentence


class Browsed(Texts):
    """A place of the menu: an event in a life, or a topic for some groups of people."""

    event: LifeEvent | None = None
    implies: dict[str, bool | str] = Field(default_factory=dict)  # what is known of whoever begins here
    topic: str | None = None
    groups: tuple[str, ...] = ()

    def holds(self, entry: Entry) -> bool:
        """Whether the entry is found here."""
        if self.event is not None:
            return self.event in entry.life_events
        return self.topic in entry.topics and bool(set(self.groups) & set(entry.target_groups))


class Source(Record):
    """A document or page that facts come from."""

    title: str
    publisher: str = ""
    address: str = ""
    date: AsOf = "undated"


class Amount(Record):
    """A base amount set by the Government, in euros."""

    meaning: Texts
    value: Number
    valid_from: date
    review_by: date
    source: str
    confidence: str
    history: tuple[dict[str, Number | date], ...] = ()


class Contact(Record):
    """A way to reach an organisation; a fact like any other."""

    type: Literal["phone", "address", "web", "email"]
    value: str
    source: str
    as_of: AsOf
    review_by: date
    confidence: Literal["A", "B", "C", "D"]
    publishable: Publishable = True
    hours: Literal["always"] | tuple[Opening, ...] | None = None


class Provider(Record):
    """An organisation that gives, finances or decides on help."""

    name: str
    also_named: tuple[str, ...] = ()
    legal_form: str = ""
    areas: tuple[AreaId, ...]
    entries: tuple[str, ...] = ()
    source: Sources = ()
    contacts: tuple[Contact, ...] = ()


class Helpline(Record):
    """A number that answers somebody in danger or despair."""

    name: str
    number: str
    purpose: Texts
    languages: tuple[str, ...] = ()
    hours: Literal["always"] | tuple[Opening, ...] | None = None
    kinds: tuple[str, ...] = ()
    source: str
    as_of: AsOf
    confidence: Literal["A", "B", "C", "D"]
    official: bool = False
    publishable: Publishable = True
    verified_on: date | None = None
    verified_by: str | None = None
