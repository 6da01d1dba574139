"""The register of purposes says everything about every column, and nothing about any other."""

from __future__ import annotations

from datetime import timedelta

import pytest

from bot.settings import LegalBasis, SettingsError, read_settings
from bot.views.privacy import kept_words
from referrals.register import Period, PeriodError, read_register
from referrals.storage.sweeping import RULES
from referrals.storage.tables import metadata

REGISTER = read_register()
LINES = {(line.table, line.column): line for line in REGISTER.lines}
COLUMNS = {(table.name, column.name) for table in metadata.sorted_tables for column in table.columns}


def test_every_column_has_a_line_and_every_line_a_column() -> None:
    assert COLUMNS - set(LINES) == set()
    assert set(LINES) - COLUMNS == set()


def test_every_line_says_what_why_who_and_how_long() -> None:
    for line in REGISTER.lines:
        assert all((line.what, line.purpose, line.seen_by)), line
        assert line.basis in {"service", "consent", "duty"}, line
        assert line.keep in {*REGISTER.periods, *REGISTER.endings}, line


@pytest.mark.parametrize("key", sorted(COLUMNS), ids=".".join)
def test_what_is_sealed_or_blinded_is_personal(key: tuple[str, str]) -> None:
    assert LINES[key].personal or not key[1].endswith(("_sealed", "_blind"))


def test_every_period_of_personal_data_is_told_to_people() -> None:
    told = {line.keep for line in REGISTER.lines if line.personal and line.keep in REGISTER.periods}

    assert told <= set(kept_words())


def test_every_rule_of_the_sweep_has_its_period_in_the_register() -> None:
    assert {rule.period for rule in RULES} <= set(REGISTER.periods)


def test_what_is_kept_for_a_time_is_swept_or_said_not_to_be() -> None:
    """`deletion` is a deadline of its own; records stay, and the notice says so."""
    assert set(REGISTER.periods) - {rule.period for rule in RULES} == {"deletion", "records"}


@pytest.mark.parametrize(
    ("text", "length"),
    [
        ("1 hour", timedelta(hours=1)),
        ("24 hours", timedelta(hours=24)),
        ("90 days", timedelta(days=90)),
        ("12 months", timedelta(days=365)),
        ("24 months", timedelta(days=730)),
    ],
)
def test_a_period_is_read_as_it_is_said(text: str, length: timedelta) -> None:
    assert Period.parse(text).length == length


@pytest.mark.parametrize("text", ["", "30", "days", "0 days", "-1 days", "30 years", "1.5 days"])
def test_anything_else_is_no_period(text: str) -> None:
    with pytest.raises(PeriodError):
        Period.parse(text)


def test_the_controller_sets_its_own_periods() -> None:
    settings = read_settings({"ATRAMA_KEEP_CLOSED": "6 months", "ATRAMA_LEGAL_BASIS": "public-task"})

    assert settings.privacy.periods["closed"] == Period(6, "month")
    assert settings.privacy.periods["drafts"] == Period(24, "hour")
    assert settings.privacy.basis is LegalBasis.PUBLIC_TASK


@pytest.mark.parametrize(
    "env",
    [{"ATRAMA_KEEP_CLOSED": "long"}, {"ATRAMA_KEEP_NOTHING": "1 day"}, {"ATRAMA_LEGAL_BASIS": "because"}],
)
def test_a_setting_that_cannot_be_read_is_refused(env: dict[str, str]) -> None:
    with pytest.raises(SettingsError):
        read_settings(env)
