"""Opening a PDF: what is said of one does not depend on the one before it."""

from pathlib import Path

import pytest

from tests.support import bad_pdfs
from verifier.errors import DocumentError
from verifier.parser.page.open import open_pdf

DATA = Path(__file__).parents[3] / "data"


@pytest.mark.parametrize("before", ["encrypted.pdf", "truncated.pdf", "simple-notes.pdf", "not-a-pdf.pdf"])
@pytest.mark.parametrize(
    ("content", "said"),
    [
        pytest.param(bad_pdfs.no_pages(), "has no pages", id="no pages"),
        pytest.param(bad_pdfs.cyclic_table(), "has no pages", id="a cyclic table"),
        pytest.param((DATA / "truncated.pdf").read_bytes(), "is damaged beyond reading", id="truncated"),
        pytest.param((DATA / "encrypted.pdf").read_bytes(), "is encrypted", id="encrypted"),
    ],
)
def test_a_refusal_says_what_is_wrong_with_this_file(tmp_path, before: str, content: bytes, said: str):
    try:
        open_pdf(DATA / before, "").document.close()
    except DocumentError as error:
        assert before in str(error)
    (tmp_path / "bad.pdf").write_bytes(content)
    with pytest.raises(DocumentError, match=said):
        open_pdf(tmp_path / "bad.pdf", "")
