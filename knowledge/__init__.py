"""What we know and how it is found: entries, facts, search. No Telegram, no database.

May import the standard library and text libraries (Babel, phonenumbers, PyYAML, pydantic, rapidfuzz),
never `bot`, `referrals`, aiogram or SQLAlchemy.
"""
