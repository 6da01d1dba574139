"""Fit the numbers of `knowledge/matching/fitted.py`: `python -m tests.benchmarks.fit [more.jsonl ...]`.

Weights: a conditional logit over the candidates of each question (which is right?). Confidence: a logistic
regression of "the first entry is right" over questions of ours and others; bands from its cross-validated
predictions, folds by entry, so that no question is judged by a fit that saw its neighbour. Held-out questions
are never read here.
"""

from __future__ import annotations

import sys
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import GroupKFold, cross_val_predict

from knowledge.entry import Entry
from knowledge.library import Library
from knowledge.matching import rank
from knowledge.matching.fitted import CONFIDENCE, WEIGHTS
from knowledge.matching.matcher import Match
from tests.benchmarks.fit_scope import Scope
from tests.benchmarks.questions import Question, fitted, read

Floats = NDArray[np.float64]
RIDGE = 1.0  # pull of the weights towards where they are: few questions, many weights
# Soft evidence stays soft: an entry of another area steps back and is not hidden.
PENALTIES = {"elsewhere": -1.5, "named-elsewhere": -2.5}


def main() -> None:
    """Print the dictionaries to paste."""
    questions = [*fitted(), *read(map(Path, sys.argv[1:]))]
    library = Library.load()
    matches = [library.matcher.match(each.text, area=each.area, chosen=None) for each in questions]
    weights = fit_weights(questions, matches)
    rank.WEIGHTS.update(weights)
    matches = [library.matcher.match(each.text, area=each.area, chosen=None) for each in questions]
    _show("WEIGHTS", weights)
    ours = [each for each in questions if each.kind in {"in", "out"}]
    unseen = dict(zip((each.id for each in ours), Scope(library, ours).unseen, strict=True))
    fit_confidence(questions, matches, library, unseen)


def fit_weights(questions: list[Question], matches: list[Match]) -> dict[str, float]:
    """The weights under which right entries come first, in nats."""
    names = list(WEIGHTS)
    rows: list[tuple[Floats, NDArray[np.bool_]]] = []
    for question, match in zip(questions, matches, strict=True):
        right = np.array([each.entry_id in question.accept for each in match.ranked])
        if question.kind == "in" and right.any() and not right.all():
            rows.append((np.array([[each.evidence[name] for name in names] for each in match.ranked]), right))
    start = np.array([WEIGHTS[name] for name in names])
    spread = np.concatenate([each for each, _right in rows]).std(axis=0) + 1e-9

    def loss(parameters: Floats) -> tuple[float, Floats]:
        weights = parameters / spread
        total, slope = 0.0, np.zeros(len(names))
        for values, right in rows:
            scores = values @ weights
            shares = np.exp(scores - scores.max())
            shares /= shares.sum()
            good = shares * right
            total -= np.log(good.sum() + 1e-12)
            slope -= (good / (good.sum() + 1e-12) - shares) @ values
        pull = parameters - begin
        return total + RIDGE * float(pull @ pull), slope / spread + 2 * RIDGE * pull

    begin = start * spread
    bounds = [
        (PENALTIES[name] * scale, 0) if name in PENALTIES else (0, None)
        for name, scale in zip(names, spread, strict=True)
    ]
    found = minimize(loss, begin, jac=True, method="L-BFGS-B", bounds=bounds)
    weights = found.x / spread
    return {name: round(float(value), 3) for name, value in zip(names, weights, strict=True)}


def fit_confidence(
    questions: list[Question], matches: list[Match], library: Library, unseen: dict[str, float]
) -> None:
    """The logistic function and its bands.

    `unseen`: of each question, how sure a fit that has not seen it is that it is asked of us.
    """
    names = [name for name in CONFIDENCE if name != "bias"]
    kept = [
        (question, match)
        for question, match in zip(questions, matches, strict=True)
        if match.ranked and question.kind in {"in", "out"}
        if not (question.kind == "out" and _entry(library, match).kind == "redirect")
    ]
    values = np.array(
        [
            [unseen[question.id] if name == "ours" else match.features[name] for name in names]
            for question, match in kept
        ]
    )
    right = np.array([match.ranked[0].entry_id in question.accept for question, match in kept])
    ours = np.array([question.kind == "in" for question, _match in kept])
    near = np.array([question.kind == "out" and question.stratum != "easy" for question, _match in kept])
    groups = np.array([question.accept[0] if question.accept else question.id for question, _match in kept])
    model = LogisticRegression(C=1.0, max_iter=5000)
    guessed = cross_val_predict(
        model, values, right, groups=groups, cv=GroupKFold(10), method="predict_proba"
    )[:, 1]
    model.fit(values, right)
    fitted_numbers = {"bias": float(model.intercept_[0]), **dict(zip(names, model.coef_[0], strict=True))}
    _show("CONFIDENCE", {name: round(float(value), 3) for name, value in fitted_numbers.items()})
    _bands(guessed, right, ours, near)


def _bands(
    guessed: Floats, right: NDArray[np.bool_], ours: NDArray[np.bool_], near: NDArray[np.bool_]
) -> None:
    for edge in np.arange(0.30, 0.95, 0.05):
        answered = guessed >= edge
        print(
            f"# from {edge:.2f}: of ours answered {100 * (answered & ours).sum() / ours.sum():.1f} %, "
            f"wrongly {100 * (answered & ours & ~right).sum() / ours.sum():.1f} %; "
            f"of near and long others answered {100 * (answered & near).sum() / max(near.sum(), 1):.1f} %"
        )
    for edge in (0.05, 0.08, 0.1, 0.12, 0.15, 0.2, 0.25, 0.3):
        refused = guessed < edge
        print(
            f"# below {edge:.2f}: of ours refused {100 * (refused & ours).sum() / ours.sum():.1f} %; "
            f"of near and long others {100 * (refused & near).sum() / max(near.sum(), 1):.1f} %"
        )


def _entry(library: Library, match: Match) -> Entry:
    return library.get(match.ranked[0].entry_id)


def _show(name: str, numbers: dict[str, float]) -> None:
    print(f"{name} = {{")
    for key, value in numbers.items():
        print(f'    "{key}": {value},')
    print("}", flush=True)


if __name__ == "__main__":
    main()
