"""`atrama knowledge concepts`: what the patterns of the concept lexicon fire on."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator, Sequence

import yaml

from knowledge.library import FOLDER, Library
from knowledge.matching.concepts import COLUMNS
from knowledge.matching.lint import Fired, lint
from knowledge.matching.normalise import folded_words

SHOWN = 14  # words a line: enough to see a stranger among them


def add(actions: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Register the command."""
    showing = actions.add_parser("concepts", help="what each pattern of the concept lexicon fires on")
    showing.add_argument("names", metavar="CONCEPT", nargs="*", help="only these")
    showing.add_argument("--lang", choices=COLUMNS)
    showing.add_argument("--doubtful", action="store_true", help="only what fires on nothing or on much")
    showing.set_defaults(run=show)


def show(args: argparse.Namespace) -> int:
    """Print a pattern a line; the texts are those of the entries and their example questions."""
    rows: dict[str, dict[str, str]] = yaml.safe_load(
        (FOLDER / "matching" / "concepts.yaml").read_text("utf-8")
    )
    strange = [name for name in args.names if name not in rows]
    if strange:
        print(f"atrama: there is no concept {strange[0]!r}", file=sys.stderr)
        return 2
    wanted = {name: row for name, row in rows.items() if not args.names or name in args.names}
    found = lint(wanted, texts_of(Library.load()))
    for each in found:
        if args.lang in {None, each.column} and (each.doubt or not args.doubtful):
            print(_line(each))
    return 0


def _line(fired: Fired) -> str:
    words = [f"{word} {times}" for word, times in fired.words.most_common(SHOWN)]
    if len(fired.words) > SHOWN:
        words.append(f"+{len(fired.words) - SHOWN}")
    doubt = f" [{fired.doubt}]" if fired.doubt else ""
    return f"{fired.concept}\t{fired.column}\t{fired.pattern}{doubt}\t{', '.join(words)}"


def texts_of(library: Library) -> Iterator[tuple[Sequence[str], str]]:
    """The folded words of every title, summary and example question, with their language."""
    for entry in library.entries:
        for language in COLUMNS:
            told = [entry.title[language], entry.summary[language]] if language != "ru" else []
            for text in (*told, *getattr(entry.questions, language)):
                yield folded_words(text), language
