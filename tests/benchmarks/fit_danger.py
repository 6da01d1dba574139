"""Fit `knowledge/matching/danger.tsv`: `python -m tests.benchmarks.fit_danger`.

From the sentences of `tests/knowledge/crisis` and `questions/danger-*.jsonl`, our example questions and the
fitting questions; held-out questions are never read here. Prints, cross-validated and in percent by language,
how much of danger / of look-alikes and others / of example questions alarms; the edges stand in crisis.py.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from itertools import product
from pathlib import Path
from typing import NamedTuple

import numpy as np
from sklearn.feature_extraction import DictVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import StratifiedKFold, cross_val_predict
from sklearn.svm import LinearSVC

from knowledge.library import FOLDER, Library
from knowledge.matching.crisis import CrisisGate, sentences_of
from knowledge.matching.normalise import plain
from tests.benchmarks.fitting import Floats, narrow, often_met, signs_in, write
from tests.benchmarks.questions import fitted

HERE = Path(__file__).parent
SENTENCES = (HERE.parent / "knowledge" / "crisis", HERE / "questions")
FILE = FOLDER / "matching" / "danger.tsv"
STRENGTH = 0.4  # of the margin's penalty: 0.1 forgets kinds, 0.6 and more remembers sentences
KIND_STRENGTH = 0.1
SELDOM = {"w": 2, "p": 2, "r": 4}  # sentences: a sign met less says more about its sentence than about danger
# Hundredths: with all weights from 3 on the file is twice as long, and no verdict that was measured differs.
SMALLEST = 6
OURS = 0.8  # the weight of an example question: they are many, and none of them is new
NONE = "none"
EDGES = (0.2, 0.25, 0.3, 0.35, 0.4, 0.5)
DOUBTS = (0.0, 0.1, 0.15, 0.2, 1.0)  # 1: rows do not count


class Example(NamedTuple):
    """A sentence as the gate reads it, and whether one of the gate's rows stands in it."""

    words: list[str]
    kind: str  # or none
    weight: float
    language: str
    fired: bool


def main() -> None:
    """Fit, print, write."""
    examples = read_examples()
    vectors = DictVectorizer()
    matrix = narrow(vectors.fit_transform([signs_in(each.words) for each in examples]))
    names = vectors.get_feature_names_out()
    kept = often_met(matrix, names, SELDOM)
    matrix, names = narrow(matrix[:, kept]), names[kept]
    kinds = np.array([each.kind for each in examples])
    weights = np.array([each.weight for each in examples])
    is_danger = kinds != NONE
    margins = cross_val_predict(
        LinearSVC(C=STRENGTH),
        matrix,
        is_danger,
        cv=StratifiedKFold(5, shuffle=True, random_state=1),
        params={"sample_weight": weights},
        method="decision_function",
    )
    scale = LogisticRegression().fit(margins.reshape(-1, 1), is_danger)
    judge(examples, scale.predict_proba(margins.reshape(-1, 1))[:, 1])
    danger = LinearSVC(C=STRENGTH).fit(matrix, is_danger, sample_weight=weights)
    of_kind = LinearSVC(C=KIND_STRENGTH).fit(matrix[is_danger], kinds[is_danger])
    slope = float(scale.coef_[0, 0])
    bias = float(scale.intercept_[0]) + slope * float(danger.intercept_[0])
    columns = np.vstack([danger.coef_, of_kind.coef_]).T
    write(FILE, columns, names, ["danger", *of_kind.classes_], (slope, bias), smallest=SMALLEST)


def read_examples() -> list[Example]:
    """Everything that is fitted to."""
    library = Library.load()
    gate = CrisisGate.load(FOLDER / "matching" / "crisis.yaml")
    found: list[Example] = []
    for file in sorted([*SENTENCES[0].glob("*.jsonl"), *SENTENCES[1].glob("danger-*.jsonl")]):
        for line in file.read_text("utf-8").splitlines():
            row = json.loads(line)
            found += _read(row["text"], row["kind"] or NONE, 1.0, row["lang"], library, gate)
    # Who asks for what is urgent may be in danger: such questions teach neither.
    calm = {entry.id for entry in library.entries if entry.urgency == "normal"}
    ordinary = [(each.text, each.lang, 1.0) for each in fitted() if calm.issuperset(each.accept)]
    ordinary += [
        (text, language, OURS)
        for entry in library.entries
        if entry.id in calm
        for language in ("lt", "en", "uk", "ru")
        for text in getattr(entry.questions, language)
    ]
    for text, language, weight in ordinary:
        found += [each for each in _read(text, NONE, weight, language, library, gate) if not each.fired]
    return found


def _read(
    text: str, kind: str, weight: float, language: str, library: Library, gate: CrisisGate
) -> list[Example]:
    """As the gate reads it."""
    text = plain(text)
    is_latin = library.matcher.guess.maybe_in_latin(text) and language in {"uk", "ru"}
    readings = list(sentences_of(text, maybe_ukrainian=is_latin))
    words = [word for sentence in readings[min(int(is_latin), len(readings) - 1)] for word in sentence]
    fired = gate.kind_of(text, maybe_ukrainian=is_latin) is not None
    return [Example(words, kind, weight, language, fired)] if words else []


def judge(examples: Sequence[Example], guessed: Floats) -> None:
    """Cross-validated, with the gate's rows, by edge and by what a row needs: recognised, and alarms."""
    languages = np.array([each.language for each in examples])
    is_danger = np.array([each.kind != NONE for each in examples])
    is_own = np.array([each.weight == OURS for each in examples])
    fired = np.array([each.fired for each in examples])
    for doubted, edge in product(DOUBTS, EDGES):
        alarm = (guessed >= edge) | (fired & (guessed >= doubted))
        cells = []
        for language in ("lt", "en", "uk", "ru"):
            here = languages == language
            danger, calm, own = here & is_danger, here & ~is_danger & ~is_own, here & is_own
            shares = [f"{100 * alarm[which].mean():.1f}" for which in (danger, calm, own)]
            cells.append(f"{language} {' / '.join(shares)}")
        print(f"from {edge}, a row from {doubted}: " + "; ".join(cells), flush=True)


if __name__ == "__main__":
    main()
