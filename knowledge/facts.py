"""A fact: whether it may be shown today, and how each language writes it."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import date
from enum import StrEnum

import phonenumbers
from babel import Locale
from babel.dates import format_date, format_skeleton
from babel.numbers import format_decimal, format_percent
from babel.units import format_unit

from knowledge.entry import Amount, Fact, Opening
from knowledge.record import Number

PLACEHOLDER = re.compile(r"\{([a-z0-9_-]+)(:number)?\}")
DURATIONS = {
    "years": "duration-year",
    "months": "duration-month",
    "weeks": "duration-week",
    "days": "duration-day",
    "hours": "duration-hour",
    "minutes": "duration-minute",
}
# Dates and numbers as each language's readers here write them: English as in Europe.
LOCALE = {"lt": "lt", "en": "en_GB", "uk": "uk"}
DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
OLD = 2023  # what is known from before this year is called old wherever it is shown
UNDATED = {"lt": "be datos", "en": "undated", "uk": "без дати"}
ABOUT = {"lt": "apie {year} m.", "en": "about {year}", "uk": "близько {year} р."}
YEAR = {"lt": "{year} m.", "en": "{year}", "uk": "{year} р."}
ALWAYS = {"lt": "visą parą", "en": "day and night", "uk": "цілодобово"}
WORKING_DAYS = {
    "lt": {"one": "darbo diena", "few": "darbo dienos", "other": "darbo dienų"},
    "en": {"one": "working day", "other": "working days"},
    "uk": {"one": "робочий день", "few": "робочі дні", "many": "робочих днів", "other": "робочого дня"},
}


class State(StrEnum):
    """Whether a fact can be relied on today."""

    CURRENT = "current"
    TO_CONFIRM = "to-confirm"
    WITHHELD = "withheld"


def state_of(fact: Fact, amounts: Mapping[str, Amount], today: date) -> State:
    """Withheld until staff have checked it; to be confirmed past its day; current otherwise."""
    if fact.publishable is not True:
        return State.WITHHELD
    review_by = fact.review_by
    if fact.derived is not None:
        review_by = min(review_by, amounts[fact.derived.base].review_by)
    return State.CURRENT if today <= review_by else State.TO_CONFIRM


def value_of(fact: Fact, amounts: Mapping[str, Amount]) -> object:
    """The value, computed from its base amount where it is derived; euros to the cent."""
    if fact.derived is None:
        return fact.value
    return round(float(amounts[fact.derived.base].value) * float(fact.derived.times), 2)


def shown(fact: Fact, amounts: Mapping[str, Amount], *, language: str, bare: bool = False) -> str:
    """The fact as a reader of the language writes it; `bare` is the number without its unit."""
    value = value_of(fact, amounts)
    if isinstance(value, tuple) and value and isinstance(value[0], Opening):
        return opening_shown([each for each in value if isinstance(each, Opening)], language)
    if isinstance(value, tuple):
        first, last = (_number(each, fact.unit, language) for each in (value[0], value[-1]))
        return f"{first}–{last}" if bare else _with_unit(f"{first}–{last}", value[-1], fact.unit, language)
    if bare:
        return _number(value, fact.unit, language)
    return _with_unit(_number(value, fact.unit, language), value, fact.unit, language)


def _number(value: object, unit: str, language: str) -> str:
    if isinstance(value, date):
        return format_date(value, "long", locale=LOCALE[language])
    if unit == "date":
        return day_shown(str(value), language)
    if unit == "phone":
        return phone_shown(str(value))
    if unit == "year" or not isinstance(value, int | float):
        return str(value)
    if unit == "eur" and value % 1:
        return str(format_decimal(value, "0.00", locale=LOCALE[language]))
    return str(format_decimal(value, "0.###", locale=LOCALE[language]))


def _with_unit(number: str, value: object, unit: str, language: str) -> str:
    if not isinstance(value, int | float):
        return number
    if unit == "eur":
        return f"€{number}" if language == "en" else f"{number}\N{NO-BREAK SPACE}€"
    if unit == "percent":
        return format_percent(0.01, locale=LOCALE[language]).replace("1", number)
    if unit == "working-days":
        forms = WORKING_DAYS[language]
        return f"{number} {forms.get(Locale.parse(LOCALE[language]).plural_form(value), forms['other'])}"
    if unit in DURATIONS:
        return _duration(number, value, unit, language)
    return number


def _duration(number: str, value: Number, unit: str, language: str) -> str:
    whole = format_unit(value, DURATIONS[unit], length="long", locale=LOCALE[language])
    return whole.replace(str(format_decimal(value, locale=LOCALE[language])), number, 1)


def phone_shown(number: str) -> str:
    """A number as it is dialled: international form; short and free numbers as they are printed."""
    if not number.startswith("+"):
        return number
    try:
        parsed = phonenumbers.parse(number)
    except phonenumbers.NumberParseException:
        return number
    return phonenumbers.format_number(parsed, phonenumbers.PhoneNumberFormat.INTERNATIONAL)


def opening_shown(hours: Sequence[Opening], language: str) -> str:
    """Opening hours with the language's short names of days."""
    names = Locale.parse(LOCALE[language]).days["format"]["abbreviated"]
    parts = []
    for each in hours:
        days = [names[DAYS.index(day)] for day in each.days]
        parts.append(
            f"{days[0]}–{days[-1]} {each.opens}–{each.closes}"
            if len(days) > 1
            else f"{days[0]} {each.opens}–{each.closes}"
        )
    return ", ".join(parts)


def day_shown(as_of: str, language: str) -> str:
    """When a source says it is from, for a reader: a day, a month, a year, or roughly one."""
    exact = re.match(r"(\d{4})(?:-(\d{2}))?(?:-(\d{2}))?$", as_of)
    if exact is None:
        year = re.search(r"\d{4}", as_of)
        return ABOUT[language].format(year=year[0]) if year else UNDATED[language]
    year_, month, day = exact.groups()
    if day:
        return str(format_date(date(int(year_), int(month), int(day)), "long", locale=LOCALE[language]))
    if month:
        return str(format_skeleton("yMMMM", date(int(year_), int(month), 1), locale=LOCALE[language]))
    return YEAR[language].format(year=year_)


def is_old(as_of: str) -> bool:
    """Whether what is known from then is old: a year before OLD, or no date at all is not."""
    year = as_of[:4]
    return year.isdigit() and int(year) < OLD
