"""A partial decryption has a second proof, of all its factors together."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Shares given before have none: what they opened stays, but no complete record package can be made."""
    empty = sa.text("''")
    op.add_column("partial_decryption", sa.Column("binding", sa.Text, nullable=False, server_default=empty))
