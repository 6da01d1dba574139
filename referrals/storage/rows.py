"""Between a row of `referrals` and the referral it keeps."""

from __future__ import annotations

import json

from sqlalchemy import RowMapping

from referrals.another import AgeBand, Agrees, Carer, Proxy, Relation
from referrals.referral import (
    ERASED,
    OPEN,
    Area,
    CallTime,
    ConsentId,
    Details,
    DraftId,
    EntryId,
    ForWhom,
    PersonId,
    Reach,
    Reason,
    Referral,
    ReferralId,
    Status,
    Urgency,
    WorkerId,
)
from referrals.storage.cells import Cells, Json

Told = dict[str, object]


def referral_of(row: RowMapping, cells: Cells) -> Referral:
    """The referral of a row, opened. Raises KeyUnknown, Tampered."""
    body = json.loads(cells.open(row["details_sealed"], "referrals.details", row["id"]))
    return Referral(
        id=ReferralId(row["id"]),
        reference=row["reference"],
        person_id=PersonId(row["person_id"]),
        draft_id=DraftId(row["draft_id"]),
        area=None if row["area"] is None else Area(row["area"]),
        entry_id=None if row["entry_id"] is None else EntryId(row["entry_id"]),
        topic=row["topic"],
        urgency=Urgency(row["urgency"]),
        details=_details(body),
        requested_at=row["requested_at"],
        changed_at=row["changed_at"],
        status=Status(row["status"]),
        reason=None if row["reason"] is None else Reason(row["reason"]),
        owner=None if row["owner"] is None else WorkerId(row["owner"]),
        version=row["version"],
        consent_id=ConsentId(row["consent_id"]),
        crisis=row["crisis"],
        promised_by=row["promised_by"],
        duplicate_of=None if row["duplicate_of"] is None else ReferralId(row["duplicate_of"]),
        held=row["held"],
        erased_at=row["erased_at"],
    )


def state_of(referral: Referral) -> Json:
    """The columns that change while a referral lives."""
    return {
        "status": referral.status,
        "reason": referral.reason,
        "owner": referral.owner,
        "version": referral.version,
        "area": referral.area,
        "rank": 0 if referral.is_pressing else 1,
        "promised_by": referral.promised_by,
        "is_open": referral.status in OPEN,
        "duplicate_of": referral.duplicate_of,
        "held": referral.held,
        "changed_at": referral.changed_at,
    }


def _details(body: Told) -> Details:
    """What was told. The later questions have no answer in what was told before they were asked."""
    if not body:
        return ERASED
    call_time, age, carer = body["call_time"], body.get("age"), body.get("carer")
    return Details(
        for_whom=ForWhom(str(body["for_whom"])),
        reach=Reach(str(body["reach"])),
        language=str(body["language"]),
        name=_text(body["name"]),
        need=_text(body["need"]),
        phone=_text(body["phone"]),
        phone_is_own=body["phone_is_own"] is True,
        may_write=body["may_write"] is True,
        may_call=body["may_call"] is True,
        call_time=CallTime(str(call_time)) if call_time else None,
        may_say_who=body["may_say_who"] is True,
        discreet=body.get("discreet") is True,
        age=AgeBand(str(age)) if age else None,
        carer=Carer(str(carer)) if carer else None,
        proxy=_proxy(body.get("proxy")),
    )


def _proxy(body: object) -> Proxy | None:
    if not isinstance(body, dict):
        return None
    relation, agrees = body.get("relation"), body.get("agrees")
    return Proxy(
        name=_text(body.get("name")),
        relation=Relation(relation) if relation else None,
        agrees=Agrees(agrees) if agrees else None,
    )


def _text(value: object) -> str | None:
    return value if isinstance(value, str) else None
