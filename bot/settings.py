"""The only reader of the environment. Every variable begins with `ATRAMA_`."""

from __future__ import annotations

import os
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path

from referrals.hours import Hours, HoursError
from referrals.register import Period, PeriodError, default_periods

TELEGRAM = "https://api.telegram.org"
SECRET = re.compile(r"[A-Za-z0-9_-]{16,256}")  # Telegram's alphabet; 16 signs is the least that is no guess


KEEP = "ATRAMA_KEEP_"


class LegalBasis(StrEnum):
    """On what the controller stands when it keeps people's data (GDPR articles 6 and 9)."""

    PUBLIC_TASK = "public-task"
    CONSENT = "consent"


class SettingsError(Exception):
    """A variable is missing or cannot be read; the message says which and what is expected."""


@dataclass(frozen=True)
class DeskChats:
    """Which group a referral of an area is shown to."""

    by_area: Mapping[str, int] = field(default_factory=dict)
    for_all: int | None = None

    def find(self, area: str | None) -> int | None:
        """The desk of an area; a referral without one goes to the desk that serves all, if there is one."""
        return self.for_all if area is None else self.by_area.get(area, self.for_all)


@dataclass(frozen=True)
class Privacy:
    """What the controller says of people's data: who it is, on what basis, how long it is kept."""

    controller: str | None = None
    dpo: str | None = None
    basis: LegalBasis = LegalBasis.CONSENT
    periods: Mapping[str, Period] = field(default_factory=default_periods)


@dataclass(frozen=True)
class Settings:
    """Everything that can be configured."""

    bot_token: str | None = field(default=None, repr=False)
    telegram_api: str = TELEGRAM
    data_dir: Path = Path(".var")
    database_url: str | None = field(default=None, repr=False)
    keys: str | None = field(default=None, repr=False)
    desk_chats: DeskChats = field(default_factory=DeskChats)
    coordinators: tuple[int, ...] = ()
    webhook_url: str | None = None
    webhook_secret: str | None = field(default=None, repr=False)
    webhook_listen: tuple[str, int] = ("127.0.0.1", 8080)
    playground_port: int = 8642
    hours: Hours = field(default_factory=Hours)
    privacy: Privacy = field(default_factory=Privacy)

    @property
    def database(self) -> str:
        """The address of the database; by default a SQLite file in the data directory."""
        return self.database_url or f"sqlite:///{self.data_dir.resolve() / 'atrama.db'}"

    @property
    def is_embedded(self) -> bool:
        """Whether the database is the default file, for which keys may be made on first start."""
        return self.database_url is None


def read_settings(env: Mapping[str, str]) -> Settings:
    """Read and check the environment. Raises SettingsError."""
    webhook_url = env.get("ATRAMA_WEBHOOK_URL") or None
    secret = env.get("ATRAMA_WEBHOOK_SECRET") or None
    if webhook_url and not webhook_url.startswith("https://") and not _is_loopback(webhook_url):
        raise SettingsError("ATRAMA_WEBHOOK_URL begins with https://")
    if webhook_url and (secret is None or not SECRET.fullmatch(secret)):
        raise SettingsError(
            "ATRAMA_WEBHOOK_URL needs ATRAMA_WEBHOOK_SECRET: 16 to 256 letters, digits, _ or -"
        )
    return Settings(
        bot_token=env.get("ATRAMA_BOT_TOKEN") or None,
        telegram_api=env.get("ATRAMA_TELEGRAM_API") or TELEGRAM,
        data_dir=Path(env.get("ATRAMA_DATA_DIR") or ".var"),
        database_url=env.get("ATRAMA_DATABASE_URL") or None,
        keys=env.get("ATRAMA_KEYS") or None,
        desk_chats=_desk_chats(env.get("ATRAMA_DESK_CHATS", "")),
        coordinators=tuple(
            _number(part, "ATRAMA_COORDINATORS") for part in _parts(env.get("ATRAMA_COORDINATORS", ""))
        ),
        webhook_url=webhook_url,
        webhook_secret=secret,
        webhook_listen=_listen(env.get("ATRAMA_WEBHOOK_LISTEN") or "127.0.0.1:8080"),
        playground_port=_number(env.get("ATRAMA_PLAYGROUND_PORT") or "8642", "ATRAMA_PLAYGROUND_PORT"),
        hours=_hours(env.get("ATRAMA_DESK_HOURS", "")),
        privacy=_privacy(env),
    )


def settings_of_environment() -> Settings:
    """The settings this process was started with. Raises SettingsError."""
    return read_settings(os.environ)


def _parts(text: str) -> list[str]:
    return text.replace(",", " ").split()


def _number(text: str, name: str) -> int:
    try:
        return int(text)
    except ValueError:
        raise SettingsError(f"{name} holds numbers, not {text!r}") from None


def _desk_chats(text: str) -> DeskChats:
    by_area: dict[str, int] = {}
    for_all: int | None = None
    for part in _parts(text):
        area, is_pair, chat = part.rpartition("=")
        if is_pair:
            by_area[area] = _number(chat, "ATRAMA_DESK_CHATS")
        else:
            for_all = _number(part, "ATRAMA_DESK_CHATS")
    return DeskChats(by_area, for_all)


def _hours(text: str) -> Hours:
    try:
        return Hours.parse(text)
    except HoursError as error:
        raise SettingsError(f"ATRAMA_DESK_HOURS: {error}") from None


def _privacy(env: Mapping[str, str]) -> Privacy:
    text = env.get("ATRAMA_LEGAL_BASIS") or LegalBasis.CONSENT
    try:
        basis = LegalBasis(text)
    except ValueError:
        raise SettingsError(f"ATRAMA_LEGAL_BASIS is one of {', '.join(LegalBasis)}, not {text!r}") from None
    return Privacy(
        controller=env.get("ATRAMA_CONTROLLER") or None,
        dpo=env.get("ATRAMA_DPO") or None,
        basis=basis,
        periods=_periods(env),
    )


def _periods(env: Mapping[str, str]) -> Mapping[str, Period]:
    """The register's periods, with those that the controller has set."""
    periods = dict(default_periods())
    for variable in (name for name, value in env.items() if name.startswith(KEEP) and value):
        name = variable.removeprefix(KEEP).lower()
        if name not in periods:
            raise SettingsError(f"{variable} names no period; there are {', '.join(periods)}")
        try:
            periods[name] = Period.parse(env[variable])
        except PeriodError as error:
            raise SettingsError(f"{variable}: {error}") from None
    return periods


def _listen(text: str) -> tuple[str, int]:
    host, _, port = text.rpartition(":")
    return host or "127.0.0.1", _number(port, "ATRAMA_WEBHOOK_LISTEN")


def _is_loopback(url: str) -> bool:
    return url.startswith(("http://127.0.0.1:", "http://localhost:"))
