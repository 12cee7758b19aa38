"""What happens all at once or not at all?"""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import Connection, Engine, StaticPool, create_engine, event
from sqlcipher3 import dbapi2

from gaoxin_vote.storage.failures import storage_failures


class Transactions:
    """The transactions of one connection to one file."""

    def __init__(self, driver: dbapi2.Connection, path: Path) -> None:
        """Take over `driver`; `path` is for messages."""
        self.driver = driver
        self._path = path
        self._running: Connection | None = None
        self._engine: Engine = create_engine(
            "sqlite://", module=dbapi2, creator=lambda: driver, poolclass=StaticPool, hide_parameters=True
        )
        # Python's driver would begin only before the first change and leave table definitions outside.
        event.listen(self._engine, "begin", lambda begun: begun.exec_driver_sql("BEGIN IMMEDIATE"))

    @property
    def running(self) -> bool:
        """Whether a transaction has begun."""
        return self._running is not None

    @contextmanager
    def transaction(self) -> Iterator[Connection]:
        """See `Workspace.transaction`."""
        with storage_failures(self._path):
            if self._running is not None:
                with self._savepoint(self._running):
                    yield self._running
                return
            with self._engine.begin() as connection:
                self._running = connection
                try:
                    yield connection
                    self._require_alive()
                finally:
                    self._running = None

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """See `Workspace.reading`."""
        if self._running is None:
            with self.transaction() as connection:
                yield connection
            return
        with storage_failures(self._path):
            self._require_alive()
            yield self._running

    @contextmanager
    def _savepoint(self, connection: Connection) -> Iterator[None]:
        self._require_alive()
        connection.exec_driver_sql("SAVEPOINT part")
        try:
            yield
        except BaseException:
            if self.driver.in_transaction:
                connection.exec_driver_sql("ROLLBACK TO part")
                connection.exec_driver_sql("RELEASE part")
            raise
        self._require_alive()
        connection.exec_driver_sql("RELEASE part")

    def _require_alive(self) -> None:
        # SQLite undoes a whole transaction by itself when the disk is full; nobody may go on as if not.
        if not self.driver.in_transaction:
            raise RuntimeError(
                "the transaction was already undone by a failure that somebody caught inside it"
            )

    def close(self) -> None:
        """Close the connection; a transaction under way is undone."""
        self._engine.dispose()
        self.driver.close()
