"""How well and how fast questions find their entry: `python -m tests.benchmarks.finding [--speed] [more.jsonl ...]`.

Quality is measured on held-out questions (see `questions`), with 95 % intervals; a question's answer is right when it is one
of those that a careful social worker would accept. Peers are fed the same texts in the same run.
"""

from __future__ import annotations

import argparse
from collections.abc import Callable, Iterable, Sequence
from math import sqrt
from pathlib import Path

from knowledge.entry import LANGUAGES
from knowledge.facts import PLACEHOLDER
from knowledge.library import Finding, Library
from knowledge.matching.normalise import folded_words
from tests.benchmarks.peers import peers
from tests.benchmarks.questions import Question, asked, held_out, read

Row = tuple[Question, Finding]
DIRECT = frozenset({"answer", "redirect"})
REFUSED = frozenset({"unknown", "redirect", "smalltalk", "human"})
SHARED = 4  # letters that a content word has in common with one of the entry's


def main() -> None:
    """Print the tables."""
    parser = argparse.ArgumentParser()
    parser.add_argument(
        "files", nargs="*", type=Path, help="other labelled questions instead of the held-out ones"
    )
    parser.add_argument("--speed", action="store_true", help="latency, build time and memory as well")
    args = parser.parse_args()
    library = Library.load()
    questions = read(args.files) if args.files else held_out()
    rows = [(each, library.find(each.text, area=each.area, language=None)) for each in questions]
    quality(rows)
    danger(rows)
    strata(rows, library)
    against_peers([each for each in questions if each.kind == "in"], rows, texts_of(library))
    if args.speed:
        from tests.benchmarks.speed import speed

        speed(library, [each.text for each in questions])


def texts_of(library: Library) -> dict[str, list[str]]:
    """What every way of finding is fed: the texts of the entries, and the questions that we learn from."""
    found = {
        entry.id: [
            text
            for language in LANGUAGES
            for text in (
                entry.title[language],
                entry.short_name(language),
                *getattr(entry.questions, language),
                *(entry.questions.ru if language == "uk" else ()),
                PLACEHOLDER.sub(" ", entry.summary[language]),
            )
        ]
        for entry in library.entries
        if entry.published
    }
    for question in asked():
        for entry_id in question.accept:
            found[entry_id].append(question.text)
    return found


def quality(rows: Sequence[Row]) -> None:
    """Right entries, bands, and what happens to questions that are not ours."""
    print("| of | lt | en | uk | ru |\n|---|---|---|---|---|")
    measures: list[tuple[str, Callable[[Row], bool], Callable[[Row], bool]]] = [
        ("hit@1", _ours, lambda row: _rank(row) == 1),
        ("hit@3", _ours, lambda row: 1 <= _rank(row) <= 3),
        ("right answer or right button", _ours, lambda row: _decides(row, DIRECT) and _rank(row) == 1
            or _decides(row, {"choose", "crisis"}) and 1 <= _rank(row) <= 3),
        ("wrong direct answer", _ours, lambda row: _decides(row, DIRECT) and _rank(row) != 1),
        ("not known", _ours, lambda row: _decides(row, {"unknown"})),
        ("easy others answered", lambda row: _others(row, easy=True), lambda row: _decides(row, {"answer"})),
        ("near, long others answered", lambda row: _others(row, easy=False), lambda row: _decides(row, {"answer"})),
        ("near, long others refused", lambda row: _others(row, easy=False), lambda row: _decides(row, REFUSED)),
        ("small talk recognised", lambda row: row[0].kind == "smalltalk", lambda row: _decides(row, {"smalltalk"})),
        ("wish for a person recognised", lambda row: row[0].kind == "human", lambda row: _decides(row, {"human"})),
        ("ours taken for these", _ours, lambda row: _decides(row, {"smalltalk", "human"})),
        ("language right", lambda row: True, lambda row: row[1].language == row[0].lang),
    ]  # fmt: skip
    for name, of, is_so in measures:
        cells = [_share(rows, language, of, is_so) for language in ("lt", "en", "uk", "ru")]
        print(f"| {name} | {' | '.join(cells)} |", flush=True)
    mean = {language: _mean_rank(rows, language) for language in ("lt", "en", "uk", "ru")}
    print(f"| MRR@10 | {' | '.join(f'{value:.2f}' for value in mean.values())} |")


def danger(rows: Sequence[Row]) -> None:
    """Recall of the crisis gate and its false alarms."""
    measures: list[tuple[str, Callable[[Row], bool], Callable[[Row], bool]]] = [
        ("danger recognised", lambda row: row[0].kind == "crisis", lambda row: row[1].crisis is not None),
        ("false alarms, look-alikes", lambda row: row[0].kind == "alike", lambda row: row[1].crisis is not None),
        ("panel on our questions", _ours, lambda row: row[1].crisis is not None),
        ("false alarms, others", lambda row: row[0].kind in {"out", "smalltalk", "human"}, lambda row: row[1].crisis is not None),
    ]  # fmt: skip
    for name, of, is_so in measures:
        cells = [_share(rows, language, of, is_so) for language in ("lt", "en", "uk", "ru")]
        print(f"| {name} | {' | '.join(cells)} |", flush=True)


def strata(rows: Sequence[Row], library: Library) -> None:
    """hit@1 and hit@3 of questions that share a content word with their entry, and of those that share none."""
    texts = texts_of(library)
    stems = {
        entry: {word[:SHARED] for text in each for word in folded_words(text) if len(word) > 3}
        for entry, each in texts.items()
    }

    def shares(row: Row) -> bool:
        asked = {word[:SHARED] for word in folded_words(row[0].text) if len(word) > 3}
        return any(asked & stems.get(entry, set()) for entry in row[0].accept)

    for name, wanted in (("shares a word", True), ("shares none", False)):
        for rank in (1, 3):
            cells = [
                _share(
                    rows,
                    language,
                    lambda row, wanted=wanted: _ours(row) and shares(row) is wanted,  # type: ignore[misc]
                    lambda row, rank=rank: 1 <= _rank(row) <= rank,  # type: ignore[misc]
                )
                for language in ("lt", "en", "uk", "ru")
            ]
            print(f"| {name}: hit@{rank} | {' | '.join(cells)} |", flush=True)


def against_peers(questions: Sequence[Question], rows: Sequence[Row], texts: dict[str, list[str]]) -> None:
    """hit@1/hit@3 of everyone on the same questions."""
    print("\n| hit@1/hit@3 | lt | en | uk | ru |\n|---|---|---|---|---|")
    own = {row[0].id: [entry for entry, _score in row[1].entries] for row in rows}
    _peer_row("**Atrama**", questions, lambda question: own[question.id])
    for name, build in peers(texts).items():
        find = build()
        _peer_row(name, questions, lambda question, find=find: find(question.text))  # type: ignore[misc]


def _peer_row(name: str, questions: Sequence[Question], find: Callable[[Question], list[str]]) -> None:
    cells = []
    for language in ("lt", "en", "uk", "ru"):
        asked = [each for each in questions if each.lang == language]
        found = [(each, find(each)) for each in asked]
        hits = [sum(bool(set(got[:rank]) & set(each.accept)) for each, got in found) for rank in (1, 3)]
        cells.append("/".join(f"{100 * hit / max(len(asked), 1):.0f}" for hit in hits))
    print(f"| {name} | {' | '.join(cells)} |", flush=True)


def _ours(row: Row) -> bool:
    return row[0].kind == "in"


def _others(row: Row, *, easy: bool) -> bool:
    return row[0].kind == "out" and (row[0].stratum == "easy") is easy


def _decides(row: Row, decisions: Iterable[str]) -> bool:
    return row[1].decision in decisions


def _rank(row: Row) -> int:
    """The place of the first right entry, from 1; 99 where there is none."""
    return next((at for at, (entry, _score) in enumerate(row[1].entries, 1) if entry in row[0].accept), 99)


def _mean_rank(rows: Sequence[Row], language: str) -> float:
    ours = [row for row in rows if _ours(row) and row[0].lang == language]
    return sum(1 / _rank(row) if _rank(row) <= 10 else 0 for row in ours) / max(len(ours), 1)


def _share(
    rows: Sequence[Row], language: str, of: Callable[[Row], bool], is_so: Callable[[Row], bool]
) -> str:
    """A percentage with Wilson's 95 % interval."""
    counted = [is_so(row) for row in rows if row[0].lang == language and of(row)]
    if not counted:
        return "–"
    low, high = wilson(sum(counted), len(counted))
    return f"{100 * sum(counted) / len(counted):.1f} [{low:.0f}–{high:.0f}]"


def wilson(hits: int, of: int) -> tuple[float, float]:
    """The 95 % interval of a share, in percent."""
    share, z = hits / of, 1.96
    middle = (share + z * z / (2 * of)) / (1 + z * z / of)
    half = z * sqrt(share * (1 - share) / of + z * z / (4 * of * of)) / (1 + z * z / of)
    return max(100 * (middle - half), 0.0), min(100 * (middle + half), 100.0)


if __name__ == "__main__":
    main()
