"""Whole conversations through the app as it is built, against a fake Telegram at the session."""
