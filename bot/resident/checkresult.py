"""The result of "what can I get?": its screens, what is taken along, and what is sent to a worker."""

from __future__ import annotations

from aiogram.fsm.context import FSMContext

from bot.checkup import Checkup
from bot.language import speaking
from bot.resident.form import Referring
from bot.resident.forms import Forms
from bot.views.check import MOST, draft_hint, reasons_view, results_view, sources_line, taken_view
from bot.views.checklists import unchecked_view, unknown_entries, unknown_view
from bot.views.reasons import reason_line, worth_line
from bot.views.screen import Screen
from bot.visit import Visit
from knowledge.eligibility import Household, Judge, Judgement, Verdict
from knowledge.eligibility.members import SOME_CHILD
from knowledge.eligibility.worth import Worth, value_of
from knowledge.facts import day_shown
from knowledge.library import Library
from referrals.actions import About, begin
from referrals.draft import NEED_LIMIT
from referrals.referral import EntryId

TAKEN = 3 * MOST  # entries in a message to take along: more is not read


def results(checkup: Checkup, visit: Visit, library: Library, *, is_done: bool, page: int = 0) -> Screen:
    """The result as it stands."""
    judged = Judge(library, visit.now.date()).judge(checkup.household(library))
    return results_view(judged, library, visit.language, is_done=is_done, page=page)


def rest(which: str, checkup: Checkup, visit: Visit, library: Library, *, page: int) -> Screen:
    """What cannot be told yet (those of the event first), or what was not checked."""
    judged = Judge(library, visit.now.date()).judge(checkup.household(library))
    if which == "unchecked":
        names = library.names([entry_id for entry_id, _why in judged.not_checked], visit.language)
        return unchecked_view(names, page=page)
    wanted = checkup.wanted(library) or frozenset()
    unknown = sorted(unknown_entries(judged), key=lambda each: each not in wanted)
    return unknown_view(library.names(unknown, visit.language), page=page)


def show_reasons(entry_id: str, checkup: Checkup, visit: Visit, library: Library) -> Screen:
    """Why an entry is likely."""
    judge = Judge(library, visit.now.date())
    household = checkup.household(library)
    found = [each for each in judge.judge(household).judgements if each.entry_id == entry_id]
    lines = [line for each in found[:1] for line in _lines(each, household, judge, library, visit.language)]
    worth = value_of(found[0], household, judge, library) if found else None
    title = library.get(entry_id).title[visit.language]
    sources = _sources(found[:1], worth, library, visit.language)
    return reasons_view(title, lines, worth_line(worth, visit.language), sources, entry_id)


def take_along(checkup: Checkup, visit: Visit, library: Library, *, language: str) -> Screen:
    """What is likely, as one message: to forward, or in Lithuanian to show at a desk."""
    judge = Judge(library, visit.now.date())
    household = checkup.household(library)
    likely = judge.judge(household).of(Verdict.LIKELY)
    with speaking(language):
        lines = [
            f"• {library.get(each.entry_id).title[language]} – "
            + "; ".join(_lines(each, household, judge, library, language))
            for each in likely[:TAKEN]
        ]
        day = day_shown(visit.now.date().isoformat(), language)
        return taken_view(lines, day, for_desk=language == "lt")


async def to_worker(
    entry_id: str, checkup: Checkup, visit: Visit, library: Library, forms: Forms, state: FSMContext
) -> None:
    """A form about the entry with the facts that were shown, and only those."""
    judge = Judge(library, visit.now.date())
    household = checkup.household(library)
    found = [each for each in judge.judge(household).judgements if each.entry_id == entry_id]
    lines = [line for each in found[:1] for line in _lines(each, household, judge, library, visit.language)]
    entry = library.get(entry_id)
    question = "\n".join([entry.title[visit.language], *lines])[:NEED_LIMIT]
    about = About(
        entry_id=EntryId(entry.id),
        topic=entry.topics[0] if entry.topics else "general",
        question=question,
    )
    draft = await visit.work.drafts.find(visit.person.id)
    hint = draft_hint() if draft else ""
    draft = draft or await begin(visit.work, visit.person, about, now=visit.now)
    await state.set_state(Referring.form)
    await visit.show(forms.screen(draft, visit, hint=hint))


def _lines(
    judgement: Judgement, household: Household, judge: Judge, library: Library, language: str
) -> list[str]:
    facts = judge.facts_of(household)
    member = household.find(judgement.member or "") or SOME_CHILD
    told = [reason_line(each, member, facts, library, language) for each in judgement.because]
    return list(dict.fromkeys(told))


def _sources(judgements: list[Judgement], worth: Worth | None, library: Library, language: str) -> str:
    """Where the conditions and the amount come from and from when."""
    names = [
        name for each in judgements for reason in each.because for name in reason.source.split(", ") if name
    ]
    known = library.content.sources
    told = [
        f"{known[name].address.split('/')[0] or known[name].title}, {day_shown(known[name].date, language)}"
        for name in dict.fromkeys(names)
        if name in known
    ]
    if worth is not None:
        entry_id, _slash, name = worth.fact.partition("/")
        fact = library.get(entry_id).facts[name]
        told.append(f"{known[fact.source].address.split('/')[0]}, {day_shown(fact.as_of, language)}")
    return sources_line(list(dict.fromkeys(told)))
