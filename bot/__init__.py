"""Telegram: turns updates into calls, and results into screens. May import everything; nothing imports it."""
