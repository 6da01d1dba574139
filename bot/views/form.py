"""The form by which somebody asks for a worker: one question a screen, then everything to check."""

from __future__ import annotations

from collections.abc import Sequence

from aiogram.utils.formatting import Bold, Text

from bot.buttons import SOS
from bot.buttons.form import EditStep, Fill, Form, Submit
from bot.language import LANGUAGES
from bot.language import gettext as _
from bot.views.screen import Button, Rows, Screen, button, lines, paragraphs
from bot.views.spans import period_word
from bot.views.words import (
    call_time_word,
    for_whom_word,
    language_name,
    phone_word,
    reach_word,
    urgency_word,
    yes_no,
)
from referrals.draft import UNKNOWN_AREA, Answer, Draft, Step
from referrals.referral import CallTime, ForWhom, Reach, Urgency
from referrals.register import Period

NOTICE_VERSION = "2026-11"  # raise it with every change of the consent's words
Areas = Sequence[tuple[str, str]]  # id and name in the reader's language


def step_view(draft: Draft, areas: Areas, *, hint: str = "") -> Screen:
    """The question of the draft's step, with `hint` above it when the last answer could not be read."""
    question, *more = _question(draft)
    body = paragraphs([hint, Bold(question), *more])
    if draft.step is Step.PHONE:
        return Screen(body, contact=_("📱 Send my phone number"))
    return Screen(body, rows=(*_choices(draft, areas), _form_row()))


def _form_row() -> tuple[Button, ...]:
    return (button(_("Stop"), Form(do="pause")), button(_("🆘 Danger: 112"), SOS))


def _question(draft: Draft) -> list[str]:
    if draft.step is Step.NEED and draft.question and Step.NEED not in draft.answers:
        before = _("You wrote before: “{question}”").format(question=draft.question)
        return [*_about_help()[Step.NEED], before]
    return {**_about_help(), **_about_contact()}[draft.step]


def _about_help() -> dict[Step, list[str]]:
    return {
        Step.FOR_WHOM: [_("For whom do you ask for help?")],
        Step.NAME: [
            _("How should the worker call you?"),
            _("Write a name, or skip. A first name is enough; it need not be the real one."),
        ],
        Step.AREA: [
            _("Where does the person who needs help live?"),
            _("Each municipality helps its own residents."),
        ],
        Step.NEED: [
            _("What help is needed?"),
            _("Write in a few sentences, or skip. Leave out personal codes and other people's names."),
        ],
        Step.URGENCY: [
            _("How soon is help needed?"),
            _("If somebody is in danger now, call 112."),
        ],
    }


def _about_contact() -> dict[Step, list[str]]:
    return {
        Step.REACH: [_("How can the worker reach you?")],
        Step.PHONE: [
            _("What is your phone number?"),
            _("Press the button below, or type the number. /cancel stops the form."),
        ],
        Step.MAY_WRITE: [
            _("Is it safe to write to you in this chat?"),
            _("Choose “No” if somebody else may see your phone. Then we will not write first."),
        ],
        Step.MAY_CALL: [_("Is it safe to call you?")],
        Step.CALL_TIME: [_("When is it best to call?")],
        Step.MAY_SAY_WHO: [
            _("If somebody else answers, may we say who is calling?"),
            _("If “No”, the worker will not mention social services."),
        ],
        Step.LANGUAGE: [_("In which language should the worker speak with you?")],
    }


def _choices(draft: Draft, areas: Areas) -> Rows:
    yes_no_steps = (Step.MAY_WRITE, Step.MAY_CALL, Step.MAY_SAY_WHO)
    if draft.step in yes_no_steps:
        return _options(draft.step, [("yes", _("Yes")), ("no", _("No"))], across=2)
    if draft.step in (Step.NAME, Step.NEED):
        rows = _options(draft.step, [("skip", _("Skip"))])
        if draft.step is Step.NEED and draft.question and Step.NEED not in draft.answers:
            return (*_options(draft.step, [("question", _("Use what I wrote"))]), *rows)
        return rows
    options = {
        Step.FOR_WHOM: [(each.value, for_whom_word(each)) for each in ForWhom],
        Step.AREA: [*areas, (UNKNOWN_AREA, _("I don't know"))],
        Step.URGENCY: [(each.value, urgency_word(each)) for each in Urgency],
        Step.REACH: [(each.value, reach_word(each)) for each in Reach],
        Step.CALL_TIME: [(each.value, call_time_word(each)) for each in CallTime],
        Step.LANGUAGE: [(each, language_name(each)) for each in LANGUAGES],
    }
    return _options(draft.step, options.get(draft.step, []))


def consent_view(draft: Draft, areas: Areas, *, hint: str = "") -> Screen:
    """Exactly what will be shared, with whom, and for how long; the text that is agreed to."""
    rows = (
        (button(_("I agree"), Fill(step=Step.CONSENT, value="yes")),),
        (button(_("Change something"), Form(do="edit")), button(_("Delete all this"), Form(do="drop"))),
    )
    return Screen(paragraphs([hint, consent_text(draft, areas)]), rows=rows)


def consent_text(draft: Draft, areas: Areas) -> Text:
    """The notice with the person's own answers in it. Its digest is kept with the referral."""
    return paragraphs(
        [
            Bold(_("What will be shared, and with whom")),
            lines(_answers(draft, areas)),
            _(
                "The social worker who takes your request reads this, and so can the coordinator. "
                "The other workers see only the area, the kind of help and how urgent it is."
            ),
            _(
                "Your answers are kept encrypted. You can withdraw your request at any time with /mine. "
                "Messages travel through Telegram, which is a separate company."
            ),
            _("Do you agree that we keep this and that a worker reads it to help you?"),
        ]
    )


def review_view(draft: Draft, areas: Areas, *, hint: str = "") -> Screen:
    """All answers before they are sent."""
    rows = (
        (button(_("✅ Send"), Submit(draft=draft.id)),),
        (button(_("Change something"), Form(do="edit")), button(_("Delete all this"), Form(do="drop"))),
    )
    body = paragraphs(
        [hint, Bold(_("Is everything right?")), lines(_answers(draft, areas)), *_reach_note(draft)]
    )
    return Screen(body, rows=rows)


def edit_view(draft: Draft, areas: Areas) -> Screen:
    """Every line of the review as a button."""
    rows = [
        (button(f"{label}: {value}", EditStep(step=step)),) for step, label, value in _lines(draft, areas)
    ]
    rows.append((button(_("Nothing, go on"), Form(do="resume")),))
    return Screen(Bold(_("Which line do you want to change?")), rows=tuple(rows))


def paused_view(kept: Period, *, hint: str = "") -> Screen:
    """The form is put aside; nothing is lost for a time."""
    rows = (
        (button(_("Continue the form"), Form(do="resume")),),
        (button(_("Delete all this"), Form(do="drop")),),
    )
    text = _(
        "Your answers so far are kept for {span}. You can ask questions now and continue the form later."
    )
    return Screen(paragraphs([hint, text.format(span=period_word(kept))]), rows=rows)


def drop_view() -> Screen:
    """Once more, before answers are deleted."""
    rows = (
        (button(_("Yes, delete"), Form(do="drop-surely")),),
        (button(_("No, continue the form"), Form(do="resume")),),
    )
    return Screen(Text(_("Delete all your answers? This cannot be undone.")), rows=rows)


def _answers(draft: Draft, areas: Areas) -> list[Text]:
    return [Text(f"• {label}: ", Bold(value)) for _step, label, value in _lines(draft, areas)]


def _lines(draft: Draft, areas: Areas) -> list[tuple[Step, str, str]]:
    labels = {
        Step.FOR_WHOM: _("For whom"),
        Step.NAME: _("Name"),
        Step.AREA: _("Area"),
        Step.NEED: _("Need"),
        Step.URGENCY: _("How soon"),
        Step.REACH: _("How to reach"),
        Step.PHONE: _("Phone"),
        Step.MAY_WRITE: _("Safe to write here"),
        Step.MAY_CALL: _("Safe to call"),
        Step.CALL_TIME: _("When to call"),
        Step.MAY_SAY_WHO: _("May say who calls"),
        Step.LANGUAGE: _("Language"),
    }
    return [
        (step, label, answer_word(step, draft.answers[step], areas))
        for step, label in labels.items()
        if draft.applies(step) and step in draft.answers
    ]


def answer_word(step: Step, answer: Answer, areas: Areas) -> str:
    """An answer as the person reads it."""
    if answer is None:
        return _("not given")
    if isinstance(answer, bool):
        return yes_no(answer)
    match step:
        case Step.FOR_WHOM:
            return for_whom_word(ForWhom(answer))
        case Step.AREA:
            return dict(areas).get(answer, _("not known"))
        case Step.URGENCY:
            return urgency_word(Urgency(answer))
        case Step.REACH:
            return reach_word(Reach(answer))
        case Step.CALL_TIME:
            return call_time_word(CallTime(answer))
        case Step.LANGUAGE:
            return language_name(answer)
        case Step.PHONE:
            return phone_word(answer)
        case _:
            return answer


def _reach_note(draft: Draft) -> list[str]:
    silent = draft.answers.get(Step.MAY_WRITE) is False and draft.answers.get(Step.MAY_CALL) is not True
    if not silent:
        return []
    return [_("We will neither write nor call first. Look at /mine when it is safe, to see what is new.")]


def _options(step: Step, options: Sequence[tuple[str, str]], *, across: int = 1) -> Rows:
    buttons = [button(label, Fill(step=step, value=value)) for value, label in options]
    return tuple(tuple(buttons[at : at + across]) for at in range(0, len(buttons), across))
