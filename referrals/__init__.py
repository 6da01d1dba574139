"""What a referral is, who may do what to it, and how it is stored. No Telegram.

May import the standard library, cryptography, holidays, phonenumbers, PyYAML, rapidfuzz, xlsxwriter and (in
`storage` only) SQLAlchemy, never `bot`, `knowledge` or aiogram: an entry is a plain `EntryId` string here.
"""
