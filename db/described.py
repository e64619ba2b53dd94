"""How described works, and the fields that were compared, are kept: as JSON, read back into the model."""

from collections.abc import Sequence
from dataclasses import asdict
from functools import cache
from typing import Any

from pydantic import TypeAdapter

from db.tables.base import storable
from verifier.model import ComparedField, DescribedWork


@cache
def _works() -> TypeAdapter[DescribedWork]:
    return TypeAdapter(DescribedWork)


def work_as_stored(work: DescribedWork | None) -> dict[str, Any] | None:
    """A described work as JSON."""
    return None if work is None else _storable(_works().dump_python(work, mode="json", exclude_defaults=True))


def work_as_read(stored: dict[str, Any] | None) -> DescribedWork | None:
    """A described work as the other packages know it."""
    return None if stored is None else _works().validate_python(stored)


def fields_as_stored(fields: Sequence[ComparedField]) -> list[Any] | None:
    """Compared fields as JSON, None for none."""
    return [_storable(asdict(field)) for field in fields] or None


def fields_as_read(stored: list[Any] | None) -> tuple[ComparedField, ...]:
    """Compared fields as the other packages know them."""
    return tuple(ComparedField(**one) for one in stored or ())


def _storable(value: Any) -> Any:
    """The value with every text in it made such that both back ends can hold it."""
    if isinstance(value, str):
        return storable(value)
    if isinstance(value, dict):
        return {name: _storable(one) for name, one in value.items()}
    return [_storable(one) for one in value] if isinstance(value, list | tuple) else value
