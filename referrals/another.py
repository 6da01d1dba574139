"""Whom help is for when it is not simply the one who writes: a relative, a neighbour, a child alone."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Relation(StrEnum):
    """What the one who needs help is to the one who writes."""

    PARENT = "parent"
    PARTNER = "partner"
    GROWN_CHILD = "grown-child"
    OTHER_RELATIVE = "other-relative"
    NEIGHBOUR = "neighbour"
    FRIEND = "friend"
    FROM_WORK = "from-work"
    STRANGER = "stranger"


OF_RELATIVE = (Relation.PARENT, Relation.PARTNER, Relation.GROWN_CHILD, Relation.OTHER_RELATIVE)
OF_OTHER = (Relation.NEIGHBOUR, Relation.FRIEND, Relation.FROM_WORK, Relation.STRANGER)


class Agrees(StrEnum):
    """Whether the one who needs help knows of the request and wants it."""

    YES = "yes"
    CANNOT = "cannot"  # knows, but cannot agree: dementia, a coma
    UNAWARE = "unaware"


class Carer(StrEnum):
    """Who looks after a child; the inter-agency form's caregiver."""

    ME = "me"
    OTHER_PARENT = "other-parent"
    RELATIVE = "relative"
    NOBODY = "nobody"
    INSTITUTION = "institution"


class AgeBand(StrEnum):
    """How old, as roughly as is enough: for a child of whom somebody writes, or a child who writes."""

    UNDER_7 = "under-7"
    FROM_7 = "7-13"
    FROM_14 = "14-17"
    UNDER_14 = "under-14"
    ADULT = "adult"


OF_CHILD = (AgeBand.UNDER_7, AgeBand.FROM_7, AgeBand.FROM_14)
OF_WRITER = (AgeBand.UNDER_14, AgeBand.FROM_14, AgeBand.ADULT)


@dataclass(frozen=True)
class Proxy:
    """The one who writes for another. What is known of the one helped stands in `Details` itself."""

    name: str | None = None
    relation: Relation | None = None
    agrees: Agrees | None = None
