"""What a worker's chat remembers between presses: the case at hand, why it was opened, what is being written.

Kept sealed with the conversation; a forgotten one costs a press, never a right.
"""

from __future__ import annotations

from aiogram.fsm.context import FSMContext
from aiogram.fsm.state import State, StatesGroup

from referrals.access import Why
from referrals.queue import Wanted
from referrals.referral import Area, ReferralId, Status

KEY = "desk"


class AtDesk(StatesGroup):
    """The worker's own desk is open: a number that is typed is looked for."""

    queue = State()


class Writing(StatesGroup):
    """What is typed next belongs to the case at hand."""

    note = State()
    reply = State()
    slot = State()


async def recall(state: FSMContext) -> dict[str, str]:
    """Everything that is remembered."""
    kept = (await state.get_data()).get(KEY)
    return {str(name): str(value) for name, value in kept.items()} if isinstance(kept, dict) else {}


async def remember(state: FSMContext, **values: str | None) -> None:
    """Keep some values; None forgets one."""
    kept = {**(await recall(state)), **values}
    await state.update_data({KEY: {name: value for name, value in kept.items() if value is not None}})


async def turn_to(state: FSMContext, referral_id: ReferralId, *, why: Why | None = None) -> None:
    """A case is looked at: nothing that was being written for it or another is typed on."""
    await state.set_state(AtDesk.queue)
    await remember(state, case=referral_id.hex, why=why, template=None, slot=None, text=None)


async def why_of(state: FSMContext, referral_id: ReferralId) -> Why | None:
    """Why the worker has opened this case that is not theirs, if they said so."""
    kept = await recall(state)
    is_same = kept.get("case") == referral_id.hex
    return Why(kept["why"]) if is_same and kept.get("why") in set(Why) else None


async def wanted_of(state: FSMContext) -> Wanted:
    """What the worker has chosen to see of the queue."""
    kept = await recall(state)
    status = kept.get("by_state")
    area = kept.get("by_area")
    return Wanted(
        status=Status(status) if status in set(Status) else None,
        area=Area(area) if area else None,
        topic=kept.get("by_kind"),
        language=kept.get("by_language"),
        overdue="by_overdue" in kept,
        mine="by_mine" in kept,
        unclaimed="by_unclaimed" in kept,
    )
