"""Who wrote a document, read in a process of its own."""

import pytest

from verifier.engines.author_reader import read_authors
from verifier.errors import DocumentError


def test_the_authors_come_back(tmp_path):
    file = tmp_path / "ä.md"
    file.write_text("---\nauthor: [Iñés Who, Bo Li]\n---\n", encoding="utf-8")
    assert read_authors(file) == ("Iñés Who", "Bo Li")
    file.write_text("none", encoding="utf-8")
    assert read_authors(file) == ()


@pytest.mark.parametrize("content", [b"%PDF-1.7 damaged", b"PK\x03\x04 damaged"])
def test_what_cannot_be_read_is_said(tmp_path, content):
    file = tmp_path / "a.pdf"
    file.write_bytes(content)
    with pytest.raises(DocumentError):
        read_authors(file)


def test_a_process_that_dies_is_said(tmp_path):
    file = tmp_path / "a.md"
    file.write_text("x", encoding="utf-8")
    with pytest.raises(DocumentError):
        read_authors(file, memory=1)
