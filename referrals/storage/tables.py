"""The tables. A column named `…_sealed` holds an envelope (see `keyring`), `…_blind` a keyed digest."""

from __future__ import annotations

from datetime import UTC, datetime

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    DateTime,
    Dialect,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
    TypeDecorator,
    UniqueConstraint,
    Uuid,
)

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "fk": "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s",
        "pk": "pk_%(table_name)s",
    }
)


class UtcDateTime(TypeDecorator[datetime]):
    """An aware time in UTC, also on SQLite, which forgets the zone."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Refuse a naive time instead of guessing its zone."""
        if value is None:
            return None
        if value.tzinfo is None:
            msg = "a time without a zone"
            raise ValueError(msg)
        value = value.astimezone(UTC)
        return value.replace(tzinfo=None) if dialect.name == "sqlite" else value

    def process_result_value(
        self,
        value: datetime | None,
        dialect: Dialect,  # noqa: ARG002 - the signature is SQLAlchemy's
    ) -> datetime | None:
        """Give every time its zone back."""
        if value is None or value.tzinfo is not None:
            return value
        return value.replace(tzinfo=UTC)


# SQLite numbers rows only in an INTEGER primary key.
Position = BigInteger().with_variant(Integer(), "sqlite")

persons = Table(
    "persons",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("telegram_blind", LargeBinary(32), nullable=False, unique=True),
    Column("telegram_sealed", LargeBinary, nullable=False),
    Column("language", String(2)),
    Column("area", String(40)),
    Column("welcomed", Boolean, nullable=False),
    Column("reachable", Boolean, nullable=False),
    Column("created_at", UtcDateTime, nullable=False),
)

workers = Table(
    "workers",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("telegram_blind", LargeBinary(32), nullable=False, unique=True),
    Column("telegram_sealed", LargeBinary, nullable=False),
    Column("name_sealed", LargeBinary, nullable=False),
    Column("role", String(20), nullable=False),
    Column("areas", String(400), nullable=False),
    Column("active", Boolean, nullable=False),
    Column("from_settings", Boolean, nullable=False),
    Column("created_at", UtcDateTime, nullable=False),
)

invites = Table(
    "invites",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("token_blind", LargeBinary(32), nullable=False, unique=True),
    Column("role", String(20), nullable=False),
    Column("area", String(40)),
    Column("created_by", Uuid, ForeignKey("workers.id")),
    Column("expires_at", UtcDateTime, nullable=False),
    Column("used_at", UtcDateTime),
)

drafts = Table(
    "drafts",
    metadata,
    Column("id", Uuid, primary_key=True),
    # One draft a person: a second one cannot be begun beside it, whatever races.
    Column("person_id", Uuid, ForeignKey("persons.id"), nullable=False, unique=True),
    Column("body_sealed", LargeBinary, nullable=False),
    Column("updated_at", UtcDateTime, nullable=False),
)

referrals = Table(
    "referrals",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("reference", String(12), nullable=False, unique=True),
    Column("person_id", Uuid, ForeignKey("persons.id"), nullable=False),
    # The idempotency key of submitting: a draft becomes one referral, however often it is pressed.
    Column("draft_id", Uuid, nullable=False, unique=True),
    Column("area", String(40)),
    Column("entry_id", String(80)),
    Column("topic", String(40), nullable=False),
    Column("urgency", String(10), nullable=False),
    Column("details_sealed", LargeBinary, nullable=False),
    Column("phone_blind", LargeBinary(32)),
    Column("status", String(20), nullable=False),
    Column("reason", String(30)),
    Column("owner", Uuid, ForeignKey("workers.id")),
    Column("version", Integer, nullable=False),
    Column("requested_at", UtcDateTime, nullable=False),
    Column("changed_at", UtcDateTime, nullable=False),
    Index(None, "person_id"),
    Index(None, "status", "area", "requested_at"),
)

consents = Table(
    "consents",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("referral_id", Uuid, ForeignKey("referrals.id"), nullable=False),
    Column("purpose", String(40), nullable=False),
    Column("notice_version", String(20), nullable=False),
    Column("text_sha256", String(64), nullable=False),
    Column("language", String(2), nullable=False),
    Column("given_at", UtcDateTime, nullable=False),
    Index(None, "referral_id"),
)

changes = Table(
    "changes",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("referral_id", Uuid, ForeignKey("referrals.id"), nullable=False),
    Column("version", Integer, nullable=False),
    Column("happened", String(20), nullable=False),
    Column("reason", String(30)),
    Column("by_worker", Uuid, ForeignKey("workers.id")),
    Column("at", UtcDateTime, nullable=False),
    # A version of a referral comes about once: two racing changes cannot both be recorded.
    UniqueConstraint("referral_id", "version"),
)

records = Table(
    "records",
    metadata,
    Column("position", Position, primary_key=True, autoincrement=True),
    Column("act", String(20), nullable=False),
    Column("allowed", Boolean, nullable=False),
    Column("actor_blind", LargeBinary(32), nullable=False),
    Column("referral_id", Uuid),
    Column("at", UtcDateTime, nullable=False),
    Index(None, "referral_id"),
    sqlite_autoincrement=True,
)

feedback = Table(
    "feedback",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("entry_id", String(80), nullable=False),
    Column("language", String(2), nullable=False),
    Column("said", String(20), nullable=False),
    Column("at", UtcDateTime, nullable=False),
)

conversations = Table(
    "conversations",
    metadata,
    Column("key_blind", LargeBinary(32), primary_key=True),
    Column("body_sealed", LargeBinary, nullable=False),
    Column("updated_at", UtcDateTime, nullable=False),
    Column("expires_at", UtcDateTime),
)

inbox = Table(
    "inbox",
    metadata,
    Column("arrival", Position, primary_key=True, autoincrement=True),
    Column("id", Uuid, nullable=False, unique=True),
    Column("bot_id", BigInteger, nullable=False),
    Column("update_id", BigInteger),
    Column("lane_blind", LargeBinary(32), nullable=False),
    Column("body_sealed", LargeBinary),
    Column("status", String(10), nullable=False),
    Column("attempts", Integer, nullable=False),
    Column("reason", String(200)),
    Column("due_at", UtcDateTime, nullable=False),
    Column("received_at", UtcDateTime, nullable=False),
    Column("done_at", UtcDateTime),
    UniqueConstraint("bot_id", "update_id"),
    Index(None, "status", "lane_blind", "arrival"),
    sqlite_autoincrement=True,
)

outbox = Table(
    "outbox",
    metadata,
    Column("position", Position, primary_key=True, autoincrement=True),
    Column("id", Uuid, nullable=False, unique=True),
    Column("chat_blind", LargeBinary(32), nullable=False),
    Column("chat_sealed", LargeBinary, nullable=False),
    Column("body_sealed", LargeBinary),
    Column("edits", Uuid),
    Column("status", String(12), nullable=False),
    Column("attempts", Integer, nullable=False),
    Column("reason", String(200)),
    Column("due_at", UtcDateTime, nullable=False),
    Column("created_at", UtcDateTime, nullable=False),
    Column("sent_at", UtcDateTime),
    Column("message_id", BigInteger),
    Index(None, "status", "chat_blind", "position"),
    sqlite_autoincrement=True,
)

cards = Table(
    "cards",
    metadata,
    Column("referral_id", Uuid, ForeignKey("referrals.id"), primary_key=True),
    Column("outbox_id", Uuid, primary_key=True),
)
