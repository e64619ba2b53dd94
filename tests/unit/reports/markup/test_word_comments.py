"""Comments in Word files: what is too large for the process that writes them is refused before it is parsed."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from tests.support.draft_files import docx, paragraph, run
from verifier.errors import DocumentError
from verifier.parser import extract
from verifier.reports.markup import word_comments

MADE = datetime(2026, 1, 5, tzinfo=UTC)


def test_a_part_with_too_many_tags_is_not_commented(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = tmp_path / "long.docx"
    file.write_bytes(docx("".join(paragraph(run(f"Gate {number} is open.")) for number in range(60))))
    extraction = extract(file)
    assert word_comments.comment_word(file, extraction, [], MADE)
    monkeypatch.setattr(word_comments, "MOST_TAGS", 100)
    with pytest.raises(DocumentError, match="more than 100 tags"):
        word_comments.comment_word(file, extraction, [], MADE)
