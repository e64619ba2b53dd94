"""A file that promises more pages than it can hold is refused at once, instead of being looked through."""

import pytest

from verifier.errors import DocumentError
from verifier.parser import extract


def promise(pages: int) -> bytes:
    catalog = b"1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n"
    tree = f"2 0 obj<</Type/Pages/Count {pages}/Kids[]>>endobj\n".encode()
    return b"%PDF-1.7\n" + catalog + tree + b"trailer<</Root 1 0 R>>"


def test_a_million_pages_in_a_hundred_bytes(tmp_path):
    path = tmp_path / "promise.pdf"
    path.write_bytes(promise(1_000_000))
    with pytest.raises(DocumentError, match="states 1000000 pages, more than it can hold"):
        extract(path)
