"""Those who meet here: a person who asks, a worker who helps."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from referrals.referral import Area, PersonId, WorkerId


@dataclass
class Person:
    """Somebody who wrote to the bot. `telegram_id` is also the id of the private chat."""

    id: PersonId
    telegram_id: int
    language: str | None = None
    area: Area | None = None
    welcomed: bool = False
    reachable: bool = True


class Role(StrEnum):
    """What a member of staff may do: see `access`."""

    WORKER = "worker"
    COORDINATOR = "coordinator"
    CURATOR = "curator"


@dataclass
class Worker:
    """A member of staff. Without areas a worker sees nothing and a coordinator everything.

    A curator answers for the content and sees no case. Whoever is away keeps no cases.
    """

    id: WorkerId
    telegram_id: int
    role: Role
    name: str
    areas: frozenset[Area] = field(default_factory=frozenset)
    active: bool = True
    away: bool = False


@dataclass(frozen=True)
class Invite:
    """A one-time link that makes its bearer a worker. Only the token's keyed hash is stored."""

    token: str
    role: Role
    area: Area | None
    expires_at: datetime
