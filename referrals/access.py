"""Who may do what. Decided from the database at every press, never from the button."""

from __future__ import annotations

from enum import StrEnum

from referrals.errors import Forbidden
from referrals.person import Role, Worker
from referrals.referral import Referral


class Act(StrEnum):
    """What a member of staff can want."""

    TAKE = "take"
    OPEN = "open"
    DECIDE = "decide"
    INVITE = "invite"


def may(worker: Worker | None, act: Act, referral: Referral | None = None) -> bool:
    """Whether the worker may act; nobody may unless a line here says so."""
    if worker is None or not worker.active:
        return False
    if act is Act.INVITE:
        return worker.role is Role.COORDINATOR
    if referral is None:
        return False
    if worker.role is Role.COORDINATOR:
        return True
    if act is Act.TAKE:
        return referral.area is not None and referral.area in worker.areas
    return referral.owner == worker.id  # a case is read by whoever has taken it, and by nobody to look around


def require(worker: Worker | None, act: Act, referral: Referral | None = None) -> Worker:
    """The worker, or Forbidden."""
    if worker is None or not may(worker, act, referral):
        raise Forbidden(act)
    return worker
