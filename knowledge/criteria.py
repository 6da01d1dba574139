"""Conditions, and what they ask about: the machine-readable side of "who can get it"."""

from __future__ import annotations

from datetime import date
from typing import Literal

from pydantic import Field

from knowledge.record import Number, Record, Sources, Texts
from knowledge.vocabulary import Unit

Role = Literal["self", "partner", "child", "cared-for"]
ROLES: tuple[Role, ...] = ("self", "partner", "child", "cared-for")


class Criterion(Record):
    """A machine-readable condition; criteria with the same path belong together.

    All without a path must hold and, where paths are named, all of one path as well. Only a `rule` can make
    an entry unlikely; a group that a source describes (`described-group`) never excludes anyone; what follows
    only from whose document it is or how help is given (`implied`) is told, and not counted.
    """

    attribute: str
    operator: Literal["==", "<", "<=", ">", ">=", "between", "in", "exists"]
    value: str | Number | bool | tuple[str | Number, ...] | None = None
    basis: Literal["rule", "described-group", "implied"]
    source: Sources = ()
    path: str | None = None
    locator: str = ""
    note: str = ""
    valid_from: date | None = None
    valid_until: date | None = None


class Attribute(Record):
    """Something that criteria ask about a person or a family, and how it is asked in a chat.

    `scope`: a thing of each member, or of the family as a whole (stands on `self`). `asked_of`: the members
    it makes sense for. `name` is the thing itself, for reasons ("disability"). `sensitive`: 0 is nothing to
    hide, 3 very private. `seconds`: how long an answer takes. What is not `askable`, only an office knows.
    """

    type: Literal["bool", "number", "choice"]
    scope: Literal["member", "family"]
    asked_of: tuple[Role, ...] = ROLES
    unit: Unit | None = None
    bounds: tuple[Number, Number] | None = None
    options: dict[str, Texts] = Field(default_factory=dict)
    name: Texts
    question: Texts
    question_other: Texts | None = None  # about an adult whom the person helps
    question_child: Texts | None = None
    why: Texts
    sensitive: Literal[0, 1, 2, 3] = 0
    seconds: int = 5
    askable: bool = True
