"""What should not be typed into a chat is found however it is written, and nothing else is touched."""

from __future__ import annotations

import re
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from referrals.draft import read_phone
from referrals.reference import new_reference
from referrals.secrets import ACCOUNT_LENGTHS, HIDDEN, WEIGHTS, Secret, masked

GAPS = st.sampled_from(["", " ", "-"])
AROUND = st.sampled_from(
    [
        ("", ""),
        ("mano kodas ", ", padėkite"),
        ("код:", "."),
        ("(", ")"),
        ("tel. +370 612 34567, ", " 2026 m."),
    ]
)


def code_of(first: str, born: date, serial: int) -> str:
    """A personal code with its check digit."""
    body = f"{first}{born:%y%m%d}{serial:03d}"
    for weights in WEIGHTS:
        rest = sum(int(digit) * weight for digit, weight in zip(body, weights, strict=True)) % 11
        if rest < 10:
            return f"{body}{rest}"
    return f"{body}0"


@st.composite
def codes(draw: st.DrawFn) -> str:
    """Personal codes of those who live today."""
    first = draw(st.sampled_from("3456"))
    century = 1900 if first in "34" else 2000
    born = draw(st.dates(date(century, 1, 1), date(century + 99, 12, 31)))
    return code_of(first, born, draw(st.integers(0, 999)))


@st.composite
def cards(draw: st.DrawFn) -> str:
    """Card numbers with Luhn's check digit."""
    length = draw(st.integers(13, 19))
    body = draw(st.sampled_from("23456")) + "".join(
        draw(st.lists(st.sampled_from("0123456789"), min_size=length - 2, max_size=length - 2))
    )
    doubled = [int(digit) * (2 - at % 2) for at, digit in enumerate(reversed(body))]
    total = sum(each // 10 + each % 10 for each in doubled)
    return f"{body}{-total % 10}"


@st.composite
def accounts(draw: st.DrawFn) -> str:
    """IBANs of every country of the table."""
    country = draw(st.sampled_from(sorted(ACCOUNT_LENGTHS)))
    length = ACCOUNT_LENGTHS[country] - 4
    body = "".join(draw(st.lists(st.sampled_from("0123456789"), min_size=length, max_size=length)))
    number = int("".join(str(int(sign, 36)) for sign in f"{body}{country}00"))
    return f"{country}{98 - number % 97:02d}{body}"


def in_fours(text: str, gap: str) -> str:
    """As it stands on the card."""
    return gap.join(text[at : at + 4] for at in range(0, len(text), 4))


@given(codes(), GAPS, GAPS, GAPS, AROUND)
def test_a_personal_code_is_found_as_people_write_it(
    code: str, after_first: str, after_day: str, in_day: str, around: tuple[str, str]
) -> None:
    written = f"{code[0]}{after_first}{code[1:3]}{in_day}{code[3:7]}{after_day}{code[7:]}"

    text, kinds = masked(f"{around[0]}{written}{around[1]}")

    assert kinds == {Secret.PERSONAL_CODE}
    assert text == f"{around[0]}{HIDDEN}{around[1]}"


@given(codes(), st.integers(0, 9))
def test_a_wrong_check_digit_is_some_other_number(code: str, digit: int) -> None:
    wrong = f"{code[:10]}{digit}"

    assert (masked(wrong) == (wrong, frozenset())) == (wrong != code)


@given(cards(), GAPS, AROUND)
def test_a_card_is_found_as_it_is_printed(card: str, gap: str, around: tuple[str, str]) -> None:
    text, kinds = masked(f"{around[0]}{in_fours(card, gap)}{around[1]}")

    assert Secret.CARD in kinds
    assert text == f"{around[0]}{HIDDEN}{around[1]}"


@given(accounts(), GAPS, st.booleans(), AROUND)
def test_an_account_is_found_as_it_is_printed(
    account: str, gap: str, small: bool, around: tuple[str, str]
) -> None:
    written = in_fours(account.lower() if small else account, gap)

    text, kinds = masked(f"{around[0]}{written}{around[1]}")

    assert kinds == {Secret.ACCOUNT}
    assert text == f"{around[0]}{HIDDEN}{around[1]}"


@pytest.mark.parametrize(
    "written",
    [
        "pasas {}22345678{}",
        "mano paso numeris {}22345678{}",
        "passport no. {}FA123456{}",
        "{}FA 123456{} is my passport",
        "паспорт {}АА123456{}",
        "паспорт серія {}АА №123456{}",
        "ID картка {}001234567{}",
        "asmens tapatybės kortelė {}12345678{}",
        "ATK {}12345678{} pamečiau",
        "leidimas gyventi {}LT 1234567{}",
    ],
)
def test_a_document_is_found_beside_its_word(written: str) -> None:
    text, kinds = masked(written.format("", ""))

    assert kinds == {Secret.DOCUMENT}
    assert text == re.sub(r"{}.*{}", HIDDEN, written)


@given(
    st.integers(60000000, 69999999),
    st.sampled_from(["+370 {} {}", "+370{}{}", "8 {} {}", "0{}{}", "8-{}-{}"]),
)
def test_a_phone_is_left_as_it_is(number: int, form: str) -> None:
    phone = form.format(str(number)[:3], str(number)[3:])
    sentences = [phone, f"pamečiau pasą, skambinkite {phone}", f"{phone} arba {phone}", f"{phone} {phone}"]

    assert read_phone(phone) is not None
    assert [masked(each) for each in sentences] == [(each, frozenset()) for each in sentences]


@pytest.mark.parametrize(
    "phone", ["+380 50 123 45 67", "+48 501 012 345", "+44 20 7946 0958", "112", "8 37 203302"]
)
def test_a_foreign_phone_is_left_as_it_is(phone: str) -> None:
    assert masked(f"паспорт загубила, {phone}") == (f"паспорт загубила, {phone}", frozenset())


@given(st.dates(date(1900, 1, 1), date(2100, 12, 31)), st.integers(0, 999), st.sampled_from("-. "))
def test_a_date_with_a_number_beside_it_is_left_as_it_is(day: date, number: int, gap: str) -> None:
    for form in ("%Y{0}%m{0}%d", "%d{0}%m{0}%Y", "%Y%m%d"):
        text = f"pasas galioja iki {day.strftime(form.format(gap))} {number}"

        assert masked(text) == (text, frozenset())


@given(st.integers(0, 10**9), st.sampled_from(["{:,} Eur", "{} €", "€{}", "pajamos {} per mėnesį"]))
def test_a_sum_is_left_as_it_is(amount: int, form: str) -> None:
    for separator in (" ", ".", ","):
        text = form.format(amount).replace(",", separator)

        assert masked(text) == (text, frozenset())


def test_a_reference_is_left_as_it_is() -> None:
    references = [new_reference() for _ in range(200)]

    assert [masked(each) for each in references] == [(each, frozenset()) for each in references]


@given(st.text(max_size=200))
def test_nothing_is_masked_twice_and_nothing_breaks(text: str) -> None:
    hidden, kinds = masked(text)

    assert masked(hidden) == (hidden, frozenset())
    assert (hidden == text) == (not kinds)


def test_several_secrets_of_a_text_are_all_found() -> None:
    code, account = code_of("4", date(1952, 3, 14), 17), "LT60 1010 0123 4567 8901"
    text, kinds = masked(f"mano {code}, sąskaita {account}, kortelė 4111 1111 1111 1111, pasas 22345678")

    assert kinds == set(Secret)
    assert not re.search(r"\d", text)


def test_a_code_in_another_script_is_found() -> None:
    code = code_of("3", date(1985, 1, 1), 123).translate(str.maketrans("0123456789", "٠١٢٣٤٥٦٧٨٩"))

    assert masked(code) == (HIDDEN, {Secret.PERSONAL_CODE})
