"""Questions: a text is answered, offered as a choice, or honestly not known."""

from __future__ import annotations

from collections.abc import Sequence

from aiogram import F, Router
from aiogram.fsm.context import FSMContext
from aiogram.types import CallbackQuery, Message

from bot.buttons import Doubt, Go, PickTopic, ShowEntry, ShowOthers, ShowSection
from bot.language import gettext as _
from bot.middlewares import When
from bot.resident.asked import note_none_fits, note_question, note_section
from bot.resident.masking import without_secrets
from bot.resident.rooms import room_lines
from bot.views.answer import answer_view, choose_view, organisation_view, others_view, section_view
from bot.views.replies import (
    doubt_view,
    doubted_view,
    human_view,
    several_view,
    smalltalk_view,
    topic_view,
    unknown_view,
)
from bot.views.screen import Button, Screen, button
from bot.views.sos import sos_view
from bot.views.start import outdated_button_view
from bot.visit import Visit
from knowledge.answer import Answer, answer, organisation
from knowledge.library import Finding, Library
from knowledge.matching.fitted import ANSWER_FROM
from referrals.draft import NEED_LIMIT
from referrals.referral import EntryId

CHOICES = 3  # buttons; more than three are not read on a small phone
A_PAGE = 8  # entries of a topic on one screen
SAID = frozenset({"wrong", "outdated", "unclear"})


def setup() -> Router:
    """Routes of questions and answers."""
    router = Router(name="ask")
    router.callback_query.register(show_entry, ShowEntry.filter())
    router.callback_query.register(show_section, ShowSection.filter())
    router.callback_query.register(show_others, ShowOthers.filter())
    router.callback_query.register(none_of_these, Go.filter(F.to == "none"))
    router.callback_query.register(pick_topic, PickTopic.filter())
    router.callback_query.register(doubt, Doubt.filter())
    router.message.register(ask, When(F.text.as_("question")))
    router.edited_message.register(ask, When(F.text.as_("question")))
    return router


async def ask(_message: Message, question: str, visit: Visit, library: Library, state: FSMContext) -> None:
    """Find what is meant and say it."""
    text = await without_secrets(visit, question)
    shown = (await state.get_data()).get("shown")
    section = library.section_asked(text)
    if section is not None and isinstance(shown, str) and library.find_entry(shown):
        await visit.show(section_view(answer_of(shown, visit, library), section))
        await note_section(visit, shown)
        return
    finding = library.find(text, area=visit.person.area, language=visit.language)
    await remember(state, text, finding)
    await note_question(visit, finding, text)
    if finding.crisis is not None:
        await visit.show(sos_view(library.helplines_of(finding), visit.language))
    if finding.crisis is None and finding.parts:
        await visit.show(several_view(len(finding.parts)))
        for part in finding.parts:
            await visit.show(await _reply(part, visit, library))
        return
    for screen in organisation_views(finding, visit, library) or [await _reply(finding, visit, library)]:
        await visit.show(screen)


async def _reply(finding: Finding, visit: Visit, library: Library) -> Screen:
    entry_id = finding.entries[0][0] if finding.entries else ""
    return reply_view(finding, visit, library, rooms=await room_lines(entry_id, visit, library))


async def remember(state: FSMContext, text: str, finding: Finding) -> None:
    """What a short question, a button or a form after this one would be about."""
    await state.update_data(
        question=text[:NEED_LIMIT],
        others=[entry for entry, _score in finding.entries[:CHOICES]],
        shown=shown_of(finding),
        crisis=finding.crisis,
        missed=False,
    )


def shown_of(finding: Finding) -> str | None:
    """The entry that a short question after this one would be about."""
    is_told = finding.decision in {"answer", "redirect"} and not finding.providers and not finding.parts
    return finding.entries[0][0] if is_told else None


def organisation_views(finding: Finding, visit: Visit, library: Library) -> list[Screen]:
    """A screen for each organisation that was asked for by name."""
    return [
        organisation_view(
            organisation(each, language=visit.language, today=visit.now.date(), library=library)
        )
        for each in finding.providers
    ]


def reply_view(finding: Finding, visit: Visit, library: Library, *, rooms: Sequence[str] = ()) -> Screen:
    """The screen for a decision."""
    entries = [entry for entry, _score in finding.entries]
    match finding.decision:
        case "answer" | "redirect":
            return answer_view(answer_of(entries[0], visit, library), rooms=rooms)
        case "crisis" if entries and finding.confidence >= ANSWER_FROM:
            return answer_view(answer_of(entries[0], visit, library), rooms=rooms)
        case "choose" | "crisis" if entries:
            return choose_view(library.names(entries[:CHOICES], visit.language))
        case "human":
            return human_view()
        case "smalltalk":
            return smalltalk_view()
        case _:
            return unknown_view()


def answer_of(entry_id: str, visit: Visit, library: Library) -> Answer:
    """What the entry says to this person today."""
    return answer(
        library.get(entry_id),
        language=visit.language,
        area=visit.person.area,
        today=visit.now.date(),
        library=library,
    )


async def show_entry(
    _press: CallbackQuery, callback_data: ShowEntry, visit: Visit, library: Library, state: FSMContext
) -> None:
    """An entry that was chosen. An open form is put aside: what is typed next is a question again."""
    if library.find_entry(callback_data.entry) is None:
        await visit.show(outdated_button_view())
        return
    await state.set_state(None)
    await state.update_data(shown=callback_data.entry)
    rooms = await room_lines(callback_data.entry, visit, library)
    await visit.replace(answer_view(answer_of(callback_data.entry, visit, library), rooms=rooms))


async def show_section(
    _press: CallbackQuery, callback_data: ShowSection, visit: Visit, library: Library
) -> None:
    """More of an entry."""
    if library.find_entry(callback_data.entry) is None:
        await visit.show(outdated_button_view())
        return
    await visit.replace(section_view(answer_of(callback_data.entry, visit, library), callback_data.section))


async def show_others(
    _press: CallbackQuery, callback_data: ShowOthers, visit: Visit, library: Library, state: FSMContext
) -> None:
    """What else the question could have meant, then what is related."""
    entry = library.find_entry(callback_data.entry)
    remembered = (await state.get_data()).get("others")
    found = remembered if isinstance(remembered, list) and callback_data.entry in remembered else []
    wanted = dict.fromkeys([*found, *(entry.related if entry else [])])
    ids = [each for each in wanted if each != callback_data.entry and library.find_entry(each)]
    await visit.show(others_view(library.names(ids[:5], visit.language)))


async def none_of_these(_press: CallbackQuery, visit: Visit, library: Library, state: FSMContext) -> None:
    """Nothing fits: a worker or a topic."""
    await note_none_fits(visit, library, state)
    await visit.replace(unknown_view())


async def pick_topic(_press: CallbackQuery, callback_data: PickTopic, visit: Visit, library: Library) -> None:
    """The entries of a topic, a page at a time."""
    entries = library.by_topic(callback_data.topic, visit.person.area)
    if not entries:
        await visit.replace(unknown_view())
        return
    pages = -(-len(entries) // A_PAGE)
    page = min(max(callback_data.page, 0), pages - 1)
    ids = [entry.id for entry in entries[page * A_PAGE : (page + 1) * A_PAGE]]
    name = library.topic_name(callback_data.topic, visit.language)
    turn = _turning(callback_data.topic, page, pages)
    await visit.replace(
        topic_view(
            name,
            library.names(ids, visit.language),
            page=page,
            pages=pages,
            turn=turn,
            event=callback_data.topic if library.is_event(callback_data.topic) else None,
        )
    )


async def doubt(_press: CallbackQuery, callback_data: Doubt, visit: Visit) -> None:
    """Something about an answer is wrong; noted without who said it."""
    if callback_data.said not in SAID:
        await visit.show(doubt_view(callback_data.entry))
        return
    entry = EntryId(callback_data.entry[:80])
    await visit.work.feedback.add(entry, callback_data.said, visit.now, language=visit.language)
    await visit.replace(doubted_view(callback_data.entry))


def _turning(topic: str, page: int, pages: int) -> list[Button]:
    turn = []
    if page > 0:
        turn.append(button(_("← Back"), PickTopic(topic=topic, page=page - 1)))
    if page < pages - 1:
        turn.append(button(_("More →"), PickTopic(topic=topic, page=page + 1)))
    return turn
