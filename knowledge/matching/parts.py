"""Several questions in one message, told apart: each with what was said before it."""

from __future__ import annotations

import re

MOST = 3  # more answers at once are not read
SHORTEST = 2  # words: "right?" is no question of its own
QUESTION_END = re.compile(r"\?+\s*|\n+\s*")
AND_ALSO = re.compile(
    r"[,.;]?\s+(?:ir dar|o dar|taip pat|dar klausimas|kitas klausimas|and also|also,|another question|"
    r"one more thing|і ще|а ще|й ще|також|ще питання|и еще|и ещё|а еще|а ещё|еще вопрос|ещё вопрос)\s+",
    re.IGNORECASE,
)


def parts_of(text: str) -> list[str]:
    """The questions of a text, at most three; one alone where it does not ask several things."""
    pieces = [
        piece.strip()
        for part in QUESTION_END.split(text)
        for piece in AND_ALSO.split(part)
        if len(piece.split()) >= SHORTEST
    ]
    return pieces[:MOST] if len(pieces) > 1 else [text]
