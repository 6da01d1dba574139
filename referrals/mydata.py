"""What is held about a person, for themselves: nothing of anybody else, and no colleague's name."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime

from referrals.consent import Given
from referrals.draft import Draft
from referrals.erasing import Deletion
from referrals.message import Message
from referrals.person import Person
from referrals.referral import Referral

Json = dict[str, object]


@dataclass(frozen=True)
class Change:
    """What happened to a referral, and when."""

    happened: str
    at: datetime
    reason: str | None


@dataclass(frozen=True)
class Asked:
    """Whether a partner may be told, and the answer."""

    provider: str
    asked_at: datetime
    agreed: bool | None


@dataclass(frozen=True)
class HeldReferral:
    """One referral with everything that hangs on it. `opened` counts by the role of who opened it."""

    referral: Referral
    changes: Sequence[Change]
    messages: Sequence[Message]
    opened: Mapping[str, int]
    notes: int
    partners: Sequence[Asked]


@dataclass(frozen=True)
class Held:
    """Everything about a person."""

    person: Person
    since: datetime
    draft: Draft | None
    referrals: Sequence[HeldReferral]
    consents: Sequence[Given]
    deletion: Deletion | None
    talk: Mapping[str, object]


def as_json(held: Held) -> Json:
    """For a machine to read: names and codes are those of the code and of HL7 FHIR."""
    person = held.person
    return {
        "person": {
            "telegram_id": person.telegram_id,
            "language": person.language,
            "area": person.area,
            "since": held.since.isoformat(),
        },
        "last_talk": dict(held.talk),
        "draft": None if held.draft is None else _draft(held.draft),
        "requests": [_referral(each) for each in held.referrals],
        "consents": [_consent(each) for each in held.consents],
        "deletion": None
        if held.deletion is None
        else {"asked_at": _time(held.deletion.asked_at), "due_at": _time(held.deletion.due_at)},
    }


def _draft(draft: Draft) -> Json:
    return {
        "about": draft.entry_id,
        "topic": draft.topic,
        "step": draft.step,
        "answers": {step.value: answer for step, answer in draft.answers.items()},
        "question_before": draft.question,
        "danger_seen": draft.crisis,
        "updated_at": _time(draft.updated_at),
    }


def _referral(held: HeldReferral) -> Json:
    referral = held.referral
    return {
        "reference": referral.reference,
        "area": referral.area,
        "about": referral.entry_id,
        "topic": referral.topic,
        "urgency": referral.urgency,
        "status": referral.status,
        "reason": referral.reason,
        "requested_at": _time(referral.requested_at),
        "changed_at": _time(referral.changed_at),
        "promised_by": _time(referral.promised_by),
        "danger_seen": referral.crisis,
        "kept_from_erasing": referral.held,
        "details": asdict(referral.details),
        **_about(held),
    }


def _about(held: HeldReferral) -> Json:
    return {
        "history": [
            {"happened": each.happened, "at": _time(each.at), "reason": each.reason} for each in held.changes
        ],
        "messages": [
            {"from": "you" if each.by is None else "worker", "at": _time(each.at), "text": each.text}
            for each in held.messages
        ],
        "opened_by_role": dict(held.opened),
        "notes_of_workers": held.notes,
        "partners_asked_about": [
            {"partner": each.provider, "asked_at": _time(each.asked_at), "you_agreed": each.agreed}
            for each in held.partners
        ],
    }


def _consent(given: Given) -> Json:
    return {
        "purpose": given.purpose,
        "given_at": _time(given.given_at),
        "withdrawn_at": None if given.withdrawn_at is None else _time(given.withdrawn_at),
        "language": given.language,
        "notice_version": given.notice_version,
        "text_sha256": given.text_sha256,
    }


def _time(at: datetime) -> str:
    return at.isoformat()
