"""The answers of the form, line by line, as the person reads them back."""

from __future__ import annotations

from collections.abc import Sequence

from aiogram.utils.formatting import Bold, Text

from bot.language import gettext as _
from bot.views.another import age_word, agrees_word, carer_word, relation_word
from bot.views.words import (
    call_time_word,
    for_whom_word,
    language_name,
    phone_word,
    reach_word,
    urgency_word,
    yes_no,
)
from referrals.another import AgeBand, Agrees, Carer, Relation
from referrals.draft import YOUNG, Answer, Draft, Step
from referrals.referral import CallTime, ForWhom, Reach, Urgency

Areas = Sequence[tuple[str, str]]  # id and name in the reader's language


def answer_lines(draft: Draft, areas: Areas) -> list[Text]:
    """Every answer with its label."""
    return [Text(f"• {label}: ", Bold(value)) for _step, label, value in answered(draft, areas)]


def answered(draft: Draft, areas: Areas) -> list[tuple[Step, str, str]]:
    """Step, label and answer of each question that was answered."""
    labels = {**_labels_of_one(), **_labels()}
    if draft.is_for_another:
        labels[Step.NAME] = _("Your name")
    return [
        (step, labels[step], answer_word(step, draft.answers[step], areas))
        for step in Step
        if step in labels and draft.applies(step) and step in draft.answers
    ]


def _labels_of_one() -> dict[Step, str]:
    return {
        Step.OWN_AGE: _("Age"),
        Step.RELATION: _("Who they are to you"),
        Step.AGREES: _("Do they know of this"),
        Step.CHILD_AGE: _("Age of the child"),
        Step.CARER: _("Who looks after the child"),
        Step.HELPED_NAME: _("Name of the one who needs help"),
    }


def _labels() -> dict[Step, str]:
    return {
        Step.FOR_WHOM: _("For whom"),
        Step.NAME: _("Name"),
        Step.AREA: _("Area"),
        Step.NEED: _("Need"),
        Step.URGENCY: _("How soon"),
        Step.REACH: _("How to reach"),
        Step.PHONE: _("Phone"),
        Step.MAY_WRITE: _("Safe to write here"),
        Step.DISCREET: _("Somebody else can look at this phone"),
        Step.MAY_CALL: _("Safe to call"),
        Step.CALL_TIME: _("When to call"),
        Step.MAY_SAY_WHO: _("May say who calls"),
        Step.LANGUAGE: _("Language"),
    }


def answer_word(step: Step, answer: Answer, areas: Areas) -> str:
    """An answer as the person reads it."""
    if answer is None:
        return _("not given")
    if isinstance(answer, bool):
        return yes_no(answer)
    match step:
        case Step.FOR_WHOM:
            return for_whom_word(ForWhom.ME if answer == YOUNG else ForWhom(answer))
        case Step.AREA:
            return dict(areas).get(answer, _("not known"))
        case Step.URGENCY:
            return urgency_word(Urgency(answer))
        case Step.REACH:
            return reach_word(Reach(answer))
        case Step.CALL_TIME:
            return call_time_word(CallTime(answer))
        case Step.LANGUAGE:
            return language_name(answer)
        case Step.PHONE:
            return phone_word(answer)
        case _:
            return _word_of_one(step, answer)


def _word_of_one(step: Step, answer: str) -> str:
    match step:
        case Step.OWN_AGE | Step.CHILD_AGE:
            return age_word(AgeBand(answer))
        case Step.RELATION:
            return relation_word(Relation(answer))
        case Step.AGREES:
            return agrees_word(Agrees(answer))
        case Step.CARER:
            return carer_word(Carer(answer))
        case _:
            return answer
