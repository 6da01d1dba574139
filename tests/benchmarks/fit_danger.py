"""Fit `knowledge/matching/danger.tsv.gz` and `suspicion.tsv`: `python -m tests.benchmarks.fit_danger`.

From the sentences of `tests/knowledge/crisis` and `questions/danger-*.jsonl`, our example questions, and the
questions that finding learns from; held-out questions are never read here. What their words mean, by
`senses.tsv`, is learned from all languages at once. Each kind of danger, none, and what is ours to answer has
weights of its own against all the rest: they are narrower than danger as such, and miss less. What they say
together is weighed by what they say of sentences that they have not seen. Prints, cross-validated and in
percent by language, how much of danger / of look-alikes and others / of example questions alarms.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

import numpy as np
from scipy.sparse import csr_matrix
from sklearn.feature_extraction import DictVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import StratifiedKFold
from sklearn.preprocessing import StandardScaler
from sklearn.svm import LinearSVC

from knowledge.entry import LANGUAGES, Entry
from knowledge.library import FOLDER, Library
from knowledge.matching.crisis import SHOWN, CrisisGate, sentences_of
from knowledge.matching.danger import CALM_KINDS, NONE, OURS, close_kinds, looked_at, pieces_of
from knowledge.matching.normalise import plain
from knowledge.matching.senses import Senses
from knowledge.matching.signs import SCALE, Told
from tests.benchmarks.fitting import Floats, narrow, often_met, signs_in, whole, write
from tests.benchmarks.questions import asked, fitted, rows_of

HERE = Path(__file__).parent
SENTENCES = (HERE.parent / "knowledge" / "crisis", HERE / "questions")
MATCHING = FOLDER / "matching"
STRENGTH = 1.0  # of the margin's penalty: 0.2 forgets kinds, 2 says no more
# Sentences: a sign met less says more about its sentence than about danger.
SELDOM = {"p": 2, "s": 4, "c": 4}
SMALLEST = 3  # hundredths: what is smaller says little; many small ones together do, so there are many signs
EXAMPLE = 0.8  # the weight of an example question: they are many, and none of them is new
FOLDS = 5
EDGES = (0.15, 0.2, 0.25, 0.3, 0.4, 0.5)


class Example(NamedTuple):
    """A text as the gate reads it, and whether one of the gate's rows stands in it."""

    words: list[str]
    kind: str  # or none, or ours
    weight: float
    language: str
    fired: bool


def main() -> None:
    """Fit, print, write."""
    examples = read_examples()
    senses = Senses.load(MATCHING / "senses.tsv")
    kinds = np.array([each.kind for each in examples])
    weights = np.array([each.weight for each in examples])
    vectors = DictVectorizer(dtype=np.float32)
    texts = [signs_in(each.words, senses, SELDOM) for each in examples]
    matrix = narrow(vectors.fit_transform(texts))
    names = vectors.get_feature_names_out()
    unseen = unseen_by(matrix, names, kinds, weights)
    name_kinds(unseen, kinds)
    found = [
        looked_at(told, len(each.words), has_row=each.fired)
        for told, each in zip(unseen, examples, strict=True)
    ]
    together = weighed(found, ~np.isin(kinds, list(CALM_KINDS)))
    odds = [together["bias"] + sum(together[name] * value for name, value in each.items()) for each in found]
    judge(examples, np.array(odds))
    fitted_to = Fitted(matrix, names, kinds, weights)
    scales = [(1.0, float(bias)) for bias in fitted_to.biases]
    write(MATCHING / "danger.tsv.gz", fitted_to.rows, names[fitted_to.kept], fitted_to.columns, scales)
    lines = [f"{name}\t{weight:.4f}" for name, weight in together.items()]
    (MATCHING / "suspicion.tsv").write_text("\n".join(lines) + "\n", "utf-8")


class Fitted:
    """The weights of each kind against all the rest, as they are written."""

    def __init__(self, matrix: csr_matrix, names: Sequence[str], kinds: Floats, weights: Floats) -> None:
        kept = np.flatnonzero(often_met(matrix, names, SELDOM))
        model = LinearSVC(C=STRENGTH, random_state=1).fit(
            narrow(matrix[:, kept]), kinds, sample_weight=weights
        )
        rows = whole(model.coef_.T, smallest=SMALLEST)
        says = rows.any(axis=1)
        self.columns = [str(each) for each in model.classes_]
        self.kept, self.rows, self.biases = kept[says], rows[says], model.intercept_

    def told(self, matrix: csr_matrix) -> list[Told]:
        """What they say of texts."""
        met = narrow(matrix[:, self.kept])
        margins = met @ self.rows / SCALE + self.biases
        unknown = 1 - np.diff(met.indptr) / np.maximum(np.diff(matrix.indptr), 1)
        return [
            Told(dict(zip(self.columns, map(float, each), strict=True)), float(share))
            for each, share in zip(margins, unknown, strict=True)
        ]


def read_examples() -> list[Example]:
    """Everything that is fitted to."""
    library = Library.load()
    gate = CrisisGate.load(MATCHING / "crisis.yaml")
    found: list[Example] = []
    here, there = SENTENCES
    for file in sorted([*here.glob("*.jsonl"), *there.glob("danger-*.jsonl")]):
        for row in rows_of(file):
            found += _read(row["text"], row["kind"] or NONE, 1.0, row["lang"], library, gate)
    for row in rows_of(there / "talk.jsonl"):  # a greeting tells of no danger, nor does who wants a person
        found += _read(row["text"], NONE, 1.0, row["lang"], library, gate)
    # Who asks for what is urgent may be in danger. Of `asked` it is said who is; of others it is not, and
    # such questions teach neither.
    calm = {entry.id for entry in library.entries if entry.urgency == "normal"}
    judged = {each.id for each in asked()}
    asked_of_us = [each for each in (*fitted(), *asked()) if each.danger != "unsure"]
    for each in asked_of_us:
        if each.danger:
            found += _read(each.text, each.danger, 1.0, each.lang, library, gate)
    ordinary = [
        (each.text, each.lang, OURS if each.kind == "in" else NONE, 1.0)
        for each in asked_of_us
        if not each.danger and (each.id in judged or calm.issuperset(each.accept))
    ]
    ordinary += [
        (text, language, OURS, EXAMPLE)
        for entry in library.entries
        if entry.id in calm
        for language in ("lt", "en", "uk", "ru")
        for text in (*getattr(entry.questions, language), *_names(entry, language))
    ]
    for text, language, kind, weight in ordinary:
        found += [each for each in _read(text, kind, weight, language, library, gate) if not each.fired]
    return found


def _names(entry: Entry, language: str) -> tuple[str, ...]:
    """What stands on its button and above its answer: people type that too."""
    return (entry.title[language], entry.short_name(language)) if language in LANGUAGES else ()


def _read(
    text: str, kind: str, weight: float, language: str, library: Library, gate: CrisisGate
) -> list[Example]:
    """As the gate reads it."""
    text = plain(text)
    is_latin = library.matcher.guess.maybe_in_latin(text) and language in {"uk", "ru"}
    readings = list(sentences_of(text, is_ukrainian=gate.is_ukrainian if is_latin else None))
    fired = gate.kind_of(text, maybe_ukrainian=is_latin) is not None
    pieces = pieces_of(readings[min(int(is_latin), len(readings) - 1)])
    if len(pieces) > 1 and kind not in CALM_KINDS:
        return []  # it stands in one of them, and nobody has said in which
    return [Example(pieces[0], kind, weight, language, fired)] if pieces else []


def unseen_by(matrix: csr_matrix, names: Sequence[str], kinds: Floats, weights: Floats) -> list[Told]:
    """What is told of each text by weights that have not seen it."""
    told: dict[int, Told] = {}
    for seen, left in StratifiedKFold(FOLDS, shuffle=True, random_state=1).split(kinds, kinds):
        of_seen = Fitted(matrix[seen], names, kinds[seen], weights[seen])
        told |= dict(zip(left, of_seen.told(matrix[left]), strict=True))
    return [told[at] for at in range(len(kinds))]


def weighed(found: Sequence[dict[str, float]], is_danger: Floats) -> dict[str, float]:
    """What each thing looked at counts for danger, in nats, and a bias."""
    values = np.array([list(each.values()) for each in found])
    scaler = StandardScaler().fit(values)
    model = LogisticRegression(max_iter=5000).fit(scaler.transform(values), is_danger)
    coefficients = model.coef_[0] / scaler.scale_
    bias = float(model.intercept_[0]) - float(coefficients @ scaler.mean_)
    return {"bias": bias} | dict(zip(found[0], map(float, coefficients), strict=True))


def judge(examples: Sequence[Example], odds: Floats) -> None:
    """By edge: percent that alarms of danger / of what is none / of example questions, by language."""
    languages = np.array([each.language for each in examples])
    is_danger = np.array([each.kind not in CALM_KINDS for each in examples])
    is_own = np.array([each.weight == EXAMPLE for each in examples])
    for edge in EDGES:
        alarm = odds >= np.log(edge / (1 - edge))
        cells = []
        for language in ("lt", "en", "uk", "ru"):
            here = languages == language
            groups = (here & is_danger, here & ~is_danger & ~is_own, here & is_own)
            cells.append(f"{language} {' / '.join(f'{100 * alarm[group].mean():.1f}' for group in groups)}")
        print(f"from {edge}: {'; '.join(cells)}", flush=True)


def name_kinds(unseen: Sequence[Told], kinds: Floats) -> None:
    """How often the kind of a danger is the likeliest, and one of those that are shown."""
    first, shown, more, count = 0, 0, 0, 0
    for told, kind in zip(unseen, kinds, strict=True):
        if kind not in CALM_KINDS:
            close = close_kinds(told.margins)[:SHOWN]
            first, shown = first + (close[0] == kind), shown + (kind in close)
            more, count = more + (len(close) > 1), count + 1
    print(
        f"kind right of {count}: {first / count:.1%} the first, {shown / count:.1%} with others so near in "
        f"{more / count:.1%}"
    )


if __name__ == "__main__":
    main()
