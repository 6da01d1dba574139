"""Records can be added to and read, not changed, deleted or emptied: the database itself refuses."""

from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Bring the schema forward."""
    if op.get_bind().dialect.name == "postgresql":
        op.execute(
            "CREATE FUNCTION records_are_kept() RETURNS trigger LANGUAGE plpgsql AS "
            "$$ BEGIN RAISE EXCEPTION 'records are only added to'; END $$"
        )
        op.execute(
            "CREATE TRIGGER records_are_kept BEFORE UPDATE OR DELETE OR TRUNCATE ON records "
            "FOR EACH STATEMENT EXECUTE FUNCTION records_are_kept()"
        )
        return
    for event in ("UPDATE", "DELETE"):
        op.execute(
            f"CREATE TRIGGER records_are_kept_from_{event.lower()} BEFORE {event} ON records "
            "BEGIN SELECT RAISE(ABORT, 'records are only added to'); END"
        )


def downgrade() -> None:
    """Take it back."""
    if op.get_bind().dialect.name == "postgresql":
        op.execute("DROP TRIGGER records_are_kept ON records")
        op.execute("DROP FUNCTION records_are_kept()")
        return
    for event in ("update", "delete"):
        op.execute(f"DROP TRIGGER records_are_kept_from_{event}")
