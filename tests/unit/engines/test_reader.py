"""A PDF that kills, hangs or chokes its reader is a failure of that PDF alone."""

import os
import signal
import threading
from pathlib import Path

import pytest

from verifier.engines import LocalEngine
from verifier.engines.reader import DocumentReader


@pytest.fixture
def not_a_pdf(tmp_path):
    file = tmp_path / "not-a.pdf"
    file.write_bytes(b"plainly not a PDF")
    return file


def test_a_bad_pdf_is_a_failure_with_a_reason_and_the_reader_lives_on(not_a_pdf):
    with DocumentReader() as reader:
        first = reader.read(not_a_pdf)
        child = reader._child._process
        second = reader.read(not_a_pdf.with_name("missing.pdf"))
        assert reader._child._process is child
    assert first.extraction is None
    assert first.failure
    assert second.failure


def test_a_path_with_a_line_break_is_read_like_any_other(not_a_pdf, tmp_path):
    odd = tmp_path / "odd\nname.pdf"
    odd.write_bytes(not_a_pdf.read_bytes())
    with DocumentReader() as reader:
        assert reader.read(odd).path == odd


def test_a_reader_that_dies_is_told_and_replaced(not_a_pdf):
    with DocumentReader() as reader:
        reader.read(not_a_pdf)
        reader._child._process.send_signal(signal.SIGSTOP)
        threading.Timer(0.2, lambda pid=reader._child._process.pid: os.kill(pid, signal.SIGKILL)).start()
        killed = reader.read(not_a_pdf)
        assert "signal 9" in killed.failure
        assert "signal 9" not in reader.read(not_a_pdf).failure


def test_a_reader_that_hangs_is_ended_at_the_deadline(not_a_pdf):
    with DocumentReader(deadline=0.5) as reader:
        warm = DocumentReader()
        warm.read(not_a_pdf)
        reader._child._process = warm._child._process
        reader._child._process.send_signal(signal.SIGSTOP)
        hung = reader.read(not_a_pdf)
    assert "longer than" in hung.failure


def test_many_files_all_come_back(not_a_pdf, tmp_path):
    files = [tmp_path / f"{n}.pdf" for n in range(5)]
    for file in files:
        file.write_bytes(not_a_pdf.read_bytes())
    read = list(LocalEngine(processes=2).read_documents(files))
    assert sorted(r.path for r in read) == sorted(files)
    assert all(isinstance(r.path, Path) and r.failure for r in read)
