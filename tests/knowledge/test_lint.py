"""The lint of the concept lexicon shows what fires."""

from __future__ import annotations

from knowledge.matching.lint import MANY, lint

ROWS = {"wheelchair": {"lt": "vežim* neįgaliojo_vežim*", "en": "wheelchair*", "uk": "візок"}}


def test_each_pattern_is_shown_with_what_it_fires_on() -> None:
    texts = [(["neigaliojo", "vezimelis"], "lt"), (["wheelchairs"], "en"), (["wheelchairs"], "lt")]

    found = {each.pattern: dict(each.words) for each in lint(ROWS, texts)}

    assert found == {
        "vežim*": {"vezimelis": 1},
        "neįgaliojo_vežim*": {"neigaliojo vezimelis": 1},
        "wheelchair*": {"wheelchairs": 1},
        "візок": {},
    }


def test_what_fires_on_nothing_or_on_much_is_doubted() -> None:
    texts = [([f"{chr(97 + at)}veži{chr(97 + at)}" for at in range(MANY + 1)], "lt")]

    found = lint({"x": {"lt": "*veži* niekas"}}, [(["".join(texts[0][0])], "lt"), *_folded(texts)])

    assert {each.pattern: each.doubt for each in found} == {"*veži*": "many", "niekas": "nothing"}


def _folded(texts: list[tuple[list[str], str]]) -> list[tuple[list[str], str]]:
    return [([word.replace("ž", "z") for word in words], language) for words, language in texts]
