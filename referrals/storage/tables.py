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
    false,
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
    Column("away", Boolean, nullable=False, server_default=false()),
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

consents = Table(
    "consents",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("person_id", Uuid, ForeignKey("persons.id"), nullable=False),
    # Given before the referral it is for exists: the referral points back, and cannot be without.
    Column("referral_id", Uuid),
    Column("purpose", String(40), nullable=False),
    Column("notice_version", String(20), nullable=False),
    Column("text_sha256", String(64), nullable=False),
    Column("language", String(2), nullable=False),
    Column("given_at", UtcDateTime, nullable=False),
    Column("withdrawn_at", UtcDateTime),
    Index(None, "referral_id"),
    Index(None, "person_id"),
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
    Column("consent_id", Uuid, ForeignKey("consents.id"), nullable=False),
    # The kind of danger the gate saw in what was asked before the form, if any.
    Column("crisis", String(20)),
    # The queue's order: danger and "as soon as possible" before the rest, then whoever is promised an
    # answer soonest, so that what is overdue comes first.
    Column("rank", Integer, nullable=False),
    Column("promised_by", UtcDateTime, nullable=False),
    Column("is_open", Boolean, nullable=False),
    Column("duplicate_of", Uuid, ForeignKey("referrals.id")),
    # Kept from erasing while somebody needs it: a complaint, a court.
    Column("held", Boolean, nullable=False, server_default=false()),
    # What the person told is erased; the row stays to be counted.
    Column("erased_at", UtcDateTime),
    Index(None, "person_id"),
    Index(None, "status", "area", "requested_at"),
    Index(None, "is_open", "area", "rank", "promised_by", "id"),
    Index(None, "is_open", "rank", "promised_by", "id"),
    Index(None, "owner", "status"),
    Index(None, "phone_blind"),
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
    Column("why", String(30)),
    Column("at", UtcDateTime, nullable=False),
    # Over the row and the digest before it: a changed or missing row breaks the chain.
    Column("digest", LargeBinary(32)),
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
    # In a private chat: what /hide asks Telegram to delete.
    Column("message_id", BigInteger),
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

messages = Table(
    "messages",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("referral_id", Uuid, ForeignKey("referrals.id"), nullable=False),
    Column("by_worker", Uuid, ForeignKey("workers.id")),  # nobody: the person
    Column("template", String(40)),
    Column("body_sealed", LargeBinary, nullable=False),
    Column("at", UtcDateTime, nullable=False),
    Index(None, "referral_id", "at"),
)

notes = Table(
    "notes",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("referral_id", Uuid, ForeignKey("referrals.id"), nullable=False),
    Column("by_worker", Uuid, ForeignKey("workers.id"), nullable=False),
    Column("body_sealed", LargeBinary, nullable=False),
    Column("at", UtcDateTime, nullable=False),
    Index(None, "referral_id", "at"),
)

receipts = Table(
    "receipts",
    metadata,
    Column("referral_id", Uuid, ForeignKey("referrals.id"), primary_key=True),
    Column("code_blind", LargeBinary(32), nullable=False, unique=True),
    Column("made_at", UtcDateTime, nullable=False),
)

tries = Table(
    "tries",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("kind", String(20), nullable=False),
    Column("actor_blind", LargeBinary(32), nullable=False),
    Column("at", UtcDateTime, nullable=False),
    Index(None, "kind", "actor_blind", "at"),
)

onward = Table(
    "onward",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("referral_id", Uuid, ForeignKey("referrals.id"), nullable=False),
    Column("provider", String(80), nullable=False),
    Column("by_worker", Uuid, ForeignKey("workers.id"), nullable=False),
    Column("asked_at", UtcDateTime, nullable=False),
    Column("answered_at", UtcDateTime),
    Column("agreed", Boolean),
    Column("consent_id", Uuid, ForeignKey("consents.id")),
    Index(None, "referral_id"),
)

follow_ups = Table(
    "follow_ups",
    metadata,
    Column("referral_id", Uuid, ForeignKey("referrals.id"), primary_key=True),
    Column("due_at", UtcDateTime, nullable=False),
    Column("asked_at", UtcDateTime),
    Column("answer", String(12)),
    Column("answered_at", UtcDateTime),
)

alerts = Table(
    "alerts",
    metadata,
    # Said once: the same alert of one state of a referral cannot be written twice.
    Column("referral_id", Uuid, ForeignKey("referrals.id"), primary_key=True),
    Column("kind", String(20), primary_key=True),
    Column("version", Integer, primary_key=True),
    Column("at", UtcDateTime, nullable=False),
)

digests = Table(
    "digests",
    metadata,
    Column("area", String(40), primary_key=True),
    Column("day", String(10), primary_key=True),
    Column("at", UtcDateTime, nullable=False),
)

capacity = Table(
    "capacity",
    metadata,
    Column("entry_id", String(80), primary_key=True),
    Column("area", String(40), primary_key=True),
    Column("state", String(20), nullable=False),
    Column("by_worker", Uuid, ForeignKey("workers.id"), nullable=False),
    Column("at", UtcDateTime, nullable=False),
)

questions = Table(
    "questions",
    metadata,
    # What was asked and how it went, without who asked; the words only where no answer was found.
    Column("id", Uuid, primary_key=True),
    Column("at", UtcDateTime, nullable=False),
    Column("language", String(2), nullable=False),
    Column("area", String(40)),
    Column("decision", String(12), nullable=False),
    Column("entry_id", String(80)),
    Column("text_sealed", LargeBinary),
    Column("mark", String(12)),
    Index(None, "at"),
    Index(None, "decision", "at"),
)

exports = Table(
    "exports",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("kind", String(10), nullable=False),
    Column("area", String(40)),
    Column("with_names", Boolean, nullable=False),
    Column("asked_by", Uuid, ForeignKey("workers.id"), nullable=False),
    Column("asked_at", UtcDateTime, nullable=False),
    Column("confirmed_by", Uuid, ForeignKey("workers.id")),
    Column("confirmed_at", UtcDateTime),
    Column("done_at", UtcDateTime),
)

deletions = Table(
    "deletions",
    metadata,
    Column("person_id", Uuid, ForeignKey("persons.id"), primary_key=True),
    Column("asked_at", UtcDateTime, nullable=False),
    Column("due_at", UtcDateTime, nullable=False),
    Column("done_at", UtcDateTime),
)

erasures = Table(
    "erasures",
    metadata,
    # What was erased, by keyed digest: applied again after an older backup is restored.
    Column("subject_blind", LargeBinary(32), primary_key=True),
    Column("kind", String(10), primary_key=True),
    Column("at", UtcDateTime, nullable=False),
)

anchors = Table(
    "anchors",
    metadata,
    Column("day", String(10), primary_key=True),
    Column("position", BigInteger, nullable=False),
    Column("digest", LargeBinary(32), nullable=False),
)
