"""What person and worker write to each other through the bot, and what colleagues note among themselves.

Neither sees the other's account. A note is never shown to the person.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID, uuid4

from referrals.access import Act, require
from referrals.errors import Forbidden, NotAllowed
from referrals.news import Happened, News
from referrals.person import Person, Worker
from referrals.ports import Work
from referrals.referral import OPEN, Referral, ReferralId, WorkerId
from referrals.secrets import masked

TEXT_LIMIT = 1000  # signs: several messages and their frame stay under Telegram's 4,096


@dataclass(frozen=True)
class Message:
    """One message. `by` is the worker, None is the person; a template is kept by its name."""

    id: UUID
    referral_id: ReferralId
    text: str
    at: datetime
    by: WorkerId | None = None
    template: str | None = None


@dataclass(frozen=True)
class Note:
    """One remark for colleagues."""

    id: UUID
    referral_id: ReferralId
    text: str
    at: datetime
    by: WorkerId


async def write_to_worker(
    work: Work,
    person: Person,
    referral_id: ReferralId,
    text: str,
    *,
    now: datetime,
    crisis: str | None = None,
) -> Message:
    """The person adds to their own open request. Raises Forbidden for anyone else's, NotAllowed."""
    referral = await work.referrals.find(referral_id)
    if referral is None or referral.person_id != person.id:
        raise Forbidden(referral_id)
    require_open(referral)
    return await write_down(work, referral, text, now=now, crisis=crisis)


async def write_down(
    work: Work, referral: Referral, text: str, *, now: datetime, crisis: str | None
) -> Message:
    """Keep what was written for the worker. Danger that was seen in it puts the request before others."""
    if crisis is not None:
        referral.crisis = referral.crisis or crisis
        await work.referrals.mark_crisis(referral.id, referral.crisis)
    message = Message(uuid4(), referral.id, masked(text)[0][:TEXT_LIMIT], now)
    await work.messages.add(message)
    work.news.append(News(Happened.PERSON_WROTE, referral, now, message=message.text))
    return message


async def write_to_person(
    work: Work,
    worker: Worker | None,
    referral_id: ReferralId,
    text: str,
    *,
    now: datetime,
    template: str | None = None,
) -> Message:
    """The owner answers; the text is what the person reads. Raises Forbidden, NotAllowed."""
    referral = await work.referrals.find(referral_id)
    worker = require(worker, Act.REPLY, referral)
    if referral is None:
        raise Forbidden(referral_id)
    require_open(referral)
    message = Message(uuid4(), referral_id, text[:TEXT_LIMIT], now, by=worker.id, template=template)
    await work.messages.add(message)
    await work.records.add(Act.REPLY, worker.telegram_id, now, referral_id=referral_id, allowed=True)
    work.news.append(News(Happened.WORKER_WROTE, referral, now, by=worker.id, message=message.text))
    return message


async def note(
    work: Work, worker: Worker | None, referral_id: ReferralId, text: str, *, now: datetime
) -> Note:
    """A remark for colleagues. Raises Forbidden, also for what is erased: nothing would erase it again."""
    referral = await work.referrals.find(referral_id)
    worker = require(worker, Act.NOTE, referral)
    if referral is None or referral.erased_at is not None:
        raise Forbidden(referral_id)
    written = Note(uuid4(), referral_id, text[:TEXT_LIMIT], now, by=worker.id)
    await work.notes.add(written)
    await work.records.add(Act.NOTE, worker.telegram_id, now, referral_id=referral_id, allowed=True)
    return written


def require_open(referral: Referral) -> None:
    """Nothing is added to what is over. Raises NotAllowed."""
    if referral.status not in OPEN:
        raise NotAllowed(current=referral.status, wanted=referral.status)
