"""How to reach a person, changed while their request is open."""

from __future__ import annotations

from datetime import datetime
from uuid import uuid4

from referrals.draft import CONTACT, Draft, Step
from referrals.errors import Forbidden
from referrals.message import require_open
from referrals.news import Happened, News
from referrals.person import Person
from referrals.ports import Work
from referrals.referral import DraftId, PersonId, Referral, ReferralId


def contact_draft(person_id: PersonId, now: datetime) -> Draft:
    """A draft that asks only how to reach the person: every other step is passed over."""
    passed: dict[Step, str | bool | None] = {step: None for step in Step if step not in CONTACT}
    return Draft(DraftId(uuid4()), person_id, None, "", CONTACT[0], now, answers=passed)


async def change_contact(
    work: Work, person: Person, referral_id: ReferralId, draft: Draft, *, now: datetime
) -> Referral:
    """Keep the new answers; the worker hears of it. Raises Forbidden, NotAllowed, Incomplete, Changed."""
    referral = await work.referrals.find(referral_id)
    if referral is None or referral.person_id != person.id:
        raise Forbidden(referral_id)
    require_open(referral)
    referral.details, referral.changed_at = draft.reached(referral.details), now
    news = News(Happened.CONTACT_CHANGED, referral, now)
    await work.referrals.save_details(referral, news)
    work.news.append(news)
    return referral
