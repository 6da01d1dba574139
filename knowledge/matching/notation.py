"""How alternatives are written in rows: braces for beginnings, names of classes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import product
from re import compile as pattern

BRACES = pattern(r"\{([^{}]*)\}")


def spelled_out(text: str, classes: Mapping[str, str]) -> Iterator[str]:
    """The alternatives of a part without braces and names of classes."""
    for each in filter(None, "".join(text.split()).split("|")):
        if braces := BRACES.search(each):
            for start in braces[1].split(","):
                yield from spelled_out(each[: braces.start()] + start + each[braces.end() :], classes)
        elif "@" in each:
            words = (spelled_out(classes[w[1:]], classes) if w[0] == "@" else [w] for w in each.split("_"))
            yield from map("_".join, product(*words))
        else:
            yield each
