"""Sealed cells: they open only where they stand, with their key, unchanged."""

from __future__ import annotations

import stat
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from referrals.errors import KeyUnknown, Tampered
from referrals.storage.keyring import Keyring

CELL = "referrals.details:1"


@pytest.fixture
def keyring() -> Keyring:
    return Keyring.parse(Keyring.generate())


@given(plain=st.binary(max_size=300))
def test_what_was_sealed_opens(plain: bytes) -> None:
    keyring = Keyring.parse(Keyring.generate())

    envelope = keyring.seal(plain, CELL)

    assert keyring.open(envelope, CELL) == plain


def test_a_cell_moved_to_another_row_does_not_open(keyring: Keyring) -> None:
    envelope = keyring.seal(b"need", CELL)

    with pytest.raises(Tampered):
        keyring.open(envelope, "referrals.details:2")


@pytest.mark.parametrize("position", [2, 10, 20, -1])
def test_a_flipped_byte_is_found(keyring: Keyring, position: int) -> None:
    envelope = bytearray(keyring.seal(b"need", CELL))

    envelope[position] ^= 1

    with pytest.raises((Tampered, KeyUnknown)):
        keyring.open(bytes(envelope), CELL)


@pytest.mark.parametrize("length", [0, 1, 5, 20, 40])
def test_a_cut_envelope_is_refused(keyring: Keyring, length: int) -> None:
    envelope = keyring.seal(b"need", CELL)[:length]

    with pytest.raises((Tampered, KeyUnknown)):
        keyring.open(envelope, CELL)


def test_an_old_key_still_opens_and_the_newest_seals() -> None:
    old = Keyring.parse(Keyring.generate())
    envelope = old.seal(b"need", CELL)

    both = Keyring(keys={"k2": b"2" * 32, **old.keys}, index_key=old.index_key)

    assert both.open(envelope, CELL) == b"need"
    with pytest.raises(KeyUnknown):
        old.open(both.seal(b"need", CELL), CELL)


def test_short_values_have_one_length(keyring: Keyring) -> None:
    lengths = {len(keyring.seal(b"x" * size, CELL)) for size in range(60)}

    assert len(lengths) == 1


def test_a_digest_needs_the_key(keyring: Keyring) -> None:
    other = Keyring.parse(Keyring.generate())

    assert keyring.blind("phone", "+37061234567") == keyring.blind("phone", "+37061234567")
    assert keyring.blind("phone", "+37061234567") != other.blind("phone", "+37061234567")


def test_the_key_file_is_made_once_and_is_private(tmp_path: Path) -> None:
    path = tmp_path / "keys"

    first, second = Keyring.read_or_make(path), Keyring.read_or_make(path)

    assert first == second
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_a_key_file_others_may_read_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "keys"
    Keyring.read_or_make(path)

    path.chmod(0o644)

    with pytest.raises(ValueError, match="0600"):
        Keyring.read_or_make(path)


@pytest.mark.parametrize("text", ["", "k1:AAAA", "index:AAAA k1:AAAA", "nonsense"])
def test_keys_that_are_none_are_refused(text: str) -> None:
    with pytest.raises(ValueError, match="key"):
        Keyring.parse(text)
