import math

import pytest
from pydantic import TypeAdapter, ValidationError

from verifier.engines.reader import DocumentReader
from verifier.engines.wire import from_wire, to_wire
from verifier.model import Box, Document, Extraction, ExtractionWarning, WarningCode


def test_an_extraction_comes_across_as_it_was() -> None:
    adapter = TypeAdapter(Extraction)
    warnings = (ExtractionWarning(None, WarningCode.LABEL_GAP, "½ … 数"),)
    read = Extraction(Document("x.pdf", "0" * 64, 3, "Title"), "6", warnings=warnings)
    assert from_wire(adapter, to_wire(read)) == read


def test_half_a_surrogate_pair_becomes_a_replacement_character() -> None:
    adapter = TypeAdapter(tuple[str, ...])
    assert from_wire(adapter, to_wire(("a\udcff", "\U0001f600"))) == ("a�", "\U0001f600")


def test_edges_without_end_come_across() -> None:
    adapter = TypeAdapter(Box)
    assert from_wire(adapter, to_wire(Box(1, 0, 0, math.inf, 1))).x1 == math.inf


@pytest.mark.parametrize("answer", [b"", b"[]", b"cposix\nsystem\n(S'x'\ntR.", b'{"extraction": 3}', b"\xff"])
def test_what_is_no_reading_is_a_failure_of_the_document(answer: bytes, tmp_path, monkeypatch) -> None:
    """An answer was unpickled: a PDF that took the process over took the run over."""
    with DocumentReader() as reader:
        monkeypatch.setattr(reader._child, "ask", lambda request, patience: answer)
        read = reader.read(tmp_path / "x.pdf")
    assert read.extraction is None
    assert "something else" in (read.failure or "")


def test_a_wrong_kind_is_refused() -> None:
    with pytest.raises(ValidationError):
        from_wire(TypeAdapter(Box), b'{"page": "one"}')
