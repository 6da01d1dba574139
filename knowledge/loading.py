"""Reading the content files. Every mistake is named by file and line, all of them at once."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TypeVar

import yaml
from pydantic import TypeAdapter, ValidationError

from knowledge.criteria import Attribute
from knowledge.entry import Amount, Browsed, Entry, Helpline, Provider, Source
from knowledge.record import Texts

T = TypeVar("T")
Loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)  # the C parser where it is there: ten times faster
TIMESTAMP = "tag:yaml.org,2002:timestamp"


@dataclass(frozen=True)
class Mistake:
    """Something wrong in a file, and where."""

    file: Path
    line: int
    text: str
    is_error: bool = True

    def __str__(self) -> str:
        return f"{self.file}:{self.line}: {'' if self.is_error else 'note: '}{self.text}"


class ContentError(Exception):
    """Content files that cannot be used, with all their mistakes."""

    def __init__(self, mistakes: list[Mistake]) -> None:
        super().__init__("\n".join(str(mistake) for mistake in mistakes))
        self.mistakes = mistakes


@dataclass(frozen=True)
class Content:
    """Everything that the files say."""

    folder: Path
    entries: Mapping[str, Entry]
    sources: Mapping[str, Source]
    amounts: Mapping[str, Amount]
    providers: Mapping[str, Provider]
    helplines: Mapping[str, Helpline]
    topics: Mapping[str, Texts]
    areas: Mapping[str, Texts]
    menu: Mapping[str, Browsed]
    attributes: Mapping[str, Attribute]


def load(folder: Path) -> Content:
    """Read a folder of content. Raises ContentError."""
    content, mistakes = read(folder)
    if mistakes:
        raise ContentError(mistakes)
    return content


def read(folder: Path) -> tuple[Content, list[Mistake]]:
    """What can be read of a folder, and every mistake; a file with a mistake is left out."""
    mistakes: list[Mistake] = []

    def records(name: str, kind: type[T]) -> dict[str, T]:
        return _read(folder / name, TypeAdapter(dict[str, kind]), mistakes) or {}  # type: ignore[valid-type]

    content = Content(
        folder=folder,
        entries=_entries(folder / "entries", mistakes),
        sources=records("sources.yaml", Source),
        amounts=records("amounts.yaml", Amount),
        providers=records("providers.yaml", Provider),
        helplines=records("helplines.yaml", Helpline),
        topics=records("topics.yaml", Texts),
        areas=records("areas.yaml", Texts),
        menu=records("menu.yaml", Browsed),
        attributes=records("attributes.yaml", Attribute),
    )
    return content, mistakes


def _entries(folder: Path, mistakes: list[Mistake]) -> dict[str, Entry]:
    entries: dict[str, Entry] = {}
    adapter = TypeAdapter(Entry)
    for file in sorted(folder.glob("*.yaml")):
        entry = _read(file, adapter, mistakes)
        if entry is not None and entry.id == file.stem:
            entries[entry.id] = entry
        elif entry is not None:
            mistakes.append(Mistake(file, 1, f"the id {entry.id!r} is not the file's name"))
    return entries


def _read(file: Path, adapter: TypeAdapter[T], mistakes: list[Mistake]) -> T | None:
    try:
        value, root = _parsed(file.read_text("utf-8"), file)
    except ContentError as error:
        mistakes += error.mistakes
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 1
        mistakes.append(Mistake(file, line, f"not YAML: {error.problem}"))
    except (OSError, UnicodeDecodeError, RecursionError, yaml.YAMLError) as error:
        mistakes.append(Mistake(file, 1, f"cannot be read: {error}"))
    else:
        try:
            return adapter.validate_python(value)
        except ValidationError as error:
            mistakes += _named(error, file, root)
    return None


def _parsed(text: str, file: Path) -> tuple[object, yaml.Node]:
    """The value and its nodes, which know their lines. Raises ContentError, YAMLError, RecursionError."""
    reader = Loader(text)
    root: yaml.Node | None = reader.get_single_node()
    if root is None:
        raise ContentError([Mistake(file, 1, "the file is empty")])
    spoilt = [Mistake(file, line, what) for line, what in _spoilt(root)]
    if spoilt:
        raise ContentError(spoilt)
    return reader.construct_document(root), root


def _named(error: ValidationError, file: Path, root: yaml.Node) -> list[Mistake]:
    """One mistake a place: where a value may be of several kinds, pydantic complains once for each."""
    found: dict[tuple[str, ...], Mistake] = {}
    for detail in error.errors(include_url=False):
        line, there = _located(root, detail["loc"])
        place = tuple(map(str, detail["loc"] if detail["type"] == "missing" else there))
        found.setdefault(place, Mistake(file, line, f"{'.'.join(place)}: {detail['msg']}"))
    return list(found.values())


def _spoilt(node: yaml.Node) -> Iterator[tuple[int, str]]:
    """What YAML would swallow or choke on: a key given twice (the last one wins), a day no calendar has."""
    if isinstance(node, yaml.ScalarNode) and node.tag == TIMESTAMP and not _is_day(node.value):
        yield node.start_mark.line + 1, f"there is no day {node.value}"
    seen: set[str | int] = set()
    for key, (line, child) in _children(node):
        if key in seen:
            yield line, f"{key!r} stands here for the second time"
        seen.add(key)
        yield from _spoilt(child)


def _is_day(text: str) -> bool:
    try:
        date.fromisoformat(text)
    except ValueError:
        return False
    return True


def line_of(root: yaml.Node | None, path: tuple[str | int, ...]) -> int:
    """The line on which the value at a path stands, or the nearest one above it."""
    return _located(root, path)[0]


def mistake_in(file: Path, text: str, *path: str | int, is_error: bool = True) -> Mistake:
    """A mistake at the line of a file's value."""
    return Mistake(file, line_of(yaml.compose(file.read_text("utf-8"), Loader=Loader), path), text, is_error)


def _located(root: yaml.Node | None, path: tuple[str | int, ...]) -> tuple[int, tuple[str | int, ...]]:
    """The line, and those parts of the path that the file has; union members are named by pydantic only."""
    node, line, there = root, 1, list[str | int]()
    for part in path:
        found = next((child for key, child in _children(node) if key == part), None)
        if found is not None:
            line, node = found
            there.append(part)
    return line, tuple(there)


def _children(node: yaml.Node | None) -> Iterator[tuple[str | int, tuple[int, yaml.Node]]]:
    if isinstance(node, yaml.MappingNode):
        for key, value in node.value:
            name = key.value if isinstance(key, yaml.ScalarNode) else "?"  # a list as a key is refused later
            yield name, (key.start_mark.line + 1, value)
    elif isinstance(node, yaml.SequenceNode):
        for number, value in enumerate(node.value):
            yield number, (value.start_mark.line + 1, value)
