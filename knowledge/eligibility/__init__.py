"""Who may get what: a household against every entry's criteria, in three-valued logic.

Imports only `knowledge`. `Judge` gives a verdict for each entry with the state and source of every
condition; `next_question` the one question that settles most for what it costs to answer. Nothing here is
a decision: that is the municipality's.
"""

from knowledge.eligibility.asking import Question, next_question
from knowledge.eligibility.conditions import State
from knowledge.eligibility.household import Household, HouseholdError, Member, Value, read_household
from knowledge.eligibility.verdict import Judge, Judged, Judgement, Reason, Verdict

__all__ = [
    "Household",
    "HouseholdError",
    "Judge",
    "Judged",
    "Judgement",
    "Member",
    "Question",
    "Reason",
    "State",
    "Value",
    "Verdict",
    "next_question",
    "read_household",
]
