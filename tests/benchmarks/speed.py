"""Latency, build time and memory of every way to find, at 168 entries and at made-up 1,000 and 10,000.

Made-up entries are real ones in which three of four long words are replaced: a stress, not reality.
"""

from __future__ import annotations

import random
import resource
from collections.abc import Callable, Sequence
from time import perf_counter

from knowledge.entry import LANGUAGES
from knowledge.library import Library
from knowledge.matching.matcher import Matcher
from knowledge.matching.rank import Document
from tests.benchmarks.peers import peers

SIZES = (168, 1_000, 10_000)
ASKED = 200  # questions timed a size; slow peers get fewer
SLOW = {"rapidfuzz WRatio", "rapidfuzz token_set_ratio", "scikit-learn char TF-IDF"}
LETTERS = "abdegiklmnoprstuvz"


def speed(library: Library, questions: Sequence[str]) -> None:
    """Print one row a way and size."""
    print("\n| entries | way | median ms | p99 ms | build s | memory +MB |\n|---|---|---|---|---|---|")
    for size in SIZES:
        documents = made_up(library.matcher.ranker.documents, size)
        texts = {
            each.entry_id: [" ".join(text) for language in LANGUAGES for text in each.asked[language]]
            for each in documents
        }
        own = library.matcher
        _row("**Atrama**", size, lambda documents=documents, own=own: _own(documents, own), questions)  # type: ignore[misc]
        for name, build in peers(texts).items():
            if size < SIZES[-1] or name not in SLOW:
                _row(name, size, build, questions)


def _own(documents: Sequence[Document], own: Matcher) -> Callable[[str], object]:
    matcher = Matcher(documents, lexicon=own.ranker.lexicon, guess=own.guess, places=own.places)
    return lambda question: matcher.match(question, area=None, chosen=None)


def _row(
    name: str, size: int, build: Callable[[], Callable[[str], object]], questions: Sequence[str]
) -> None:
    before, began = _memory(), perf_counter()
    find = build()
    built = perf_counter() - began
    asked = random.Random(1).sample(
        list(questions), min(len(questions), ASKED // 4 if name in SLOW else ASKED)
    )
    find(asked[0])
    times = sorted(_timed(find, question) for question in asked)
    median, p99 = times[len(times) // 2], times[int(len(times) * 0.99)]
    print(
        f"| {size} | {name} | {median:.2f} | {p99:.2f} | {built:.1f} | {_memory() - before:.0f} |", flush=True
    )


def _timed(find: Callable[[str], object], question: str) -> float:
    began = perf_counter()
    find(question)
    return (perf_counter() - began) * 1000


def _memory() -> float:
    """The most this process has taken so far, in MB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def made_up(documents: Sequence[Document], size: int) -> list[Document]:
    """The documents, and made-up ones up to a size."""
    chance = random.Random(7)
    found = list(documents)
    while len(found) < size:
        model = documents[len(found) % len(documents)]
        new = {word: _word(chance) for texts in model.asked.values() for text in texts for word in text}

        def said(text: tuple[str, ...], new: dict[str, str] = new) -> tuple[str, ...]:
            return tuple(new[word] if len(word) > 3 and chance.random() < 0.75 else word for word in text)

        asked = {language: tuple(map(said, texts)) for language, texts in model.asked.items()}
        told = {
            language: tuple(new.get(word, word) for word in words) for language, words in model.told.items()
        }
        found.append(
            Document(f"made-up-{len(found)}", asked, told, model.areas, is_redirect=False, is_context=False)
        )
    return found[:size]


def _word(chance: random.Random) -> str:
    return "".join(chance.choice(LETTERS) for _letter in range(chance.randint(4, 10)))
