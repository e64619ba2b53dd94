"""A pooled connection that died while it was idle is replaced; one that was just used is not asked after."""

import pytest
from sqlalchemy import create_engine, event, text

from db import pooled_connections
from db.pooled_connections import Prepared, replace_dead
from tests.support.stores import POSTGRESQL

pytestmark = [
    pytest.mark.postgresql,
    pytest.mark.skipif(not POSTGRESQL, reason="VERIFIER_TEST_POSTGRESQL names no database"),
]


@pytest.fixture
def engine():
    engine = create_engine(POSTGRESQL, pool_size=2)
    replace_dead(engine)
    event.listen(engine, "connect", Prepared(7.0))
    yield engine
    engine.dispose()


def _pid(engine):
    with engine.connect() as connection:
        return connection.scalar(text("SELECT pg_backend_pid()"))


def _end(pid):
    other = create_engine(POSTGRESQL, isolation_level="AUTOCOMMIT")
    with other.connect() as connection:
        connection.execute(text("SELECT pg_terminate_backend(:pid, 60000)"), {"pid": pid})
    other.dispose()


def test_one_that_died_while_it_was_idle_is_replaced(engine, monkeypatch):
    monkeypatch.setattr(pooled_connections, "_IDLE_SECONDS", 0.0)
    first = _pid(engine)
    _end(first)
    assert _pid(engine) != first


def test_one_that_was_just_used_is_used_as_it_is(engine, monkeypatch):
    monkeypatch.setattr(pooled_connections, "_IDLE_SECONDS", 3600.0)
    asked = []
    monkeypatch.setattr(engine.dialect, "do_ping", lambda connection: asked.append(connection))
    assert _pid(engine) == _pid(engine)
    assert asked == []
    monkeypatch.setattr(pooled_connections, "_IDLE_SECONDS", -1.0)
    _pid(engine)
    assert len(asked) == 1


def test_a_connection_waits_for_no_lock_for_long_and_compiles_nothing(engine):
    with engine.connect() as connection:
        assert connection.scalar(text("SHOW lock_timeout")) == "7s"
        assert connection.scalar(text("SHOW jit")) == "off"
