"""The only sender. Takes from the outbox after a commit, paces, retries, and gives up in plain sight.

May import `referrals.storage` and aiogram.
"""
