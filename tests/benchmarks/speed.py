"""Latency, build time and memory of every way to find, at 168 entries and at made-up 1,000 and 10,000.

Made-up entries are real ones in which three of four long words are replaced: a stress, not reality. Every way
is built and asked in a process of its own, one after the other, so that none pays for what another has taken.
Before the questions that are timed it answers a tenth as many others, as any bot has that runs for a day: a
child copies what it shares with its parent when it first touches it, and that is no part of finding.
"""

from __future__ import annotations

import gc
import multiprocessing
import random
from collections.abc import Callable, Sequence
from pathlib import Path
from time import perf_counter

from knowledge.entry import LANGUAGES
from knowledge.library import Library
from knowledge.matching.matcher import Matcher
from knowledge.matching.rank import Document
from tests.benchmarks.peers import peers

SIZES = (168, 1_000, 10_000)
ASKED = 1_000  # questions timed a way and size; slow peers get fewer
ASKED_SLOW = 50
SLOW = {"rapidfuzz WRatio", "rapidfuzz token_set_ratio", "scikit-learn char TF-IDF"}
LETTERS = "abdegiklmnoprstuvz"
Build = Callable[[], Callable[[str], object]]


def speed(library: Library, questions: Sequence[str]) -> None:
    """Print one row a way and size."""
    print("\n| entries | way | median ms | p99 ms | build s | memory +MB |\n|---|---|---|---|---|---|")
    _row(
        "**Atrama**, with the crisis gate, all entries, from the kept form",
        len(library.entries),
        _whole,
        questions,
    )
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


def _whole() -> Callable[[str], object]:
    library = Library.load()
    library.warm_up()
    return lambda question: library.find(question, area=None, language=None)


def _own(documents: Sequence[Document], own: Matcher) -> Callable[[str], object]:
    matcher = Matcher(
        documents,
        lexicon=own.ranker.lexicon,
        guess=own.guess,
        places=own.places,
        scope=own.scope,
        learned=own.ranker.learned,
        talk=own.talk,
        senses=own.senses,
    )
    return lambda question: matcher.match(question, area=None, chosen=None)


def _row(name: str, size: int, build: Build, questions: Sequence[str]) -> None:
    """Measured in a child, which has the texts without building them anew."""
    child = multiprocessing.get_context("fork").Process(target=_measured, args=(name, size, build, questions))
    child.start()
    child.join()


def _measured(name: str, size: int, build: Build, questions: Sequence[str]) -> None:
    gc.freeze()  # or looking through the parent's texts would count as memory and as time
    before, began = _memory(), perf_counter()
    find = build()
    built = perf_counter() - began
    gc.collect()
    taken = _memory() - before
    count = ASKED_SLOW if name in SLOW else ASKED
    before_them = count // 10
    asked = random.Random(1).sample(list(questions), min(len(questions), count + before_them))
    for question in asked[:before_them]:
        find(question)
    times = sorted(_timed(find, question) for question in asked[before_them:])
    median, p99 = times[len(times) // 2], times[int(len(times) * 0.99)]
    print(f"| {size} | {name} | {median:.2f} | {p99:.2f} | {built:.1f} | {taken:.0f} |", flush=True)


def _timed(find: Callable[[str], object], question: str) -> float:
    began = perf_counter()
    find(question)
    return (perf_counter() - began) * 1000


def _memory() -> float:
    """What this process holds now, in MB."""
    status = Path("/proc/self/status").read_text("ascii")
    return int(status.split("VmRSS:")[1].split()[0]) / 1024


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
        found.append(Document(f"made-up-{len(found)}", asked, model.areas))
    return found[:size]


def _word(chance: random.Random) -> str:
    return "".join(chance.choice(LETTERS) for _letter in range(chance.randint(4, 10)))
