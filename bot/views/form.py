"""The form by which somebody asks for a worker: one question a screen, then everything to check."""

from __future__ import annotations

from collections.abc import Sequence

from aiogram.utils.formatting import Bold, Text

from bot.buttons import SOS
from bot.buttons.form import EditStep, Fill, Form, Submit
from bot.language import LANGUAGES
from bot.language import gettext as _
from bot.views.another import age_word, agrees_word, carer_word, relation_word
from bot.views.screen import Rows, Screen, button, leave_row, lines, paragraphs
from bot.views.spans import period_word
from bot.views.told import Areas, answer_lines, answered
from bot.views.words import call_time_word, for_whom_word, language_name, reach_word, urgency_word
from referrals.another import OF_CHILD, OF_OTHER, OF_RELATIVE, OF_WRITER, Agrees, Carer
from referrals.draft import UNKNOWN_AREA, YOUNG, Draft, Step
from referrals.referral import CallTime, ForWhom, Reach, Urgency
from referrals.register import Period

NOTICE_VERSION = "2026-11.2"  # raise it with every change of the consent's words
YES_NO_STEPS = (Step.MAY_WRITE, Step.DISCREET, Step.MAY_CALL, Step.MAY_SAY_WHO)


def step_view(draft: Draft, areas: Areas, *, hint: Text | str = "", foot: Rows | None = None) -> Screen:
    """The question of the draft's step, with `hint` above it when there is something to say first.

    `foot` are the ways out; without any, those of the form.
    """
    question, *more = _question(draft)
    body = paragraphs([hint, Bold(question), *more])
    if draft.step is Step.PHONE:
        return Screen(body, contact=_("📱 Send my phone number"))
    return Screen(body, rows=(*_choices(draft, areas), *(_form_rows() if foot is None else foot)))


def _form_rows() -> Rows:
    return (button(_("Stop"), Form(do="pause")), button(_("🆘 Danger: 112"), SOS)), leave_row()


def _question(draft: Draft) -> list[str]:
    if draft.step is Step.NEED and draft.question and Step.NEED not in draft.answers:
        before = _("You wrote before: “{question}”").format(question=draft.question)
        return [*_about_help()[Step.NEED], before]
    if draft.step is Step.HELPED_NAME and draft.answers.get(Step.FOR_WHOM) == ForWhom.CHILD:
        return [_("What is the child's name?"), _("A first name is enough. You can skip this.")]
    return {**_about_one(), **_about_help(), **_about_contact()}[draft.step]


def _about_one() -> dict[Step, list[str]]:
    return {
        Step.OWN_AGE: [_("How old are you?")],
        Step.RELATION: [_("Who is this person to you?")],
        Step.AGREES: [_("Does this person know that you are asking?")],
        Step.CHILD_AGE: [_("How old is the child?")],
        Step.CARER: [_("Who looks after the child now?")],
        Step.HELPED_NAME: [
            _("What is the name of the person who needs help?"),
            _("A first name is enough. You can skip this."),
        ],
    }


def _about_help() -> dict[Step, list[str]]:
    return {
        Step.FOR_WHOM: [_("For whom do you ask for help?")],
        Step.NAME: [
            _("How should the worker call you?"),
            _("Write a name, or skip. A first name is enough; it need not be the real one."),
            _("Telegram and our server must know your account to answer you; the worker does not see it."),
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
            _("Choose “No” if a message from us could harm you. Then we will not write first."),
        ],
        Step.DISCREET: [
            _("Can somebody else look at this phone?"),
            _("If “Yes”, our messages will only say that there is news, and nothing about what."),
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
    step = draft.step
    if step in YES_NO_STEPS:
        return _options(step, [("yes", _("Yes")), ("no", _("No"))], across=2)
    if step in (Step.NAME, Step.NEED, Step.HELPED_NAME):
        rows = _options(step, [("skip", _("Skip"))])
        if step is Step.NEED and draft.question and Step.NEED not in draft.answers:
            return (*_options(step, [("question", _("Use what I wrote"))]), *rows)
        return rows
    options = {
        Step.FOR_WHOM: [
            *((each.value, for_whom_word(each)) for each in ForWhom),
            (YOUNG, _("I am under 18")),
        ],
        Step.AREA: [*areas, (UNKNOWN_AREA, _("I don't know"))],
        Step.URGENCY: [(each.value, urgency_word(each)) for each in Urgency],
        Step.REACH: [(each.value, reach_word(each)) for each in Reach],
        Step.CALL_TIME: [(each.value, call_time_word(each)) for each in CallTime],
        Step.LANGUAGE: [(each, language_name(each)) for each in LANGUAGES],
    }
    return _options(step, options.get(step) or _choices_of_one(draft))


def _choices_of_one(draft: Draft) -> list[tuple[str, str]]:
    is_relative = draft.answers.get(Step.FOR_WHOM) == ForWhom.RELATIVE
    match draft.step:
        case Step.OWN_AGE:
            return [(each.value, age_word(each)) for each in OF_WRITER]
        case Step.RELATION:
            return [(each.value, relation_word(each)) for each in (OF_RELATIVE if is_relative else OF_OTHER)]
        case Step.AGREES:
            return [(each.value, agrees_word(each)) for each in Agrees]
        case Step.CHILD_AGE:
            return [(each.value, age_word(each)) for each in OF_CHILD]
        case Step.CARER:
            return [(each.value, carer_word(each)) for each in Carer]
        case _:
            return []


def consent_view(draft: Draft, areas: Areas, *, hint: Text | str = "") -> Screen:
    """Exactly what will be shared, with whom, and for how long; the text that is agreed to."""
    yes = _("I agree") if draft.is_consent_relied_on else _("I have read this")
    rows = ((button(yes, Fill(step=Step.CONSENT, value="yes")),), *_change_rows())
    return Screen(paragraphs([hint, consent_text(draft, areas)]), rows=rows)


def consent_text(draft: Draft, areas: Areas) -> Text:
    """The notice with the person's own answers in it. Its digest is kept with the referral."""
    return paragraphs(
        [
            Bold(_("What will be shared, and with whom")),
            lines(answer_lines(draft, areas)),
            _(
                "The social worker who takes your request reads this, and so can the coordinator. "
                "The other workers see only the area, the kind of help and how urgent it is."
            ),
            _(
                "Your answers are kept encrypted. You can withdraw your request at any time with /mine. "
                "Messages travel through Telegram, which is a separate company."
            ),
            _("The other workers also see that a child asks.") if draft.is_from_child else "",
            _("What you tell about another person, the worker reads too. Tell that person of it if you can.")
            if draft.is_for_another
            else "",
            _("Do you agree that we keep this and that a worker reads it to help you?")
            if draft.is_consent_relied_on
            else _(
                "You are under 14. You do not have to decide this alone: we keep what you wrote because "
                "children must be helped. If you do not want to send it, press “Delete all this”."
            ),
        ]
    )


def review_view(
    draft: Draft, areas: Areas, reading: Sequence[Text | str], *, hint: Text | str = ""
) -> Screen:
    """All answers before they are sent, and when somebody reads them."""
    rows = ((button(_("✅ Send"), Submit(draft=draft.id)),), *_change_rows())
    told = [Bold(_("Is everything right?")), lines(answer_lines(draft, areas))]
    return Screen(paragraphs([hint, *told, *_reach_note(draft), *reading]), rows=rows)


def _change_rows() -> Rows:
    change = (button(_("Change something"), Form(do="edit")), button(_("Delete all this"), Form(do="drop")))
    return change, leave_row()


def edit_view(draft: Draft, areas: Areas) -> Screen:
    """Every line of the review as a button."""
    rows = [
        (button(f"{label}: {value}", EditStep(step=step)),) for step, label, value in answered(draft, areas)
    ]
    rows.append((button(_("Nothing, go on"), Form(do="resume")),))
    return Screen(Bold(_("Which line do you want to change?")), rows=(*rows, leave_row()))


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


def _reach_note(draft: Draft) -> list[str]:
    silent = draft.answers.get(Step.MAY_WRITE) is False and draft.answers.get(Step.MAY_CALL) is not True
    if not silent:
        return []
    return [_("We will neither write nor call first. Look at /mine when it is safe, to see what is new.")]


def _options(step: Step, options: Sequence[tuple[str, str]], *, across: int = 1) -> Rows:
    buttons = [button(label, Fill(step=step, value=value)) for value, label in options]
    return tuple(tuple(buttons[at : at + across]) for at in range(0, len(buttons), across))
