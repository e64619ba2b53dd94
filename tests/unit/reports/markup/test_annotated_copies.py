"""A commented copy of each document: its own findings, what was checked, and a reason where there is none."""

import io
import shutil
from dataclasses import replace
from pathlib import Path, PurePosixPath

import pypdf
import pytest
from pypdf.generic import DictionaryObject, NameObject, NumberObject

from db.records import StoredDocument
from db.store import Store
from tests.support.commenting import InlineCommenter
from tests.support.stores import cited, day, figure_finding, source
from verifier.model import Coverage, Decision
from verifier.objects import ObjectSettings
from verifier.objects.editions import Editions
from verifier.parser import extract
from verifier.reports.gather import gather
from verifier.reports.markup.annotated_copies import commented_copies, copy_name, told_findings

DATA = Path(__file__).resolve().parents[3] / "data"


@pytest.fixture
def store(tmp_path):
    with Store.open(f"sqlite:///{tmp_path / 'verifier.db'}") as opened:
        yield opened


def publish(store, folder, collection, pdf, *prints):
    """A document of that name in a collection, with a finding for each fingerprint on its first note."""
    reading = extract(pdf)
    sha = f"{collection}-{reading.document.sha256}"
    shutil.copy(pdf, folder / f"{sha}.pdf")
    document = store.documents.record_edition(collection, "paper.pdf", sha, day(0))
    reading = replace(reading, document=replace(reading.document, sha256=sha, path="paper.pdf"))
    store.documents.save_extraction(reading, [cited(0, source("http://a.example.test/"))], day(0))
    run = store.runs.begin("run", ["."], day(0))
    note = reading.footnotes[0]
    findings = [
        replace(figure_finding(name), footnote_id=note.id, sentence=note.anchors[0].sentence, message=f"About {name}.")
        for name in prints
    ]
    store.findings.save_document_result(document.id, run.id, "key", [], findings, Coverage(footnotes=3), day(0))
    return document


def copies(store, folder):
    documents = store.documents.current()
    return list(
        commented_copies(store, gather(store), documents, Editions(folder, ObjectSettings()), day(1), InlineCommenter())
    )


def said(pdf):
    pages = pypdf.PdfReader(io.BytesIO(pdf), strict=True).pages
    notes = [reference.get_object() for page in pages for reference in page.get("/Annots", ())]
    return [str(note["/Contents"]) for note in notes if "/Contents" in note]


def test_each_copy_has_the_findings_of_its_own_document(store, tmp_path):
    publish(store, tmp_path, "one", DATA / "simple-notes.pdf", "first")
    publish(store, tmp_path, "two", DATA / "simple-notes.pdf", "second")
    first, second = copies(store, tmp_path)
    assert (first.findings, second.findings) == (1, 1)
    assert any("About first." in text for text in said(first.content))
    assert not any("About second." in text for text in said(first.content))
    assert any("About second." in text for text in said(second.content))


def test_the_first_page_says_how_much_is_open_and_what_was_checked(store, tmp_path):
    publish(store, tmp_path, "one", DATA / "simple-notes.pdf", "first")
    (copy,) = copies(store, tmp_path)
    summary = said(copy.content)[0]
    assert summary.startswith("Checked by Verifier: 1 accusation, 0 to-dos")
    assert "notes: 3" in summary
    assert "signed" not in summary


def test_decided_findings_are_left_out(store, tmp_path):
    document = publish(store, tmp_path, "one", DATA / "simple-notes.pdf", "first")
    store.findings.add_review("first", Decision.DISMISS, "Ana", "", "token", day(1))
    assert document.id not in told_findings(gather(store))
    (copy,) = copies(store, tmp_path)
    assert said(copy.content)[0].startswith("Checked by Verifier: 0 accusations, 0 to-dos")


def test_of_a_signed_document_it_is_said_that_the_signature_does_not_hold(store, tmp_path):
    writer = pypdf.PdfWriter(clone_from=DATA / "simple-notes.pdf")
    writer.root_object[NameObject("/AcroForm")] = DictionaryObject({NameObject("/SigFlags"): NumberObject(3)})
    writer.write(tmp_path / "signed.pdf")
    publish(store, tmp_path, "one", tmp_path / "signed.pdf", "first")
    (copy,) = copies(store, tmp_path)
    assert copy.was_signed
    assert "the signature does not hold for this copy" in said(copy.content)[0]


def test_an_encrypted_document_that_opens_without_a_password_is_copied(store, tmp_path):
    writer = pypdf.PdfWriter(clone_from=DATA / "simple-notes.pdf")
    writer.encrypt("", "an owner's password", algorithm="RC4-128")
    writer.write(tmp_path / "encrypted.pdf")
    publish(store, tmp_path, "one", tmp_path / "encrypted.pdf", "first")
    (copy,) = copies(store, tmp_path)
    assert any("About first." in text for text in said(copy.content))


def test_where_there_is_no_copy_it_is_said_why(store, tmp_path):
    publish(store, tmp_path, "one", DATA / "simple-notes.pdf", "first")
    next(tmp_path.glob("one-*.pdf")).unlink()
    store.documents.record_edition("two", "b.pdf", "sha b", day(0))
    store.documents.save_failure("sha b", "parser 1", "it is encrypted; give its password", day(0))
    assert [(copy.content, "not in the data folder" in copy.failure) for copy in copies(store, tmp_path)] == [
        (None, True),
        (None, False),
    ]
    assert copies(store, tmp_path)[1].failure == "b.pdf: it is encrypted; give its password"


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("a.pdf", "a.annotated.pdf"),
        ("2026/a b.PDF", "2026/a b.annotated.pdf"),
        ("../../etc/passwd", "etc/passwd.annotated.pdf"),
        ("/root/a.pdf", "root/a.annotated.pdf"),
        ("..\\..\\a.pdf", "a.annotated.pdf"),
        ("..", "document.annotated.pdf"),
    ],
)
def test_a_copy_never_goes_outside_its_folder(store, path, expected):
    document = store.documents.record_edition("one", path, "sha", day(0))
    assert copy_name(document) == PurePosixPath(expected)


@pytest.mark.parametrize(
    ("path", "name"),
    [
        ("tolls.pdf", "tolls.annotated.pdf"),
        ("a/tolls.annotated.pdf", "a/tolls.annotated.pdf"),
        ("../../tolls.docx", "tolls.annotated.docx"),
        ("x" * 251 + ".pdf", "x" * 216 + ".annotated.pdf"),
        ("王" * 80 + ".docx", "王" * 71 + ".annotated.docx"),
    ],
)
def test_what_a_copy_is_called(path, name):
    assert str(copy_name(StoredDocument(1, "/papers", path, "key", "ab" * 32, day(0)))) == name
