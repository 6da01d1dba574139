"""The workers' side: cards in the desk's chat, cases in private, invites.

Rights are read from the database at every press (`referrals.access`); whoever has none is told nothing,
and the try is recorded.
"""
