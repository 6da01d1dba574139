"""Other ways to find, each fed the same texts: names, example questions, summaries in every language."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Mapping, Sequence

import bm25s
import numpy as np
import tantivy
from rapidfuzz import fuzz, process
from sklearn.feature_extraction.text import TfidfVectorizer

from knowledge.matching.normalise import folded_words, plain

Texts = Mapping[str, Sequence[str]]  # of each entry its texts in all languages
Find = Callable[[str], list[str]]  # the best entries, best first
MOST = 10


def peers(texts: Texts) -> dict[str, Callable[[], Find]]:
    """Each peer's builder by name."""
    return {
        "rapidfuzz WRatio": lambda: _fuzzy(texts, fuzz.WRatio),
        "rapidfuzz token_set_ratio": lambda: _fuzzy(texts, fuzz.token_set_ratio),
        "SQLite FTS5 trigram": lambda: _fts5(texts),
        "bm25s": lambda: _bm25s(texts),
        "tantivy": lambda: _tantivy(texts),
        "scikit-learn char TF-IDF": lambda: _tfidf(texts),
    }


def _fuzzy(texts: Texts, scorer: Callable[..., float]) -> Find:
    owners = [entry for entry, each in texts.items() for _text in each]
    choices = [plain(text) for each in texts.values() for text in each]

    def find(question: str) -> list[str]:
        found = process.extract(plain(question), choices, scorer=scorer, limit=MOST * 3)
        return list(dict.fromkeys(owners[at] for _text, _score, at in found))

    return find


def _fts5(texts: Texts) -> Find:
    base = sqlite3.connect(":memory:")
    base.execute("CREATE VIRTUAL TABLE entries USING fts5(id UNINDEXED, body, tokenize='trigram')")
    base.executemany(
        "INSERT INTO entries VALUES (?, ?)",
        [(entry, " \n ".join(map(plain, each))) for entry, each in texts.items()],
    )

    def find(question: str) -> list[str]:
        words = [word for word in plain(question).replace('"', " ").split() if len(word) > 2]
        runs = {word[at : at + 3] for word in words for at in range(len(word) - 2)}
        if not runs:
            return []
        query = " OR ".join(f'"{run}"' for run in sorted(runs))
        rows = base.execute(
            "SELECT id FROM entries WHERE entries MATCH ? ORDER BY rank LIMIT ?", (query, MOST)
        )
        return [row[0] for row in rows]

    return find


def _bm25s(texts: Texts) -> Find:
    ids = list(texts)
    index = bm25s.BM25()
    index.index([folded_words(" ".join(each)) for each in texts.values()], show_progress=False)

    def find(question: str) -> list[str]:
        words = [word for word in folded_words(question) if word in index.vocab_dict]
        scores = index.get_scores(words) if words else np.zeros(len(ids))
        return [ids[at] for at in np.argsort(-scores)[:MOST] if scores[at] > 0]

    return find


def _tantivy(texts: Texts) -> Find:
    schema = tantivy.SchemaBuilder().add_text_field("id", stored=True).add_text_field("body").build()
    index = tantivy.Index(schema)
    writer = index.writer()
    for entry, each in texts.items():
        writer.add_document(tantivy.Document(id=entry, body=" ".join(folded_words(" \n ".join(each)))))
    writer.commit()
    index.reload()
    searcher = index.searcher()

    def find(question: str) -> list[str]:
        words = folded_words(question)
        if not words:
            return []
        query = index.parse_query(" ".join(words), ["body"])
        return [searcher.doc(address)["id"][0] for _score, address in searcher.search(query, MOST).hits]

    return find


def _tfidf(texts: Texts) -> Find:
    ids = list(texts)
    vectors = TfidfVectorizer(analyzer="char_wb", ngram_range=(2, 4), sublinear_tf=True)
    matrix = vectors.fit_transform(" \n ".join(map(plain, each)) for each in texts.values())

    def find(question: str) -> list[str]:
        scores = (matrix @ vectors.transform([plain(question)]).T).toarray().ravel()
        return [ids[at] for at in np.argsort(-scores)[:MOST] if scores[at] > 0]

    return find
