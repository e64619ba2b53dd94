"""How the queue reaches its tables: in the store's database, in a schema of their own."""

import re
from typing import TYPE_CHECKING, Any

from db.store import Store
from verifier.errors import SettingsError

if TYPE_CHECKING:
    from procrastinate import PsycopgConnector


_SEARCH_PATH = re.compile(r"search_path=([^\s,]+)")


def connection_parameters(store: Store, schema: str) -> dict[str, Any]:
    """What psycopg connects with, to see the queue's schema.

    Raises SettingsError where the store is no PostgreSQL database.
    """
    require_shared(str(store.url))
    given = store.url.translate_connect_args(username="user", database="dbname")
    query = {name: value for name, value in store.url.query.items() if isinstance(value, str)}
    options = f"{query.pop('options', '')} -csearch_path={schema}".strip()
    return {**query, **given, "options": options, "application_name": "verifier queue"}


def store_schema(store: Store) -> str:
    """The schema that the store's tables are in: what its address says, else PostgreSQL's own."""
    options = store.url.query.get("options", "")
    found = _SEARCH_PATH.search(options if isinstance(options, str) else "")
    return found[1] if found else "public"


def queue_connector(store: Store, schema: str, connections: int) -> "PsycopgConnector":
    """The queue's own connections. Raises SettingsError where the extra is not installed, or as above."""
    parameters = connection_parameters(store, schema)
    require_extra()
    from procrastinate import PsycopgConnector

    return PsycopgConnector(kwargs=parameters, min_size=1, max_size=connections)


def require_shared(store_url: str) -> None:
    """Raises SettingsError where a store cannot be shared by several machines."""
    if not store_url.startswith("postgresql"):
        raise SettingsError(
            'the queue needs PostgreSQL, and the store is an SQLite file: set store = "postgresql+psycopg://..." '
            "(docs/scale.md)"
        )


def require_extra() -> None:
    """Raises SettingsError where what the queue is made of is not installed."""
    try:
        import procrastinate  # noqa: F401
    except ModuleNotFoundError as error:
        raise SettingsError(
            f"the queue is not installed ({error.name} is missing): pip install 'footnote-verifier[scale]'"
        ) from None
