"""`atrama ask`: what the bot would answer; needs no database and no token."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from time import perf_counter

from bot.commands.texts import plain_answer
from bot.language import speaking
from knowledge.entry import AREAS, LANGUAGES
from knowledge.library import Finding, Library
from knowledge.matching.rank import Ranker


def add(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Register the command."""
    parser = commands.add_parser("ask", help="ask a question as a resident would")
    parser.add_argument("text", nargs="?", metavar="TEXT")
    parser.add_argument("--lang", choices=LANGUAGES, help="the language to answer in")
    parser.add_argument("--area", choices=AREAS, help="where the person lives")
    parser.add_argument("--json", action="store_true", help="the decision instead of the answer")
    parser.add_argument("--explain", action="store_true", help="why the first entry stands first")
    parser.add_argument("--batch", action="store_true", help="questions as JSON lines from standard input")
    parser.set_defaults(run=ask)


def ask(args: argparse.Namespace) -> int:
    """Answer one question, or a batch of them."""
    if args.batch == (args.text is not None):
        print("atrama ask: give a TEXT, or --batch with questions on standard input", file=sys.stderr)
        return 2
    library = Library.load()
    library.warm_up()
    if args.batch:
        return _batch(library, sys.stdin)
    finding, milliseconds = _timed(library, args.text, args.area, args.lang)
    if args.json:
        print(json.dumps(_as_json(finding, milliseconds), ensure_ascii=False))
    else:
        language = args.lang or (finding.language if finding.language in LANGUAGES else "uk")
        with speaking(language):
            print(_told(finding, library, language, args.area))
    if args.explain:
        _explain(finding, library.matcher.ranker)
    return 0


def _batch(library: Library, questions: Iterable[str]) -> int:
    for number, row in enumerate(questions, start=1):
        if not row.strip():
            continue
        try:
            asked = json.loads(row)
            identity, text = asked["id"], str(asked["text"])
        except (ValueError, KeyError, TypeError):
            print(f"atrama ask: line {number} is no question with an id and a text", file=sys.stderr)
            return 2
        finding, milliseconds = _timed(library, text, asked.get("area"), asked.get("lang"))
        print(json.dumps({"id": identity, **_as_json(finding, milliseconds)}, ensure_ascii=False))
    return 0


def _timed(library: Library, text: str, area: str | None, language: str | None) -> tuple[Finding, float]:
    began = perf_counter()
    finding = library.find(text, area=area, language=language)
    return finding, round((perf_counter() - began) * 1000, 3)


def _as_json(finding: Finding, milliseconds: float) -> dict[str, object]:
    return {
        "decision": finding.decision,
        "language": finding.language,
        "entries": [{"id": entry, "score": round(score, 4)} for entry, score in finding.entries],
        "crisis": finding.crisis,
        **({"parts": [_part(each) for each in finding.parts]} if finding.parts else {}),
        "ms": milliseconds,
    }


def _part(finding: Finding) -> dict[str, object]:
    """One of several questions in a message."""
    return {"decision": finding.decision, "entries": [entry for entry, _score in finding.entries[:3]]}


def _told(finding: Finding, library: Library, language: str, area: str | None) -> str:
    entries = [entry for entry, _score in finding.entries]
    if finding.decision in {"answer", "redirect"}:
        return plain_answer(library, entries[0], language=language, area=area, today=datetime.now(UTC).date())
    names = [f"- {name} ({entry})" for entry, name in library.names(entries[:3], language)]
    shown = names if finding.decision in {"choose", "crisis"} else []
    return "\n".join([f"[{finding.decision}]", *shown])


def _explain(finding: Finding, ranker: Ranker) -> None:
    """Why danger is met; why the first entry stands first: words, repairs, concepts, signs, evidence."""
    if finding.danger:
        print(f"danger: {', '.join(finding.danger.kinds)}, {finding.danger.why}", file=sys.stderr)
    match = finding.match
    if match is None or not match.ranked:
        print("nothing in the question is known", file=sys.stderr)
        return
    told = {
        "language": match.language,
        "place": match.area or "-",
        "read as": " ".join(f"{word.meant or word.key}/{word.language}" for word in match.reading.words),
        "repaired": ", ".join(f"{typed} → {meant}" for typed, meant in match.repairs) or "-",
        "concepts": ", ".join(f"{name} ({' '.join(sorted(by))})" for name, by in match.concepts.items())
        or "-",
        "signs": ", ".join(ranker.learned.loudest(match.reading.meant, match.ranked[0].entry_id)) or "-",
        "closest example": ranker.closest(match.ranked[0].entry_id, match.reading) or "-",
        "confidence": f"{match.confidence:.2f} from " + _numbers(match.features),
    }
    for name, value in told.items():
        print(f"{name}: {value}", file=sys.stderr)
    for each in match.ranked[:3]:
        print(f"{each.score:6.2f} {each.entry_id}: {_numbers(each.evidence)}", file=sys.stderr)


def _numbers(values: Mapping[str, float]) -> str:
    return ", ".join(f"{name} {value:.2f}" for name, value in values.items() if value)
