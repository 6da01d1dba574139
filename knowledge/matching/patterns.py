"""Rows of words that are looked for in a text: how the crisis gate is written down.

A row is parts that stand near each other, in any order: `muša|mušė mane|mus`. A part is alternatives; a long
word may have a slip in it.

    muš*          any ending
    не_хочу       words that stand together, in this order
    {su,pri,}muš* with each of the beginnings, or none
    @relative     every alternative of the class of that name; also within others: `не_@breathes`
    !žaid*        must not stand near
    ?door =2      of the parts with a question mark, so many are enough: signs that only together mean danger
    ~9            so many words may stand between the parts, where the usual number does not fit
    <6            only in a text of at most so many words: a cry, not a question with a story
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import product
from typing import NamedTuple

from rapidfuzz.distance import OSA

from knowledge.matching.normalise import folded_words
from knowledge.matching.notation import spelled_out

GAP = 5  # words that may stand between the parts of a row: a name, a place, an oath
SLIP_FROM = 7  # letters; a slip in a shorter word makes another word of it
SLIP_ALONE_FROM = 10  # the same in a row of one part, where nothing else confirms it: cooking is not choking
CACHED = 20_000  # words of which is remembered what they may be

Span = tuple[int, int]  # the first place, and the one after the last
Token = tuple[str, bool]  # a word as rows write it, folded; True where any ending will do


class Match(NamedTuple):
    """A row that stands in a text: its number, the row as written, and the places of its words."""

    number: int
    text: str
    places: frozenset[int]


@dataclass(slots=True, eq=False)
class _Node:
    """Where one is in the alternatives after some words: the parts that end here, and what may follow."""

    parts: tuple[int, ...] = ()
    following: dict[Token, _Node] = field(default_factory=dict)


class _Row(NamedTuple):
    parts: tuple[int, ...]
    signs: tuple[int, ...]
    enough: int
    barred: tuple[int, ...]
    gap: int
    most: int

    def may_stand(self, reading: Reading, met: int) -> bool:
        is_short = not self.most or reading.size <= self.most
        return is_short and (bool(self.parts) or met >= self.enough) and reading.parts.issuperset(self.parts)


Spans = dict[_Node, list[Span]]


class Reading:
    """The alternatives that stand in a text, and the parts they belong to."""

    def __init__(self, size: int, sure: Spans, slipped: Spans, nodes: Sequence[Sequence[_Node]]) -> None:
        self.size = size
        self._sure, self._slipped, self._nodes = sure, slipped, nodes
        self._known: dict[tuple[int, bool], list[Span]] = {}
        self.parts = set[int]().union(*(node.parts for found in (sure, slipped) for node in found))

    def spans(self, part: int, *, sure: bool = False) -> list[Span]:
        """Where a part stands; `sure` leaves out slips that only other words of a row can confirm."""
        if part in self.parts and (part, sure) not in self._known:
            where = (self._sure,) if sure else (self._sure, self._slipped)
            spans = (span for node in self._nodes[part] for each in where for span in each.get(node, ()))
            self._known[part, sure] = sorted(spans)
        return self._known.get((part, sure), [])

    def without(self, taken: frozenset[int]) -> Reading:
        """The same without the words at some places."""

        def left(spans: Spans) -> Spans:
            kept = {node: [each for each in spans[node] if taken.isdisjoint(range(*each))] for node in spans}
            return {node: each for node, each in kept.items() if each}

        return Reading(self.size, left(self._sure), left(self._slipped), self._nodes) if taken else self


class Rows:
    """Rows of words, ready to be looked for."""

    def __init__(self, rows: Iterable[str], classes: Mapping[str, str] | None = None) -> None:
        self.texts = list(rows)
        self._classes = classes or {}
        self._parts: dict[str, int] = {}
        self._nodes: list[list[_Node]] = []  # of each part
        self._root = _Node()
        self._tokens: set[Token] = set()
        self._rows = [self._row(text) for text in self.texts]
        self._starting: dict[int, list[int]] = defaultdict(list)
        for number, row in enumerate(self._rows):
            rarest = sorted(row.parts, key=lambda part: len(self._nodes[part]))[:1]
            for part in rarest or row.signs:
                self._starting[part].append(number)
        self._slips: dict[str, list[Token]] = defaultdict(list)
        for token in (token for token in sorted(self._tokens) if len(token[0]) >= SLIP_FROM + token[1]):
            for cut in _cuts(token[0]):
                self._slips[cut].append(token)
        self._longest = max((len(token[0]) for token in self._tokens), default=0)
        self._may_be = lru_cache(CACHED)(self._may_be_at_all)

    def __getstate__(self) -> dict[str, object]:
        return {name: value for name, value in self.__dict__.items() if name != "_may_be"}

    def __setstate__(self, state: dict[str, object]) -> None:
        self.__dict__.update(state)
        self._may_be = lru_cache(CACHED)(self._may_be_at_all)

    def _row(self, text: str) -> _Row:
        words = text.split()
        numbers = {word[0]: int(word[1:]) for word in words if word[0] in "~=<"}
        return _Row(
            parts=tuple(self._part(word) for word in words if word[0] not in "!~=?<"),
            signs=tuple(self._part(word[1:]) for word in words if word[0] == "?"),
            enough=numbers.get("=", 0),
            barred=tuple(self._part(word[1:]) for word in words if word[0] == "!"),
            gap=numbers.get("~", GAP),
            most=numbers.get("<", 0),
        )

    def _part(self, text: str) -> int:
        """The number of a part, which rows that have it in common share."""
        if text not in self._parts:
            self._parts[text] = len(self._parts)
            self._nodes.append([*{self._node(each) for each in spelled_out(text, self._classes)}])
            for node in self._nodes[-1]:
                node.parts += (self._parts[text],)
        return self._parts[text]

    def _node(self, alternative: str) -> _Node:
        node = self._root
        for word in alternative.split("_"):
            for token in ((folded, word.endswith("*")) for folded in folded_words(word)):
                self._tokens.add(token)
                node = node.following.setdefault(token, _Node())
        return node

    def find(self, words: Sequence[str]) -> Match | None:
        """The first row that stands in the folded words."""
        reading = self.read(words)
        return next(self.found(reading, self.candidates(reading), range(len(self.texts))), None)

    def read(self, words: Sequence[str]) -> Reading:
        """Which alternatives stand where in the folded words."""
        sure: Spans = defaultdict(list)
        slipped: Spans = defaultdict(list)
        meanings = [self._may_be(word) for word in words]
        for start in range(len(words)):
            open_ends = [(self._root, start, False)]
            for node, at, is_slip in open_ends:
                for token, needs_proof in meanings[at] if at < len(words) else ():
                    if (end := node.following.get(token)) is not None:
                        slip = is_slip or needs_proof
                        if end.parts:
                            (slipped if slip else sure)[end].append((start, at + 1))
                        if end.following:
                            open_ends.append((end, at + 1, slip))
        return Reading(len(words), sure, slipped, self._nodes)

    def candidates(self, reading: Reading) -> list[int]:
        """The numbers of the rows that may stand in what was read, in order."""
        starting = reading.parts & self._starting.keys()
        met = Counter(number for part in starting for number in self._starting[part])
        return sorted(number for number, times in met.items() if self._rows[number].may_stand(reading, times))

    def found(self, reading: Reading, candidates: Sequence[int], among: range) -> Iterator[Match]:
        """Every row, of those candidates with the numbers `among`, that stands in what was read."""
        first, last = bisect_left(candidates, among.start), bisect_left(candidates, among.stop)
        for number in candidates[first:last]:
            if (places := _places(reading, self._rows[number])) is not None:
                yield Match(number, self.texts[number], places)

    def _may_be_at_all(self, word: str) -> tuple[tuple[Token, bool], ...]:
        """The tokens that a word may be; True for a slip that needs proof."""
        # A whole message without a space is a word too: what is longer than any token is not tried.
        longest = min(len(word), self._longest + 1)
        prefixes = [(word[:size], True) for size in range(1, longest + 1)]
        known = [token for token in [(word, False), *prefixes] if token in self._tokens]
        if known or len(word) < SLIP_FROM:
            return tuple((token, False) for token in known)
        cuts = {cut for size in range(SLIP_FROM - 1, longest + 1) for cut in _cuts(word[:size])}
        near = sorted({token for cut in cuts for token in self._slips.get(cut, ()) if _slipped(token, word)})
        return tuple((token, len(token[0]) < SLIP_ALONE_FROM) for token in near)


def _cuts(word: str) -> set[str]:
    return {word, *(word[:at] + word[at + 1 :] for at in range(1, len(word)))}


def _slipped(token: Token, word: str) -> bool:
    stem, sizes = token[0], range(len(token[0]) - 1, len(token[0]) + 2) if token[1] else (len(word),)
    return stem[0] == word[0] and any(OSA.distance(stem, word[:size], score_cutoff=1) <= 1 for size in sizes)


def _places(reading: Reading, row: _Row) -> frozenset[int] | None:
    """The first places in which the parts and enough signs stand near each other, and nothing barred."""
    alone = len(row.parts) + row.enough == 1
    parts = sorted((reading.spans(part, sure=alone) for part in row.parts), key=len)
    signs = [spans for sign in row.signs if (spans := reading.spans(sign))]
    if len(signs) < row.enough or not all(parts):
        return None
    barred = [span for part in row.barred for span in reading.spans(part)]
    for start in sorted({span[0] for spans in (*parts, *signs) for span in spans}):
        if places := _from(start, parts, signs, row):
            around = range(min(places) - row.gap, max(places) + row.gap + 1)
            if not any(span[0] in around and places.isdisjoint(range(*span)) for span in barred):
                return places
    return None


def _from(start: int, parts: list[list[Span]], signs: list[list[Span]], row: _Row) -> frozenset[int] | None:
    """The words of a row that stand from a place on; none is taken twice."""
    end = start + row.gap + (0 if row.enough else 2 * len(parts))
    near = [spans[bisect_left(spans, (start,)) : bisect_left(spans, (end,))] for spans in (*parts, *signs)]
    for chosen in product(*near[: len(parts)]):
        taken = {place for span in chosen for place in range(*span)}
        size = sum(end - begin for begin, end in chosen)
        if len(taken) == size and (row.enough or max(taken) - min(taken) < size + row.gap):
            met = 0
            for within in near[len(parts) :]:
                free = next((span for span in within if taken.isdisjoint(range(*span))), None)
                met += free is not None
                taken.update(range(*free) if free else ())
            if met >= row.enough:
                return frozenset(taken)
    return None
