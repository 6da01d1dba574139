"""The neutral reference a person can say on the phone: `ATR-7K3M-2`. A label, never a key."""

from __future__ import annotations

import secrets

# 31 signs: no 0/O, 1/I/L to confuse. A prime, so that the weighted check below
# finds every single wrong sign and every two neighbours swapped.
ALPHABET = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"
LENGTH = 4  # 31 ** 4 = 923,521 labels; the unique column catches the rest


def new_reference() -> str:
    """A random label with its check sign. Holds a digit, so that it never reads as a word."""
    while True:
        code = "".join(secrets.choice(ALPHABET) for _ in range(LENGTH))
        if any(sign.isdigit() for sign in code):
            return f"ATR-{code}-{check_sign(code)}"


def check_sign(code: str) -> str:
    """The sign that makes the weighted sum of the four disappear modulo 31."""
    total = sum(weight * ALPHABET.index(sign) for weight, sign in enumerate(code, start=1))
    return ALPHABET[total % len(ALPHABET)]


def read_reference(text: str) -> str | None:
    """The reference that somebody typed, also without prefix or hyphens or in small letters; else None."""
    signs = "".join(sign for sign in text.upper() if not sign.isspace() and sign != "-")
    if len(signs) > LENGTH + 1:
        signs = signs.removeprefix("ATR")
    reference = f"ATR-{signs[:LENGTH]}-{signs[LENGTH:]}"
    return reference if is_reference(reference) else None


def is_reference(text: str) -> bool:
    """Whether a text is a reference whose check sign fits. Small letters are fine."""
    match text.strip().upper().split("-"):
        case ["ATR", code, check] if len(code) == LENGTH and set(code) <= set(ALPHABET):
            return check == check_sign(code)
        case _:
            return False
