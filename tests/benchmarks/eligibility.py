"""How fast verdicts and the next question come: `python -m tests.benchmarks.eligibility`.

Prints milliseconds, and their ratio to reading the same household in the same run.
"""

from __future__ import annotations

import json
import random
from datetime import date
from time import perf_counter

from knowledge.eligibility import Judge, next_question, read_household
from knowledge.library import Library

TODAY = date(2026, 11, 24)
HOUSEHOLDS = 10_000
MEMBERS = ("self", "partner", "child", "child", "child", "cared-for")


def main() -> None:
    """Print the three figures."""
    library = Library.load()
    judge = Judge(library, TODAY)
    attributes = library.content.attributes
    rows = [_household(random.Random(number), number) for number in range(HOUSEHOLDS)]
    began = perf_counter()
    households = [read_household(json.loads(row), attributes) for row in rows]
    reading = perf_counter() - began
    began = perf_counter()
    for household in households:
        judge.judge(household)
    judging = perf_counter() - began
    began = perf_counter()
    for household in households[:300]:
        next_question(household, judge, library)
    asking = (perf_counter() - began) / 300
    print(f"all entries for a household of six: {1000 * judging / HOUSEHOLDS:.2f} ms")
    print(f"{HOUSEHOLDS} households: {judging:.1f} s ({judging / reading:.0f} times reading them)")
    times = asking / (reading / HOUSEHOLDS)
    print(f"next question, with its judging: {1000 * asking:.1f} ms ({times:.0f} times reading one)")


def _household(chance: random.Random, number: int) -> str:
    known = (
        "has_disability",
        "temporary_protection_status",
        "homeless",
        "registered_unemployed",
        "in_crisis",
    )
    members = [
        {
            "id": f"m{place}",
            "role": role,
            "age": chance.randint(0, 17) if role == "child" else chance.randint(18, 90),
            "attributes": {name: chance.random() < 0.3 for name in known if chance.random() < 0.5},
        }
        for place, role in enumerate(MEMBERS)
    ]
    area = ("kaunas-city", "kaunas-district", "jonava-district")[number % 3]
    return json.dumps({"area": area, "monthly_income_eur": chance.randint(0, 4000), "members": members})


if __name__ == "__main__":
    main()
