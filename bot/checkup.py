"""One "what can I get?": whom it is about and what was answered, as it is kept, sealed, for an hour."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from knowledge.eligibility import Household, Judge, Member, Question, Value, next_question
from knowledge.library import Library

KEPT_FOR = timedelta(hours=1)
MOST_CHILDREN = 8
INCOME = "income_vrp_multiple"  # asked in euros of the household, and for how many people that is
PEOPLE = "people"  # our own question: for how many people the income is
CHILD_TELLING = ("raises_child", "has_minor_children", "number_of_children", "large_family")
Row = dict[str, object]


@dataclass(frozen=True)
class Answered:
    """One answer; no value: declined or not known, which count the same."""

    attribute: str
    member: str
    value: Value | None


@dataclass(frozen=True)
class Checkup:
    """What has been said so far, in order, so that the last answer can be taken back."""

    began_at: datetime
    area: str
    whom: str  # me, child, adult
    event: str = ""
    answers: tuple[Answered, ...] = ()
    implied: int = 0  # so many first answers came with the event, and are not taken back

    @property
    def expires_at(self) -> datetime:
        """When it is erased."""
        return self.began_at + KEPT_FOR

    def as_row(self) -> Row:
        """For keeping."""
        return {
            "began_at": self.began_at.isoformat(),
            "area": self.area,
            "whom": self.whom,
            "event": self.event,
            "implied": self.implied,
            "answers": [[each.attribute, each.member, each.value] for each in self.answers],
        }

    @classmethod
    def from_row(cls, row: Row) -> Checkup | None:
        """As it was kept, or None where nothing readable is."""
        try:
            answers = row["answers"]
            began_at = datetime.fromisoformat(str(row["began_at"]))
            read = [Answered(str(name), str(member), value) for name, member, value in answers]  # type: ignore[attr-defined]
            implied = int(str(row.get("implied", 0)))
        except (KeyError, TypeError, ValueError):
            return None
        event = str(row.get("event", ""))
        return cls(began_at, str(row["area"]), str(row["whom"]), event, tuple(read), implied)

    def with_answer(self, question: Question, value: Value | None) -> Checkup:
        """With one answer more."""
        answer = Answered(question.attribute, question.member or "", value)
        return replace(self, answers=(*self.answers, answer))

    def without_last(self) -> Checkup:
        """With the last answer taken back; what came with the event stays."""
        return replace(self, answers=self.answers[: max(len(self.answers) - 1, self.implied)])

    def begun_with(self, implied: Mapping[str, Value]) -> Checkup:
        """With what somebody says by beginning with an event."""
        answers = tuple(Answered(name, self.main, said) for name, said in implied.items())
        return replace(self, answers=answers, implied=len(answers))

    @property
    def main(self) -> str:
        """The member it is about."""
        return {"child": "child1", "adult": "adult"}.get(self.whom, "me")

    def household(self, library: Library) -> Household:
        """The household as far as it is known."""
        members = {"me": Member("me", "self")}
        if self.whom == "child":
            members["child1"] = Member("child1", "child")
        if self.whom == "adult":
            members["adult"] = Member("adult", "cared-for")
        for answer in self.answers:
            for child in _children_named(answer):
                members.setdefault(child, Member(child, "child"))
        household = Household(self.area, tuple(members.values()))
        for answer in self.answers:
            if answer.value is not None and answer.attribute not in {PEOPLE, INCOME}:
                member = answer.member if answer.member in members else "me"
                household = household.knowing(member, answer.attribute, answer.value)
        multiple = self._income_multiple(library)
        return household if multiple is None else household.knowing("me", INCOME, multiple)

    def _income_multiple(self, library: Library) -> float | None:
        """Income for each person, in state-supported incomes; needs both the income and the people."""
        income, people = self.said(INCOME), self.said(PEOPLE)
        if not isinstance(income, int | float) or not isinstance(people, int | float) or people < 1:
            return None
        return float(income) / people / float(library.content.amounts["VRP"].value)

    def said(self, attribute: str) -> Value | None:
        """The last answer to a question."""
        found = [each.value for each in self.answers if each.attribute == attribute]
        return found[-1] if found else None

    def next_question(self, judge: Judge, library: Library) -> Question | None:
        """What to ask now; after an income, for how many people it is."""
        asked = {(each.attribute, each.member or None) for each in self.answers}
        if self.said(INCOME) is not None and (PEOPLE, "me") not in asked:
            return Question(PEOPLE, "me")
        return next_question(
            self.household(library), judge, library, declined=asked, wanted=self.wanted(library)
        )

    def wanted(self, library: Library) -> frozenset[str] | None:
        """The entries of the event it began with; all, where it began with none."""
        found = frozenset(each.id for each in library.entries if self.event in each.life_events)
        return found if self.event and found else None


def _children_named(answer: Answered) -> list[str]:
    """The children that an answer tells of."""
    if answer.attribute not in CHILD_TELLING or not answer.value:
        return []
    count = 1 if isinstance(answer.value, bool | str | tuple) else int(answer.value)
    return [f"child{number}" for number in range(1, min(max(count, 1), MOST_CHILDREN) + 1)]
