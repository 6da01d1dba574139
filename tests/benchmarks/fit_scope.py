"""Fit `knowledge/matching/scope.tsv.gz`: `python -m tests.benchmarks.fit_scope`.

From our example questions, the questions that teach which entry is meant, and the fitting questions: is it
asked of us at all? Held-out questions are never read here. Prints how well unseen questions are told apart;
the confidence beside it has seen them.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from scipy.sparse import csr_matrix, vstack
from sklearn.feature_extraction import DictVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import roc_auc_score
from sklearn.model_selection import GroupKFold
from sklearn.svm import LinearSVC

from knowledge.library import FOLDER, Library
from knowledge.matching.normalise import plain
from knowledge.matching.reading import folded
from knowledge.matching.senses import Senses
from tests.benchmarks.fitting import Floats, Words, narrow, often_met, signs_in, whole, write
from tests.benchmarks.questions import Question, asked, fitted

FILE = FOLDER / "matching" / "scope.tsv.gz"
STRENGTH = 1.0  # of the margin's penalty: 0.3 tells a little less, 2 as much
EXAMPLE = 0.3  # the weight of an example: there are many, all of them ours, and finding knows them already
SMALLEST = 3  # hundredths
SELDOM = {"p": 2, "s": 2}  # questions: a sign met less tells of its question only


def main() -> None:
    """Fit, print, write."""
    library = Library.load()
    questions = [each for each in fitted() if each.kind in {"in", "out"}]
    scope = Scope(library, questions)
    sure = np.array([each.confidence for each in scope.matches])
    far = np.array([each.stratum != "easy" for each in questions])
    for name, which in (("all", np.full(len(far), fill_value=True)), ("near and long", far)):
        alone = roc_auc_score(scope.ours[which], scope.unseen[which])
        before = roc_auc_score(scope.ours[which], sure[which])
        print(f"{name}: AUROC {alone:.3f} alone, {before:.3f} of the confidence", flush=True)
    scope.write()


class Scope:
    """Questions as signs, and what was fitted to them."""

    def __init__(self, library: Library, questions: Sequence[Question]) -> None:
        self.matches = [library.matcher.match(each.text, area=each.area, chosen=None) for each in questions]
        self.ours = np.array([each.kind == "in" for each in questions])
        self._groups = np.array([each.accept[0] if each.accept else each.id for each in questions])
        examples = [
            list(text)
            for document in library.matcher.ranker.documents
            for texts in document.asked.values()
            for text in texts
        ]
        examples += [folded(plain(each.text)) for each in asked()]
        words: list[Words] = [*examples, *(each.reading.meant for each in self.matches)]
        vectors = DictVectorizer(dtype=np.float32)
        senses = Senses.load(FOLDER / "matching" / "senses.tsv")
        matrix = narrow(vectors.fit_transform(signs_in(each, senses, SELDOM) for each in words))
        names = vectors.get_feature_names_out()
        kept = often_met(matrix, names, SELDOM)
        matrix, self._names = narrow(matrix[:, kept]), names[kept]
        self._examples, self._asked = matrix[: len(examples)], matrix[len(examples) :]
        self._scale, self.unseen = self._judged()

    def _judged(self) -> tuple[LogisticRegression, Floats]:
        """How sure each question is ours, in nats, by a fit that saw neither it nor its neighbours."""
        margins = np.zeros(len(self.ours))
        for seen, left in GroupKFold(10).split(margins, groups=self._groups):
            margins[left] = self._fit(self._asked[seen], self.ours[seen]).decision_function(self._asked[left])
        scale = LogisticRegression().fit(margins.reshape(-1, 1), self.ours)
        return scale, np.asarray(scale.decision_function(margins.reshape(-1, 1)))

    def write(self) -> None:
        """The file, with the scale of the unseen."""
        model = self._fit(self._asked, self.ours)
        slope = float(self._scale.coef_[0, 0])
        bias = float(self._scale.intercept_[0]) + slope * float(model.intercept_[0])
        rows = whole(model.coef_.T, smallest=SMALLEST)
        write(FILE, rows, self._names, ["ours"], [(slope, bias)])

    def _fit(self, asked: csr_matrix, ours: Floats) -> LinearSVC:
        count = self._examples.shape[0]
        weights = np.concatenate([np.full(count, EXAMPLE), np.ones(len(ours))])
        return LinearSVC(C=STRENGTH, random_state=1).fit(
            narrow(vstack([self._examples, asked])),
            np.concatenate([np.full(count, fill_value=True), ours]),
            sample_weight=weights,
        )


if __name__ == "__main__":
    main()
