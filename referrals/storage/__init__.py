"""Everything kept: one store for persons, drafts, referrals, inbox and outbox.

The only place that imports SQLAlchemy. Personal cells are sealed here (`keyring`) and nowhere else;
a row is reached through the repositories of a `UnitOfWork`, which rolls back unless it is told to commit.
"""
