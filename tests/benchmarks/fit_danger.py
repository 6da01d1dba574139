"""Fit `knowledge/matching/danger.tsv`: `python -m tests.benchmarks.fit_danger`.

From the sentences of `tests/knowledge/crisis` and `questions/danger-*.jsonl`, our example questions and the
fitting questions; held-out questions are never read here. Prints cross-validated recall and false alarms at
several edges; the edge itself stands in crisis.py.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix
from sklearn.feature_extraction import DictVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import StratifiedKFold, cross_val_predict
from sklearn.svm import LinearSVC

from knowledge.library import FOLDER, Library
from knowledge.matching.crisis import CrisisGate, sentences_of
from knowledge.matching.signs import SCALE, families_of, share_of
from tests.benchmarks.questions import fitted

HERE = Path(__file__).parent
SENTENCES = (HERE.parent / "knowledge" / "crisis", HERE / "questions")
FILE = FOLDER / "matching" / "danger.tsv"
STRENGTH = 0.4  # of the margin's penalty: 0.1 forgets kinds, 0.6 and more remembers sentences
KIND_STRENGTH = 0.1
SMALLEST = 3  # hundredths: smaller weights change nothing that was measured
SELDOM = {"w": 2, "p": 2, "r": 4}  # sentences: a sign met less says more about its sentence than about danger
OURS = 0.8  # the weight of an example question: they are many, and none of them is new
NONE = "none"
EDGES = (0.1, 0.15, 0.2, 0.25, 0.3, 0.4, 0.5)

Example = tuple[list[str], str, float, str]  # folded words, kind or none, weight, language
Floats = NDArray[np.floating]


def main() -> None:
    """Fit, print, write."""
    examples = read_examples()
    vectors = DictVectorizer()
    matrix = _narrow(vectors.fit_transform([_signs(words) for words, _kind, _weight, _language in examples]))
    names = vectors.get_feature_names_out()
    often = np.asarray((matrix > 0).sum(axis=0)).ravel()
    kept = often >= np.array([SELDOM[name[0]] for name in names])
    matrix, names = _narrow(matrix[:, kept]), names[kept]
    kinds = np.array([kind for _words, kind, _weight, _language in examples])
    weights = np.array([weight for _words, _kind, weight, _language in examples])
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
    judge(examples, scale.predict_proba(margins.reshape(-1, 1))[:, 1], kinds, weights)
    danger = LinearSVC(C=STRENGTH).fit(matrix, is_danger, sample_weight=weights)
    of_kind = LinearSVC(C=KIND_STRENGTH).fit(matrix[is_danger], kinds[is_danger])
    slope = float(scale.coef_[0, 0])
    bias = float(scale.intercept_[0]) + slope * float(danger.intercept_[0])
    write(np.vstack([danger.coef_, of_kind.coef_]).T, names, list(of_kind.classes_), (slope, bias))


def read_examples() -> list[Example]:
    """Everything that is fitted to."""
    library = Library.load()
    gate = CrisisGate.load(FOLDER / "matching" / "crisis.yaml")
    found: list[Example] = []
    for file in sorted([*SENTENCES[0].glob("*.jsonl"), *SENTENCES[1].glob("danger-*.jsonl")]):
        for line in file.read_text("utf-8").splitlines():
            row = json.loads(line)
            found += _read(row["text"], row["kind"] or NONE, 1.0, row["lang"], library)
    ordinary = [(each.text, each.lang, 1.0) for each in fitted()]
    ordinary += [
        (text, language, OURS)
        for entry in library.entries
        if entry.urgency != "emergency-info"  # who asks for those may be in danger: they teach neither
        for language in ("lt", "en", "uk", "ru")
        for text in getattr(entry.questions, language)
    ]
    for text, language, weight in ordinary:
        if gate.kind_of(text) is None:
            found += _read(text, NONE, weight, language, library)
    return found


def _read(text: str, kind: str, weight: float, language: str, library: Library) -> list[Example]:
    """As the gate reads it."""
    is_latin = library.matcher.guess.maybe_in_latin(text.casefold()) and language in {"uk", "ru"}
    readings = list(sentences_of(text, maybe_ukrainian=is_latin))
    words = [word for sentence in readings[min(int(is_latin), len(readings) - 1)] for word in sentence]
    return [(words, kind, weight, language)] if words else []


def _signs(words: Sequence[str]) -> dict[str, float]:
    """Every sign with its share, under the name that the file gives it."""
    return {
        f"{family} {sign}": share_of(signs) for family, signs in families_of(words).items() for sign in signs
    }


def judge(examples: Sequence[Example], guessed: Floats, kinds: Floats, weights: Floats) -> None:
    """Cross-validated: of danger recognised, of the rest alarmed, by language."""
    languages = np.array([language for _words, _kind, _weight, language in examples])
    written = weights == 1.0
    for edge in EDGES:
        cells = []
        for language in ("lt", "en", "uk", "ru"):
            danger = (kinds != NONE) & (languages == language)
            calm = (kinds == NONE) & written & (languages == language)
            ours = (kinds == NONE) & ~written & (languages == language)
            cells.append(
                f"{language} {100 * (guessed[danger] >= edge).mean():.1f} % of danger, "
                f"{100 * (guessed[calm] >= edge).mean():.1f} % of look-alikes and others, "
                f"{100 * (guessed[ours] >= edge).mean():.1f} % of example questions"
            )
        print(f"from {edge}: " + "; ".join(cells), flush=True)


def write(weights: Floats, names: Sequence[str], kinds: Sequence[str], scale: tuple[float, float]) -> None:
    """The file: whole hundredths, in the order of the signs; kinds only where a sign tells of danger."""
    rows = np.rint(weights * SCALE).astype(int)
    rows[np.abs(rows) < SMALLEST] = 0
    lines = [
        "\t".join(["sign", "danger", *kinds]),
        "\t".join(["scale", *(f"{each:.4f}" for each in scale)]),
        *(
            "\t".join([name, *(str(each) if each else "" for each in row)])
            for name, row in zip(names, rows, strict=True)
            if row[0]
        ),
    ]
    FILE.write_text("\n".join(lines) + "\n", "utf-8")
    print(f"{len(lines) - 2} signs, {FILE.stat().st_size / 1e6:.2f} MB")


def _narrow(matrix: csr_matrix) -> csr_matrix:
    """With the small indices that scikit-learn asks for."""
    narrow = csr_matrix(matrix)
    narrow.indices = narrow.indices.astype(np.int32)
    narrow.indptr = narrow.indptr.astype(np.int32)
    return narrow


if __name__ == "__main__":
    main()
