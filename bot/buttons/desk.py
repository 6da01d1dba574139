"""Buttons of the desk: cases and staff."""

from __future__ import annotations

from uuid import UUID

from aiogram.filters.callback_data import CallbackData


class Take(CallbackData, prefix="take"):
    """A worker takes a case from the desk's card."""

    referral: UUID


class Decide(CallbackData, prefix="c"):
    """A worker moves a case on; a reason may still have to be chosen."""

    to: str
    referral: UUID
    reason: str = ""


class ShowCase(CallbackData, prefix="case"):
    """Back to the case."""

    referral: UUID


class InviteRole(CallbackData, prefix="inv"):
    """An invite for a role and an area (empty until chosen)."""

    role: str
    area: str = ""
