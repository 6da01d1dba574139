"""What a person should never type into a chat: found by its check digits and made unreadable.

A Lithuanian personal code, a bank account, a card, the number of a passport or an identity card. Phones,
dates, sums and references are left as they are. Where a code is asked for, this is not called.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from datetime import date
from enum import StrEnum

HIDDEN = "•••"

Span = tuple[int, int]
Group = tuple[str, int, int]  # digits, where they begin and end

GAP = r"[ \t\u00a0\u2009\u202f\u2010-\u2015.-]"
RUN = re.compile(rf"\d+(?:{GAP}{{1,2}}\d+)*")
DIGITS = re.compile(r"\d+")

# Who lives today was born in the 20th or 21st century; the first digit tells which one.
CENTURIES = {"3": 1900, "4": 1900, "5": 2000, "6": 2000}
CODE = 11  # digits of a personal code
WEIGHTS = ((1, 2, 3, 4, 5, 6, 7, 8, 9, 1), (3, 4, 5, 6, 7, 8, 9, 1, 2, 3))

CARD = range(13, 20)  # digits of a payment card (ISO/IEC 7812)
CARD_BEGINS = frozenset("234569")  # payment and national schemes; 0, 1, 7 and 8 are no cards to pay with
CARD_GROUP = 6  # digits written together at most when they are written apart; two phones are no card
UNEVEN = ((4, 6, 5), (4, 6, 4))  # how American Express and Diners write theirs

ACCOUNT = re.compile(r"[A-Za-z]{2}[ -]?[0-9]{2}")
# The length of an account number in each country (SWIFT's IBAN registry).
COUNTRIES = (
    "AT20 BE16 BG22 BY28 CH21 CY28 CZ24 DE22 DK18 EE20 ES24 FI18 FR27 GB22 GE22 GR27 HR21 HU28 IE22 IS26 "
    "IT27 LI21 LT20 LU20 LV21 MC27 MD24 MT31 NL18 NO15 PL28 PT25 RO24 RS22 SE24 SI19 SK24 TR26 UA29"
)
ACCOUNT_LENGTHS = {each[:2]: int(each[2:]) for each in COUNTRIES.split()}

NEAR = 30  # signs between "passport" and its number, in either order
DOCUMENT = re.compile(
    r"\bpas(?:as|o|ą|ui|u|e|ai|ų|us)\b|\bpasport|\bpassport|\bпаспорт|\btapatyb|\batk\b"
    r"|\bid[ -]?(?:card|kort|карт)|\bпосвідчен|\bпосвідк|\bудостоверен|\bleidim\w* gyventi"
    r"|\bresidence permit",
    re.IGNORECASE,
)
DOCUMENT_NUMBER = re.compile(r"(?<![\w+])(?:[^\W\d_]{2}[ -]?№? ?\d{6,7}|\d{8,9})(?!\w)")
PHONE = re.compile(r"6\d{7}|(?:0[3-9]|8[3-6])\d{7}")  # Lithuanian, as it is dialled here


class Secret(StrEnum):
    """What was found."""

    ACCOUNT = "account"
    CARD = "card"
    PERSONAL_CODE = "personal-code"
    DOCUMENT = "document"


def masked(text: str) -> tuple[str, frozenset[Secret]]:
    """The text with every secret made unreadable, and what they were."""
    found = set()
    for secret, spans_of in FINDERS.items():
        for start, end in reversed(list(spans_of(text))):
            text = text[:start] + HIDDEN + text[end:]
            found.add(secret)
    return text, frozenset(found)


def _accounts(text: str) -> Iterator[Span]:
    done = 0
    for match in ACCOUNT.finditer(text):
        length = ACCOUNT_LENGTHS.get(match[0][:2].upper())
        end = None if length is None or match.start() < done else _end_of(text, match.start(), length)
        if end is not None and _is_account(text[match.start() : end]):
            yield match.start(), end
            done = end


def _end_of(text: str, start: int, length: int) -> int | None:
    """Where so many letters and digits end, gaps between them passed over."""
    pattern = re.compile(rf"[A-Za-z0-9](?:{GAP}{{0,2}}[A-Za-z0-9]){{{length - 1}}}(?![A-Za-z0-9])")
    match = pattern.match(text, start)
    return None if match is None else match.end()


def _is_account(written: str) -> bool:
    """ISO 7064, modulo 97."""
    signs = [sign for sign in written.upper() if sign.isascii() and sign.isalnum()]
    number = "".join(str(int(sign, 36)) for sign in [*signs[4:], *signs[:4]])
    return int(number) % 97 == 1


def _cards(text: str) -> Iterator[Span]:
    return _windows(text, CARD, _is_card)


def _is_card(groups: list[Group]) -> bool:
    number = _joined(groups)
    lengths = tuple(len(digits) for digits, _start, _end in groups)
    is_even = len(set(lengths[:-1])) == 1 and lengths[-1] <= lengths[0] <= CARD_GROUP
    if number[0] not in CARD_BEGINS or not (len(lengths) == 1 or is_even or lengths in UNEVEN):
        return False
    doubled = [int(digit) * (1 + at % 2) for at, digit in enumerate(reversed(number))]
    return sum(each // 10 + each % 10 for each in doubled) % 10 == 0  # Luhn


def _personal_codes(text: str) -> Iterator[Span]:
    return _windows(text, range(CODE, CODE + 1), _is_personal_code)


def _is_personal_code(groups: list[Group]) -> bool:
    code = _joined(groups)
    century = CENTURIES.get(code[0])
    if century is None or _has_date([digits for digits, _start, _end in groups]):
        return False
    if not _is_date(century + int(code[1:3]), int(code[3:5]), int(code[5:7])):
        return False
    for weights in WEIGHTS:
        rest = sum(int(digit) * weight for digit, weight in zip(code, weights, strict=False)) % 11
        if rest < 10:
            return rest == int(code[10])
    return code[10] == "0"


def _documents(text: str) -> Iterator[Span]:
    named = [match.span() for match in DOCUMENT.finditer(text)]
    for match in DOCUMENT_NUMBER.finditer(text):
        apart = (max(match.start() - end, start - match.end()) for start, end in named)
        if any(each <= NEAR for each in apart) and not _is_phone_or_day(match[0]):
            yield match.span()


def _is_phone_or_day(number: str) -> bool:
    if PHONE.fullmatch(number):
        return True
    if len(number) != 8 or not number.isdecimal():
        return False
    parts = [int(number[:4]), int(number[4:6]), int(number[6:])]
    turned = [int(number[4:]), int(number[2:4]), int(number[:2])]
    return _is_recent(*parts) or _is_recent(*turned)


def _windows(text: str, lengths: range, is_secret: Callable[[list[Group]], bool]) -> Iterator[Span]:
    """Neighbouring groups of digits that together are as long as a secret and are one."""
    for run in RUN.finditer(text):
        groups = [(each[0], each.start(), each.end()) for each in DIGITS.finditer(text, *run.span())]
        is_phone = text[: run.start()].endswith("+")
        first = 0
        while first < len(groups):
            taken = 0 if is_phone and first == 0 else _secret_at(groups, first, lengths, is_secret)
            if taken:
                yield groups[first][1], groups[first + taken - 1][2]
            first += taken or 1


def _secret_at(
    groups: list[Group], first: int, lengths: range, is_secret: Callable[[list[Group]], bool]
) -> int:
    """How many groups from the first on make the longest secret; 0 for none."""
    length, found = 0, 0
    for last in range(first, len(groups)):
        length += len(groups[last][0])
        if length >= lengths.stop:
            break
        if length in lengths and is_secret(groups[first : last + 1]):
            found = last - first + 1
    return found


def _joined(groups: list[Group]) -> str:
    """The digits, in whichever script they were typed, as our own."""
    return "".join(str(int(digit)) for digits, _start, _end in groups for digit in digits)


def _has_date(groups: list[str]) -> bool:
    """Whether three neighbouring groups read as a day, month and year."""
    for first, second, third in zip(groups, groups[1:], groups[2:], strict=False):
        if len(first) == 4 and _is_recent(int(first), int(second), int(third)):
            return True
        if len(third) == 4 and _is_recent(int(third), int(second), int(first)):
            return True
    return False


def _is_recent(year: int, month: int, day: int) -> bool:
    """Whether it is a date that somebody who lives today might write."""
    return 1900 <= year <= 2100 and _is_date(year, month, day)


def _is_date(year: int, month: int, day: int) -> bool:
    try:
        return bool(date(year, month, day))
    except ValueError:
        return False


FINDERS: dict[Secret, Callable[[str], Iterator[Span]]] = {
    Secret.ACCOUNT: _accounts,
    Secret.CARD: _cards,
    Secret.PERSONAL_CODE: _personal_codes,
    Secret.DOCUMENT: _documents,
}
