"""Every test of the store runs on SQLite, and on PostgreSQL where there is one."""

from tests.support.stores import empty_postgresql_store, empty_sqlite_store, fresh_url, store, store_url

__all__ = ["empty_postgresql_store", "empty_sqlite_store", "fresh_url", "store", "store_url"]
