"""A code is sixteen random digits, read as people copy it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from referrals.receipt import in_groups, new_code, read_code


def test_codes_differ_and_use_every_digit() -> None:
    codes = {new_code() for _ in range(500)}

    assert len(codes) == 500
    assert set("".join(codes)) == set("0123456789")
    assert {len(each) for each in codes} == {16}


@given(st.text("0123456789", min_size=16, max_size=16))
def test_a_code_is_read_back_from_its_groups(code: str) -> None:
    shown = in_groups(code)

    assert [len(part) for part in shown.split()] == [4, 4, 4, 4]
    assert read_code(shown) == read_code(shown.replace(" ", "-")) == read_code(f" {code}\n") == code


@pytest.mark.parametrize("text", ["", "1234", "1" * 15, "1" * 17, "123456789012345x", "²" * 16, "٣" * 16])
def test_nothing_else_is_a_code(text: str) -> None:
    assert read_code(text) is None
