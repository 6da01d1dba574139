"""What may be true instead of what was asked. The edge owns the sentence a person reads."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import datetime

    from referrals.referral import Referral, Status, WorkerId


class ReferralError(Exception):
    """Something about a referral is not as the caller thought; nothing was changed."""


class AlreadyTaken(ReferralError):
    """Another worker owns the referral."""

    def __init__(self, owner: WorkerId) -> None:
        super().__init__("the referral has an owner")
        self.owner = owner


class Forbidden(ReferralError):
    """The one who acts has no right to; this is recorded."""


class Away(ReferralError):
    """A worker who is away takes no case: it would go straight back to the queue, or lie there."""


class NotAllowed(ReferralError):
    """The referral's state does not lead where the action wants to go."""

    def __init__(self, *, current: Status, wanted: Status) -> None:
        super().__init__(f"{current} does not lead to {wanted}")
        self.current = current
        self.wanted = wanted


class Changed(ReferralError):
    """Somebody else changed the row since it was read; read it again."""


class ReasonMissing(ReferralError):
    """A rejection, hold or failure needs a reason from the coded list."""


class WhyMissing(ReferralError):
    """A colleague's case is opened only with a reason; it is recorded."""


class CannotReceive(ReferralError):
    """The colleague is away, serves another area, or has the case already."""


class NotSafe(ReferralError):
    """The person said that it is not safe to write to them."""


class Incomplete(ReferralError):
    """A required step of the draft has no answer."""


class ConsentMissing(ReferralError):
    """The person has not agreed to exactly the text that would be stored."""


class AlreadySubmitted(ReferralError):
    """The draft has become a referral; a second press opens nothing."""

    def __init__(self, referral: Referral) -> None:
        super().__init__("the draft is already a referral")
        self.referral = referral


class InviteUnusable(ReferralError):
    """The invite is unknown, used or expired."""


class TooManyTries(ReferralError):
    """Somebody guesses; nothing is looked at until the time that stands here."""

    def __init__(self, until: datetime) -> None:
        super().__init__("too many tries")
        self.until = until


class KeyUnknown(Exception):
    """A sealed value names a key that is not in the keyring."""


class Tampered(Exception):
    """A sealed value does not open: it was changed, cut or moved to another cell."""


class BrokenReferences(Exception):
    """A migration would leave rows that point at nothing; it was taken back."""


class ExportOver(ReferralError):
    """The export was confirmed already, or nobody confirmed it in time."""
