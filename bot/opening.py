"""Opening the store: keys, files that only their owner may read, and one writer at a time."""

from __future__ import annotations

import fcntl
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from bot.settings import Settings, SettingsError
from referrals.storage.engine import make_engine
from referrals.storage.keyring import Keyring
from referrals.storage.work import Store

KEY_FILE = "keys"
LOCK_FILE = "lock"


class AlreadyRunning(Exception):
    """Another process writes to this embedded database."""


def open_store(settings: Settings, *, read_only: bool = False) -> Store:
    """The store the settings name. Raises SettingsError when keys are missing or cannot be read."""
    settings.data_dir.mkdir(parents=True, exist_ok=True)
    try:
        engine = make_engine(settings.database, read_only=read_only)
    except ValueError as error:
        raise SettingsError(f"ATRAMA_DATABASE_URL: {error}") from None
    return Store(engine, read_keys(settings))


def read_keys(settings: Settings) -> Keyring:
    """The keys from the settings, or from the file beside the embedded database. Raises SettingsError."""
    try:
        if settings.keys is not None:
            return Keyring.parse(settings.keys)
        if settings.is_embedded:
            return Keyring.read_or_make(settings.data_dir / KEY_FILE)
    except (ValueError, OSError) as error:
        raise SettingsError(f"the keys cannot be used: {error}") from None
    raise SettingsError("ATRAMA_DATABASE_URL needs ATRAMA_KEYS")


@contextmanager
def sole_writer(settings: Settings) -> Iterator[None]:
    """Hold the embedded database for this process. Raises AlreadyRunning."""
    if not settings.database.startswith("sqlite"):
        yield
        return
    settings.data_dir.mkdir(parents=True, exist_ok=True)
    with Path(settings.data_dir / LOCK_FILE).open("w") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            raise AlreadyRunning(settings.data_dir) from None
        yield
