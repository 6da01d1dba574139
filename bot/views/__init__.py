"""Pure views: facts in, a Screen out, no waiting. The only home of `_()` and `ngettext()`.

May import aiogram's formatting, `knowledge` and `referrals`; never storage, a session or a handler.
"""
