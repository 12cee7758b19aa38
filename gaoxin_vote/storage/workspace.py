"""Which encrypted file does the office work in?"""

import hmac
import secrets
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from datetime import datetime
from pathlib import Path
from types import TracebackType
from typing import Self

from sqlalchemy import Connection, select

from gaoxin_vote.domain.session import Stage
from gaoxin_vote.errors import Refused
from gaoxin_vote.storage import schema
from gaoxin_vote.storage.encrypted_file import (
    connect,
    create_empty,
    exists,
    not_a_workspace,
    read_salt,
    sync_file,
    verify_pages,
)
from gaoxin_vote.storage.failures import PART, StorageReason, storage_failures, unreachable
from gaoxin_vote.storage.lock import FileLock
from gaoxin_vote.storage.migration import migrate, schema_version
from gaoxin_vote.storage.passphrase import SALT_BYTES, derive_key
from gaoxin_vote.storage.transactions import Transactions
from gaoxin_vote.stretching import FULL_COSTS, StretchingCosts

Clock = Callable[[], datetime]


class Workspace:
    """One open workspace file 工作区. Lives on the thread that opened it; open only once at a time."""

    path: Path
    office: str
    """Name of the office, as it stands on sheets."""
    identity: str
    """32 random hex digits drawn when the file was made; the audit log starts from them."""
    clock: Clock
    costs: StretchingCosts
    """What passphrases and slip codes cost to guess, here and in everything done with this workspace."""

    def __init__(
        self, path: Path, key: bytes, salt: bytes, lock: FileLock, clock: Clock, costs: StretchingCosts
    ) -> None:
        """Use `create` or `open`."""
        self.path = path
        self.clock = clock
        self.costs = costs
        self._key = key
        self._salt = salt
        self._lock = lock
        self._thread = threading.get_ident()
        self._transactions: Transactions | None = None
        self._connect()

    @classmethod
    def create(
        cls,
        path: Path,
        passphrase: str,
        *,
        office: str,
        clock: Clock,
        random_bytes: Callable[[int], bytes] = secrets.token_bytes,
        costs: StretchingCosts = FULL_COSTS,
    ) -> Self:
        """Make the workspace file `path` and open it. It appears whole or not at all.

        Raises `Refused` when the file exists or the passphrase is empty, `Unavailable` when it cannot be
        written.
        """
        if not passphrase:
            raise Refused(StorageReason.EMPTY_PASSPHRASE, "口令不能为空。")
        path = path.resolve()
        lock = FileLock(path)
        try:
            if path.exists():
                raise exists(path)
            salt = random_bytes(SALT_BYTES)
            key = derive_key(passphrase, salt, costs.workspace)
            row = {"id": 1, "office": office, "identity": random_bytes(16).hex()}
            with _unfinished(path) as part:
                transactions = Transactions(connect(part, key, salt), part)
                try:
                    with transactions.transaction() as connection:
                        connection.exec_driver_sql(f"PRAGMA application_id = {schema.APPLICATION_ID}")
                        migrate(connection)
                        connection.execute(schema.workspace.insert(), row)
                finally:
                    transactions.close()
                _move(part, path)
            return cls(path, key, salt, lock, clock, costs)
        except BaseException:
            lock.release()
            raise

    @classmethod
    def open(cls, path: Path, passphrase: str, *, clock: Clock, costs: StretchingCosts = FULL_COSTS) -> Self:
        """Open the workspace file `path`; an older one is copied beside itself, then migrated.

        Raises `Refused` for a wrong passphrase, a foreign file or one of a newer program; `Unavailable` when
        the file is missing, open elsewhere or out of reach; `EvidenceBroken` when its pages do not verify.
        """
        path = path.resolve()  # one file, one lock, whatever link leads to it
        read_salt(path)  # a missing or foreign file is told before a lock file appears beside it
        lock = FileLock(path)
        try:
            salt = read_salt(path)
            return cls(path, derive_key(passphrase, salt, costs.workspace), salt, lock, clock, costs)
        except BaseException:
            lock.release()
            raise

    def close(self) -> None:
        """Close the file and let others open it. Safe to call twice."""
        if self._transactions is not None:
            self._open_transactions().close()
            self._transactions = None
        self._lock.release()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    @contextmanager
    def transaction(self) -> Iterator[Connection]:
        """All or nothing: what happens inside is on the medium when the block ends, or undone when it raises.

        A transaction inside another joins it; if only the inner one raises and the caller goes on, only the
        inner part is undone. Raises `Unavailable` (disk full, file locked or gone) or `EvidenceBroken`
        (damaged pages).
        """
        with self._open_transactions().transaction() as connection:
            yield connection

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """Several readings of one moment: nothing is changed inside.

        Inside a transaction it is part of that. Raises like `transaction`.
        """
        with self._open_transactions().reading() as connection:
            yield connection

    def check_passphrase(self, passphrase: str) -> None:
        """Raise `Refused` unless `passphrase` is that of this file."""
        key = derive_key(passphrase, self._salt, self.costs.workspace)
        if not hmac.compare_digest(key, self._key):
            raise Refused(StorageReason.WRONG_PASSPHRASE, "口令不正确，请重新输入。")

    def copy_to(self, path: Path) -> None:
        """Write a consistent copy under the same passphrase to `path`, whole and durable or not at all.

        Raises `Refused` when `path` exists or a session is open (copies taken between casts would tell their
        order), `Unavailable` when the medium is full or gone.
        """
        self._require_no_voting("备份")
        self._write_copy(path.resolve())

    def change_passphrase(
        self, old: str, new: str, *, random_bytes: Callable[[int], bytes] = secrets.token_bytes
    ) -> None:
        """Encrypt the file anew under `new` and a new salt, then put it in the place of the old one at once.

        Raises `Refused` when `old` is wrong, `new` is empty or a session is open. Copies made before keep the
        old passphrase.
        """
        self.check_passphrase(old)
        if not new:
            raise Refused(StorageReason.EMPTY_PASSPHRASE, "口令不能为空。")
        self._require_no_voting("更换口令")
        salt = random_bytes(SALT_BYTES)
        key = derive_key(new, salt, self.costs.workspace)
        with _unfinished(self.path) as part:
            self._fill(part, key, salt)
            self._open_transactions().close()
            self._transactions = None
            try:
                _move(part, self.path)
            finally:
                if read_salt(self.path) == salt:  # also when only the flush after the move failed
                    self._key, self._salt = key, salt
                self._connect()

    def _connect(self) -> None:
        self._transactions = Transactions(connect(self.path, self._key, self._salt), self.path)
        try:
            verify_pages(self._transactions.driver, self.path)
            self._require_known_schema()
            with self.transaction() as connection:
                row = connection.execute(select(schema.workspace)).one()
        except BaseException:
            self._transactions.close()
            self._transactions = None
            raise
        self.office = row.office
        self.identity = row.identity

    def _require_known_schema(self) -> None:
        with self.transaction() as connection:
            version = schema_version(connection)
        if not version:
            raise not_a_workspace(self.path)
        if version > schema.HEAD:
            raise Refused(
                StorageReason.NEWER,
                f"工作区由更新版本的程序建立（文件版本 {version}，本程序 {schema.HEAD}）：{self.path}。"
                "请先升级程序再打开。",
            )
        if version < schema.HEAD:
            moment = self.clock().strftime("%Y%m%d-%H%M%S")
            copy = self.path.with_name(f"{self.path.stem}.升级前-{version}-{moment}{self.path.suffix}")
            self._write_copy(copy)
            with self.transaction() as connection:
                migrate(connection)

    def _write_copy(self, path: Path) -> None:
        if path.exists():
            raise exists(path)
        with _unfinished(path) as part:
            self._fill(part, self._key, self._salt)
            _move(part, path)

    def _fill(self, part: Path, key: bytes, salt: bytes) -> None:
        """Copy every page, encrypted under `key` and `salt`, into the empty file `part`."""
        transactions = self._open_transactions()
        if transactions.running:
            raise RuntimeError("a copy inside a transaction would lack the transaction")
        with storage_failures(part):
            target = connect(part, key, salt)
            try:
                transactions.driver.backup(target)
                verify_pages(target, part)
            finally:
                target.close()

    def _require_no_voting(self, act: str) -> None:
        going_on = schema.session.c.stage.in_((Stage.OPEN.value, Stage.SUSPENDED.value, Stage.CLOSED.value))
        with self.transaction() as connection:
            if connection.execute(select(schema.session.c.id).where(going_on)).first() is not None:
                raise Refused(StorageReason.VOTING, f"测评会议尚未结束，暂不能{act}。请在封箱以后进行。")

    def _open_transactions(self) -> Transactions:
        if self._transactions is None:
            raise RuntimeError("the workspace is closed")
        if threading.get_ident() != self._thread:
            raise RuntimeError("the workspace lives on the thread that opened it")
        return self._transactions


@contextmanager
def _unfinished(path: Path) -> Iterator[Path]:
    """An empty file beside `path` to be filled and moved to it; gone afterwards if it was not moved."""
    part = path.with_name(path.name + PART)
    _discard(part)  # left by a program that was killed
    create_empty(part)
    try:
        yield part
    finally:
        _discard(part)


def _move(part: Path, path: Path) -> None:
    try:
        sync_file(part)
        part.replace(path)
        sync_file(path)
    except OSError as error:
        raise unreachable(path, error) from error


def _discard(part: Path) -> None:
    for path in (part, part.with_name(part.name + "-journal")):
        with suppress(OSError):
            path.unlink()
