"""The first tables."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the tables and the triggers that keep the log, the sheets and the tally as they were written."""
    _tables_of_the_year()
    _tables_of_a_session()
    _tables_of_a_tally()
    op.create_table(
        "audit",
        sa.Column("number", sa.Integer, primary_key=True),
        sa.Column("year", sa.Integer),
        sa.Column("time", sa.Text, nullable=False),
        sa.Column("act", sa.Text, nullable=False),
        sa.Column("content", sa.Text, nullable=False),
        sa.Column("previous", sa.Text, nullable=False),
        sa.Column("hash", sa.Text, nullable=False),
        sqlite_strict=True,
    )
    op.create_table(
        "sheet",
        sa.Column("year", sa.Integer, sa.ForeignKey("year.year"), nullable=False),
        sa.Column("form", sa.Text, nullable=False),
        sa.Column("key", sa.Text, nullable=False),
        sa.Column("edition", sa.Integer, nullable=False),
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column("issued", sa.Text, nullable=False),
        sa.Column("reason", sa.Text, nullable=False),
        sa.Column("figures", sa.Text, nullable=False),
        sa.Column("digest", sa.Text, nullable=False),
        sa.Column("content", sa.LargeBinary, nullable=False),
        sa.PrimaryKeyConstraint("year", "form", "key", "edition"),
        sqlite_strict=True,
    )
    for table in ("audit", "ceremony", "encrypted_tally", "sheet"):
        for act in ("UPDATE", "DELETE"):
            op.execute(
                f"CREATE TRIGGER {table}_no_{act.lower()} BEFORE {act} ON {table} "
                f"BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END"
            )
    # INSERT OR REPLACE removes rows without firing the DELETE triggers.
    op.execute(
        "CREATE TRIGGER audit_next BEFORE INSERT ON audit "
        "WHEN NEW.number <> (SELECT coalesce(max(number), 0) + 1 FROM audit) "
        "BEGIN SELECT RAISE(ABORT, 'audit is append-only'); END"
    )
    op.execute(
        "CREATE TRIGGER ceremony_next BEFORE INSERT ON ceremony "
        "WHEN NEW.number <> (SELECT coalesce(max(number), 0) + 1 FROM ceremony WHERE year = NEW.year) "
        "BEGIN SELECT RAISE(ABORT, 'ceremony is append-only'); END"
    )
    op.execute(
        "CREATE TRIGGER sheet_next BEFORE INSERT ON sheet "
        "WHEN NEW.edition <> (SELECT coalesce(max(edition), 0) + 1 FROM sheet "
        "WHERE year = NEW.year AND form = NEW.form AND key = NEW.key) "
        "BEGIN SELECT RAISE(ABORT, 'sheet is append-only'); END"
    )
    op.execute(
        "CREATE TRIGGER encrypted_tally_once BEFORE INSERT ON encrypted_tally "
        "WHEN EXISTS (SELECT 1 FROM encrypted_tally WHERE session = NEW.session) "
        "BEGIN SELECT RAISE(ABORT, 'encrypted_tally is append-only'); END"
    )


def _tables_of_the_year() -> None:
    op.create_table(
        "workspace",
        sa.Column("id", sa.Integer, sa.CheckConstraint("id = 1", name="workspace_single"), primary_key=True),
        sa.Column("office", sa.Text, nullable=False),
        sa.Column("identity", sa.Text, nullable=False),
        sqlite_strict=True,
    )
    op.create_table(
        "year",
        sa.Column("year", sa.Integer, primary_key=True),
        sa.Column("scheme", sa.Text, nullable=False),
        sa.Column("state", sa.Text, nullable=False),
        sa.Column("record", sa.Text),
        sqlite_strict=True,
    )
    op.create_table(
        "entry",
        sa.Column("year", sa.Integer, sa.ForeignKey("year.year"), nullable=False),
        sa.Column("kind", sa.Text, nullable=False),
        sa.Column("key", sa.Text, nullable=False),
        sa.Column("position", sa.Integer, nullable=False),
        sa.Column("content", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("year", "kind", "key"),
        sqlite_strict=True,
    )
    op.create_table(
        "ceremony",
        sa.Column("year", sa.Integer, sa.ForeignKey("year.year"), nullable=False),
        sa.Column("number", sa.Integer, nullable=False),
        sa.Column("ceremony", sa.Text, nullable=False),
        sa.Column("trustees", sa.Text, nullable=False),
        sa.Column("secret_key", sa.Text, nullable=False),
        sa.Column("certificate", sa.Text, nullable=False),
        sa.Column("certificate_key", sa.Text, nullable=False),
        sa.Column("facts", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("year", "number"),
        sa.UniqueConstraint("ceremony"),
        sqlite_strict=True,
    )


def _tables_of_a_session() -> None:
    op.create_table(
        "session",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("year", sa.Integer, sa.ForeignKey("year.year"), nullable=False),
        sa.Column("contest", sa.Text, nullable=False),
        sa.Column("contest_title", sa.Text, nullable=False),
        sa.Column("group_name", sa.Text, nullable=False),
        sa.Column("number", sa.Integer, nullable=False),
        sa.Column("units", sa.Text, nullable=False),
        sa.Column("slip_mode", sa.Text, nullable=False),
        sa.Column("stage", sa.Text, nullable=False),
        sa.Column("void_reason", sa.Text, nullable=False),
        sa.Column("close_reason", sa.Text, nullable=False),
        sa.Column("facts", sa.Text, nullable=False),
        sa.Column("spares", sa.Integer, nullable=False),
        sa.Column("added", sa.Integer, nullable=False),
        sa.Column("uuid", sa.Text, nullable=False),
        sa.Column("election", sa.Text),
        sa.Column("trustees", sa.Text),
        sa.Column("secret", sa.LargeBinary),
        sa.UniqueConstraint("uuid"),
        sqlite_strict=True,
    )
    op.create_table(
        "elector",
        sa.Column("session", sa.Integer, sa.ForeignKey("session.id"), nullable=False),
        sa.Column("position", sa.Integer, nullable=False),
        sa.Column("code", sa.Text, nullable=False),
        sa.Column("label", sa.Text, nullable=False),
        sa.Column("unit", sa.Text),
        sa.Column("attended", sa.LargeBinary, nullable=False),
        sa.Column("issued", sa.LargeBinary, nullable=False),
        sa.Column("replacements", sa.LargeBinary, nullable=False),
        sa.Column("came", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("session", "position"),
        sa.UniqueConstraint("session", "code"),
        sqlite_strict=True,
    )
    op.create_table(
        "lost_slip",
        sa.Column("session", sa.Integer, sa.ForeignKey("session.id"), nullable=False),
        sa.Column("elector", sa.Text, nullable=False),
        sa.Column("number", sa.Integer, nullable=False),
        sa.Column("words", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("session", "elector", "number"),
        sqlite_strict=True,
    )
    op.create_table(
        "pending_slip",
        sa.Column("session", sa.Integer, sa.ForeignKey("session.id"), nullable=False),
        sa.Column("position", sa.Integer, nullable=False),
        sa.Column("credential", sa.Text, nullable=False),
        sa.Column("sealed_unit", sa.LargeBinary, nullable=False),
        sa.Column("out", sa.Integer, nullable=False),
        sa.PrimaryKeyConstraint("session", "position"),
        sqlite_strict=True,
    )
    op.create_table(
        "withdrawn_slip",
        sa.Column("session", sa.Integer, sa.ForeignKey("session.id"), nullable=False),
        sa.Column("credential", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("session", "credential"),
        sqlite_strict=True,
    )
    op.create_table(
        "slot",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("session", sa.Integer, nullable=False),
        sa.Column("credential", sa.Text, nullable=False),
        sa.Column("state", sa.LargeBinary, nullable=False),
        sa.Column("sealed_unit", sa.LargeBinary, nullable=False),
        sa.Column("ballot", sa.LargeBinary, nullable=False),
        sa.UniqueConstraint("session", "credential"),
        sqlite_strict=True,
    )


def _tables_of_a_tally() -> None:
    op.create_table(
        "encrypted_tally",
        sa.Column("session", sa.Integer, sa.ForeignKey("session.id"), primary_key=True),
        sa.Column("hash", sa.Text, nullable=False),
        sqlite_strict=True,
    )
    op.create_table(
        "archive",
        sa.Column("session", sa.Integer, sa.ForeignKey("session.id"), primary_key=True),
        sa.Column("content", sa.LargeBinary, nullable=False),
        sqlite_strict=True,
    )
    op.create_table(
        "partial_decryption",
        sa.Column("session", sa.Integer, sa.ForeignKey("session.id"), nullable=False),
        sa.Column("owner", sa.Integer, nullable=False),
        sa.Column("content", sa.Text, nullable=False),
        sa.Column("binding", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("session", "owner"),
        sqlite_strict=True,
    )
    op.create_table(
        "result",
        sa.Column("session", sa.Integer, sa.ForeignKey("session.id"), primary_key=True),
        sa.Column("content", sa.Text, nullable=False),
        sqlite_strict=True,
    )
