"""Fit `knowledge/matching/talk.tsv.gz`: `python -m tests.benchmarks.fit_talk`.

From `questions/talk.jsonl`, and from everything else that people ask or tell of: is a short message small
talk, or does it ask for a person? Held-out questions are never read here."""

from __future__ import annotations

from pathlib import Path

import numpy as np
from scipy.sparse import csr_matrix
from sklearn.feature_extraction import DictVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import StratifiedKFold
from sklearn.svm import LinearSVC

from knowledge.library import FOLDER, Library
from knowledge.matching.senses import Senses
from knowledge.matching.talk import KINDS, LONGEST
from tests.benchmarks.fitting import Floats, Words, narrow, often_met, signs_in, whole, write
from tests.benchmarks.questions import asked, fitted, rows_of

HERE = Path(__file__).parent / "questions"
FILE = FOLDER / "matching" / "talk.tsv.gz"
STRENGTH = 1.0  # of the margin's penalty
SELDOM = {"p": 2, "s": 2}  # messages: a sign met once tells of its message only
SMALLEST = 3  # hundredths
FOLDS = 5
EDGES = (-2.5, -2.0, -1.5, -1.0, -0.5, 0.0, 0.5, 1.0)
OURS, OTHER = "ours", "other"
# The weight of what is not asked of us: who tells of the weather or is dying of laughter asks nothing either,
# and may be taken for small talk. With a weight of 1, a quarter less small talk is recognised.
REST = 0.1


def main() -> None:
    """Fit, print, write."""
    words, kinds = read_messages()
    senses = Senses.load(FOLDER / "matching" / "senses.tsv")
    vectors = DictVectorizer(dtype=np.float32)
    matrix = narrow(vectors.fit_transform(signs_in(each, senses, SELDOM) for each in words))
    names = vectors.get_feature_names_out()
    kept = often_met(matrix, names, SELDOM)
    matrix, names = narrow(matrix[:, kept]), names[kept]
    unseen = unseen_by(matrix, kinds)
    scales = [
        LogisticRegression().fit(unseen[:, [at]], kinds == kind, sample_weight=_weights(kinds))
        for at, kind in enumerate(KINDS)
    ]
    slopes = [float(each.coef_[0, 0]) for each in scales]
    biases = [float(each.intercept_[0]) for each in scales]
    judge(unseen * slopes + biases, kinds)
    models = [_fit(matrix, kinds, kind) for kind in KINDS]
    margins = [
        (slope, bias + slope * float(model.intercept_[0]))
        for slope, bias, model in zip(slopes, biases, models, strict=True)
    ]
    rows = whole(np.vstack([each.coef_ for each in models]).T, smallest=SMALLEST)
    write(FILE, rows, names, KINDS, margins)


def read_messages() -> tuple[list[Words], Floats]:
    """Short messages as they are read, and what each is."""
    # of no kind: what only begins like talk, as "how is it going with my application"
    texts = [(row["text"], row["kind"] or OURS) for row in rows_of(HERE / "talk.jsonl")]
    texts += [(each.text, OURS if each.kind == "in" else OTHER) for each in (*fitted(), *asked())]
    texts += [(row["text"], OTHER) for file in sorted(HERE.glob("danger-*.jsonl")) for row in rows_of(file)]
    matcher = Library.load().matcher
    found: list[tuple[Words, str]] = [
        (matcher.match(text, area=None, chosen=None).reading.meant, kind)
        for text, kind in texts
        if len(text.split()) <= LONGEST
    ]
    found += [
        (text, OURS)
        for document in matcher.ranker.documents
        for asked_by in document.asked.values()
        for text in asked_by
    ]
    short = [(words, kind) for words, kind in found if 0 < len(words) <= LONGEST]
    return [words for words, _kind in short], np.array([kind for _words, kind in short])


def unseen_by(matrix: csr_matrix, kinds: Floats) -> Floats:
    """The margin of each kind, a column each, by fits that have not seen the message."""
    found = np.zeros((len(kinds), len(KINDS)))
    for seen, left in StratifiedKFold(FOLDS, shuffle=True, random_state=1).split(kinds, kinds):
        for at, kind in enumerate(KINDS):
            found[left, at] = _fit(matrix[seen], kinds[seen], kind).decision_function(matrix[left])
    return found


def _fit(matrix: csr_matrix, kinds: Floats, kind: str) -> LinearSVC:
    model = LinearSVC(C=STRENGTH, random_state=1)
    return model.fit(narrow(matrix), kinds == kind, sample_weight=_weights(kinds))


def _weights(kinds: Floats) -> Floats:
    return np.where(kinds == OTHER, REST, 1.0)


def judge(odds: Floats, kinds: Floats) -> None:
    """By how sure one has to be: percent recognised of each kind, and of the rest taken for either."""
    best = np.array(KINDS)[odds.argmax(axis=1)]
    for edge in EDGES:
        told = np.where(odds.max(axis=1) >= edge, best, OTHER)
        cells = [f"{kind} {100 * (told[kinds == kind] == kind).mean():.1f}" for kind in KINDS]
        taken = [f"{kind} {100 * (told[kinds == kind] != OTHER).mean():.2f}" for kind in (OURS, OTHER)]
        print(f"from {edge}: {', '.join(cells)}; taken for them: {', '.join(taken)}", flush=True)


if __name__ == "__main__":
    main()
