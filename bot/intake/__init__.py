"""The durable inbox's edge: a raw update is stored first, confirmed to Telegram second, handled third.

May import `referrals.storage`, `bot.courier` (for the direct path of /sos) and aiogram.
"""
