"""Noting what was asked, so that curators learn what is missing: never who asked."""

from __future__ import annotations

from aiogram.fsm.context import FSMContext

from bot.visit import Visit
from knowledge.library import Finding, Library
from knowledge.matching.fitted import ANSWER_FROM
from referrals.asked import NONE, Question, words_to_keep
from referrals.referral import EntryId


async def note_question(visit: Visit, finding: Finding, text: str) -> None:
    """One row for a question; one for each of several that came in one message."""
    if finding.crisis is None and finding.parts:
        for part in finding.parts:
            await note_question(visit, part, "")
        return
    await _note(
        visit,
        finding.decision,
        finding.language,
        entry_id=_shown(finding),
        words=words_to_keep(text, finding.decision, crisis=finding.crisis),
    )


async def note_section(visit: Visit, entry_id: str) -> None:
    """A short question about the entry that was just shown."""
    await _note(visit, "answer", visit.language, entry_id=entry_id, words=None)


async def note_none_fits(visit: Visit, library: Library, state: FSMContext) -> None:
    """The person says that nothing offered is meant; noted once for each question."""
    talk = await state.get_data()
    question = talk.get("question")
    if not isinstance(question, str) or talk.get("missed"):
        return
    await state.update_data(missed=True)
    finding = library.find(question, area=visit.person.area, language=visit.language)
    words = words_to_keep(question, NONE, crisis=finding.crisis)
    await _note(visit, NONE, finding.language, entry_id=None, words=words)


async def _note(
    visit: Visit, decision: str, language: str, *, entry_id: str | None, words: str | None
) -> None:
    question = Question(
        at=visit.now,
        language=language[:2],
        area=visit.person.area,
        decision=decision,
        entry_id=None if entry_id is None else EntryId(entry_id),
        words=words,
    )
    await visit.work.questions.add(question)


def _shown(finding: Finding) -> str | None:
    """The entry that was told as the answer."""
    is_told = finding.decision in {"answer", "redirect"} and not finding.providers
    is_told |= finding.decision == "crisis" and finding.confidence >= ANSWER_FROM
    return finding.entries[0][0] if is_told and finding.entries else None
