"""A receipt: sixteen digits that lead back to a request from another phone, to its state and nothing more.

The digits are random and kept only as a keyed digest. Whoever guesses is slowed down, and learns nothing:
a wrong code and an unknown one get the same answer.
"""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta

from referrals.errors import Forbidden, TooManyTries
from referrals.message import Message, require_open, write_down
from referrals.person import Person
from referrals.ports import Work
from referrals.referral import ReferralId

DIGITS = 16  # 53 bits: at five tries an hour, one of a thousand codes is met in two hundred million years
GROUP = 4  # digits that are read and copied at once
TRIES = 5
WINDOW = timedelta(hours=1)
VISIT = timedelta(hours=1)  # how long one entry of the code is good for
KIND = "receipt"  # of the tries that are counted


@dataclass(frozen=True)
class Bearer:
    """Somebody who has entered the code of a referral, for a while. May read its state and write."""

    referral_id: ReferralId
    until: datetime


def new_code() -> str:
    """Sixteen random digits."""
    return "".join(secrets.choice("0123456789") for _ in range(DIGITS))


def read_code(text: str) -> str | None:
    """The code in a text, in groups or not; None for anything else."""
    typed = "".join(text.split()).replace("-", "")
    return typed if len(typed) == DIGITS and typed.isascii() and typed.isdigit() else None


def in_groups(code: str) -> str:
    """The code as it is shown: four groups of four."""
    return " ".join(code[at : at + GROUP] for at in range(0, DIGITS, GROUP))


async def make_receipt(work: Work, person: Person, referral_id: ReferralId, *, now: datetime) -> str:
    """A code for the person's own referral; an earlier one ends. Raises Forbidden for anyone else's."""
    referral = await work.referrals.find(referral_id)
    if referral is None or referral.person_id != person.id:
        raise Forbidden(referral_id)
    code = new_code()
    await work.receipts.put(referral_id, code, now)
    return code


async def come_with_code(work: Work, telegram_id: int, code: str, *, now: datetime) -> Bearer | None:
    """What the code opens, or None. A failure counts. Raises TooManyTries before looking."""
    failed = await work.tries.since(KIND, telegram_id, now - WINDOW)
    if len(failed) >= TRIES:
        raise TooManyTries(failed[-TRIES] + WINDOW)
    referral_id = await work.receipts.find(code)
    referral = None if referral_id is None else await work.referrals.find(referral_id)
    if referral is None or referral.erased_at is not None:
        await work.tries.add(KIND, telegram_id, now)
        return None
    return Bearer(referral.id, now + VISIT)


async def write_as_bearer(
    work: Work, bearer: Bearer, text: str, *, now: datetime, crisis: str | None = None
) -> Message:
    """A message to the worker from another phone. Raises Forbidden when the visit is over, NotAllowed."""
    referral = await work.referrals.find(bearer.referral_id)
    if referral is None or now > bearer.until:
        raise Forbidden(bearer.referral_id)
    require_open(referral)
    return await write_down(work, referral, text, now=now, crisis=crisis)
