"""Reading the content files. Every mistake is named by file and line, all of them at once."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

import yaml
from pydantic import TypeAdapter, ValidationError

from knowledge.entry import Amount, Entry, Helpline, Provider, Source, Texts

T = TypeVar("T")
Loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)  # the C parser where it is there: ten times faster


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


def load(folder: Path) -> Content:
    """Read a folder of content. Raises ContentError."""
    mistakes: list[Mistake] = []

    def read(name: str, kind: type[T]) -> dict[str, T]:
        return _read(folder / name, TypeAdapter(dict[str, kind]), mistakes) or {}  # type: ignore[valid-type]

    content = Content(
        folder=folder,
        entries=_entries(folder / "entries", mistakes),
        sources=read("sources.yaml", Source),
        amounts=read("amounts.yaml", Amount),
        providers=read("providers.yaml", Provider),
        helplines=read("helplines.yaml", Helpline),
        topics=read("topics.yaml", Texts),
        areas=read("areas.yaml", Texts),
    )
    if mistakes:
        raise ContentError(mistakes)
    return content


def _entries(folder: Path, mistakes: list[Mistake]) -> dict[str, Entry]:
    entries: dict[str, Entry] = {}
    adapter = TypeAdapter(Entry)
    for file in sorted(folder.glob("*.yaml")):
        entry = _read(file, adapter, mistakes)
        if entry is None:
            continue
        entries[entry.id] = entry
        if entry.id != file.stem:
            mistakes.append(Mistake(file, 1, f"the id {entry.id!r} is not the file's name"))
    return entries


def _read(file: Path, adapter: TypeAdapter[T], mistakes: list[Mistake]) -> T | None:
    try:
        text = file.read_text("utf-8")
        value: object = yaml.load(text, Loader=Loader)  # noqa: S506 - a safe loader, written in C
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 1
        mistakes.append(Mistake(file, line, f"not YAML: {error.problem}"))
        return None
    except (OSError, yaml.YAMLError) as error:
        mistakes.append(Mistake(file, 1, f"cannot be read: {error}"))
        return None
    try:
        return adapter.validate_python(value)
    except ValidationError as error:
        root = yaml.compose(text, Loader=Loader)
        for detail in error.errors(include_url=False):
            where = ".".join(str(part) for part in detail["loc"])
            mistakes.append(Mistake(file, line_of(root, detail["loc"]), f"{where}: {detail['msg']}"))
        return None


def line_of(root: yaml.Node | None, path: tuple[str | int, ...]) -> int:
    """The line on which the value at a path stands, or the nearest one above it."""
    node, line = root, 1
    for part in path:
        found = next((child for key, child in _children(node) if key == part), None)
        if found is None:
            continue  # pydantic names union members in its paths; files do not have them
        line, node = found
    return line


def _children(node: yaml.Node | None) -> Iterator[tuple[str | int, tuple[int, yaml.Node]]]:
    if isinstance(node, yaml.MappingNode):
        for key, value in node.value:
            yield key.value, (key.start_mark.line + 1, value)
    elif isinstance(node, yaml.SequenceNode):
        for number, value in enumerate(node.value):
            yield number, (value.start_mark.line + 1, value)
