"""Conditions in plain words: what is asked, what is known, and what the limit is."""

from __future__ import annotations

from bot.language import gettext as _
from bot.views.words import yes_no
from knowledge.criteria import Attribute, Criterion
from knowledge.eligibility import Reason, State, Value
from knowledge.eligibility.facts import Facts
from knowledge.eligibility.household import Member
from knowledge.eligibility.worth import Worth
from knowledge.entry import Fact
from knowledge.facts import shown
from knowledge.library import Library

MARKS = {State.MET: "✅", State.UNMET: "❌", State.UNKNOWN: "❔"}


def reason_line(reason: Reason, member: Member, facts: Facts, library: Library, language: str) -> str:
    """One condition with its mark."""
    attribute = library.content.attributes.get(reason.attribute)
    name = attribute.name[language] if attribute else reason.attribute
    name = name[:1].upper() + name[1:]
    value = facts.value(member, reason.attribute)
    known = value_words(value, reason, attribute, library, language)
    needed = _limit(reason.criterion, attribute, library, language)
    limit = _(" (needed: {limit})").format(limit=needed) if needed else ""
    return f"{MARKS[reason.state]} {name}: {known}{limit}"


def value_words(
    value: Value | None, reason: Reason, attribute: Attribute | None, library: Library, language: str
) -> str:
    """What is known, in words."""
    if reason.state is State.UNKNOWN and (value is None or reason.attribute == "client_group"):
        return _("not known")
    if reason.attribute == "client_group":
        value = reason.criterion.value if reason.criterion else value  # type: ignore[assignment]  # met by these
    if isinstance(value, bool) or value is None:
        return yes_no(value) if value is not None else _("in your family")
    if isinstance(value, tuple | str):
        names = value if isinstance(value, tuple) else (value,)
        options = attribute.options if attribute else {}
        return ", ".join(options[each][language] if each in options else each for each in names)
    return _amount(value, reason.attribute, attribute, library, language)


def _limit(criterion: Criterion | None, attribute: Attribute | None, library: Library, language: str) -> str:
    if criterion is None or criterion.operator in {"==", "in", "exists"}:
        return ""
    values = criterion.value if isinstance(criterion.value, tuple) else (criterion.value,)
    numbers = [each for each in values if isinstance(each, int | float) and not isinstance(each, bool)]
    told = [_amount(each, criterion.attribute, attribute, library, language) for each in numbers]
    if criterion.operator == "between":
        return f"{told[0]}–{told[-1]}"
    words = {
        "<": _("less than {amount}"),
        "<=": _("up to {amount}"),
        ">": _("more than {amount}"),
        ">=": _("from {amount}"),
    }
    return words[criterion.operator].format(amount=told[0])


def _amount(value: float, name: str, attribute: Attribute | None, library: Library, language: str) -> str:
    """A number with its unit; income in euros for each person, as the law counts it."""
    unit = attribute.unit if attribute and attribute.unit else "count"
    if name == "income_vrp_multiple":
        value, unit = round(value * float(library.content.amounts["VRP"].value), 2), "eur"
    whole = int(value) if float(value).is_integer() else value
    unit = "years" if unit == "age" else unit
    fact = Fact.model_validate(
        {
            "value": whole,
            "unit": unit,
            "as_of": "undated",
            "review_by": "9999-01-01",
            "source": "-",
            "confidence": "A",
        }
    )
    return shown(fact, library.content.amounts, language=language)


def worth_line(worth: Worth | None, language: str) -> str:
    """What it comes to, where the sources say so and nothing has to be confirmed."""
    if worth is None or worth.state != "current":
        return ""
    whole = int(worth.eur) if worth.eur.is_integer() else worth.eur
    fact = Fact.model_validate(
        {
            "value": whole,
            "unit": "eur",
            "as_of": "undated",
            "review_by": "9999-01-01",
            "source": "-",
            "confidence": "A",
        }
    )
    amount = shown(fact, {}, language=language)
    texts = {
        "monthly": _("💶 {amount} a month"),
        "once": _("💶 {amount}, once"),
        "limit": _("💶 Income limit: {amount} for each person"),
    }
    return texts[worth.kind].format(amount=amount)
