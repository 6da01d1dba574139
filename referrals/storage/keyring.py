"""Sealing of personal cells: AES-256-GCM, bound to the cell they stand in.

Envelope: version (1 byte) | length of the key's name (1) | name | nonce (12) | ciphertext and tag.
The additional data is `table.column:row id`, so that a cell moved to another row does not open.
Plain text is padded to whole blocks: the length of a need says something about it.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import hmac
import os
import secrets
from dataclasses import dataclass
from pathlib import Path

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from referrals.errors import KeyUnknown, Tampered

VERSION = 1
NONCE = 12  # bytes, the size AES-GCM is defined for
KEY = 32  # bytes, AES-256
BLOCK = 64  # bytes: a name, a phone and an empty need all look alike
INDEX = "index"  # the name of the key that blinds look-ups; it is never rotated with the others


@dataclass(frozen=True)
class Keyring:
    """Keys by name, newest first, and the one for blind indexes."""

    keys: dict[str, bytes]
    index_key: bytes

    @classmethod
    def parse(cls, text: str) -> Keyring:
        """From `name:base64` pairs divided by commas or spaces; one of them is named `index`.

        Raises ValueError when a pair, a key's size or the index key is missing or wrong.
        """
        pairs = dict(_pair(part) for part in text.replace(",", " ").split())
        index_key = pairs.pop(INDEX, None)
        if index_key is None or not pairs:
            msg = "the keys need one named 'index' and at least one other"
            raise ValueError(msg)
        return cls(keys=pairs, index_key=index_key)

    @classmethod
    def generate(cls) -> str:
        """New keys, as text that `parse` reads."""
        return " ".join(
            f"{name}:{base64.b64encode(secrets.token_bytes(KEY)).decode()}" for name in ("k1", INDEX)
        )

    @classmethod
    def read_or_make(cls, path: Path) -> Keyring:
        """The keys of a file that only its owner may read; made on first use. Raises ValueError, OSError."""
        try:
            handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        except FileExistsError:
            if path.stat().st_mode & 0o077:
                msg = f"{path} may be read by others; it should be 0600"
                raise ValueError(msg) from None
            return cls.parse(path.read_text("ascii"))
        with os.fdopen(handle, "w", encoding="ascii") as file:
            file.write(cls.generate() + "\n")
            file.flush()
            os.fsync(file.fileno())
        return cls.parse(path.read_text("ascii"))

    def seal(self, plain: bytes, cell: str) -> bytes:
        """The envelope of a value for one cell, with the newest key."""
        name, key = next(iter(self.keys.items()))
        nonce = secrets.token_bytes(NONCE)
        padded = plain + b"\x80" + b"\0" * (-(len(plain) + 1) % BLOCK)
        sealed = AESGCM(key).encrypt(nonce, padded, cell.encode())
        label = name.encode()
        return bytes((VERSION, len(label))) + label + nonce + sealed

    def open(self, envelope: bytes, cell: str) -> bytes:
        """The value of a cell. Raises KeyUnknown, Tampered."""
        if len(envelope) < 2 or envelope[0] != VERSION:
            raise Tampered(cell)
        start = 2 + envelope[1]
        key = self.keys.get(envelope[2:start].decode(errors="replace"))
        if key is None:
            raise KeyUnknown(cell)
        try:
            padded = AESGCM(key).decrypt(
                envelope[start : start + NONCE], envelope[start + NONCE :], cell.encode()
            )
        except (InvalidTag, ValueError):
            raise Tampered(cell) from None
        return padded[: padded.rindex(b"\x80")]

    def blind(self, kind: str, value: str) -> bytes:
        """A keyed digest to look a value up by, without storing it. 32 bytes."""
        return hmac.new(self.index_key, f"{kind}:{value}".encode(), hashlib.sha256).digest()


def _pair(part: str) -> tuple[str, bytes]:
    name, _, encoded = part.partition(":")
    try:
        key = base64.b64decode(encoded, validate=True)
    except binascii.Error:
        key = b""
    if not name or len(name) > 32 or len(key) != KEY:
        msg = "a key is written name:base64, of 32 bytes"
        raise ValueError(msg)
    return name, key
