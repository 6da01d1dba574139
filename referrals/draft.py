"""A draft: the answers a person has given so far, and the step that comes next."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import datetime
from enum import StrEnum

import phonenumbers

from referrals.another import AgeBand, Agrees, Carer, Proxy, Relation
from referrals.errors import Incomplete
from referrals.referral import (
    Area,
    CallTime,
    Details,
    DraftId,
    EntryId,
    ForWhom,
    PersonId,
    Reach,
    Urgency,
)

NAME_LIMIT = 80  # signs: fits one line of a card on a small phone
NEED_LIMIT = 1500  # signs: the review screen with it stays under Telegram's 4,096


class Step(StrEnum):
    """The questions, in the order they are asked."""

    FOR_WHOM = "for-whom"
    OWN_AGE = "own-age"
    RELATION = "relation"
    AGREES = "agrees"
    CHILD_AGE = "child-age"
    CARER = "carer"
    HELPED_NAME = "helped-name"
    NAME = "name"
    AREA = "area"
    NEED = "need"
    URGENCY = "urgency"
    REACH = "reach"
    PHONE = "phone"
    MAY_WRITE = "may-write"
    DISCREET = "discreet"
    MAY_CALL = "may-call"
    CALL_TIME = "call-time"
    MAY_SAY_WHO = "may-say-who"
    LANGUAGE = "language"
    CONSENT = "consent"
    REVIEW = "review"


Answer = str | bool | None
YOUNG = "young"  # an answer to FOR_WHOM: for me, and I am under 18
UNKNOWN_AREA = "unknown"  # the answer "I don't know": such a referral goes to the coordinators

ABOUT_ONE = (Step.OWN_AGE, Step.RELATION, Step.AGREES, Step.CHILD_AGE, Step.CARER, Step.HELPED_NAME)
CONTACT = (
    Step.REACH,
    Step.PHONE,
    Step.MAY_WRITE,
    Step.DISCREET,
    Step.MAY_CALL,
    Step.CALL_TIME,
    Step.MAY_SAY_WHO,
)


@dataclass
class Draft:
    """Answers by step. A step that is answered with None was passed over on purpose."""

    id: DraftId
    person_id: PersonId
    entry_id: EntryId | None
    topic: str
    step: Step
    updated_at: datetime
    answers: dict[Step, Answer] = field(default_factory=dict)
    question: str | None = None
    phone_is_own: bool = False
    crisis: str | None = None

    def applies(self, step: Step) -> bool:
        """Whether the answers given so far make the step worth asking."""
        by_phone = self.answers.get(Step.REACH) == Reach.PHONE
        whom = self.answers.get(Step.FOR_WHOM)
        match step:
            case Step.OWN_AGE:
                return whom == YOUNG
            case Step.RELATION | Step.AGREES:
                return whom in {ForWhom.RELATIVE, ForWhom.OTHER}
            case Step.CHILD_AGE | Step.CARER:
                return whom == ForWhom.CHILD
            case Step.HELPED_NAME:  # nobody's name is kept who does not know of it
                return self.is_for_another and self.answers.get(Step.AGREES) != Agrees.UNAWARE
            case Step.DISCREET:
                return self.answers.get(Step.MAY_WRITE) is True
            case Step.PHONE | Step.MAY_CALL:
                return by_phone
            case Step.CALL_TIME | Step.MAY_SAY_WHO:
                return by_phone and self.answers.get(Step.MAY_CALL) is True
            case _:
                return True

    def next_step(self) -> Step:
        """The first step that applies and has no answer; at the end, the review."""
        for step in Step:
            if step is not Step.REVIEW and self.applies(step) and step not in self.answers:
                return step
        return Step.REVIEW

    def answer(self, step: Step, value: Answer, now: datetime) -> None:
        """Keep an answer, let go of those that no longer apply, and go on to what is still open."""
        if (
            step is Step.FOR_WHOM and self.answers.get(step) != value
        ):  # somebody else: nothing of them is known
            for each in ABOUT_ONE:
                self.answers.pop(each, None)
        self.answers[step] = value
        for each in Step:
            if not self.applies(each):
                self.answers.pop(each, None)
        if step is not Step.CONSENT:
            self.answers.pop(Step.CONSENT, None)
        self.step = self.next_step()
        self.updated_at = now

    def edit(self, step: Step, now: datetime) -> None:
        """Ask a step again; its old answer stays until a new one is given."""
        self.step = step
        self.updated_at = now

    @property
    def is_for_another(self) -> bool:
        """Whether the one who writes is not the one who needs help."""
        return self.answers.get(Step.FOR_WHOM) in {ForWhom.CHILD, ForWhom.RELATIVE, ForWhom.OTHER}

    @property
    def is_from_child(self) -> bool:
        """Whether the one who writes for themselves is under 18."""
        return self.answers.get(Step.OWN_AGE) in {AgeBand.UNDER_14, AgeBand.FROM_14}

    @property
    def is_consent_relied_on(self) -> bool:
        """Whether a yes counts. A child under 14 is helped because it is a child, not because it agreed."""
        return self.answers.get(Step.OWN_AGE) != AgeBand.UNDER_14

    @property
    def area(self) -> Area | None:
        """The area to serve the referral, None when the person does not know it."""
        value = self.answers.get(Step.AREA)
        return None if value in (None, UNKNOWN_AREA) else Area(str(value))

    @property
    def urgency(self) -> Urgency:
        """How soon help is needed, as the person sees it. Raises Incomplete."""
        return Urgency(self._required(Step.URGENCY))

    def details(self) -> Details:
        """What will be stored and shown to the worker who owns the referral. Raises Incomplete."""
        whom = self._required(Step.FOR_WHOM)
        age = self._text(Step.CHILD_AGE) or self._text(Step.OWN_AGE)
        carer = self._text(Step.CARER)
        told = Details(
            for_whom=ForWhom.ME if whom == YOUNG else ForWhom(whom),
            reach=Reach(self._required(Step.REACH)),
            language=self._required(Step.LANGUAGE),
            name=self._text(Step.HELPED_NAME if self.is_for_another else Step.NAME),
            need=self._text(Step.NEED),
            age=AgeBand(age) if age else None,
            carer=Carer(carer) if carer else None,
            proxy=self._proxy() if self.is_for_another else None,
        )
        return self.reached(told)

    def reached(self, told: Details) -> Details:
        """The same with how to reach the person as it is answered here. Raises Incomplete."""
        by_phone = self.applies(Step.PHONE)
        may_call = by_phone and self._yes(Step.MAY_CALL)
        call_time = self._text(Step.CALL_TIME) if may_call else None
        may_write = self._yes(Step.MAY_WRITE)
        return replace(
            told,
            reach=Reach(self._required(Step.REACH)),
            phone=self._required(Step.PHONE) if by_phone else None,
            phone_is_own=by_phone and self.phone_is_own,
            may_write=may_write,
            discreet=may_write and self.answers.get(Step.DISCREET) is True,
            may_call=may_call,
            call_time=CallTime(call_time) if call_time else None,
            may_say_who=may_call and self._yes(Step.MAY_SAY_WHO),
        )

    def _proxy(self) -> Proxy:
        relation, agrees = self._text(Step.RELATION), self._text(Step.AGREES)
        return Proxy(
            name=self._text(Step.NAME),
            relation=Relation(relation) if relation else None,
            agrees=Agrees(agrees) if agrees else None,
        )

    def _required(self, step: Step) -> str:
        value = self.answers.get(step)
        if not isinstance(value, str):
            raise Incomplete(step)
        return value

    def _text(self, step: Step) -> str | None:
        value = self.answers.get(step)
        return value if isinstance(value, str) else None

    def _yes(self, step: Step) -> bool:
        if step not in self.answers:
            raise Incomplete(step)
        return self.answers[step] is True


def read_phone(text: str) -> str | None:
    """The number in E.164 if it can be dialled, read as Lithuanian without a country code; else None.

    The old trunk prefix 8 has not connected since March 2025, so a number typed with it is read with 0.
    """
    typed = text.strip()
    digits = "".join(sign for sign in typed if sign.isdigit())
    if digits.startswith("8") and len(digits) == 9 and not typed.startswith("+"):  # 8 612 34567
        typed = "0" + digits[1:]
    elif digits.startswith("370") and len(digits) == 11 and not typed.startswith("+"):
        typed = "+" + digits
    try:
        number = phonenumbers.parse(typed, "LT")
    except phonenumbers.NumberParseException:
        return None
    if not phonenumbers.is_valid_number(number):
        return None
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)
