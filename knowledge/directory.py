"""Organisations asked for by name: "Korys", "Caritas", "Pastogė", also inflected and misspelt."""

from __future__ import annotations

from collections.abc import Mapping

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

    def named(self, text: str) -> tuple[str, ...]:
        """The organisations that a text names; none when it says more than a name."""
        words = [word for word in folded_words(text) if word not in FILLERS and len(word) >= SHORT]
        found: set[str] | None = None
        told_apart = False
        for word in words:
            meant = {known for known in self._holders if _is_form_of(word, known)}
            holders = {provider for known in meant for provider in self._holders[known]}
            if not holders:
                return ()
            told_apart = told_apart or len(holders) <= COMMON
            found = holders if found is None else found & holders
        return tuple(sorted(found)) if found and told_apart and len(found) <= MOST else ()


def _is_form_of(word: str, name: str) -> bool:
    """The same word: whole, with another ending, or with a slip."""
    if word == name:
        return True
    if len(name) < SHORT or abs(len(word) - len(name)) > ENDING:
        return False
    stem = max(SHORT, len(name) - ENDING + 1)
    if len(name) > SHORT and word[:stem] == name[:stem]:
        return True
    slips = 2 if min(len(word), len(name)) >= LONG else 1
    return len(word) > SHORT and OSA.distance(word, name, score_cutoff=slips) <= slips
