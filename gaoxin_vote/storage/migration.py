"""Does a workspace file have the tables of this program, and how does it get them?"""

from pathlib import Path

from sqlalchemy import Connection, inspect, text

from gaoxin_vote.storage import schema

SCRIPTS = Path(__file__).parent / "migrations"


def schema_version(connection: Connection) -> str:
    """The revision the file is at; empty for a file without tables."""
    if not inspect(connection).has_table("alembic_version"):
        return ""
    return str(connection.execute(text("SELECT version_num FROM alembic_version")).scalar_one_or_none() or "")


def migrate(connection: Connection) -> None:
    """Bring the tables to `schema.HEAD` inside the caller's transaction: all of it or nothing."""
    # Half a second of import that only a new or an older file needs.
    from alembic import command
    from alembic.config import Config

    config = Config(attributes={"connection": connection})
    config.set_main_option("script_location", str(SCRIPTS).replace("%", "%%"))
    command.upgrade(config, schema.HEAD)
