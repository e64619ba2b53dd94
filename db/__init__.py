"""The store: the mapped classes, and the only place that opens sessions.

`Store` is loaded on first use, so that importing the records costs no database library.
"""

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from db.store import Store

__all__ = ["Store"]


def __getattr__(name: str) -> Any:
    if name == "Store":
        from db.store import Store

        return Store
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
