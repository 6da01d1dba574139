"""Reading what a person pressed or typed in the form."""

from __future__ import annotations

import unicodedata

from bot.language import LANGUAGES, ngettext
from bot.language import gettext as _
from referrals.another import OF_CHILD, OF_OTHER, OF_RELATIVE, OF_WRITER, Agrees, Carer
from referrals.consent import Notice
from referrals.draft import (
    NAME_LIMIT,
    NEED_LIMIT,
    UNKNOWN_AREA,
    YOUNG,
    Answer,
    Draft,
    Step,
    read_phone,
)
from referrals.message import TEXT_LIMIT
from referrals.referral import CallTime, ForWhom, Reach, Urgency

CHOICES: dict[Step, frozenset[str]] = {
    Step.FOR_WHOM: frozenset({*ForWhom, YOUNG}),
    Step.OWN_AGE: frozenset(OF_WRITER),
    Step.AGREES: frozenset(Agrees),
    Step.CHILD_AGE: frozenset(OF_CHILD),
    Step.CARER: frozenset(Carer),
    Step.URGENCY: frozenset(Urgency),
    Step.REACH: frozenset(Reach),
    Step.CALL_TIME: frozenset(CallTime),
    Step.LANGUAGE: frozenset(LANGUAGES),
}
# Control, format (right-to-left marks and the like), lone surrogates; line ends and emoji joiners stay.
HIDDEN = frozenset({"Cc", "Cf", "Cs", "Co", "Cn"})
KEPT = frozenset("\n\u200d")
RELATIONS: dict[Answer, frozenset[str]] = {
    ForWhom.RELATIVE: frozenset(OF_RELATIVE),
    ForWhom.OTHER: frozenset(OF_OTHER),
}
YES_NO = frozenset({Step.MAY_WRITE, Step.DISCREET, Step.MAY_CALL, Step.MAY_SAY_WHO})
NAMES = frozenset({Step.NAME, Step.HELPED_NAME})


class Unreadable(Exception):
    """What came is not an answer to the step; `hint` says what would be, in the person's language."""

    def __init__(self, hint: str = "") -> None:
        super().__init__("not an answer")
        self.hint = hint


def read_button(draft: Draft, value: str, *, notice: Notice, areas: frozenset[str]) -> Answer:
    """The answer behind a button. Raises Unreadable."""
    step = draft.step
    relations = RELATIONS.get(draft.answers.get(Step.FOR_WHOM), frozenset())
    own = {Step.AREA: areas | {UNKNOWN_AREA}, Step.RELATION: relations}
    if value in {**own, **CHOICES}.get(step, frozenset()):
        return value
    if step in YES_NO and value in {"yes", "no"}:
        return value == "yes"
    if step is Step.CONSENT and value == "yes":
        return notice.sha256
    if step in NAMES | {Step.NEED} and value == "skip":
        return None
    if step is Step.NEED and value == "question" and draft.question:
        return draft.question[:NEED_LIMIT]
    raise Unreadable


def read_text(step: Step, text: str) -> Answer:
    """The answer in a typed text. Raises Unreadable."""
    typed = clean(text)
    if step in NAMES and typed:
        return " ".join(_short(typed, NAME_LIMIT).split())
    if step is Step.NEED and typed:
        return _short(typed, NEED_LIMIT)
    if step is Step.PHONE and typed:
        number = read_phone(typed)
        if number is None:
            raise Unreadable(
                _("This does not look like a phone number. Please write it like this: +370 612 34567.")
            )
        return number
    if step is Step.PHONE:
        raise Unreadable
    raise Unreadable(
        _("Please choose with a button below. If you want to ask something else first, press “Stop”.")
    )


def read_contact(number: str) -> Answer:
    """The number of a contact that was shared; Telegram may leave out the plus. Raises Unreadable."""
    return read_text(Step.PHONE, number if number.startswith("+") else f"+{number}")


def read_message(text: str) -> str:
    """A message for the worker. Raises Unreadable."""
    typed = clean(text)
    if not typed:
        raise Unreadable
    return _short(typed, TEXT_LIMIT)


def clean(text: str) -> str:
    """The text without signs that could move or hide what stands beside it on a worker's screen."""
    kept = (sign for sign in text if sign in KEPT or unicodedata.category(sign) not in HIDDEN)
    return "".join(kept).strip()


def _short(text: str, limit: int) -> str:
    if len(text) > limit:
        hint = ngettext(
            "Your text is too long: at most {limit} character fits here. Please send a shorter one.",
            "Your text is too long: at most {limit} characters fit here. Please send a shorter one.",
            limit,
        )
        raise Unreadable(hint.format(limit=limit))
    return text
