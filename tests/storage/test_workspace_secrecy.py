"""What does a workspace keep secret, and how is it copied or given another passphrase?"""

import shutil
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import pytest
from sqlalchemy import text

from gaoxin_vote.domain.session import SessionId, Stage, VotingSession
from gaoxin_vote.errors import Refused, Unavailable
from gaoxin_vote.storage import workspace as workspace_module
from gaoxin_vote.storage.failures import StorageReason
from gaoxin_vote.storage.passphrase import derive_key
from gaoxin_vote.storage.workspace import Workspace
from gaoxin_vote.storage.year import YearStore
from tests.stretching import CHEAP_COSTS

from .conftest import PASSPHRASE, YEAR, driver, scheme_is_writable

Clock = Callable[[], datetime]


class TestSecrecy:
    MARKER = "绝密标记MARKER"

    def test_neither_file_nor_journal_holds_a_readable_word(self, workspace: Workspace, path: Path) -> None:
        forms = [self.MARKER.encode(), self.MARKER.encode("utf-16-le"), b"MARKER", PASSPHRASE.encode()]
        forms += [b"sqlite_", b"CREATE TABLE", b"ballot"]
        YearStore(workspace).set_scheme_text(YEAR, self.MARKER * 2000)
        journal = path.with_name(path.name + "-journal")
        driver(workspace).execute("PRAGMA cache_size = 2")  # so that the old pages reach the journal at once
        with workspace.transaction():
            YearStore(workspace).set_scheme_text(YEAR, "后来的方案")
            assert journal.stat().st_size > 10 * 4096
            found = path.read_bytes() + journal.read_bytes()
        found += path.read_bytes()
        assert not [form for form in forms if form in found]

    def test_what_was_overwritten_is_gone_even_with_the_key(self, workspace: Workspace, path: Path) -> None:
        from .pages import Pages

        YearStore(workspace).set_scheme_text(YEAR, self.MARKER * 2000)
        key = derive_key(PASSPHRASE, path.read_bytes()[:16], CHEAP_COSTS.workspace)
        assert any(b"MARKER" in page for page in Pages(path, key).all_plain())
        YearStore(workspace).set_scheme_text(YEAR, "后来的方案")
        assert not any(b"MARKER" in page for page in Pages(path, key).all_plain())

    def test_a_wrong_passphrase_does_no_harm_to_a_file_that_needs_recovery(
        self, workspace: Workspace, path: Path, tmp_path: Path, clock: Clock
    ) -> None:
        """The state after a power cut: half-written pages in the file, the old ones in the journal."""
        YearStore(workspace).set_scheme_text(YEAR, "旧" * 20_000)
        (tmp_path / "断电").mkdir()
        crashed = tmp_path / "断电" / path.name
        driver(workspace).execute("PRAGMA cache_size = 2")
        before = path.read_bytes()
        with workspace.transaction():
            YearStore(workspace).set_scheme_text(YEAR, "新" * 20_000)
            for name in (path.name, path.name + "-journal"):
                shutil.copy(path.with_name(name), crashed.with_name(name))
        assert crashed.read_bytes() != before
        with pytest.raises(Refused) as caught:
            Workspace.open(crashed, "别的口令", clock=clock, costs=CHEAP_COSTS)
        assert caught.value.reason is StorageReason.WRONG_PASSPHRASE
        with Workspace.open(crashed, PASSPHRASE, clock=clock, costs=CHEAP_COSTS) as again:
            assert YearStore(again).scheme_text(YEAR) == "旧" * 20_000

    def test_messages_and_representations_hold_no_passphrase(
        self, workspace: Workspace, path: Path, clock: Clock
    ) -> None:
        with pytest.raises(Refused) as caught:
            workspace.check_passphrase("不对的口令")
        assert "不对的口令" not in str(caught.value)
        assert PASSPHRASE not in repr(workspace)


class TestPassphrase:
    def test_check(self, workspace: Workspace) -> None:
        workspace.check_passphrase(PASSPHRASE)
        with pytest.raises(Refused) as caught:
            workspace.check_passphrase(PASSPHRASE + "x")
        assert caught.value.reason is StorageReason.WRONG_PASSPHRASE

    def test_change(self, workspace: Workspace, path: Path, clock: Clock) -> None:
        salt = path.read_bytes()[:16]
        workspace.change_passphrase(PASSPHRASE, "二号口令")
        assert path.read_bytes()[:16] != salt
        workspace.check_passphrase("二号口令")
        assert scheme_is_writable(workspace)
        with pytest.raises(Unavailable):
            Workspace.open(path, "二号口令", clock=clock, costs=CHEAP_COSTS)
        workspace.close()
        assert list(path.parent.iterdir()) == [path]
        with pytest.raises(Refused):
            Workspace.open(path, PASSPHRASE, clock=clock, costs=CHEAP_COSTS)
        with Workspace.open(path, "二号口令", clock=clock, costs=CHEAP_COSTS) as again:
            assert YearStore(again).scheme_text(YEAR) == "新方案"

    def test_a_wrong_old_or_empty_new_one_changes_nothing(self, workspace: Workspace, path: Path) -> None:
        before = path.read_bytes()
        for old, new in (("不对", "二号口令"), (PASSPHRASE, "")):
            with pytest.raises(Refused):
                workspace.change_passphrase(old, new)
        assert path.read_bytes() == before

    def test_a_failure_half_way_leaves_the_old_one(
        self, workspace: Workspace, path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        replace = Path.replace

        def fail(part: Path, target: Path) -> Path:
            if target == path:
                raise OSError(28, "No space left on device")
            return replace(part, target)

        before = path.read_bytes()
        with monkeypatch.context() as patch, pytest.raises(Unavailable):
            patch.setattr(Path, "replace", fail)
            workspace.change_passphrase(PASSPHRASE, "二号口令")
        assert path.read_bytes() == before
        workspace.check_passphrase(PASSPHRASE)
        assert scheme_is_writable(workspace)
        workspace.close()
        assert list(path.parent.iterdir()) == [path]

    def test_a_failure_after_the_move_leaves_the_new_one(
        self, workspace: Workspace, path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        def fail(synced: Path) -> None:
            if synced == path:
                raise OSError(5, "Input/output error")

        with monkeypatch.context() as patch, pytest.raises(Unavailable):
            patch.setattr(workspace_module, "sync_file", fail)
            workspace.change_passphrase(PASSPHRASE, "二号口令")
        workspace.check_passphrase("二号口令")
        assert scheme_is_writable(workspace)

    @pytest.mark.parametrize("stage", [Stage.OPEN, Stage.SUSPENDED, Stage.CLOSED])
    def test_not_while_people_vote(self, workspace: Workspace, session: VotingSession, stage: Stage) -> None:
        set_stage(workspace, session.id, stage)
        with pytest.raises(Refused) as caught:
            workspace.change_passphrase(PASSPHRASE, "二号口令")
        assert caught.value.reason is StorageReason.VOTING


def set_stage(workspace: Workspace, session: SessionId, stage: Stage) -> None:
    with workspace.transaction() as connection:
        connection.execute(text("UPDATE session SET stage = :stage"), {"stage": stage.value})


class TestCopy:
    def test_a_copy_is_the_whole_workspace(self, workspace: Workspace, tmp_path: Path, clock: Clock) -> None:
        YearStore(workspace).add(2018, "长" * 50_000)
        copy = tmp_path / "备份" / "b.gxv"
        copy.parent.mkdir()
        workspace.copy_to(copy)
        assert list(copy.parent.iterdir()) == [copy]
        with Workspace.open(copy, PASSPHRASE, clock=clock, costs=CHEAP_COSTS) as again:
            assert YearStore(again).scheme_text(2018) == "长" * 50_000
            assert again.identity == workspace.identity
        assert scheme_is_writable(workspace)

    def test_it_is_on_the_medium_before_it_has_its_name(
        self, workspace: Workspace, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        steps: list[str] = []
        replace, sync = Path.replace, workspace_module.sync_file

        def noted_replace(part: Path, target: Path) -> Path:
            steps.append(f"{part.name} becomes {target.name}")
            return replace(part, target)

        def noted_sync(path: Path) -> None:
            steps.append(f"sync {path.name}")
            sync(path)

        monkeypatch.setattr(Path, "replace", noted_replace)
        monkeypatch.setattr(workspace_module, "sync_file", noted_sync)
        workspace.copy_to(tmp_path / "b")
        assert steps == ["sync b.part", "b.part becomes b", "sync b"]

    def test_it_overwrites_nothing(self, workspace: Workspace, tmp_path: Path) -> None:
        other = tmp_path / "other"
        other.write_bytes(b"precious")
        with pytest.raises(Refused) as caught:
            workspace.copy_to(other)
        assert caught.value.reason is StorageReason.EXISTS
        assert other.read_bytes() == b"precious"

    def test_a_missing_folder_is_told(self, workspace: Workspace, tmp_path: Path) -> None:
        with pytest.raises(Unavailable) as caught:
            workspace.copy_to(tmp_path / "U盘" / "b.gxv")
        assert caught.value.reason is StorageReason.UNREACHABLE

    @pytest.mark.parametrize("stage", [Stage.OPEN, Stage.SUSPENDED, Stage.CLOSED])
    def test_not_while_people_vote(
        self, workspace: Workspace, session: VotingSession, tmp_path: Path, stage: Stage
    ) -> None:
        """Copies taken between casts would tell their order."""
        set_stage(workspace, session.id, stage)
        with pytest.raises(Refused) as caught:
            workspace.copy_to(tmp_path / "b.gxv")
        assert caught.value.reason is StorageReason.VOTING
        assert not (tmp_path / "b.gxv").exists()

    def test_not_inside_a_transaction(self, workspace: Workspace, tmp_path: Path) -> None:
        with pytest.raises(RuntimeError), workspace.transaction():
            workspace.copy_to(tmp_path / "b.gxv")
        assert not (tmp_path / "b.gxv").exists()
