"""Bad and hostile PDFs as a user meets them: a clear message, an exit code, what to do next, and never a traceback."""

import json
from pathlib import Path

import pytest

from tests.support import bad_pdfs
from tests.support.hostile_pdfs import forms_in_forms
from verifier.engines.reader import DocumentReader

DATA = Path(__file__).parents[1] / "data"
USAGE = 2


@pytest.fixture
def extract(verifier):
    def extract(file, *arguments):
        done = verifier("extract", file, *arguments)
        assert "Traceback" not in done.stderr + done.stdout
        return done

    return extract


def refused(done) -> str:
    """What is said of a file that is not read at all."""
    assert done.returncode == USAGE
    assert done.stdout == ""
    assert done.stderr.startswith("verifier: ")
    assert done.stderr.count("\n") == 1
    return done.stderr


@pytest.mark.parametrize(
    ("name", "reason", "advice"),
    [
        ("encrypted.pdf", "is encrypted", "give its password"),
        ("truncated.pdf", "is damaged beyond reading", "export it again"),
        ("zero-bytes.pdf", "is empty", "export it again"),
        ("not-a-pdf.pdf", "is not a PDF", "check that the right file was given"),
        ("missing.pdf", "cannot be read (No such file or directory)", "check the path"),
        (".", "cannot be read (Is a directory)", "check the path"),
    ],
)
def test_what_is_no_readable_pdf_is_refused_with_advice(extract, name, reason, advice):
    said = refused(extract(DATA / name))
    assert reason in said
    assert advice in said
    assert str(DATA / name) in said


def test_a_wrong_password_is_refused_and_the_right_one_opens(extract):
    assert "is encrypted" in refused(extract(DATA / "encrypted.pdf", "--password", "wrong"))
    assert "A secret source." in extract(DATA / "encrypted.pdf", "--password", "tables").stdout


def test_an_encrypted_pdf_with_an_empty_password_is_read(extract, tmp_path):
    from pypdf import PdfReader, PdfWriter

    writer = PdfWriter(clone_from=PdfReader(DATA / "simple-notes.pdf"))
    writer.encrypt("", owner_password="owner", algorithm="RC4-128")
    writer.write(tmp_path / "locked.pdf")
    assert "3 notes" in extract(tmp_path / "locked.pdf").stdout


@pytest.mark.parametrize("make", [bad_pdfs.no_pages, bad_pdfs.cyclic_table], ids=lambda make: make.__name__)
def test_a_pdf_without_pages_is_refused(extract, tmp_path, make):
    (tmp_path / "bad.pdf").write_bytes(make())
    assert "has no pages; export it again" in refused(extract(tmp_path / "bad.pdf"))


@pytest.mark.parametrize(
    ("make", "warnings"),
    [
        (bad_pdfs.gigantic_box, []),
        (bad_pdfs.empty_box, []),
        (bad_pdfs.nonsense_box, []),
        (bad_pdfs.wrong_table, []),
        (bad_pdfs.cyclic_outlines, []),
        (bad_pdfs.cyclic_names, []),
        (bad_pdfs.cyclic_pages, ["page_unreadable", "page_unreadable", "structure_damaged"]),
        (bad_pdfs.deep_arrays, ["bad_annotation"]),
        (bad_pdfs.deep_pages, ["page_unreadable", "structure_damaged"]),
        (bad_pdfs.actions, []),
        (bad_pdfs.bad_addresses, ["bad_annotation"]),
        (bad_pdfs.lone_surrogates, []),
    ],
    ids=lambda value: getattr(value, "__name__", None),
)
def test_what_can_be_read_of_a_hostile_pdf_is_read(extract, tmp_path, make, warnings):
    (tmp_path / "bad.pdf").write_bytes(make())
    done = extract(tmp_path / "bad.pdf", "--json")
    assert (done.returncode, done.stderr) == (0, "")
    read = json.loads(done.stdout)
    assert sorted(warning["code"] for warning in read["warnings"]) == warnings
    assert read["footnotes"] == []


def test_no_action_of_a_pdf_is_followed_or_listed(extract, tmp_path):
    (tmp_path / "bad.pdf").write_bytes(bad_pdfs.actions())
    assert json.loads(extract(tmp_path / "bad.pdf", "--json").stdout)["body_links"] == []


def test_a_scan_says_that_it_needs_ocr(extract):
    assert "needs OCR" in extract(DATA / "no-text-layer.pdf").stdout


def test_five_thousand_pages_are_read(extract, tmp_path):
    (tmp_path / "long.pdf").write_bytes(bad_pdfs.many_pages(5000))
    assert "5000 pages" in extract(tmp_path / "long.pdf").stdout


def test_a_pdf_in_a_folder_that_cannot_be_written_is_read(extract, tmp_path):
    folder = tmp_path / "library"
    folder.mkdir()
    (folder / "paper.pdf").write_bytes((DATA / "simple-notes.pdf").read_bytes())
    folder.chmod(0o555)
    try:
        done = extract(folder / "paper.pdf")
    finally:
        folder.chmod(0o755)
    assert "3 notes" in done.stdout
    assert [path.name for path in folder.iterdir()] == ["paper.pdf"]


def test_a_pdf_that_nobody_may_read_is_refused(extract, tmp_path):
    (tmp_path / "locked").symlink_to(tmp_path / "locked")
    assert "cannot be read" in refused(extract(tmp_path / "locked"))


def test_a_page_that_inflates_beyond_the_memory_ends_its_reader_alone(tmp_path):
    (tmp_path / "bomb.pdf").write_bytes(bad_pdfs.bomb(400_000_000, layers=2))
    (tmp_path / "good.pdf").write_bytes((DATA / "simple-notes.pdf").read_bytes())
    with DocumentReader(memory=700_000_000) as reader:
        bomb = reader.read(tmp_path / "bomb.pdf")
        good = reader.read(tmp_path / "good.pdf")
    assert bomb.extraction is None
    assert "memory" in bomb.failure
    assert "export it again" in bomb.failure
    assert len(good.extraction.footnotes) == 3


@pytest.mark.slow
def test_a_page_of_a_gigabyte_ends_with_a_message(extract, tmp_path):
    (tmp_path / "bomb.pdf").write_bytes(bad_pdfs.bomb(1_000_000_000, layers=2))
    assert (tmp_path / "bomb.pdf").stat().st_size < 10_000
    said = refused(extract(tmp_path / "bomb.pdf"))
    assert "memory" in said
    assert "export it again" in said


def test_a_pdf_that_takes_too_long_is_ended(tmp_path):
    """One that would be read for days: a short one may be read before anybody looks at the clock."""
    (tmp_path / "slow.pdf").write_bytes(forms_in_forms(7, 10, idle=50_000))
    with DocumentReader(deadline=0.5) as reader:
        ended = reader.read(tmp_path / "slow.pdf")
    assert ended.extraction is None
    assert "took longer than" in ended.failure
    assert "export it again" in ended.failure
