"""Buttons of a person's own referrals."""

from __future__ import annotations

from uuid import UUID

from aiogram.filters.callback_data import CallbackData


class ShowReferral(CallbackData, prefix="r"):
    """One of the person's own referrals."""

    referral: UUID


class Withdraw(CallbackData, prefix="rw"):
    """Withdraw it."""

    referral: UUID


class WriteMessage(CallbackData, prefix="rm"):
    """Add a message for the worker."""

    referral: UUID


class ShowMessages(CallbackData, prefix="rl"):
    """What was written so far."""

    referral: UUID


class ChangeContact(CallbackData, prefix="rc"):
    """Change how to be reached."""

    referral: UUID


class MakeReceipt(CallbackData, prefix="rk"):
    """A code to come back with from another phone."""

    referral: UUID
