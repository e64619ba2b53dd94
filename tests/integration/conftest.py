"""Stores for the tests that go through one."""

from tests.stores import empty_postgresql_store, empty_sqlite_store, fresh_url, store, store_url

__all__ = ["empty_postgresql_store", "empty_sqlite_store", "fresh_url", "store", "store_url"]
