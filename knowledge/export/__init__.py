"""The knowledge base in the formats of others: HSDS 3 and CPSV-AP 3.2. Imports only `knowledge`.

Each writes what a person could read today: what is withheld or not published stays here.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any
from uuid import UUID, uuid5

import yaml

from knowledge.answer import Answer, answer
from knowledge.entry import Entry
from knowledge.library import Library
from knowledge.record import Texts

Json = dict[str, Any]  # what a document of a foreign format holds
NAMESPACE = UUID(
    "7f1f4f5e-6a0c-5c57-9d5f-0a9c3d0f7a11"
)  # ours: the same thing has the same id in every export


def identifier(kind: str, name: str) -> str:
    """The lasting id of a thing."""
    return str(uuid5(NAMESPACE, f"{kind}/{name}"))


@dataclass(frozen=True)
class Export:
    """What is exported: a library as of a day."""

    library: Library
    today: date

    def entries(self) -> Iterator[Entry]:
        """Those that are shown to people; what is not ours is no service of ours."""
        for entry in self.library.entries:
            if entry.published and entry.kind != "redirect":
                yield entry

    def shown(self, entry: Entry, language: str) -> Answer:
        """The entry as everyone reads it."""
        return answer(entry, language=language, area=None, today=self.today, library=self.library)

    def section(self, entry: Entry, key: str, language: str) -> list[str]:
        """The lines of a section; none where there is none."""
        found = (each for each in self.shown(entry, language).sections if each.key == key)
        return [line.text for each in found for line in each.lines]


@dataclass(frozen=True)
class Authorities:
    """Who is responsible for what."""

    municipalities: Mapping[str, Texts]
    state: Mapping[str, Texts]
    of_entry: Mapping[str, str]

    @classmethod
    def load(cls) -> Authorities:
        """From the content file beside this module."""
        rows = yaml.safe_load(Path(__file__).with_name("authorities.yaml").read_text("utf-8"))
        return cls(
            {area: Texts(**texts) for area, texts in rows["municipalities"].items()},
            {name: Texts(**each["name"]) for name, each in rows["state"].items()},
            {entry: name for name, each in rows["state"].items() for entry in each["entries"]},
        )

    def responsible(self, entry: Entry) -> tuple[str, ...]:
        """The ids of those responsible: one body of the state, or the municipalities of the areas."""
        return (self.of_entry[entry.id],) if entry.id in self.of_entry else entry.areas

    def all(self) -> dict[str, Texts]:
        """Everyone who is responsible for something."""
        return {**self.municipalities, **self.state}
