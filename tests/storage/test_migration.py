"""Does a workspace file have the tables of this program, and how does it get them?"""

import shutil
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import text

from gaoxin_vote.errors import Refused
from gaoxin_vote.storage import migration, schema
from gaoxin_vote.storage.failures import StorageReason
from gaoxin_vote.storage.workspace import Workspace
from gaoxin_vote.storage.year import YearStore
from tests.stretching import CHEAP_COSTS

from .conftest import PASSPHRASE, YEAR

Clock = Callable[[], datetime]

NEXT = """
import sqlalchemy as sa
from alembic import op

revision, down_revision, branch_labels, depends_on = "0002", "0001", None, None


def upgrade() -> None:
    op.add_column("year", sa.Column("note", sa.Text, server_default="无"))
    op.execute("UPDATE year SET scheme = scheme || '！'")
    {failure}
"""


@pytest.fixture
def newer_program(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., None]:
    """Makes this program one whose schema is one step further."""

    def become(failure: str = "") -> None:
        scripts = tmp_path / "scripts"
        shutil.copytree(migration.SCRIPTS, scripts, ignore=shutil.ignore_patterns("__pycache__"))
        (scripts / "versions" / "0002_note.py").write_text(NEXT.format(failure=failure), "utf-8")
        monkeypatch.setattr(migration, "SCRIPTS", scripts)
        monkeypatch.setattr(schema, "HEAD", "0002")

    return become


def test_head_is_the_newest_script() -> None:
    config = Config()
    config.set_main_option("script_location", str(migration.SCRIPTS))
    found = ScriptDirectory.from_config(config)
    assert found.get_heads() == [schema.HEAD]
    revisions = [script.revision for script in found.walk_revisions()]
    assert revisions == sorted(revisions, reverse=True)


def test_the_scripts_make_the_tables_of_the_schema(workspace: Workspace) -> None:
    with workspace.transaction() as connection:
        context = MigrationContext.configure(connection, opts={"compare_server_default": True})
        assert compare_metadata(context, schema.metadata) == []
        found = connection.execute(text("SELECT name, sql FROM sqlite_schema WHERE type = 'table'"))
        tables = {name: sql for name, sql in found if name in schema.metadata.tables}
    assert set(tables) == set(schema.metadata.tables)
    assert all(sql.rstrip().endswith("STRICT") for sql in tables.values())


def test_what_changes_at_a_cast_has_no_trigger_foreign_key_or_index(workspace: Workspace) -> None:
    with workspace.transaction() as connection:
        triggers = connection.execute(text("SELECT tbl_name FROM sqlite_schema WHERE type = 'trigger'"))
        assert set(triggers.scalars()) == {"audit", "ceremony", "encrypted_tally", "sheet"}
        assert connection.execute(text("PRAGMA foreign_key_list(slot)")).all() == []
        for table in schema.metadata.tables:
            keys = connection.execute(text(f"PRAGMA foreign_key_list({table})"))
            assert "slot" not in {key.table for key in keys}
        indexed = set()
        for index in connection.execute(text("PRAGMA index_list(slot)")).all():
            columns = connection.execute(text(f"PRAGMA index_info({index.name})"))
            indexed |= {column.name for column in columns}
        assert indexed == {"session", "credential"}
        made = connection.execute(text("SELECT sql FROM sqlite_schema WHERE name = 'slot'")).scalar_one()
        assert "ROWID" not in made and "AUTOINCREMENT" not in made


def test_an_older_file_is_copied_then_migrated(
    workspace: Workspace, path: Path, clock: Clock, newer_program: Callable[..., None]
) -> None:
    workspace.close()
    newer_program()
    with (
        Workspace.open(path, PASSPHRASE, clock=clock, costs=CHEAP_COSTS) as migrated,
        migrated.transaction() as connection,
    ):
        row = connection.execute(text("SELECT scheme, note FROM year")).one()
        assert (row.scheme, row.note) == ("方案文本！", "无")
        assert migration.schema_version(connection) == "0002"
    (copy,) = [found for found in path.parent.glob("*.gxv") if found != path]
    assert copy.name == "考核 2017.升级前-0001-20180110-090000.gxv"
    with Workspace.open(path, PASSPHRASE, clock=clock, costs=CHEAP_COSTS) as again:
        assert YearStore(again).years() == (YEAR,)
    assert len(list(path.parent.glob("*.gxv"))) == 2


def test_the_copy_opens_with_the_older_program(
    workspace: Workspace,
    path: Path,
    clock: Clock,
    newer_program: Callable[..., None],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    workspace.close()
    newer_program()
    Workspace.open(path, PASSPHRASE, clock=clock, costs=CHEAP_COSTS).close()
    monkeypatch.setattr(schema, "HEAD", "0001")
    (copy,) = path.parent.glob("*升级前*")
    with Workspace.open(copy, PASSPHRASE, clock=clock, costs=CHEAP_COSTS) as old:
        assert YearStore(old).scheme_text(YEAR) == "方案文本"


def test_a_migration_that_fails_changes_nothing(
    workspace: Workspace, path: Path, clock: Clock, newer_program: Callable[..., None]
) -> None:
    workspace.close()
    before = path.read_bytes()
    newer_program("raise KeyError('in the middle')")
    with pytest.raises(KeyError, match="in the middle"):
        Workspace.open(path, PASSPHRASE, clock=clock, costs=CHEAP_COSTS)
    assert path.read_bytes() == before


def test_a_newer_file_is_refused(
    workspace: Workspace, path: Path, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    workspace.close()
    before = path.read_bytes()
    monkeypatch.setattr(schema, "HEAD", "0000")
    with pytest.raises(Refused) as caught:
        Workspace.open(path, PASSPHRASE, clock=clock, costs=CHEAP_COSTS)
    assert caught.value.reason is StorageReason.NEWER
    assert "升级程序" in caught.value.message
    assert path.read_bytes() == before


def test_a_file_without_version_is_no_workspace(workspace: Workspace, path: Path, clock: Clock) -> None:
    with workspace.transaction() as connection:
        connection.execute(text("DROP TABLE alembic_version"))
    workspace.close()
    with pytest.raises(Refused) as caught:
        Workspace.open(path, PASSPHRASE, clock=clock, costs=CHEAP_COSTS)
    assert caught.value.reason is StorageReason.NOT_A_WORKSPACE
