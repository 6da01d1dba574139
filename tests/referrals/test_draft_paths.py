"""Whatever is answered and changed, the form comes to its end and keeps nothing that no longer applies."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from referrals.another import OF_CHILD, OF_OTHER, OF_RELATIVE, OF_WRITER, AgeBand, Agrees, Carer, Proxy
from referrals.draft import UNKNOWN_AREA, YOUNG, Answer, Draft, Step
from referrals.referral import CallTime, ForWhom, Reach, Urgency
from tests.fakes.clock import START
from tests.referrals.test_draft import make_draft

ANSWERS: dict[Step, Sequence[Answer]] = {
    Step.FOR_WHOM: (*ForWhom, YOUNG),
    Step.OWN_AGE: OF_WRITER,
    Step.AGREES: tuple(Agrees),
    Step.CHILD_AGE: OF_CHILD,
    Step.CARER: tuple(Carer),
    Step.HELPED_NAME: (None, "Birutė"),
    Step.NAME: (None, "Ona"),
    Step.AREA: ("kaunas-city", UNKNOWN_AREA),
    Step.NEED: (None, "help at home"),
    Step.URGENCY: tuple(Urgency),
    Step.REACH: tuple(Reach),
    Step.PHONE: ("+37061234567",),
    Step.CALL_TIME: tuple(CallTime),
    Step.LANGUAGE: ("lt", "en", "uk"),
    Step.CONSENT: ("digest",),
}


def answers_to(draft: Draft) -> Sequence[Answer]:
    """What can be pressed or typed at the draft's step."""
    if draft.step is Step.RELATION:
        return OF_RELATIVE if draft.answers[Step.FOR_WHOM] == ForWhom.RELATIVE else OF_OTHER
    return ANSWERS.get(draft.step, (True, False))


def walk(draft: Draft, data: st.DataObject) -> list[Step]:
    """Answer everything that is asked, in any way; returns the questions."""
    asked = []
    while draft.step is not Step.REVIEW:
        asked.append(draft.step)
        draft.answer(draft.step, data.draw(st.sampled_from(answers_to(draft))), START)
    return asked


@given(st.data())
def test_every_path_ends_in_the_review_and_asks_nothing_twice(data: st.DataObject) -> None:
    draft = make_draft()

    asked = walk(draft, data)

    assert len(asked) == len(set(asked)) <= len(Step)
    assert draft.details().language in {"lt", "en", "uk"}


@given(st.data())
def test_an_edited_line_drops_what_no_longer_applies(data: st.DataObject) -> None:
    draft = make_draft()
    walk(draft, data)

    for _ in range(data.draw(st.integers(1, 4))):
        draft.edit(data.draw(st.sampled_from([each for each in draft.answers if draft.applies(each)])), START)
        draft.answer(draft.step, data.draw(st.sampled_from(answers_to(draft))), START)
        walk(draft, data)

    details = draft.details()
    assert all(draft.applies(step) for step in draft.answers)
    assert (details.proxy is not None) == draft.is_for_another
    assert details.carer is None or details.for_whom is ForWhom.CHILD
    assert details.phone is None or details.reach is Reach.PHONE
    assert not (details.discreet and not details.may_write)
    assert details.proxy is None or details.proxy.agrees is not Agrees.UNAWARE or details.name is None


@given(st.data())
def test_another_person_takes_nothing_over_from_the_one_before(data: st.DataObject) -> None:
    draft = make_draft()
    draft.answer(Step.FOR_WHOM, ForWhom.RELATIVE, START)
    walk(draft, data)

    draft.edit(Step.FOR_WHOM, START)
    draft.answer(Step.FOR_WHOM, ForWhom.OTHER, START)

    assert draft.step is Step.RELATION
    assert not {Step.RELATION, Step.AGREES, Step.HELPED_NAME} & set(draft.answers)


def asked_of(*first: tuple[Step, Answer]) -> list[Step]:
    """The questions after some first answers, the rest answered with the first choice."""
    draft, given_answers, asked = make_draft(), dict(first), []
    while draft.step is not Step.REVIEW:
        asked.append(draft.step)
        draft.answer(draft.step, given_answers.get(draft.step, answers_to(draft)[0]), START)
    return asked


def test_who_asks_for_themselves_meets_one_question_more_than_before() -> None:
    asked = asked_of((Step.REACH, Reach.CHAT))

    assert asked == [
        Step.FOR_WHOM,
        Step.NAME,
        Step.AREA,
        Step.NEED,
        Step.URGENCY,
        Step.REACH,
        Step.MAY_WRITE,
        Step.DISCREET,
        Step.LANGUAGE,
        Step.CONSENT,
    ]


@pytest.mark.parametrize(
    ("first", "asked", "not_asked"),
    [
        ([(Step.FOR_WHOM, ForWhom.RELATIVE)], {Step.RELATION, Step.AGREES, Step.HELPED_NAME}, {Step.CARER}),
        (
            [(Step.FOR_WHOM, ForWhom.OTHER), (Step.AGREES, Agrees.UNAWARE)],
            {Step.RELATION},
            {Step.HELPED_NAME},
        ),
        ([(Step.FOR_WHOM, ForWhom.CHILD)], {Step.CHILD_AGE, Step.CARER}, {Step.AGREES, Step.OWN_AGE}),
        ([(Step.FOR_WHOM, YOUNG)], {Step.OWN_AGE}, {Step.HELPED_NAME, Step.CHILD_AGE}),
        ([(Step.MAY_WRITE, False)], set(), {Step.DISCREET}),
    ],
)
def test_only_what_concerns_them_is_asked(
    first: list[tuple[Step, Answer]], asked: set[Step], not_asked: set[Step]
) -> None:
    found = set(asked_of(*first))

    assert asked <= found
    assert not not_asked & found


def test_the_one_who_writes_and_the_one_who_needs_help_are_kept_apart() -> None:
    draft = make_draft()
    said: dict[Step, Answer] = {
        Step.FOR_WHOM: ForWhom.RELATIVE,
        Step.HELPED_NAME: "Birutė",
        Step.NAME: "Ona",
        Step.REACH: Reach.CHAT,
    }
    while draft.step is not Step.REVIEW:
        draft.answer(draft.step, said.get(draft.step, answers_to(draft)[0]), START)

    details = draft.details()

    assert details.name == "Birutė"
    assert details.proxy == Proxy("Ona", OF_RELATIVE[0], Agrees.YES)


def test_the_yes_of_a_child_under_14_is_not_relied_on() -> None:
    young, older = make_draft(), make_draft()
    for draft, age in ((young, AgeBand.UNDER_14), (older, AgeBand.FROM_14)):
        draft.answer(Step.FOR_WHOM, YOUNG, START)
        draft.answer(Step.OWN_AGE, age, START)

    assert not young.is_consent_relied_on
    assert older.is_consent_relied_on
