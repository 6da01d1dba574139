"""Words about the one who needs help when somebody else writes, or when a child does."""

from __future__ import annotations

from collections.abc import Sequence

from aiogram.utils.formatting import Bold, Text

from bot.language import gettext as _
from bot.views.screen import lines, paragraphs
from bot.views.sos import helpline_line
from bot.views.words import for_whom_word
from knowledge.entry import Helpline
from referrals.another import AgeBand, Agrees, Carer, Relation
from referrals.draft import Answer, Step
from referrals.referral import Details


def relation_word(relation: Relation) -> str:
    """What the one who needs help is to the one who writes."""
    return {
        Relation.PARENT: _("My mother or father"),
        Relation.PARTNER: _("My husband, wife or partner"),
        Relation.GROWN_CHILD: _("My grown-up son or daughter"),
        Relation.OTHER_RELATIVE: _("Another relative"),
        Relation.NEIGHBOUR: _("A neighbour"),
        Relation.FRIEND: _("A friend"),
        Relation.FROM_WORK: _("Somebody I know through my work"),
        Relation.STRANGER: _("Somebody I hardly know"),
    }[relation]


def agrees_word(agrees: Agrees) -> str:
    """Whether they know and want it."""
    return {
        Agrees.YES: _("Yes, and wants this help"),
        Agrees.CANNOT: _("Yes, but cannot agree (illness)"),
        Agrees.UNAWARE: _("No, does not know"),
    }[agrees]


def carer_word(carer: Carer) -> str:
    """Who looks after a child."""
    return {
        Carer.ME: _("I do"),
        Carer.OTHER_PARENT: _("The other parent"),
        Carer.RELATIVE: _("A relative"),
        Carer.NOBODY: _("Nobody"),
        Carer.INSTITUTION: _("An institution or foster carers"),
    }[carer]


def age_word(age: AgeBand) -> str:
    """How old."""
    return {
        AgeBand.UNDER_7: _("Under 7 years"),
        AgeBand.FROM_7: _("7 to 13 years"),
        AgeBand.FROM_14: _("14 to 17 years"),
        AgeBand.UNDER_14: _("Under 14 years"),
        AgeBand.ADULT: _("18 years or more"),
    }[age]


def said_to_answer(step: Step, answer: Answer, helplines: Sequence[Helpline], language: str) -> Text | str:
    """What has to be said at once to an answer; mostly nothing. `helplines` are those for children."""
    match step, answer:
        case Step.OWN_AGE, AgeBand.UNDER_14 | AgeBand.FROM_14:
            shown = lines([helpline_line(each, language) for each in helplines])
            return paragraphs([_("It is good that you write. You can also call:"), shown])
        case Step.CARER, Carer.NOBODY:
            return _("If the child is alone or not safe now, call 112. Do not wait for an answer here.")
        case Step.AGREES, Agrees.UNAWARE:
            return _(
                "Then the worker can advise you, but nothing is started for this person without asking them. "
                "We do not ask for their name, and the worker sees that they do not know."
            )
        case _:
            return ""


def whom_lines(details: Details) -> list[Text]:
    """For the worker: who needs help, and who writes."""
    proxy = details.proxy
    told = [Text(_("For whom"), ": ", for_whom_word(details.for_whom))]
    if details.is_from_child:
        told.append(Text(Bold(_("⚠️ A child asks for themselves"))))
    if details.age is not None:
        told.append(Text(_("Age"), ": ", age_word(details.age)))
    if details.carer is not None:
        told.append(Text(_("Who looks after the child"), ": ", carer_word(details.carer)))
    if proxy is None:
        return [*told, Text(_("Name"), ": ", details.name or _("not given"))]
    told.append(Text(_("Name of the one who needs help"), ": ", details.name or _("not given")))
    told.append(Text(_("Name of the one who writes"), ": ", proxy.name or _("not given")))
    if proxy.relation is not None:
        told.append(Text(_("Who they are to the one who writes"), ": ", relation_word(proxy.relation)))
    if proxy.agrees is not None:
        mark = "" if proxy.agrees is Agrees.YES else "⚠️ "
        told.append(Text(mark, _("Do they know of this"), ": ", Bold(agrees_word(proxy.agrees))))
    return told
