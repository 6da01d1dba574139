"""What a careful editor would notice: facts without a place, languages that drift, titles used twice."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from pathlib import Path

import yaml

from knowledge.entry import LANGUAGES, Entry, Opening
from knowledge.entry import Path as ValuePath
from knowledge.facts import PLACEHOLDER
from knowledge.library import Library
from knowledge.loading import Loader, Mistake, line_of, mistake_in
from knowledge.matching.normalise import key, plain, words
from knowledge.spelling import Speller

SUMMARY_WORDS = 60
TITLE_SIGNS = 60
NAME_SIGNS = 32
LONG_SENTENCE = {"lt": 22, "en": 26, "uk": 24}  # words; plain language asks for 20, names take more
QUESTIONS = 8  # an entry and language: below this the search is blind
SOON = timedelta(days=30)
DIGITS = re.compile(r"\d")
ALLOWED_DIGITS = re.compile(r"\b112\b|24/7")  # the emergency number is also a name
PAST_WORDS = re.compile(r"\binvalid|\bneįgali(?:eji|ųjų|esiems)\b|інвалід(?!н)", re.IGNORECASE)
OLD_PREFIX = "8"  # numbers are printed with 0 now; what is still printed with 8 cannot be dialled
KINDS: dict[str, tuple[type, ...]] = {  # what a value of the unit is; of all other units a number
    "date": (date,),
    "phone": (str,),
    "email": (str,),
    "web": (str,),
    "form": (str,),
    "address": (str,),
    "hours-open": (str, Opening),
}
NAMES = ("title", "name")  # a number may be part of how a thing is called
SENTENCE = re.compile(r"[.!?…]+\s+|\n")
PlainWords = dict[str, tuple[re.Pattern[str], dict[str, str]]]


def check(library: Library, today: date, *, speller: Speller | None = None) -> Iterator[Mistake]:
    """Every mistake and note, entry by entry; spelling only where there is somebody who knows it."""
    yield from _shared(library)
    plain_words = _plain_words(library.content.folder / "plain.yaml")
    seen_titles: dict[tuple[str, str], str] = {}
    seen_questions: dict[tuple[str, str], str] = {}
    for entry in library.entries:
        page = _Page(library, entry)
        yield from page.sources()
        yield from page.values()
        yield from page.placeholders()
        yield from page.texts(plain_words)
        yield from page.spelling(speller)
        yield from page.ids()
        yield from page.history()
        yield from page.twice(seen_titles, seen_questions)
        yield from page.expiring(today)


def _shared(library: Library) -> Iterator[Mistake]:
    """What entries lean on: base amounts, helplines and organisations, each with a source that is known."""
    content = library.content
    leaning: list[tuple[str, str, Iterable[str]]] = [
        *(("amounts.yaml", name, [each.source]) for name, each in content.amounts.items()),
        *(("helplines.yaml", name, [each.source]) for name, each in content.helplines.items()),
        *(
            ("providers.yaml", name, [*each.source, *(contact.source for contact in each.contacts)])
            for name, each in content.providers.items()
        ),
    ]
    for file, name, sources in leaning:
        for source in sources:
            if source not in content.sources:
                yield mistake_in(content.folder / file, f"no source {source!r}", name)
    for name, helpline in content.helplines.items():
        if helpline.number.startswith(OLD_PREFIX):
            file_ = content.folder / "helplines.yaml"
            yield mistake_in(file_, "a number with the old 8 cannot be dialled", name)


def _plain_words(file: Path) -> PlainWords:
    """Of each language: a pattern of the words of offices, and the plain word for each."""
    rows: dict[str, dict[str, str]] = yaml.safe_load(file.read_text("utf-8"))
    return {
        language: (re.compile(r"\b(" + "|".join(map(re.escape, words)) + ")", re.IGNORECASE), words)
        for language, words in rows.items()
    }


class _Page:
    """One entry's file, and the mistakes in it."""

    def __init__(self, library: Library, entry: Entry) -> None:
        self._library = library
        self._entry = entry
        self._file: Path = library.content.folder / "entries" / f"{entry.id}.yaml"
        self._root: yaml.Node | None = None

    def _mistake(self, text: str, *path: str | int, is_error: bool = True) -> Mistake:
        if self._root is None:
            self._root = yaml.compose(self._file.read_text("utf-8"), Loader=Loader)
        return Mistake(self._file, line_of(self._root, path), text, is_error)

    def sources(self) -> Iterator[Mistake]:
        """Every fact and line names a source that is known."""
        known = self._library.content.sources
        for name, fact in self._entry.facts.items():
            if (fact.value is None) == (fact.derived is None):
                yield self._mistake(f"fact {name!r} needs a value or what it derives from", "facts", name)
            if fact.derived is not None and fact.derived.base not in self._library.content.amounts:
                yield self._mistake(f"no base amount {fact.derived.base!r}", "facts", name, "derived")
            if fact.source not in known:
                yield self._mistake(f"no source {fact.source!r}", "facts", name, "source")
            if not fact.locator:
                yield self._mistake(f"fact {name!r} has no locator", "facts", name)
        for path, line in self._entry.lines():
            for source in line.sources:
                if source not in known:
                    yield self._mistake(f"no source {source!r}", *path, "from")
            if line.sources and line.as_of is None:
                yield self._mistake("a line with a source needs its date (as_of)", *path)

    def values(self) -> Iterator[Mistake]:
        """A value fits its unit, or the sentence around it would be wrong in some language."""
        for name, fact in self._entry.facts.items():
            parts = fact.value if isinstance(fact.value, tuple) else (fact.value,)
            wanted = KINDS.get(fact.unit, (int, float))
            if fact.derived is None and not all(isinstance(part, wanted) for part in parts):
                yield self._mistake(f"{fact.value!r} is no {fact.unit}", "facts", name, "value")
            if fact.unit == "phone" and str(fact.value).startswith(OLD_PREFIX):
                yield self._mistake("a number with the old 8 cannot be dialled", "facts", name, "value")

    def placeholders(self) -> Iterator[Mistake]:
        """Each exists, stands equally in all languages, and no fact is left over."""
        used: set[str] = set()
        for path, line in self._entry.lines():
            found = {language: _placeholders(line[language]) for language in LANGUAGES}
            used.update(name for names in found.values() for name in names)
            for name in sorted({each for names in found.values() for each in names}):
                if name not in self._entry.facts:
                    yield self._mistake(f"no fact {name!r}", *path)
            if len({frozenset(names) for names in found.values()}) > 1:
                yield self._mistake(f"the languages show different facts: {found}", *path)
        for name in sorted(set(_placeholders(self._entry.summary.en))):
            if name in self._entry.facts and self._entry.facts[name].publishable is not True:
                yield self._mistake(f"the summary would vanish with fact {name!r}", "summary")
        for name in sorted(set(self._entry.facts) - used):
            yield self._mistake(f"fact {name!r} is shown nowhere", "facts", name, is_error=False)

    def texts(self, plain_words: PlainWords) -> Iterator[Mistake]:
        """Short, plain, without typed numbers and without words of the past."""
        entry = self._entry
        for language in LANGUAGES:
            if len(entry.summary[language].split()) > SUMMARY_WORDS:
                yield self._mistake(f"more than {SUMMARY_WORDS} words", "summary", language)
            if len(entry.title[language]) > TITLE_SIGNS:
                yield self._mistake(f"longer than {TITLE_SIGNS} signs", "title", language)
            if len(entry.short_name(language)) > NAME_SIGNS:
                yield self._mistake(f"the name is longer than {NAME_SIGNS} signs", "title", language)
            if len(getattr(entry.questions, language)) < QUESTIONS:
                yield self._mistake(f"fewer than {QUESTIONS} questions", "questions", language)
        for path, texts in entry.texts():
            for language in LANGUAGES:
                yield from self._text(texts[language], (*path, language))
                pattern, instead = plain_words[language]
                for found in pattern.findall(texts[language]):
                    plainer = instead[found.lower()]
                    yield self._mistake(f"{found!r}: say {plainer!r}", *path, language)

    def spelling(self, speller: Speller | None) -> Iterator[Mistake]:
        """Every word is known, in every language."""
        for path, texts in self._entry.texts() if speller else ():
            for language in LANGUAGES:
                for word in speller.unknown(texts[language], language) if speller else ():
                    yield self._mistake(f"{word!r} is misspelt, or missing in words.yaml", *path, language)

    def history(self) -> Iterator[Mistake]:
        """What was superseded names the fact that stands now, and says when and why."""
        for number, past in enumerate(self._entry.history):
            if past.fact not in self._entry.facts:
                yield self._mistake(f"no fact {past.fact!r}", "history", number)
            if past.until is None or not past.why:
                yield self._mistake("a superseded value needs `until` and `why`", "history", number)

    def _text(self, text: str, path: ValuePath) -> Iterator[Mistake]:
        bare = ALLOWED_DIGITS.sub("", PLACEHOLDER.sub("", text))
        if DIGITS.search(bare) and path[0] not in NAMES:
            yield self._mistake("a number is typed; show it as a fact", *path)
        if "{" in bare or "}" in bare:
            yield self._mistake("a brace that belongs to no placeholder", *path)
        if PAST_WORDS.search(text):
            yield self._mistake("a word of the past for a person", *path)
        longest = max((len(part.split()) for part in SENTENCE.split(text)), default=0)
        if longest > LONG_SENTENCE[str(path[-1])]:
            yield self._mistake(f"a sentence of {longest} words", *path)

    def ids(self) -> Iterator[Mistake]:
        """Providers are known; entries that are named are there or still to come."""
        content = self._library.content
        for provider in self._entry.providers:
            if provider not in content.providers:
                yield self._mistake(f"no provider {provider!r}", "providers")
        for topic in self._entry.topics:
            if topic not in content.topics:
                yield self._mistake(f"no topic {topic!r}", "topics")
        for other in (*self._entry.related, *self._entry.confused_with):
            if other == self._entry.id:
                yield self._mistake("related to itself", "related")
            elif other not in content.entries:
                yield self._mistake(f"no entry {other!r} yet", "related", is_error=False)

    def twice(
        self, titles: dict[tuple[str, str], str], questions: dict[tuple[str, str], str]
    ) -> Iterator[Mistake]:
        """No two entries share a title or a question."""
        for language in LANGUAGES:
            yield from self._claim(titles, language, [self._entry.title[language]], "title")
            asked = getattr(self._entry.questions, language)
            yield from self._claim(questions, language, asked, "questions")

    def _claim(
        self, taken: dict[tuple[str, str], str], language: str, texts: Iterable[str], what: str
    ) -> Iterator[Mistake]:
        for text in texts:
            folded = " ".join(key(word) for word in words(plain(text)))
            owner = taken.setdefault((language, folded), self._entry.id)
            if owner != self._entry.id:
                yield self._mistake(f"{text!r} also belongs to {owner}", what, language)

    def expiring(self, today: date) -> Iterator[Mistake]:
        """What has to be looked at soon."""
        for name, fact in self._entry.facts.items():
            if today <= fact.review_by < today + SOON:
                yield self._mistake(
                    f"fact {name!r} is good until {fact.review_by}", "facts", name, is_error=False
                )


def _placeholders(text: str) -> list[str]:
    return [match[1] for match in PLACEHOLDER.finditer(text)]
