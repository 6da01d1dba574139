"""A reference says when it was heard wrongly."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from referrals.reference import ALPHABET, check_sign, is_reference, new_reference

codes = st.text(ALPHABET, min_size=4, max_size=4)


def test_a_new_reference_fits_its_check_sign() -> None:
    references = {new_reference() for _ in range(500)}

    assert all(is_reference(each) for each in references)
    assert len(references) > 490


@given(code=codes, position=st.integers(0, 3), sign=st.sampled_from(ALPHABET))
def test_one_wrong_sign_is_noticed(code: str, position: int, sign: str) -> None:
    wrong = code[:position] + sign + code[position + 1 :]

    assert is_reference(f"ATR-{wrong}-{check_sign(code)}") == (wrong == code)


@given(code=codes, position=st.integers(0, 2))
def test_two_swapped_neighbours_are_noticed(code: str, position: int) -> None:
    swapped = code[:position] + code[position + 1] + code[position] + code[position + 2 :]

    assert is_reference(f"ATR-{swapped}-{check_sign(code)}") == (swapped == code)


@given(st.text(max_size=20))
def test_no_text_breaks_the_reading(text: str) -> None:
    assert is_reference(text) in {True, False}
