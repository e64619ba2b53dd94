"""Stores for the tests that go through one, and reading processes that outlive a test."""

from tests.support.desks import browser, data, demo_data, desk
from tests.support.kept_processes import kept_processes
from tests.support.stores import empty_postgresql_store, empty_sqlite_store, fresh_url, store, store_url

__all__ = [
    "browser",
    "data",
    "demo_data",
    "desk",
    "empty_postgresql_store",
    "empty_sqlite_store",
    "fresh_url",
    "kept_processes",
    "store",
    "store_url",
]
