"""Closed lists that content files choose from: units of facts, and events in a life."""

from typing import Literal

Unit = Literal[
    "eur",
    "percent",
    "age",
    "years",
    "months",
    "weeks",
    "days",
    "working-days",
    "hours",
    "minutes",
    "count",
    "times",
    "date",
    "year",
    "phone",
    "email",
    "web",
    "form",
    "address",
    "hours-open",
]
LifeEvent = Literal[
    "lost-home",
    "new-baby",
    "old-parent",
    "disability",
    "violence",
    "from-ukraine",
    "no-food",
    "cold-home",
    "death",
    "out-of-prison",
    "child-in-trouble",
    "addiction",
    "low-income",
    "lost-job",
    "crisis",
    "fostering",
]
