"""The words for coded things: states, reasons, urgencies, answers of the form."""

from __future__ import annotations

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import phonenumbers
from babel.dates import format_date, format_datetime, format_timedelta

from bot.language import gettext as _
from bot.language import spoken
from referrals.person import Role
from referrals.queue import Waiting
from referrals.referral import CallTime, Details, ForWhom, Reach, Reason, Referral, Status, Urgency

VILNIUS = ZoneInfo("Europe/Vilnius")


def status_word(status: Status) -> str:
    """A state, as the person and the worker read it."""
    return {
        Status.REQUESTED: _("waiting for a worker"),
        Status.ACCEPTED: _("accepted"),
        Status.REJECTED: _("not accepted"),
        Status.IN_PROGRESS: _("in progress"),
        Status.ON_HOLD: _("on hold"),
        Status.COMPLETED: _("completed"),
        Status.CANCELLED: _("withdrawn"),
        Status.FAILED: _("closed without contact"),
        Status.ENTERED_IN_ERROR: _("entered in error"),
    }[status]


def state_word(referral: Referral | Waiting) -> str:
    """A referral's state; one that is requested and has an owner waits no longer."""
    return state_word_of(referral.status, is_taken=referral.owner is not None)


def state_word_of(status: Status, *, is_taken: bool) -> str:
    """The same, of what is known without the referral."""
    if status is Status.REQUESTED and is_taken:
        return _("taken by a worker")
    return status_word(status)


def reason_word(reason: Reason) -> str:
    """Why, in a sentence that both sides can read."""
    return {
        Reason.BY_PERSON: _("withdrawn by the person"),
        Reason.OTHER_AREA: _("another municipality has to help"),
        Reason.NOT_ELIGIBLE: _("the conditions for this help are not met"),
        Reason.ALREADY_SERVED: _("this help is already being given"),
        Reason.DUPLICATE: _("there is already a request about the same"),
        Reason.OTHER_BODY: _("another institution has to help"),
        Reason.WAITING_FOR_PERSON: _("waiting for an answer from the person"),
        Reason.WAITING_FOR_DOCUMENT: _("waiting for a document"),
        Reason.WAITING_LIST: _("on a waiting list"),
        Reason.NOT_REACHED: _("the person could not be reached"),
        Reason.MISTAKE: _("entered by mistake"),
        Reason.TEST: _("a test"),
    }[reason]


def urgency_word(urgency: Urgency) -> str:
    """How soon, as it stands on the button and on the card."""
    return {
        Urgency.ASAP: _("Today or tomorrow"),
        Urgency.URGENT: _("In the next few days"),
        Urgency.ROUTINE: _("It can wait"),
    }[urgency]


def for_whom_word(for_whom: ForWhom) -> str:
    """For whom help is asked."""
    return {
        ForWhom.ME: _("For me"),
        ForWhom.CHILD: _("For my child"),
        ForWhom.RELATIVE: _("For a relative"),
        ForWhom.OTHER: _("For someone else"),
    }[for_whom]


def reach_word(reach: Reach) -> str:
    """How to reach the person."""
    return {Reach.CHAT: _("Only in this chat"), Reach.PHONE: _("By phone")}[reach]


def call_time_word(call_time: CallTime) -> str:
    """When to call."""
    return {
        CallTime.ANY: _("Any time of day"),
        CallTime.MORNING: _("In the morning"),
        CallTime.AFTERNOON: _("In the afternoon"),
        CallTime.EVENING: _("In the evening"),
    }[call_time]


def role_word(role: Role) -> str:
    """What a member of staff is."""
    return {
        Role.WORKER: _("social worker"),
        Role.COORDINATOR: _("coordinator"),
        Role.CURATOR: _("curator of the content"),
    }[role]


def contact_left(details: Details) -> str:
    """What is left when messages no longer reach the person; the contact itself stands in the case."""
    if details.phone is None:
        return _("The person no longer receives messages from here. There is no other contact in the case.")
    if not details.may_call:
        return _(
            "The person no longer receives messages from here. There is a phone in the case, "
            "but the person said that it is not safe to call."
        )
    return _("The person no longer receives messages from here. There is a phone in the case.")


def language_name(language: str) -> str:
    """A language's name in itself: whoever needs it must be able to read it."""
    return {"lt": "Lietuvių", "en": "English", "uk": "Українська"}.get(language, language)


def yes_no(answer: object) -> str:
    """An answer to a yes-or-no question."""
    return _("Yes") if answer is True else _("No")


def phone_word(number: str) -> str:
    """A number as people read it aloud."""
    parsed = phonenumbers.parse(number)
    return phonenumbers.format_number(parsed, phonenumbers.PhoneNumberFormat.INTERNATIONAL)


def moment(at: datetime) -> str:
    """A day and time in Lithuania, as the reader writes it."""
    return format_datetime(at.astimezone(VILNIUS), "d MMM y, HH:mm", locale=spoken())


def day(at: datetime) -> str:
    """A day in Lithuania, as the reader writes it."""
    return format_date(at.astimezone(VILNIUS), "d MMM y", locale=spoken())


def time_of_day(at: datetime) -> str:
    """Hours and minutes in Lithuania."""
    return format_datetime(at.astimezone(VILNIUS), "H:mm", locale=spoken())


def age(since: datetime, now: datetime) -> str:
    """How long ago, roughly; at least a minute."""
    passed = max(now - since, timedelta(minutes=1))
    return format_timedelta(-passed, granularity="minute", add_direction=True, locale=spoken())
