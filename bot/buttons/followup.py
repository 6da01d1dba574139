"""Buttons of the question whether help came."""

from __future__ import annotations

from uuid import UUID

from aiogram.filters.callback_data import CallbackData


class FollowedUp(CallbackData, prefix="fu"):
    """What the person says about the help they asked for."""

    said: str
    referral: UUID
