"""How dataclasses cross from a reading process: as JSON, validated on this side."""

import json
from typing import TypeVar

from pydantic import TypeAdapter
from pydantic_core import to_jsonable_python

Value = TypeVar("Value")


def to_wire(value: object) -> bytes:
    """A value as JSON in UTF-8; half surrogate pairs, which no store takes, become U+FFFD."""
    text = json.dumps(to_jsonable_python(value), ensure_ascii=False)
    try:
        return text.encode("utf-8")
    except UnicodeEncodeError:
        return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace").encode("utf-8")


def from_wire(adapter: TypeAdapter[Value], answer: bytes) -> Value:
    """The value of a JSON answer. Raises pydantic.ValidationError where it is no such value."""
    return adapter.validate_json(answer)
