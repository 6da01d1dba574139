"""Tests: conversations through the app's own builder first, units and properties under them."""
