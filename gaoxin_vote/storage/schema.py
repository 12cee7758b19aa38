"""Which tables does a workspace file have?"""

from sqlalchemy import (
    CheckConstraint,
    Column,
    ForeignKey,
    Integer,
    LargeBinary,
    MetaData,
    PrimaryKeyConstraint,
    Table,
    Text,
    UniqueConstraint,
)

APPLICATION_ID = 0x47585631
"""``GXV1`` in the file header: this file is ours."""
HEAD = "0001"
"""The newest schema this program knows, a revision in `migrations/versions`; revisions sort as text."""

metadata = MetaData()

# STRICT everywhere: a column holds its type and nothing else, so that a state can never become an integer.

workspace = Table(
    "workspace",
    metadata,
    Column("id", Integer, CheckConstraint("id = 1", name="workspace_single"), primary_key=True),
    Column("office", Text, nullable=False),
    Column("identity", Text, nullable=False),
    sqlite_strict=True,
)

year = Table(
    "year",
    metadata,
    Column("year", Integer, primary_key=True),
    Column("scheme", Text, nullable=False),
    Column("state", Text, nullable=False),
    Column("record", Text),
    sqlite_strict=True,
)

entry = Table(
    "entry",
    metadata,
    Column("year", Integer, ForeignKey("year.year"), nullable=False),
    Column("kind", Text, nullable=False),
    Column("key", Text, nullable=False),
    Column("position", Integer, nullable=False),
    Column("content", Text, nullable=False),
    PrimaryKeyConstraint("year", "kind", "key"),
    sqlite_strict=True,
)

# Append-only (triggers): a session that was counted keeps the keys of its ceremony.
ceremony = Table(
    "ceremony",
    metadata,
    Column("year", Integer, ForeignKey("year.year"), nullable=False),
    Column("number", Integer, nullable=False),
    Column("ceremony", Text, nullable=False),
    Column("trustees", Text, nullable=False),
    Column("secret_key", Text, nullable=False),
    Column("certificate", Text, nullable=False),
    Column("certificate_key", Text, nullable=False),
    Column("facts", Text, nullable=False),
    PrimaryKeyConstraint("year", "number"),
    UniqueConstraint("ceremony"),
    sqlite_strict=True,
)

session = Table(
    "session",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("year", Integer, ForeignKey("year.year"), nullable=False),
    Column("contest", Text, nullable=False),
    Column("contest_title", Text, nullable=False),
    Column("group_name", Text, nullable=False),
    Column("number", Integer, nullable=False),
    Column("units", Text, nullable=False),
    Column("slip_mode", Text, nullable=False),
    Column("stage", Text, nullable=False),
    Column("void_reason", Text, nullable=False),
    Column("close_reason", Text, nullable=False),
    Column("facts", Text, nullable=False),
    Column("spares", Integer, nullable=False),
    Column("added", Integer, nullable=False),
    Column("uuid", Text, nullable=False),
    Column("election", Text),
    Column("trustees", Text),
    Column("secret", LargeBinary),
    UniqueConstraint("uuid"),
    sqlite_strict=True,
)

elector = Table(
    "elector",
    metadata,
    Column("session", Integer, ForeignKey("session.id"), nullable=False),
    Column("position", Integer, nullable=False),
    Column("code", Text, nullable=False),
    Column("label", Text, nullable=False),
    Column("unit", Text),
    Column("attended", LargeBinary, nullable=False),
    Column("issued", LargeBinary, nullable=False),
    Column("replacements", LargeBinary, nullable=False),
    Column("came", Text, nullable=False),
    PrimaryKeyConstraint("session", "position"),
    UniqueConstraint("session", "code"),
    sqlite_strict=True,
)

lost_slip = Table(
    "lost_slip",
    metadata,
    Column("session", Integer, ForeignKey("session.id"), nullable=False),
    Column("elector", Text, nullable=False),
    Column("number", Integer, nullable=False),
    Column("words", Text, nullable=False),
    PrimaryKeyConstraint("session", "elector", "number"),
    sqlite_strict=True,
)

# The slips of a session that is not open yet, in the order of their credentials; they become its slots.
pending_slip = Table(
    "pending_slip",
    metadata,
    Column("session", Integer, ForeignKey("session.id"), nullable=False),
    Column("position", Integer, nullable=False),
    Column("credential", Text, nullable=False),
    Column("sealed_unit", LargeBinary, nullable=False),
    Column("out", Integer, nullable=False),
    PrimaryKeyConstraint("session", "position"),
    sqlite_strict=True,
)

# Slips that were printed and then made anew before the opening: told as void until the secrets are erased.
withdrawn_slip = Table(
    "withdrawn_slip",
    metadata,
    Column("session", Integer, ForeignKey("session.id"), nullable=False),
    Column("credential", Text, nullable=False),
    PrimaryKeyConstraint("session", "credential"),
    sqlite_strict=True,
)

# One fixed place per public credential. A cast changes `state` and `ballot` in place, each of unchanged
# length; so no foreign key, no trigger, no index on what changes, and an ordinary rowid table: SQLite
# overwrites a cell of unchanged size where it lies, while a WITHOUT ROWID table deletes and inserts.
slot = Table(
    "slot",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("session", Integer, nullable=False),
    Column("credential", Text, nullable=False),
    Column("state", LargeBinary, nullable=False),
    Column("sealed_unit", LargeBinary, nullable=False),
    Column("ballot", LargeBinary, nullable=False),
    UniqueConstraint("session", "credential"),
    sqlite_strict=True,
)

# Rows of this table are never changed nor removed (triggers): no second, different tally can take the place.
encrypted_tally = Table(
    "encrypted_tally",
    metadata,
    Column("session", Integer, ForeignKey("session.id"), primary_key=True),
    Column("hash", Text, nullable=False),
    sqlite_strict=True,
)

archive = Table(
    "archive",
    metadata,
    Column("session", Integer, ForeignKey("session.id"), primary_key=True),
    Column("content", LargeBinary, nullable=False),
    sqlite_strict=True,
)

partial_decryption = Table(
    "partial_decryption",
    metadata,
    Column("session", Integer, ForeignKey("session.id"), nullable=False),
    Column("owner", Integer, nullable=False),
    Column("content", Text, nullable=False),
    Column("binding", Text, nullable=False),
    PrimaryKeyConstraint("session", "owner"),
    sqlite_strict=True,
)

result = Table(
    "result",
    metadata,
    Column("session", Integer, ForeignKey("session.id"), primary_key=True),
    Column("content", Text, nullable=False),
    sqlite_strict=True,
)

# The sheets that were issued, every edition for good: append-only (triggers).
sheet = Table(
    "sheet",
    metadata,
    Column("year", Integer, ForeignKey("year.year"), nullable=False),
    Column("form", Text, nullable=False),
    Column("key", Text, nullable=False),
    Column("edition", Integer, nullable=False),
    Column("version", Integer, nullable=False),
    Column("issued", Text, nullable=False),
    Column("reason", Text, nullable=False),
    Column("figures", Text, nullable=False),
    Column("digest", Text, nullable=False),
    Column("content", LargeBinary, nullable=False),
    PrimaryKeyConstraint("year", "form", "key", "edition"),
    sqlite_strict=True,
)

# Append-only (triggers).
audit = Table(
    "audit",
    metadata,
    Column("number", Integer, primary_key=True),
    Column("year", Integer),
    Column("time", Text, nullable=False),
    Column("act", Text, nullable=False),
    Column("content", Text, nullable=False),
    Column("previous", Text, nullable=False),
    Column("hash", Text, nullable=False),
    sqlite_strict=True,
)
