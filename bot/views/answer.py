"""An answer, a choice, or an honest "I don't know"."""

from __future__ import annotations

from collections.abc import Sequence

from aiogram.utils.formatting import Bold, Italic, Text, TextLink

from bot.buttons import Doubt, Go, ShowEntry, ShowOthers, ShowSection
from bot.buttons.form import AskWorker
from bot.language import gettext as _
from bot.views.screen import Button, Rows, Screen, button, heading, home_row, lines, paragraphs
from knowledge.answer import Answer, Note, Organisation, Section, ShownProvider
from knowledge.entry import SECTIONS

Named = Sequence[tuple[str, str]]  # entry id and its short name
FIRST = ("who", "amount", "ask")  # what stands on the first screen; the rest is behind buttons
MANY = 6  # entries of one organisation: more buttons are not read
SMALL = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")


def answer_view(answer: Answer, *, hint: str = "", rooms: Sequence[str] = ()) -> Screen:
    """The entry's main facts with their sources, what to do next, and where more stands.

    `rooms` says whether the service has room, as the desk knows.
    """
    shown = [section for section in answer.sections if section.key in FIRST]
    numbers = set(answer.summary.notes).union(*(section.notes for section in shown))
    body = paragraphs(
        [
            hint,
            heading(answer.title),
            _elsewhere(answer),
            Text(answer.summary.text, _marks(answer.summary.notes)),
            *(_section(section) for section in shown),
            *_silence(answer),
            lines(f"🕓 {line}" for line in rooms),
            _sources(answer, numbers),
        ]
    )
    return Screen(body, rows=_answer_rows(answer))


def section_view(answer: Answer, key: str) -> Screen:
    """One more section of an entry."""
    told = [section for section in answer.sections if section.key == key]
    parts: list[Text | str] = [heading(answer.title), *(_section(each) for each in told)]
    if not told and not (key == "where" and answer.providers):
        parts.append(_silent([section_name(key)]))
    if key == "where":
        parts += [_provider(each) for each in answer.providers]
    if key == "know":
        parts += [f"↔️ {sentence}" for _id, sentence in answer.confused_with]
    notes = {note for section in told for note in section.notes}
    notes |= {note for provider in answer.providers for note in provider.notes if key == "where"}
    parts.append(_sources(answer, notes))
    back = (button(_("Back to the answer"), ShowEntry(entry=answer.id)),)
    return Screen(paragraphs(parts), rows=(back, home_row()))


def choose_view(entries: Named) -> Screen:
    """Up to three that could be meant."""
    rows = [(button(name, ShowEntry(entry=entry)),) for entry, name in entries]
    rows.append((button(_("None of these"), Go(to="none")),))
    return Screen(Bold(_("What is your question about?")), rows=(*rows, home_row()))


def organisation_view(organisation: Organisation) -> Screen:
    """An organisation that was asked for by name, and what it gives."""
    places = ", ".join(organisation.area_names)
    parts: list[Text | str] = [
        _provider(organisation.shown),
        _("Where it helps: {places}").format(places=places),
        _("Choose what you want to know about.") if organisation.entries else "",
        _notes(organisation.notes),
    ]
    rows = [(button(name, ShowEntry(entry=entry)),) for entry, name in organisation.entries[:MANY]]
    rows.append((button(_("🙋 Ask a social worker"), AskWorker()),))
    return Screen(paragraphs(parts), rows=(*rows, home_row()))


def others_view(entries: Named) -> Screen:
    """What stands near an answer."""
    rows = [(button(name, ShowEntry(entry=entry)),) for entry, name in entries]
    rows.append((button(_("None of these"), Go(to="none")),))
    return Screen(Text(_("Perhaps one of these:")), rows=(*rows, home_row()))


def section_name(key: str) -> str:
    """A section's heading, which is also its button."""
    return {
        "who": _("Who can get it"),
        "amount": _("How much, how long"),
        "ask": _("How to ask"),
        "bring": _("What to bring"),
        "where": _("Where"),
        "know": _("Good to know"),
    }[key]


def further_sections(answer: Answer) -> list[str]:
    """The sections behind buttons, in their order."""
    keys = {section.key for section in answer.sections if section.key not in FIRST}
    keys |= {"where"} if answer.providers else set()
    keys |= {"know"} if answer.confused_with else set()
    return [key for key in SECTIONS if key in keys]


def _answer_rows(answer: Answer) -> Rows:
    more = [
        button(section_name(key), ShowSection(section=key, entry=answer.id))
        for key in further_sections(answer)
    ]
    rows: list[tuple[Button, ...]] = [tuple(more[at : at + 2]) for at in range(0, len(more), 2)]
    rows.append((button(_("🙋 Ask a worker about this"), AskWorker(entry=answer.id)),))
    others = button(_("Other answers"), ShowOthers(entry=answer.id))
    rows.append((others, button(_("Wrong or outdated?"), Doubt(said="", entry=answer.id))))
    return (*rows, home_row())


def _elsewhere(answer: Answer) -> Text | str:
    if not answer.elsewhere:
        return ""
    places = ", ".join(answer.area_names)
    return Italic(
        _("Our sources describe this only for: {places}. In your area ask a worker.").format(places=places)
    )


def _section(section: Section) -> Text:
    told: list[Text | str] = [Bold(section_name(section.key))]
    numbered = section.key == "ask" and len(section.lines) > 1
    for number, line in enumerate(section.lines, start=1):
        mark = f"{number}. " if numbered else "• " if len(section.lines) > 1 else ""
        told.append(Text(mark, line.text, _marks(line.notes), _dated(line.outdated)))
    if section.withheld:
        told.append(
            _("Something here has to be confirmed first, so we do not show it. A worker can tell you.")
        )
    return lines(told)


def _silence(answer: Answer) -> list[str]:
    known = {section.key for section in answer.sections}
    silent = [section_name(key) for key in FIRST if key not in known]
    return [_silent(silent)] if silent else []


def _silent(things: Sequence[str]) -> str:
    return _("Our sources say nothing about: {things}. A worker can tell you.").format(
        things=", ".join(things).lower()
    )


def _provider(provider: ShownProvider) -> Text:
    told = [Text(Bold(provider.name), _marks(provider.notes), _dated(provider.outdated))]
    return lines([*told, *provider.contacts])


def _sources(answer: Answer, numbers: set[int]) -> Text | str:
    return _notes([note for note in answer.notes if note.number in numbers])


def _notes(notes: Sequence[Note]) -> Text | str:
    if not notes:
        return ""
    return lines([Italic(_("Sources")), *(_note(note) for note in notes)])


def _note(note: Note) -> Text:
    return Text(_marks((note.number,)), " ", _place(note), ", ", note.as_of)


def _place(note: Note) -> Text:
    """The page as its site's name, which every reader can read; a document by its title."""
    if not note.address:
        return Text(note.title, ", ", note.publisher)
    site = note.address.split("/")[0].split(" ")[0].rstrip(";,")
    is_page = "/" in note.address and " " not in note.address
    return TextLink(site, url=f"https://{note.address}") if is_page else Text(site)


def _marks(numbers: Sequence[int]) -> str:
    return " ".join(str(number).translate(SMALL) for number in numbers)


def _dated(outdated: bool) -> Text | str:
    return Italic(_(" (old, please check)")) if outdated else ""
