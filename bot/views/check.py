"""The screens of "what can I get?": for whom, one question at a time, the results with their reasons."""

from __future__ import annotations

from collections.abc import Sequence

from aiogram.utils.formatting import Bold, Text

from bot.buttons import SOS, Check, Go, ShowEntry
from bot.checkup import PEOPLE, Checkup
from bot.language import gettext as _
from bot.language import ngettext
from bot.views.checklists import list_rows
from bot.views.screen import Button, Screen, button, heading, home_row, paragraphs
from bot.views.words import yes_no
from knowledge.criteria import Attribute
from knowledge.eligibility import Judged, Question, Verdict
from knowledge.library import Library

MOST = 8  # entries on one screen


def whom_view() -> Screen:
    """For whom, and what happens with the answers."""
    body = paragraphs(
        [
            heading(_("What can I get?")),
            _(
                "I ask a few questions, one at a time. You may skip each of them and look at the result at "
                "any time. Your answers are erased after an hour."
            ),
            _("This is not a decision. The municipality or the office decides."),
            Bold(_("For whom do you ask?")),
        ]
    )
    rows = (
        (button(_("For me or my family"), Check(do="whom", value="me")),),
        (button(_("For a child"), Check(do="whom", value="child")),),
        (button(_("For an adult I help"), Check(do="whom", value="adult")),),
        home_row(),
    )
    return Screen(body, rows=rows)


def area_first_view(areas: Sequence[tuple[str, str]]) -> Screen:
    """Where the person lives: services differ."""
    rows = [(button(name, Check(do="area", value=area)),) for area, name in areas]
    body = Text(Bold(_("Where does the person who needs help live?")))
    return Screen(body, rows=(*rows, home_row()))


def question_view(
    checkup: Checkup, question: Question, library: Library, language: str, *, hint: str = ""
) -> Screen:
    """One question, with big buttons and every way out."""
    attribute = library.content.attributes.get(question.attribute)
    typed = _("Write a number.") if attribute is None or attribute.type == "number" else ""
    body = paragraphs([hint, Bold(_asked(question, attribute, checkup, language)), typed])
    rows: list[tuple[Button, ...]] = list(_choices(attribute, question, language))
    rows.append(
        (button(_("I do not know"), Check(do="skip")), button(_("I’d rather not say"), Check(do="skip")))
    )
    back = (button(_("← Back"), Check(do="back")),) if checkup.answers else ()
    rows.append((*back, button(_("Why do you ask?"), Check(do="why"))))
    rows.append((button(_("Show what I may get"), Check(do="results")),))
    rows.append((button(_("Stop"), Check(do="stop")), button(_("🆘 Danger: 112"), SOS)))
    return Screen(body, rows=tuple(rows))


def _asked(question: Question, attribute: Attribute | None, checkup: Checkup, language: str) -> str:
    if question.attribute == PEOPLE or attribute is None:
        return _("How many people live on this money, with you?")
    member = question.member or "child"
    if member.startswith("child") and attribute.question_child is not None:
        number = member.removeprefix("child")
        text = attribute.question_child[language]
        is_first = number in {"", "1"}
        return text if is_first else _("Child {number}: {question}").format(number=number, question=text)
    if checkup.whom == "adult" and attribute.question_other is not None:
        return attribute.question_other[language]
    return attribute.question[language]


def _choices(attribute: Attribute | None, question: Question, language: str) -> Sequence[tuple[Button, ...]]:
    if attribute is None or attribute.type == "number":
        few = range(1, 7) if question.attribute in {PEOPLE, "number_of_children"} else ()
        return (
            [tuple(button(str(number), Check(do="answer", value=str(number))) for number in few)]
            if few
            else []
        )
    if attribute.type == "bool":
        return [
            (
                button(yes_no(True), Check(do="answer", value="yes")),
                button(yes_no(False), Check(do="answer", value="no")),
            )
        ]
    return [
        (button(texts[language], Check(do="answer", value=value)),)
        for value, texts in attribute.options.items()
    ]


def why_view(question: Question, library: Library, language: str) -> Screen:
    """Why this is asked."""
    attribute = library.content.attributes.get(question.attribute)
    why = attribute.why[language] if attribute else _("Support depends on the income for each person.")
    more = _("You may skip the question. Your answers are erased after an hour and nobody sees them.")
    return Screen(paragraphs([why, more]), rows=((button(_("Back to the question"), Check(do="go-on")),),))


def results_view(judged: Judged, library: Library, language: str, *, is_done: bool, page: int = 0) -> Screen:
    """What is likely, by name; what cannot be told yet; what was not checked. Never a bare no."""
    likely = list(dict.fromkeys(each.entry_id for each in judged.of(Verdict.LIKELY)))
    likely.sort(key=lambda each: (library.get(each).status != "available", library.get(each).tier != "core"))
    shown = likely[page * MOST : (page + 1) * MOST]
    rows: list[tuple[Button, ...]] = [
        (button(name, Check(do="entry", value=entry)),) for entry, name in library.names(shown, language)
    ]
    turn = _turning(page, is_last=len(likely) <= (page + 1) * MOST)
    rows += [turn] if turn else []
    rows += list_rows(judged)
    rows += [] if is_done else [(button(_("Go on with the questions"), Check(do="go-on")),)]
    rows += [
        (
            button(_("📩 Take it along"), Check(do="take")),
            button(_("🪪 Card in Lithuanian"), Check(do="card")),
        ),
        (button(_("Erase my answers"), Check(do="stop")),),
    ]
    return Screen(_told(likely), rows=(*rows, home_row()))


def _told(likely: Sequence[str]) -> Text:
    told = ngettext(
        "You may get this ({count}). Press one to see why and how to ask.",
        "You may get these ({count}). Press one to see why and how to ask.",
        len(likely),
    )
    return paragraphs(
        [
            heading(_("What you may get")),
            told.format(count=len(likely)) if likely else nothing_likely(),
            _("This is not a decision. The municipality or the office decides."),
        ]
    )


def _turning(page: int, *, is_last: bool) -> tuple[Button, ...]:
    back = (button(_("← Back"), Check(do="results", value=str(page - 1))),) if page else ()
    more = () if is_last else (button(_("More →"), Check(do="results", value=str(page + 1))),)
    return (*back, *more)


def nothing_likely() -> str:
    """Never a no on a guess."""
    return _("From these answers I cannot say that you may get something. A worker can look at it with you.")


def number_hint(low: float, high: float) -> str:
    """What would be an answer."""
    return _("Please write a number from {low} to {high}, or press a button.").format(
        low=f"{low:g}", high=f"{high:g}"
    )


def draft_hint() -> str:
    """The facts of this check are not in it: another form is open."""
    return _("You have a form that is not finished. Here it is.")


def sources_line(names: Sequence[str]) -> str:
    """Where the conditions come from."""
    return _("Sources: {names}").format(names="; ".join(names)) if names else ""


def reasons_view(title: str, reasons: Sequence[str], worth: str, sources: str, entry_id: str) -> Screen:
    """Why an entry is likely or open, what is missing, and the next step."""
    body = paragraphs(
        [
            heading(title),
            worth,
            Text("\n".join([_("Because:"), *reasons])),
            sources,
            _("This is not a decision. The municipality or the office decides."),
        ]
    )
    rows = (
        (button(_("How to ask, and all about it"), ShowEntry(entry=entry_id)),),
        (button(_("🙋 Ask a worker with these facts"), Check(do="refer", value=entry_id)),),
        (button(_("Back to the result"), Check(do="results")),),
        home_row(),
    )
    return Screen(body, rows=rows)


def taken_view(lines: Sequence[str], day: str, *, for_desk: bool) -> Screen:
    """A message to forward, or to show at a desk; it stands alone."""
    title = _("I would like to ask about this help") if for_desk else _("What you may get")
    note = _("From answers given to the Atrama bot on {day}. This is not a decision.").format(day=day)
    return Screen(paragraphs([heading(title), "\n".join(lines) or nothing_likely(), note]))


def erased_view() -> Screen:
    """Nothing of it is left."""
    rows = ((button(_("What can I get?"), Go(to="check")),), home_row())
    return Screen(Text(_("Your answers are erased.")), rows=rows)
