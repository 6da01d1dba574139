"""A referral in depth: its queue, messages, notes, consents, alerts, and what is kept for how long."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Bring the schema forward."""
    op.create_table(
        "anchors",
        sa.Column("day", sa.String(length=10), nullable=False),
        sa.Column("position", sa.BigInteger(), nullable=False),
        sa.Column("digest", sa.LargeBinary(length=32), nullable=False),
        sa.PrimaryKeyConstraint("day", name=op.f("pk_anchors")),
    )
    op.create_table(
        "digests",
        sa.Column("area", sa.String(length=40), nullable=False),
        sa.Column("day", sa.String(length=10), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("area", "day", name=op.f("pk_digests")),
    )
    op.create_table(
        "erasures",
        sa.Column("subject_blind", sa.LargeBinary(length=32), nullable=False),
        sa.Column("kind", sa.String(length=10), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("subject_blind", "kind", name=op.f("pk_erasures")),
    )
    op.create_table(
        "questions",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("language", sa.String(length=2), nullable=False),
        sa.Column("area", sa.String(length=40), nullable=True),
        sa.Column("decision", sa.String(length=12), nullable=False),
        sa.Column("entry_id", sa.String(length=80), nullable=True),
        sa.Column("text_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("mark", sa.String(length=12), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_questions")),
    )
    with op.batch_alter_table("questions", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_questions_at"), ["at"], unique=False)
        batch_op.create_index(batch_op.f("ix_questions_decision_at"), ["decision", "at"], unique=False)

    op.create_table(
        "tries",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("actor_blind", sa.LargeBinary(length=32), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_tries")),
    )
    with op.batch_alter_table("tries", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_tries_kind_actor_blind_at"), ["kind", "actor_blind", "at"], unique=False
        )

    op.create_table(
        "capacity",
        sa.Column("entry_id", sa.String(length=80), nullable=False),
        sa.Column("area", sa.String(length=40), nullable=False),
        sa.Column("state", sa.String(length=20), nullable=False),
        sa.Column("by_worker", sa.Uuid(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["by_worker"], ["workers.id"], name=op.f("fk_capacity_by_worker_workers")),
        sa.PrimaryKeyConstraint("entry_id", "area", name=op.f("pk_capacity")),
    )
    op.create_table(
        "deletions",
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("done_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["person_id"], ["persons.id"], name=op.f("fk_deletions_person_id_persons")),
        sa.PrimaryKeyConstraint("person_id", name=op.f("pk_deletions")),
    )
    op.create_table(
        "exports",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.String(length=10), nullable=False),
        sa.Column("area", sa.String(length=40), nullable=True),
        sa.Column("with_names", sa.Boolean(), nullable=False),
        sa.Column("asked_by", sa.Uuid(), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("confirmed_by", sa.Uuid(), nullable=True),
        sa.Column("confirmed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("done_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["asked_by"], ["workers.id"], name=op.f("fk_exports_asked_by_workers")),
        sa.ForeignKeyConstraint(
            ["confirmed_by"], ["workers.id"], name=op.f("fk_exports_confirmed_by_workers")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_exports")),
    )
    op.create_table(
        "alerts",
        sa.Column("referral_id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["referral_id"], ["referrals.id"], name=op.f("fk_alerts_referral_id_referrals")
        ),
        sa.PrimaryKeyConstraint("referral_id", "kind", "version", name=op.f("pk_alerts")),
    )
    op.create_table(
        "follow_ups",
        sa.Column("referral_id", sa.Uuid(), nullable=False),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("answer", sa.String(length=12), nullable=True),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["referral_id"], ["referrals.id"], name=op.f("fk_follow_ups_referral_id_referrals")
        ),
        sa.PrimaryKeyConstraint("referral_id", name=op.f("pk_follow_ups")),
    )
    op.create_table(
        "messages",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("referral_id", sa.Uuid(), nullable=False),
        sa.Column("by_worker", sa.Uuid(), nullable=True),
        sa.Column("template", sa.String(length=40), nullable=True),
        sa.Column("body_sealed", sa.LargeBinary(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["by_worker"], ["workers.id"], name=op.f("fk_messages_by_worker_workers")),
        sa.ForeignKeyConstraint(
            ["referral_id"], ["referrals.id"], name=op.f("fk_messages_referral_id_referrals")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_messages")),
    )
    with op.batch_alter_table("messages", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_messages_referral_id_at"), ["referral_id", "at"], unique=False)

    op.create_table(
        "notes",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("referral_id", sa.Uuid(), nullable=False),
        sa.Column("by_worker", sa.Uuid(), nullable=False),
        sa.Column("body_sealed", sa.LargeBinary(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["by_worker"], ["workers.id"], name=op.f("fk_notes_by_worker_workers")),
        sa.ForeignKeyConstraint(
            ["referral_id"], ["referrals.id"], name=op.f("fk_notes_referral_id_referrals")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_notes")),
    )
    with op.batch_alter_table("notes", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_notes_referral_id_at"), ["referral_id", "at"], unique=False)

    op.create_table(
        "onward",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("referral_id", sa.Uuid(), nullable=False),
        sa.Column("provider", sa.String(length=80), nullable=False),
        sa.Column("by_worker", sa.Uuid(), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("agreed", sa.Boolean(), nullable=True),
        sa.Column("consent_id", sa.Uuid(), nullable=True),
        sa.ForeignKeyConstraint(["by_worker"], ["workers.id"], name=op.f("fk_onward_by_worker_workers")),
        sa.ForeignKeyConstraint(["consent_id"], ["consents.id"], name=op.f("fk_onward_consent_id_consents")),
        sa.ForeignKeyConstraint(
            ["referral_id"], ["referrals.id"], name=op.f("fk_onward_referral_id_referrals")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_onward")),
    )
    with op.batch_alter_table("onward", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_onward_referral_id"), ["referral_id"], unique=False)

    op.create_table(
        "receipts",
        sa.Column("referral_id", sa.Uuid(), nullable=False),
        sa.Column("code_blind", sa.LargeBinary(length=32), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["referral_id"], ["referrals.id"], name=op.f("fk_receipts_referral_id_referrals")
        ),
        sa.PrimaryKeyConstraint("referral_id", name=op.f("pk_receipts")),
        sa.UniqueConstraint("code_blind", name=op.f("uq_receipts_code_blind")),
    )
    _add_columns()
    _fill()
    _tighten()


def _add_columns() -> None:
    with op.batch_alter_table("consents") as table:
        table.add_column(sa.Column("person_id", sa.Uuid(), nullable=True))
        table.add_column(sa.Column("withdrawn_at", sa.DateTime(timezone=True), nullable=True))
        table.alter_column("referral_id", existing_type=sa.Uuid(), nullable=True)
        table.drop_constraint("fk_consents_referral_id_referrals", type_="foreignkey")
    with op.batch_alter_table("inbox") as table:
        table.add_column(sa.Column("message_id", sa.BigInteger(), nullable=True))
    with op.batch_alter_table("records") as table:
        table.add_column(sa.Column("why", sa.String(length=30), nullable=True))
        table.add_column(sa.Column("digest", sa.LargeBinary(length=32), nullable=True))
    with op.batch_alter_table("referrals") as table:
        table.add_column(sa.Column("consent_id", sa.Uuid(), nullable=True))
        table.add_column(sa.Column("crisis", sa.String(length=20), nullable=True))
        table.add_column(sa.Column("rank", sa.Integer(), nullable=True))
        table.add_column(sa.Column("promised_by", sa.DateTime(timezone=True), nullable=True))
        table.add_column(sa.Column("is_open", sa.Boolean(), nullable=True))
        table.add_column(sa.Column("duplicate_of", sa.Uuid(), nullable=True))
        table.add_column(sa.Column("held", sa.Boolean(), server_default=sa.false(), nullable=False))
        table.add_column(sa.Column("erased_at", sa.DateTime(timezone=True), nullable=True))
    with op.batch_alter_table("workers") as table:
        table.add_column(sa.Column("away", sa.Boolean(), server_default=sa.false(), nullable=False))


def _fill() -> None:
    """Referrals of before: whose consent it was, and where they stand in the queue."""
    op.execute(
        "UPDATE consents SET person_id = "
        "(SELECT person_id FROM referrals WHERE referrals.id = consents.referral_id)"
    )
    op.execute(
        "UPDATE referrals SET consent_id = "
        "(SELECT consents.id FROM consents WHERE consents.referral_id = referrals.id LIMIT 1), "
        "promised_by = requested_at, "
        "rank = CASE urgency WHEN 'asap' THEN 0 ELSE 1 END, "
        "is_open = (status IN ('requested', 'accepted', 'in-progress', 'on-hold'))"
    )


def _tighten() -> None:
    with op.batch_alter_table("consents") as table:
        table.alter_column("person_id", existing_type=sa.Uuid(), nullable=False)
        table.create_index("ix_consents_person_id", ["person_id"])
        table.create_foreign_key("fk_consents_person_id_persons", "persons", ["person_id"], ["id"])
    with op.batch_alter_table("referrals") as table:
        table.alter_column("consent_id", existing_type=sa.Uuid(), nullable=False)
        table.alter_column("rank", existing_type=sa.Integer(), nullable=False)
        table.alter_column("promised_by", existing_type=sa.DateTime(timezone=True), nullable=False)
        table.alter_column("is_open", existing_type=sa.Boolean(), nullable=False)
        table.create_index(
            "ix_referrals_is_open_area_rank_promised_by_id",
            ["is_open", "area", "rank", "promised_by", "id"],
        )
        table.create_index(
            "ix_referrals_is_open_rank_promised_by_id", ["is_open", "rank", "promised_by", "id"]
        )
        table.create_index("ix_referrals_owner_status", ["owner", "status"])
        table.create_index("ix_referrals_phone_blind", ["phone_blind"])
        table.create_foreign_key("fk_referrals_duplicate_of_referrals", "referrals", ["duplicate_of"], ["id"])
        table.create_foreign_key("fk_referrals_consent_id_consents", "consents", ["consent_id"], ["id"])


def downgrade() -> None:
    """Take it back."""
    with op.batch_alter_table("workers", schema=None) as batch_op:
        batch_op.drop_column("away")

    with op.batch_alter_table("referrals", schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f("fk_referrals_consent_id_consents"), type_="foreignkey")
        batch_op.drop_constraint(batch_op.f("fk_referrals_duplicate_of_referrals"), type_="foreignkey")
        batch_op.drop_index(batch_op.f("ix_referrals_phone_blind"))
        batch_op.drop_index(batch_op.f("ix_referrals_owner_status"))
        batch_op.drop_index(batch_op.f("ix_referrals_is_open_rank_promised_by_id"))
        batch_op.drop_index(batch_op.f("ix_referrals_is_open_area_rank_promised_by_id"))
        batch_op.drop_column("erased_at")
        batch_op.drop_column("held")
        batch_op.drop_column("duplicate_of")
        batch_op.drop_column("is_open")
        batch_op.drop_column("promised_by")
        batch_op.drop_column("rank")
        batch_op.drop_column("crisis")
        batch_op.drop_column("consent_id")

    with op.batch_alter_table("records", schema=None) as batch_op:
        batch_op.drop_column("digest")
        batch_op.drop_column("why")

    with op.batch_alter_table("inbox", schema=None) as batch_op:
        batch_op.drop_column("message_id")

    with op.batch_alter_table("consents", schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f("fk_consents_person_id_persons"), type_="foreignkey")
        batch_op.create_foreign_key(
            batch_op.f("fk_consents_referral_id_referrals"), "referrals", ["referral_id"], ["id"]
        )
        batch_op.drop_index(batch_op.f("ix_consents_person_id"))
        batch_op.alter_column("referral_id", existing_type=sa.CHAR(length=32), nullable=False)
        batch_op.drop_column("withdrawn_at")
        batch_op.drop_column("person_id")

    op.drop_table("receipts")
    with op.batch_alter_table("onward", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_onward_referral_id"))

    op.drop_table("onward")
    with op.batch_alter_table("notes", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_notes_referral_id_at"))

    op.drop_table("notes")
    with op.batch_alter_table("messages", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_messages_referral_id_at"))

    op.drop_table("messages")
    op.drop_table("follow_ups")
    op.drop_table("alerts")
    op.drop_table("exports")
    op.drop_table("deletions")
    op.drop_table("capacity")
    with op.batch_alter_table("tries", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_tries_kind_actor_blind_at"))

    op.drop_table("tries")
    with op.batch_alter_table("questions", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_questions_decision_at"))
        batch_op.drop_index(batch_op.f("ix_questions_at"))

    op.drop_table("questions")
    op.drop_table("erasures")
    op.drop_table("digests")
    op.drop_table("anchors")
