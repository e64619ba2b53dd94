"""A PostgreSQL store with a queue, and a run that workers share, for tests of the parts."""

from collections.abc import Iterator
from dataclasses import dataclass

import pytest

from db.queue_jobs import JobTable
from db.shared_runs import RunDocument
from db.store import Store
from tests.support.queue_nights import empty_store
from tests.support.stores import POSTGRESQL, T0, note, publish
from verifier.engines.queue.schema import ensure_schema
from verifier.model import RunPhase, SharedRun

needs_postgresql = pytest.mark.skipif(
    not POSTGRESQL, reason="VERIFIER_TEST_POSTGRESQL names no database, and the queue needs one"
)


@dataclass
class SharedStore:
    """An open store, its queue's schema and jobs, and a run."""

    store: Store
    url: str
    schema: str
    jobs: JobTable
    run_id: int = 0

    def share(self, *urls: str, phase: RunPhase = RunPhase.CHECKING) -> None:
        """Begin a run about one document that cites these addresses."""
        document = publish(self.store, "paper.pdf", "a" * 64, *(note(n, [url]) for n, url in enumerate(urls, 1)))
        self.run_id = self.store.runs.begin("nightly", ["papers"], T0).id
        run = SharedRun(self.run_id, phase, T0, None, "", 0, 0)
        self.store.shared_runs.begin(run, [RunDocument(document.id, True, True, False)], [])

    def ask(self, statement: str) -> list[tuple[object, ...]]:
        """Rows of the store; `{queue}` is the queue's schema."""
        from sqlalchemy import create_engine, text

        engine = create_engine(self.url)
        with engine.begin() as connection:
            result = connection.execute(text(statement.replace("{queue}", self.schema)))
            found = [tuple(row) for row in result] if result.returns_rows else []
        engine.dispose()
        return found


@pytest.fixture
def shared() -> Iterator[SharedStore]:
    """A store with a queue; both are gone afterwards."""
    if not POSTGRESQL:
        pytest.skip("VERIFIER_TEST_POSTGRESQL names no database, and the queue needs one")
    with empty_store() as (url, schema), Store.open(url) as store:
        ensure_schema(store, schema)
        yield SharedStore(store, url, schema, JobTable(schema))
