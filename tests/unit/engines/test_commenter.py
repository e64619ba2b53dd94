"""A Word file that kills, hangs or chokes what comments it has no copy, with a reason; the next one has."""

import os
import signal
import threading
from datetime import UTC, datetime

import pytest

from tests.support.draft_files import docx, paragraph, run
from verifier.engines.commenter import WordCommenter
from verifier.errors import DocumentError
from verifier.parser.drafts.word_comments import WordComment, comment_word

MADE = datetime(2026, 1, 5, 12, 30, tzinfo=UTC)
COMMENTS = [WordComment("Broken – „x“", "Line.\nOther 😀.", (("Gate one is open.", 1), ("x", None)))]


@pytest.fixture
def file(tmp_path):
    made = tmp_path / "odd\nname.docx"
    made.write_bytes(docx(paragraph(run("Gate one is open."))))
    return made


def test_the_copy_is_that_which_is_made_here(file):
    with WordCommenter() as commenter:
        copy = commenter.comment(file, COMMENTS, MADE)
    here = comment_word(file, COMMENTS, MADE)
    assert (copy.content[:4], len(copy.content), copy.was_signed) == (b"PK\x03\x04", len(here.content), False)


def test_a_file_that_cannot_be_commented_is_refused_and_the_process_lives_on(file, tmp_path):
    (tmp_path / "b.docx").write_bytes(b"PK\x03\x04 no more")
    with WordCommenter() as commenter:
        for bad in (tmp_path / "b.docx", tmp_path / "not there.docx"):
            with pytest.raises(DocumentError, match=f"{bad.name}: "):
                commenter.comment(bad, COMMENTS, MADE)
        assert commenter.comment(file, COMMENTS, MADE).content


def test_a_process_that_dies_is_told_and_replaced(file):
    with WordCommenter() as commenter:
        commenter.comment(file, COMMENTS, MADE)
        process = commenter._child._process
        process.send_signal(signal.SIGSTOP)
        threading.Timer(0.2, lambda: os.kill(process.pid, signal.SIGKILL)).start()
        with pytest.raises(DocumentError, match=r"no comments were written: its reading process died.*save it again"):
            commenter.comment(file, COMMENTS, MADE)
        assert commenter.comment(file, COMMENTS, MADE).content


def test_a_process_that_hangs_is_ended_at_the_deadline(file):
    with WordCommenter(deadline=0.5) as commenter:
        commenter._child.start()
        commenter._child._process.send_signal(signal.SIGSTOP)
        with pytest.raises(DocumentError, match="longer than"):
            commenter.comment(file, COMMENTS, MADE)


def test_a_process_that_needs_too_much_memory_says_so_or_dies_with_a_reason(file, tmp_path):
    big = tmp_path / "big.docx"
    big.write_bytes(docx("<w:p><w:r><w:t>a</w:t></w:r></w:p>" * 500_000))
    with WordCommenter(memory=300 * 1024**2) as commenter:
        with pytest.raises(DocumentError, match=r"memory|damaged"):
            commenter.comment(big, COMMENTS, MADE)
        assert commenter.comment(file, COMMENTS, MADE).content
