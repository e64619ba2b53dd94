"""A source that kills, hangs or chokes its reader is a failure of that source alone."""

import os
import signal
import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime

import pytest
from fpdf import FPDF

from verifier.engines import SourceReaders
from verifier.engines.child import Child, ChildEndedError
from verifier.engines.source_reader import MEMORY_LIMIT
from verifier.errors import DocumentError

MODULE = "verifier.engines.source_reader"
PDF = "application/pdf"
PDF_REQUEST = b'{"wanted": "text", "media_type": "application/pdf"}\n'
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@pytest.fixture(scope="module")
def report() -> bytes:
    pdf = FPDF()
    pdf.set_title("Bridges ‰ and Tolls")
    pdf.set_creation_date(datetime(2024, 5, 6, tzinfo=UTC))
    pdf.add_page()
    pdf.set_font("helvetica", size=12)
    pdf.cell(text="The county keeps 142 bridges.")
    return bytes(pdf.output())


@pytest.fixture(scope="module")
def readers():
    with SourceReaders(processes=2) as readers:
        yield readers


def test_a_pdf_is_read_with_all_it_says_of_itself(readers: SourceReaders, report: bytes) -> None:
    readable = readers(report, PDF)
    assert readable is not None
    assert readable.text == "The county keeps 142 bridges."
    assert readable.title == "Bridges ‰ and Tolls"
    assert readable.dated == date(2024, 5, 6)


@pytest.mark.parametrize("kind", [PDF, XLSX])
@pytest.mark.parametrize("body", [b"", b"\n\n\xff", b"%PDF-1.7 and no more", b"PK\x03\x04 and no more"])
def test_what_is_no_such_document_has_no_text(readers: SourceReaders, body: bytes, kind: str) -> None:
    assert readers(body, kind) is None


def test_many_threads_share_few_readers(readers: SourceReaders, report: bytes) -> None:
    with ThreadPoolExecutor(8) as pool:
        texts = list(pool.map(lambda _: readers(report, PDF), range(24)))
    assert {readable.text for readable in texts if readable} == {"The county keeps 142 bridges."}


def test_a_reader_that_dies_is_told_and_replaced(report: bytes) -> None:
    with SourceReaders(processes=1) as readers:
        readers(report, PDF)
        pid = readers._children[0]._process.pid
        os.kill(pid, signal.SIGSTOP)
        threading.Timer(0.2, os.kill, (pid, signal.SIGKILL)).start()
        with pytest.raises(DocumentError, match=r"died [(]signal 9"):
            readers(report * 100, PDF)
        assert readers(report, PDF) is not None


def test_a_reader_that_hangs_is_ended_at_the_deadline(report: bytes) -> None:
    with Child(MODULE, MEMORY_LIMIT) as child:
        child._process = _stopped()
        with pytest.raises(ChildEndedError, match="longer than"):
            child.ask(PDF_REQUEST + report * 100, 0.5)


def test_a_reader_gives_up_where_its_memory_ends(report: bytes) -> None:
    """A page of 600 MB of blanks, 600 KB on the wire."""
    with SourceReaders(processes=1, memory=500 * 1024**2) as readers:
        with pytest.raises(DocumentError, match=r"died|memory"):
            readers(_pdf_with_stream(_deflated_blanks(600)), PDF)
        assert readers(report, PDF) is not None


def _stopped():
    warm = Child(MODULE, MEMORY_LIMIT)
    warm.ask(PDF_REQUEST, 60)
    assert warm._process is not None
    warm._process.send_signal(signal.SIGSTOP)
    return warm._process


def _deflated_blanks(megabytes: int) -> bytes:
    import zlib

    packer = zlib.compressobj(9)
    piece = b" " * 1024**2
    return b"".join(packer.compress(piece) for _ in range(megabytes)) + packer.flush()


def _pdf_with_stream(stream: bytes) -> bytes:
    objects = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 99 99]/Contents 4 0 R>>",
        b"<</Length %d/Filter/FlateDecode>>stream\n" % len(stream) + stream + b"\nendstream",
    ]
    body = b"%PDF-1.7\n"
    places = []
    for number, content in enumerate(objects, 1):
        places.append(len(body))
        body += b"%d 0 obj%s\nendobj\n" % (number, content)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    return body + b"xref\n0 5\n0000000000 65535 f \n%strailer<</Size 5/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF" % (
        table,
        len(body),
    )
