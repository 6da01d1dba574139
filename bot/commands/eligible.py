"""`atrama eligible`: what a household may get, from JSON on standard input; needs no database, no token."""

from __future__ import annotations

import argparse
import json
import sys
from datetime import UTC, datetime

from knowledge.eligibility import (
    Household,
    HouseholdError,
    Judge,
    Judgement,
    Reason,
    Verdict,
    next_question,
    read_household,
)
from knowledge.eligibility.worth import value_of
from knowledge.library import Library


def add(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Register the command."""
    parser = commands.add_parser("eligible", help="what a household may get (JSON on standard input)")
    parser.add_argument("--json", action="store_true", help="the verdicts as JSON (the only form there is)")
    parser.add_argument(
        "--explain", action="store_true", help="each condition with its limit and what is known"
    )
    parser.set_defaults(run=eligible)


def eligible(args: argparse.Namespace) -> int:
    """Print the verdicts."""
    library = Library.load()
    try:
        household = read_household(json.load(sys.stdin), library.content.attributes)
    except (json.JSONDecodeError, UnicodeDecodeError) as error:
        print(f"atrama eligible: standard input is not JSON: {error}", file=sys.stderr)
        return 2
    except HouseholdError as error:
        print(f"atrama eligible: {error}", file=sys.stderr)
        return 2
    print(json.dumps(verdicts(household, library, explain=args.explain), ensure_ascii=False, indent=1))
    return 0


def verdicts(household: Household, library: Library, *, explain: bool = False) -> dict[str, object]:
    """The verdicts as JSON: lists of entry, member and reasons; the next question; what was not checked."""
    judge = Judge(library, datetime.now(UTC).date())
    judged = judge.judge(household)
    question = next_question(household, judge, library, judged=judged)
    return {
        **{
            verdict.value: [
                _row(each, household, judge, library, explain=explain) for each in judged.of(verdict)
            ]
            for verdict in Verdict
        },
        "ask_next": None
        if question is None
        else {"attribute": question.attribute, "member": question.member},
        "not_checked": [{"id": entry, "why": why} for entry, why in judged.not_checked],
    }


def _row(
    judgement: Judgement, household: Household, judge: Judge, library: Library, *, explain: bool
) -> dict[str, object]:
    row: dict[str, object] = {
        "id": judgement.entry_id,
        "member": judgement.member,
        "because": [_reason(each, explain=explain) for each in judgement.because],
    }
    value = value_of(judgement, household, judge, library)
    return row if value is None else {**row, "value": value.as_json()}


def _reason(reason: Reason, *, explain: bool) -> dict[str, object]:
    row: dict[str, object] = {
        "attribute": reason.attribute,
        "state": str(reason.state),
        "source": reason.source,
    }
    if explain and reason.criterion is not None:
        row |= {
            "operator": reason.criterion.operator,
            "value": reason.criterion.value,
            "basis": reason.criterion.basis,
            "locator": reason.criterion.locator,
        }
    return row
