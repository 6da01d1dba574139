"""What happens next to a request, in each state: only what somebody really does."""

from __future__ import annotations

from bot.language import gettext as _
from referrals.referral import Reason, Referral, Status


def next_word(referral: Referral) -> str:
    """What comes next, and what the person can do."""
    if referral.status is Status.ON_HOLD:
        return _while_on_hold(referral.reason)
    if referral.is_waiting:
        return _("Next, a social worker takes it and reads what you wrote.")
    again = _("If you still need help, you can send a new request.")
    return {
        Status.REQUESTED: _("A social worker has it and decides next whether they can take it on."),
        Status.ACCEPTED: _contact_word(referral),
        Status.IN_PROGRESS: _("The worker is busy with it. You can add a message at any time."),
        Status.COMPLETED: again,
        Status.REJECTED: _(
            "It does not go on here. Ask in your own words below where else to turn, or send a new request."
        ),
        Status.CANCELLED: _("Nothing more happens with it. You can send a new one at any time."),
        Status.FAILED: again,
        Status.ENTERED_IN_ERROR: again,
    }[referral.status]


def _contact_word(referral: Referral) -> str:
    details = referral.details
    if details.may_write or details.may_call:
        return _("Next, the worker gets in touch with you the way you chose.")
    return _("We do not write or call first, as you asked. Look here for messages, and add your own.")


def _while_on_hold(reason: Reason | None) -> str:
    match reason:
        case Reason.WAITING_FOR_PERSON:
            return _("The worker needs an answer from you. Press “Add a message”.")
        case Reason.WAITING_FOR_DOCUMENT:
            return _("A document is missing. Do not send it here: ask with a message where to bring it.")
        case Reason.WAITING_LIST:
            return _("You are on the waiting list. You need to do nothing now.")
        case _:
            return _("You can add a message at any time.")
