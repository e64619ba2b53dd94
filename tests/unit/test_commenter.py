"""A document that kills, hangs or chokes what comments it has no copy, with a reason; the next one has."""

import os
import signal
import threading
from dataclasses import replace
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path

import pypdf
import pytest

from tests.support.draft_files import docx, paragraph, run
from tests.support.stores import figure_finding
from verifier.commenter import Commenter, _PdfRequest, _Request, _requests
from verifier.engines.wire import from_wire, to_wire
from verifier.errors import DocumentError
from verifier.model import Decision, Evidence, FindingState, Severity, SnapshotRef
from verifier.parser import extract
from verifier.parser.drafts.word_comments import WordComment, comment_word
from verifier.reports.contents import CitationPlace, ReportedFinding, ReportedReview
from verifier.reports.markup.commented_pdf import comment_pdf
from verifier.reports.markup.comments import Comment

MADE = datetime(2026, 1, 5, 12, 30, tzinfo=UTC)
COMMENTS = [WordComment("Broken – „x“", "Line.\nOther 😀.", (("Gate one is open.", 1), ("x", None)))]

PDF = Path(__file__).parents[1] / "data" / "simple-notes.pdf"
READING = extract(PDF)
NOTE = READING.footnotes[0]
SENTENCE = NOTE.anchors[0].sentence
FINDINGS = tuple(
    ReportedFinding(
        replace(
            figure_finding(name),
            footnote_id=NOTE.id,
            sentence=SENTENCE,
            message="About “the gates” 😀",
            evidence=Evidence(source_text="6", snapshot=SnapshotRef("a.warc.gz", 300), confidence=0.75),
        ),
        FindingState.ACCEPTED,
        (CitationPlace("paper.pdf", "1", 1, SENTENCE, NOTE.id, 1),),
        True,
        ReportedReview(Decision.ACCEPT, "Ana", "", "6", MADE),
    )
    for name in ("first", "second")
)
SUMMARY = Comment("verifier-summary", "Checked", "What was checked", Severity.LOW, 1)


def said(pdf):
    notes = [one.get_object() for page in pypdf.PdfReader(BytesIO(pdf)).pages for one in page.get("/Annots", ())]
    return [str(note.get("/Contents")) for note in notes]


@pytest.fixture
def file(tmp_path):
    made = tmp_path / "odd\nname.docx"
    made.write_bytes(docx(paragraph(run("Gate one is open."))))
    return made


def test_the_copy_is_that_which_is_made_here(file):
    with Commenter() as commenter:
        copy = commenter.comment_word(file, COMMENTS, MADE)
    here = comment_word(file, COMMENTS, MADE)
    assert (copy.content[:4], len(copy.content), copy.was_signed) == (b"PK\x03\x04", len(here.content), False)


def test_a_file_that_cannot_be_commented_is_refused_and_the_process_lives_on(file, tmp_path):
    (tmp_path / "b.docx").write_bytes(b"PK\x03\x04 no more")
    with Commenter() as commenter:
        for bad in (tmp_path / "b.docx", tmp_path / "not there.docx"):
            with pytest.raises(DocumentError, match=f"{bad.name}: "):
                commenter.comment_word(bad, COMMENTS, MADE)
        assert commenter.comment_word(file, COMMENTS, MADE).content


def test_a_process_that_dies_is_told_and_replaced(file):
    with Commenter() as commenter:
        commenter.comment_word(file, COMMENTS, MADE)
        process = commenter._child._process
        process.send_signal(signal.SIGSTOP)
        threading.Timer(0.2, lambda: os.kill(process.pid, signal.SIGKILL)).start()
        with pytest.raises(DocumentError, match=r"no comments were written: its reading process died.*save it again"):
            commenter.comment_word(file, COMMENTS, MADE)
        assert commenter.comment_word(file, COMMENTS, MADE).content


def test_a_process_that_hangs_is_ended_at_the_deadline(file):
    with Commenter(deadline=0.5) as commenter:
        commenter._child.start()
        commenter._child._process.send_signal(signal.SIGSTOP)
        with pytest.raises(DocumentError, match="longer than"):
            commenter.comment_word(file, COMMENTS, MADE)


def test_a_process_that_needs_too_much_memory_says_so_or_dies_with_a_reason(file, tmp_path):
    big = tmp_path / "big.docx"
    big.write_bytes(docx("<w:p><w:r><w:t>a</w:t></w:r></w:p>" * 500_000))
    with Commenter(memory=450 * 1024**2) as commenter:
        with pytest.raises(DocumentError, match=r"memory|damaged"):
            commenter.comment_word(big, COMMENTS, MADE)
        assert commenter.comment_word(file, COMMENTS, MADE).content


def test_the_copy_of_a_pdf_is_that_which_is_made_here():
    with Commenter() as commenter:
        copy = commenter.comment_pdf(PDF, READING, FINDINGS, SUMMARY, MADE)
    here = comment_pdf(PDF, READING, FINDINGS, SUMMARY, MADE)
    assert said(copy.content) == said(here.content)
    assert any("About “the gates” 😀" in words for words in said(copy.content))
    assert copy.was_signed is here.was_signed is False


def test_what_a_pdf_is_told_arrives_as_it_is():
    request = _Request(pdf=_PdfRequest(str(PDF), READING, FINDINGS, SUMMARY, MADE))
    assert from_wire(_requests(), to_wire(request)) == request


def test_a_broken_pdf_has_a_reason_and_the_next_one_a_copy(tmp_path):
    (tmp_path / "cut.pdf").write_bytes(PDF.read_bytes()[:900])
    with Commenter() as commenter:
        for bad in (tmp_path / "cut.pdf", tmp_path / "not there.pdf"):
            with pytest.raises(DocumentError):
                commenter.comment_pdf(bad, READING, FINDINGS, SUMMARY, MADE)
        assert commenter.comment_pdf(PDF, READING, FINDINGS, SUMMARY, MADE).content


def test_a_pdf_that_bloats_its_process_ends_that_alone(tmp_path):
    bomb = tmp_path / "bomb.pdf"
    bomb.write_bytes(PDF.read_bytes())
    with bomb.open("r+b") as file:
        file.truncate(450 * 1024**2)
    with Commenter(memory=450 * 1024**2) as commenter:
        with pytest.raises(DocumentError, match="memory"):
            commenter.comment_pdf(bomb, READING, FINDINGS, SUMMARY, MADE)
        assert commenter.comment_pdf(PDF, READING, FINDINGS, SUMMARY, MADE).content


def test_a_pdf_whose_process_dies_is_told(tmp_path):
    with Commenter() as commenter:
        commenter._child.start()
        process = commenter._child._process
        process.send_signal(signal.SIGSTOP)
        threading.Timer(0.2, lambda: os.kill(process.pid, signal.SIGKILL)).start()
        with pytest.raises(DocumentError, match=r"died.*export it again"):
            commenter.comment_pdf(PDF, READING, FINDINGS, SUMMARY, MADE)
