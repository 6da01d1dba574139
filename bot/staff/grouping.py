"""Unanswered questions put together by likeness, so that a curator sees what is missing most."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field

from rapidfuzz import fuzz, process

from knowledge.matching.normalise import folded_words
from referrals.asked import Mark, Question

# Of 100, over the words sorted and folded: another ending or one small word more is the same question.
LIKE = 75
WORDINGS = 5  # that are shown of a group


@dataclass
class Group:
    """Questions of one language and area that ask the same. The first is the newest."""

    questions: list[Question] = field(default_factory=list)

    @property
    def first(self) -> Question:
        """The one the others are like; its id stands for the group on a button."""
        return self.questions[0]

    @property
    def mark(self) -> Mark | None:
        """What a curator decided about it."""
        return self.first.mark

    @property
    def wordings(self) -> list[str]:
        """How it was asked, without repeats."""
        words = dict.fromkeys(" ".join((each.words or "").split()) for each in self.questions)
        return list(words)[:WORDINGS]


def grouped(questions: Iterable[Question]) -> list[Group]:
    """Greedily: a question joins the group whose first one it is most like, or begins a new one.

    The biggest group comes first, of equal ones the newest. Language, area and mark part groups.
    """
    groups: dict[tuple[str, str | None, str | None], dict[str, Group]] = defaultdict(dict)
    for question in questions:
        kin = groups[question.language, question.area, question.mark]
        words = " ".join(sorted(folded_words(question.words or "")))
        like = process.extractOne(words, kin.keys(), scorer=fuzz.ratio, score_cutoff=LIKE)
        kin.setdefault(like[0] if like else words, Group()).questions.append(question)
    found = [group for kin in groups.values() for group in kin.values()]
    return sorted(found, key=lambda group: (-len(group.questions), -group.first.at.timestamp()))


def group_of(groups: Iterable[Group], question_id: object) -> Group | None:
    """The group that holds a question."""
    for group in groups:
        if any(question.id == question_id for question in group.questions):
            return group
    return None
