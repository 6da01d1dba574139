"""What every record of the content is made of: strict, frozen, and in three languages at once."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field

Number = int | float
Publishable = Literal[True, False, "after-staff-check"]


def _listed(value: object) -> object:
    return [value] if isinstance(value, str) else value


def _text(value: object) -> object:
    return str(value) if isinstance(value, int | float | date) else value


Text = Annotated[str, Field(min_length=1)]
Sources = Annotated[tuple[str, ...], BeforeValidator(_listed)]
AsOf = Annotated[str, BeforeValidator(_text)]  # a day, a month, a year, or "undated"


class Record(BaseModel):
    """Strict: a field nobody knows is a mistake."""

    model_config = ConfigDict(extra="forbid", frozen=True, populate_by_name=True)


class Texts(Record):
    """The same said in three languages; what lacks one is refused."""

    lt: Text
    en: Text
    uk: Text

    def __getitem__(self, language: str) -> str:
        text: str = getattr(self, language)
        return text
