"""The advisory locks of PostgreSQL, all in one place: two that share a number would wait for each other."""

from __future__ import annotations

from enum import IntEnum, unique


@unique
class Lock(IntEnum):
    """What one of several processes does at a time. The numbers are any that nobody else uses."""

    MIGRATING = 7_316_204  # two processes that start at once migrate one after the other
    SENDING = 7_316_205  # held by the one that sends, as long as it lives
    RECORDING = 7_316_206  # records are appended one after the other
    WATCHING = 7_316_207  # one makes a round
    SWEEPING = 7_316_208  # one erases
