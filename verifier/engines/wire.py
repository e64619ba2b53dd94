"""How dataclasses cross from a reading process: as JSON, validated on this side.

pydantic is loaded where it is needed: a process that reads pages answers without it.
"""

import json
from typing import TYPE_CHECKING, Any, TypeVar

if TYPE_CHECKING:
    from pydantic import TypeAdapter

Value = TypeVar("Value")


def to_wire(value: object) -> bytes:
    """A value as JSON in UTF-8; half surrogate pairs, which no store takes, become U+FFFD."""
    text = json.dumps(value, ensure_ascii=False, default=_plain)
    try:
        return text.encode("utf-8")
    except UnicodeEncodeError:
        return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace").encode("utf-8")


def from_wire(adapter: "TypeAdapter[Value]", answer: bytes) -> Value:
    """The value of a JSON answer. Raises pydantic.ValidationError where it is no such value."""
    return adapter.validate_json(answer)


def _plain(value: Any) -> Any:
    """A value in JSON's own kinds, one level of it."""
    fields = getattr(type(value), "__dataclass_fields__", None)
    if fields is not None:
        return {name: getattr(value, name) for name in fields}
    if isinstance(value, frozenset):
        return list(value)
    from pydantic_core import to_jsonable_python

    return to_jsonable_python(value)
