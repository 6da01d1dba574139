"""Fit `knowledge/matching/entries.tsv.gz`: `python -m tests.benchmarks.fit_entries`.

From what each entry is asked by (its names, its example questions, its summary) and the questions of
`questions/asked-*.jsonl`: which entry is meant? None is by "help". Other fitting questions are not read here,
for `fit` weighs what this says of them; nor are the held-out ones.
"""

from __future__ import annotations

import gzip

import numpy as np
from sklearn.feature_extraction import DictVectorizer
from sklearn.multiclass import OneVsRestClassifier
from sklearn.preprocessing import MultiLabelBinarizer
from sklearn.svm import LinearSVC

from knowledge.library import FOLDER, Library
from knowledge.matching.documents import document_of
from knowledge.matching.normalise import plain
from knowledge.matching.reading import folded
from knowledge.matching.senses import Senses
from tests.benchmarks.fitting import Floats, Words, narrow, often_met, signs_in, whole
from tests.benchmarks.questions import asked, fitted

FILE = FOLDER / "matching" / "entries.tsv.gz"
STRENGTH = 1.0  # of the margin's penalty: 0.3 and 3 find as much
SELDOM = {"p": 2, "s": 2}  # texts: a sign met once tells of its text only
SMALLEST = 4  # hundredths: 0 to 5 find as much


def main() -> None:
    """Fit and write."""
    texts = read_texts()
    senses = Senses.load(FOLDER / "matching" / "senses.tsv")
    vectors = DictVectorizer(dtype=np.float32)
    matrix = narrow(vectors.fit_transform(signs_in(words, senses, SELDOM) for words, _ids in texts))
    names = vectors.get_feature_names_out()
    kept = often_met(matrix, names, SELDOM)
    labels = MultiLabelBinarizer()
    wanted = labels.fit_transform([ids for _words, ids in texts])
    model = OneVsRestClassifier(LinearSVC(C=STRENGTH, random_state=1), n_jobs=-1)
    model.fit(narrow(matrix[:, kept]), wanted)
    weights = np.vstack([each.coef_ for each in model.estimators_])
    biases = [float(each.intercept_[0]) for each in model.estimators_]
    write(weights.T, names[kept], labels.classes_, biases)


def read_texts() -> list[tuple[Words, tuple[str, ...]]]:
    """Folded words with the entries that they ask for."""
    entries = [each for each in Library.load().entries if each.published]
    own = [
        (text, (entry.id,))
        for entry in entries
        for texts in document_of(entry).asked.values()
        for text in texts
    ]
    learned = [*asked(), *(each for each in fitted() if each.stratum == "vague")]
    return [*own, *((folded(plain(each.text)), each.accept) for each in learned)]


def write(weights: Floats, signs: list[str], entries: list[str], biases: list[float]) -> None:
    """The file, without signs that say nothing."""
    lines = ["\t".join(entries), "\t".join(f"{each:.4f}" for each in biases)]
    for sign, row in zip(signs, whole(weights, smallest=SMALLEST), strict=True):
        said = " ".join(f"{place}:{row[place]}" for place in np.flatnonzero(row))
        if said:
            lines.append(f"{sign}\t{said}")
    FILE.write_bytes(gzip.compress("\n".join([*lines, ""]).encode(), mtime=0))
    print(f"{len(lines) - 2} signs, {FILE.stat().st_size / 1e6:.2f} MB")


if __name__ == "__main__":
    main()
