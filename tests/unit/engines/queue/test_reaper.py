"""What a worker that was stopped in the middle of a transaction holds is let go of after its lease."""

import asyncio

import psycopg
import pytest
from procrastinate import App

from tests.support.shared_stores import shared
from verifier.engines.queue.connection import connection_parameters, queue_connector, store_schema
from verifier.engines.queue.reaper import end_abandoned_sessions

__all__ = ["shared"]

pytestmark = pytest.mark.postgresql


def end_sessions(shared, lease):
    async def end():
        app = App(connector=queue_connector(shared.store, shared.schema, connections=1))
        async with app.open_async():
            await end_abandoned_sessions(app, lease, store_schema(shared.store))

    asyncio.run(end())


def is_alive(connection):
    try:
        connection.execute("SELECT 1")
    except psycopg.OperationalError:
        return False
    return True


@pytest.fixture
def connect(shared):
    opened = []

    def connect():
        opened.append(psycopg.connect(**connection_parameters(shared.store, shared.schema)))
        return opened[-1]

    yield connect
    for connection in opened:
        connection.close()


def test_a_session_that_wrote_and_then_fell_silent_is_ended(shared, connect):
    stopped, reader, elsewhere = connect(), connect(), connect()
    stopped.execute(f"LOCK TABLE {store_schema(shared.store)}.run IN ROW EXCLUSIVE MODE")
    stopped.execute("SELECT pg_current_xact_id()")
    reader.execute(f"SELECT 1 FROM {store_schema(shared.store)}.run")
    elsewhere.execute("SELECT pg_current_xact_id()")
    end_sessions(shared, 600.0)
    assert is_alive(stopped), "its lease has not lapsed"
    end_sessions(shared, -1.0)
    assert not is_alive(stopped)
    assert is_alive(reader), "it wrote nothing"
    assert is_alive(elsewhere), "it is another store's"
