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
