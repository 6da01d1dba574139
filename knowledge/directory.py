"""Organisations asked for by name: "Korys", "Caritas", "Pastogė", also inflected and misspelt."""

from __future__ import annotations

from collections.abc import Mapping

from rapidfuzz import process
from rapidfuzz.distance import OSA

from knowledge.entry import Provider
from knowledge.matching.normalise import folded_words

SHORT = 4  # letters: shorter words name nothing by themselves
LONG = 8  # from here on two slips are forgiven
ENDING = 3  # letters that an inflected form may have more or other
MOST = 3  # more organisations than this were not meant by name
COMMON = 4  # a word in more names than this tells no organisation from another

# What stands around a name in a question and names nothing itself.
FILLERS = frozenset(
    folded_words(
        "adresas telefonas kontaktai numeris svetainė kaunas kaune kauno jonava jonavoje jonavos kur yra "
        "kas kaip koks kokie ką veikia daro darbo laikas susisiekti skambinti padeda organizacija "
        "address phone contacts contact number website where what who how does hours tell about help "
        "адреса телефон контакти номер сайт каунас каунасі йонава йонаві де що хто як є про організація "
        "години зв'язатися подзвонити где адрес контакты что"
    )
)


class Directory:
    """Names of organisations, word by word."""

    def __init__(self, providers: Mapping[str, Provider]) -> None:
        named = {
            provider_id: {word for name in (each.name, *each.also_named) for word in folded_words(name)}
            for provider_id, each in providers.items()
        }
        holders: dict[str, set[str]] = {}
        for provider_id, words in named.items():
            for word in words:
                holders.setdefault(word, set()).add(provider_id)
        self._holders = holders
        self._known = [known for known in holders if len(known) >= SHORT]
        self._by_stem: dict[str, list[str]] = {}
        for known in self._known:
            if len(known) > SHORT:
                self._by_stem.setdefault(known[: _stem(known)], []).append(known)

    def named(self, text: str) -> tuple[str, ...]:
        """The organisations that a text names; none when it says more than a name."""
        words = [word for word in folded_words(text) if word not in FILLERS and len(word) >= SHORT]
        found: set[str] | None = None
        told_apart = False
        for word in words:
            meant = self._forms(word)
            holders = {provider for known in meant for provider in self._holders[known]}
            if not holders:
                return ()
            told_apart = told_apart or len(holders) <= COMMON
            found = holders if found is None else found & holders
        return tuple(sorted(found)) if found and told_apart and len(found) <= MOST else ()

    def _forms(self, word: str) -> set[str]:
        """The known words that this one is: whole, with another ending, or with a slip."""
        stems = (word[:size] for size in range(SHORT, len(word) + 1))
        found = {known for stem in stems for known in self._by_stem.get(stem, ()) if _is_near(word, known)}
        if word in self._holders:
            found.add(word)
        if len(word) > SHORT and self._known:
            slips = process.cdist([word], self._known, scorer=OSA.distance, score_cutoff=2)[0]
            found |= {
                known
                for known, slip in zip(self._known, slips.tolist(), strict=True)
                if slip <= (2 if min(len(word), len(known)) >= LONG else 1) and _is_near(word, known)
            }
        return found


def _stem(name: str) -> int:
    """How many letters of a name its forms share."""
    return max(SHORT, len(name) - ENDING + 1)


def _is_near(word: str, name: str) -> bool:
    return abs(len(word) - len(name)) <= ENDING
