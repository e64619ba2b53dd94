"""Data files as text: rows as lines with the heads first, values with their names."""

import csv
import io
import json
from collections.abc import Iterator
from typing import Any

import lxml.etree

_MOST_ROWS = 200_000
_DELIMITERS = ",;\t|"


def csv_text(text: str) -> str:
    """Rows as lines, cells separated by ` | `."""
    sample = text[:20_000]
    try:
        dialect: Any = csv.Sniffer().sniff(sample, delimiters=_DELIMITERS)
    except csv.Error:
        dialect = csv.excel
    lines = []
    try:
        for row in csv.reader(io.StringIO(text, newline=""), dialect):
            cells = [" ".join(cell.split()).replace(" | ", " / ") for cell in row]
            if any(cells):
                lines.append(" | ".join(cells))
            if len(lines) >= _MOST_ROWS:
                break
    except csv.Error:
        return text
    return "\n".join(lines)


def json_text(text: str) -> str:
    """A list of like records as a table, anything else as `name.name: value` lines; the text itself if no JSON."""
    try:
        value = json.loads(text)
    except (ValueError, RecursionError):
        return text
    return "\n".join(_json_lines(value, ""))


def xml_text(body: bytes, text: str) -> str:
    """The text of each element on a line of its own; the text itself if it is no XML."""
    parser = lxml.etree.XMLParser(resolve_entities=False, no_network=True, recover=True, huge_tree=False)
    try:
        root = lxml.etree.fromstring(body, parser)
    except (lxml.etree.XMLSyntaxError, ValueError):
        return text
    if root is None:
        return text
    return "\n".join(line for piece in map(str, root.itertext()) if (line := " ".join(piece.split())))


def _json_lines(value: Any, name: str) -> Iterator[str]:
    if isinstance(value, list) and len(value) > 1 and all(_is_record(one) for one in value):
        heads = list(dict.fromkeys(key for one in value for key in one))
        if name:
            yield name
        yield " | ".join(heads)
        for one in value[:_MOST_ROWS]:
            yield " | ".join(_scalar(one.get(head)) for head in heads)
    elif isinstance(value, dict):
        for key, one in value.items():
            yield from _json_lines(one, f"{name}.{key}" if name else str(key))
    elif isinstance(value, list):
        for one in value:
            yield from _json_lines(one, name)
    else:
        yield f"{name}: {_scalar(value)}" if name else _scalar(value)


def _is_record(value: Any) -> bool:
    return isinstance(value, dict) and bool(value) and not any(isinstance(one, dict | list) for one in value.values())


def _scalar(value: Any) -> str:
    if value is None:
        return ""
    return " ".join(value.split()) if isinstance(value, str) else json.dumps(value)
