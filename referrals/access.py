"""Who may do what. Decided from the database at every press, never from the button."""

from __future__ import annotations

from enum import StrEnum

from referrals.errors import Forbidden
from referrals.person import Role, Worker
from referrals.referral import Area, Referral


class Act(StrEnum):
    """What a member of staff can want."""

    # with one case
    TAKE = "take"
    OPEN = "open"
    DECIDE = "decide"
    REPLY = "reply"
    NOTE = "note"
    HAND_OVER = "hand-over"
    REFER_ONWARD = "refer-onward"
    MARK_DUPLICATE = "mark-duplicate"
    HOLD_ERASURE = "hold-erasure"
    # with an area
    LIST = "list"
    SET_CAPACITY = "set-capacity"
    EXPORT = "export"
    CONFIRM_EXPORT = "confirm-export"
    MANAGE_STAFF = "manage-staff"
    # with the whole
    INVITE = "invite"
    SEE_STATISTICS = "see-statistics"
    CURATE = "curate"


class Why(StrEnum):
    """Why somebody opens a case that is not theirs."""

    TAKING_OVER = "taking-over"
    ASSIGNING = "assigning"
    COMPLAINT = "complaint"
    QUALITY = "quality"


OF_OWNER = frozenset(
    {
        Act.OPEN,
        Act.DECIDE,
        Act.REPLY,
        Act.NOTE,
        Act.HAND_OVER,
        Act.REFER_ONWARD,
        Act.MARK_DUPLICATE,
    }
)
OF_CASE = OF_OWNER | {Act.TAKE, Act.HOLD_ERASURE}
OF_AREA = frozenset({Act.LIST, Act.SET_CAPACITY, Act.EXPORT, Act.CONFIRM_EXPORT, Act.MANAGE_STAFF})
OF_WHOLE = frozenset({Act.INVITE, Act.SEE_STATISTICS, Act.CURATE})


def may(worker: Worker | None, act: Act, referral: Referral | None = None) -> bool:
    """Whether the worker may act on a case, or at all; nobody may unless a line here says so."""
    if worker is None or not worker.active:
        return False
    if act in OF_WHOLE:
        return act in _of_the_whole(worker.role)
    if act not in OF_CASE or referral is None:
        return False
    if worker.role is Role.COORDINATOR:
        return serves(worker, referral.area)
    if worker.role is not Role.WORKER:
        return False
    if act is Act.TAKE:
        return referral.area is not None and serves(worker, referral.area)
    # A case is worked on by whoever has taken it, and opened by nobody to look around.
    return act in OF_OWNER and referral.owner == worker.id


def may_in(worker: Worker | None, act: Act, area: Area | None) -> bool:
    """Whether the worker may act in an area; None is what no area is known of."""
    if worker is None or not worker.active or act not in OF_AREA:
        return False
    if worker.role is Role.COORDINATOR:
        return serves(worker, area)
    return act is Act.LIST and worker.role is Role.WORKER and area is not None and serves(worker, area)


def serves(worker: Worker, area: Area | None) -> bool:
    """Whether an area is the worker's. A coordinator without areas answers for all, and for none known."""
    if worker.role is Role.COORDINATOR and not worker.areas:
        return True
    return area is not None and area in worker.areas


def require(worker: Worker | None, act: Act, referral: Referral | None = None) -> Worker:
    """The worker, or Forbidden."""
    if worker is None or not may(worker, act, referral):
        raise Forbidden(act)
    return worker


def require_in(worker: Worker | None, act: Act, area: Area | None) -> Worker:
    """The worker, or Forbidden."""
    if worker is None or not may_in(worker, act, area):
        raise Forbidden(act)
    return worker


def _of_the_whole(role: Role) -> frozenset[Act]:
    if role is Role.COORDINATOR:
        return OF_WHOLE
    return frozenset({Act.SEE_STATISTICS, Act.CURATE}) if role is Role.CURATOR else frozenset()
