"""`atrama knowledge`: list, show and check what the bot knows."""

from __future__ import annotations

import argparse
import json
import sys
from datetime import UTC, date, datetime
from pathlib import Path

from bot.commands import concepts
from bot.commands.texts import plain_answer
from bot.views.limits import screens_too_long
from knowledge.checks import check
from knowledge.entry import AREAS, LANGUAGES, Entry, Fact
from knowledge.export import Export, cpsv, hsds
from knowledge.facts import shown, state_of, value_of
from knowledge.library import FOLDER, Library, NoSuchEntry
from knowledge.loading import read
from knowledge.spelling import Speller

FORMATS = {"hsds": hsds.write, "cpsv-ap": cpsv.write}


def add(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Register the commands."""
    knowledge = commands.add_parser("knowledge", help="the knowledge base")
    actions = knowledge.add_subparsers(required=True, metavar="ACTION")
    listing = actions.add_parser("list", help="all entries")
    listing.add_argument("--json", action="store_true", help="with everything that is known")
    listing.set_defaults(run=list_entries)
    showing = actions.add_parser("show", help="one entry as a person reads it")
    showing.add_argument("id", metavar="ID")
    showing.add_argument("--lang", choices=LANGUAGES, default="lt")
    showing.add_argument("--area", choices=AREAS)
    showing.set_defaults(run=show_entry)
    checking = actions.add_parser("check", help="find mistakes in the content; 1 when there are any")
    checking.set_defaults(run=check_content)
    exporting = actions.add_parser("export", help="write everything in a format of others")
    exporting.add_argument("format", choices=sorted(FORMATS))
    exporting.add_argument("folder", metavar="DIR", type=Path)
    exporting.set_defaults(run=export_all)
    concepts.add(actions)
    changing = actions.add_parser("changes", help="the values that newer ones superseded")
    changing.add_argument("id", metavar="ID", nargs="?")
    changing.set_defaults(run=list_changes)


def list_entries(args: argparse.Namespace) -> int:
    """Print all entries."""
    library = Library.load()
    if args.json:
        rows = [_as_json(entry, library, _today()) for entry in library.entries]
        print(json.dumps(rows, ensure_ascii=False, indent=1))
    else:
        for entry in library.entries:
            print(f"{entry.id}\t{entry.kind}\t{','.join(entry.areas)}\t{entry.title['lt']}")
    return 0


def show_entry(args: argparse.Namespace) -> int:
    """Print an entry with its sources."""
    try:
        print(plain_answer(Library.load(), args.id, language=args.lang, area=args.area, today=_today()))
    except NoSuchEntry:
        print(f"atrama: there is no entry {args.id!r}", file=sys.stderr)
        return 2
    return 0


def check_content(_args: argparse.Namespace) -> int:
    """Print every mistake with its file and line; the last line counts."""
    content, found = read(FOLDER)
    if all(mistake.file.parent.name == "entries" for mistake in found):  # one bad entry hides no other's
        library = Library(content)
        speller = Speller.find()
        if speller is None:
            print("spelling is not checked: the dictionaries of requirements-dev.txt are not installed")
        found += check(library, _today(), speller=speller)
        if not any(mistake.is_error for mistake in found):  # a screen cannot be drawn with a fact missing
            found += screens_too_long(library, _today())
    for mistake in found:
        print(mistake)
    errors = sum(mistake.is_error for mistake in found)
    print(f"{len(content.entries)} entries, {errors} errors, {len(found) - errors} notes")
    return 1 if errors else 0


def export_all(args: argparse.Namespace) -> int:
    """Write the files and print their names."""
    try:
        for file in FORMATS[args.format](Export(Library.load(), _today()), args.folder):
            print(file)
    except OSError as error:
        print(f"atrama: cannot write: {error}", file=sys.stderr)
        return 1
    return 0


def list_changes(args: argparse.Namespace) -> int:
    """Print each superseded value: entry, fact, old value, new value, when and why."""
    library = Library.load()
    if args.id is not None and library.find_entry(args.id) is None:
        print(f"atrama: there is no entry {args.id!r}", file=sys.stderr)
        return 2
    for entry in library.entries:
        for past in entry.history if args.id in {None, entry.id} else ():
            now = value_of(entry.facts[past.fact], library.content.amounts)
            old = json.dumps(past.value, ensure_ascii=False, default=_plain)
            new = json.dumps(now, ensure_ascii=False, default=_plain)
            print(f"{entry.id}\t{past.fact}\t{old} → {new}\tuntil {past.until}\t{past.why}")
    return 0


def _today() -> date:
    return datetime.now(UTC).date()


def _as_json(entry: Entry, library: Library, today: date) -> dict[str, object]:
    return {
        "id": entry.id,
        "kind": entry.kind,
        "tier": entry.tier,
        "status": entry.status,
        "areas": list(entry.areas),
        "title": entry.title.model_dump(),
        "summary": {language: entry.summary[language] for language in LANGUAGES},
        "questions": {key: list(value) for key, value in entry.questions.model_dump().items()},
        "referable": entry.referable,
        "urgency": entry.urgency,
        "criteria": [
            criterion.model_dump(mode="json", exclude_defaults=True) for criterion in entry.criteria
        ],
        "facts": [_fact_as_json(key, fact, library, today) for key, fact in entry.facts.items()],
    }


def _fact_as_json(key: str, fact: Fact, library: Library, today: date) -> dict[str, object]:
    amounts = library.content.amounts
    row: dict[str, object] = {
        "key": key,
        "value": json.loads(json.dumps(value_of(fact, amounts), default=_plain)),
        "unit": fact.unit,
        "shown": {language: shown(fact, amounts, language=language) for language in LANGUAGES},
        "source": fact.source,
        "locator": fact.locator,
        "as_of": fact.as_of,
        "review_by": fact.review_by.isoformat(),
        "confidence": fact.confidence,
        "state": state_of(fact, amounts, today).value,
    }
    if fact.derived is not None:
        row |= {"derived": True, "from": fact.derived.base}
    return row


def _plain(value: object) -> object:
    """What JSON does not know: dates and opening hours."""
    dump = getattr(value, "model_dump", None)
    return dump() if dump is not None else str(value)
