"""The register of purposes: for every column what it is, why it is kept, who sees it, and for how long.

`register.yaml` is the only place where this is said; the privacy notice and the erasing job read it from
here. The lengths are defaults: the controller of an installation sets its own.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from functools import cache
from pathlib import Path

import yaml

FILE = Path(__file__).parent / "register.yaml"
SPAN = re.compile(r"(?P<count>[1-9]\d{0,3}) (?P<unit>hour|day|month)s?")
DAYS_OF_YEAR, MONTHS = 365, 12


class PeriodError(ValueError):
    """A period cannot be read; the message shows how one is written."""


@dataclass(frozen=True)
class Period:
    """A length of time as it is said to people: hours, days or months."""

    count: int
    unit: str

    @classmethod
    def parse(cls, text: str) -> Period:
        """From `24 hours`, `30 days` or `12 months`. Raises PeriodError."""
        found = SPAN.fullmatch(text.strip())
        if found is None:
            raise PeriodError(f"a period is written like '24 hours', '30 days' or '12 months', not {text!r}")
        return cls(int(found["count"]), found["unit"])

    @property
    def length(self) -> timedelta:
        """How long that is; a month is the twelfth part of a year."""
        match self.unit:
            case "hour":
                return timedelta(hours=self.count)
            case "day":
                return timedelta(days=self.count)
            case _:
                return timedelta(days=self.count * DAYS_OF_YEAR // MONTHS)


@dataclass(frozen=True)
class Line:
    """What is said of one column. `keep` names a period or an ending."""

    table: str
    column: str
    what: str
    personal: bool
    purpose: str
    basis: str
    seen_by: str
    keep: str


@dataclass(frozen=True)
class Register:
    """All lines, the periods by name, and the endings that are no length of time."""

    periods: Mapping[str, Period]
    endings: Mapping[str, str]
    lines: tuple[Line, ...]

    def span(self, keep: str, periods: Mapping[str, Period]) -> str:
        """How long, in English, with the periods of an installation."""
        if keep in self.endings:
            return self.endings[keep]
        period = periods.get(keep, self.periods[keep])
        return f"{period.count} {period.unit}{'' if period.count == 1 else 's'}"


@cache
def read_register() -> Register:
    """The register of the file. Raises KeyError, TypeError or PeriodError when it is not whole."""
    content = yaml.safe_load(FILE.read_text("utf-8"))
    lines = [
        _line(table, column, said, rest)
        for table, rest in content["tables"].items()
        for column, said in rest["columns"].items()
    ]
    periods = {name: Period.parse(text) for name, text in content["periods"].items()}
    return Register(periods, content["endings"], tuple(lines))


def default_periods() -> Mapping[str, Period]:
    """The periods by name, before an installation sets its own."""
    return dict(read_register().periods)


def _line(
    table: str, column: str, said: str | Mapping[str, str | bool], rest: Mapping[str, str | bool]
) -> Line:
    """A column is told in words when all else is as the table says, and line by line when it is not."""
    own: Mapping[str, str | bool] = {"what": said} if isinstance(said, str) else said
    told = {"personal": False, **rest, **own}
    return Line(
        table=table,
        column=column,
        what=str(told["what"]),
        personal=told["personal"] is True,
        purpose=str(told["purpose"]),
        basis=str(told["basis"]),
        seen_by=str(told["seen_by"]),
        keep=str(told["keep"]),
    )
