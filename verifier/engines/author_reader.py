"""A process of its own that reads who wrote a document: what a hostile one crashes, hangs or bloats is it alone.

The request is a path, the answer a list of names or null, both as JSON.
"""

import json
from pathlib import Path

from pydantic import TypeAdapter, ValidationError

from verifier.engines.child import Child, ChildEndedError, serve
from verifier.errors import DocumentError
from verifier.parser.authorship.read import authors_of

DEADLINE = 20.0
"""Seconds: properties and front matter are read in one, of the largest files too."""

MEMORY_LIMIT = 1024**3
"""Bytes of address space."""

_NAMES: TypeAdapter[tuple[str, ...] | None] = TypeAdapter(tuple[str, ...] | None)


def read_authors(file: Path, deadline: float = DEADLINE, memory: int = MEMORY_LIMIT) -> tuple[str, ...]:
    """Who wrote a document, as it says itself; empty where it names nobody.

    Raises DocumentError where it cannot be read, or not within these limits.
    """
    with Child("verifier.engines.author_reader", memory) as child:
        try:
            names = _NAMES.validate_json(child.ask(json.dumps(str(file)).encode("ascii"), deadline))
        except (ChildEndedError, ValidationError) as error:
            raise DocumentError(f"{file}: its author cannot be read") from error
    if names is None:
        raise DocumentError(f"{file}: its author cannot be read")
    return names


def _answer(request: bytes) -> bytes:
    try:
        names = authors_of(Path(json.loads(request)))
    except Exception:  # noqa: BLE001 - the boundary of this process: said as a failure of this file
        return b"null"
    return json.dumps(names).encode("ascii")


if __name__ == "__main__":
    serve(_answer)
