"""A draft on its way: found in a folder, checked, shown, commented, and followed by its PDF."""

import zipfile
from datetime import UTC, datetime
from io import BytesIO

import pytest

from db.store import Store
from tests.support.draft_files import docx, paragraph, ref, run, word_note
from verifier.admin.integrity import damaged_documents
from verifier.commenter import Commenter
from verifier.objects import FileObjects
from verifier.objects.editions import Editions
from verifier.reports.gather import gather
from verifier.reports.markup.annotated_copies import commented_copies, copy_name
from verifier.runs import run as check
from verifier.settings import FetchSettings, Settings

SENTENCE = "The county has 999 bridges."
PAGE = (
    "<html><head><title>Report</title></head><body><main><p>The county has 142 bridges in use.</p></main></body></html>"
)


@pytest.fixture
def folder(tmp_path):
    made = tmp_path / "papers"
    made.mkdir()
    return made


@pytest.fixture
def settings(httpserver, tmp_path):
    httpserver.expect_request("/live").respond_with_data(PAGE, content_type="text/html")
    httpserver.expect_request("/gone").respond_with_data("gone", status=404)
    return Settings(
        data=tmp_path / "data",
        allow_private=True,
        hosts={"*.example.test": f"127.0.0.1:{httpserver.port}"},
        fetch=FetchSettings(pause=0),
    )


def draft():
    return docx(
        paragraph(run("Before it. " + SENTENCE), ref(1), run(" After it.")) + paragraph(run("They are old."), ref(2)),
        word_note(1, run("Report, http://live.example.test/live."))
        + word_note(2, run("Survey, http://live.example.test/gone.")),
    )


def found(outcome):
    return {
        (f.finding.code.value, f.finding.footnote_label or f.places[0].footnote_label) for f in outcome.report.findings
    }


def test_a_draft_is_checked_as_a_pdf_is(folder, settings):
    (folder / "paper.docx").write_bytes(draft())
    (folder / "~$paper.docx").write_bytes(b"open in Word")
    (folder / "chapter.tex").write_text("A part, no document.")
    outcome = check([folder], settings)
    assert [f.document for f in outcome.report.failed] == []
    assert ("link_unconfirmed", "2") in found(outcome)
    assert (settings.documents_folder / f"{_only(settings).pdf_sha256}.docx").read_bytes() == (
        folder / "paper.docx"
    ).read_bytes()
    with Store.open(f"sqlite:///{settings.data / 'verifier.db'}") as store:
        read = store.documents.newest_extraction(_only(settings).pdf_sha256)
    anchor = read.footnotes[0].anchors[0]
    assert (read.document.pages, anchor.page, anchor.paragraph) == (None, None, 1)
    assert anchor.paragraph_text == f"Before it. {SENTENCE} After it."


def test_the_copy_has_a_comment_a_finding_on_its_sentence(folder, settings):
    (folder / "paper.docx").write_bytes(draft())
    check([folder], settings)
    with Store.open(f"sqlite:///{settings.data / 'verifier.db'}") as store:
        documents = store.documents.current()
        report = gather(store, documents=documents)
        with Commenter() as writer:
            editions = Editions(settings.documents_folder, settings.objects)
            (copy,) = commented_copies(store, report, documents, editions, datetime.now(UTC), writer)
    assert (copy.failure, copy_name(copy.document).name) == (None, "paper.annotated.docx")
    with zipfile.ZipFile(BytesIO(copy.content)) as package:
        comments = package.read("word/comments.xml").decode()
        text = package.read("word/document.xml").decode()
        assert b"/word/comments.xml" in package.read("[Content_Types].xml")
        assert b"relationships/comments" in package.read("word/_rels/document.xml.rels")
    assert comments.count("<w:comment ") == copy.findings > 0
    assert (
        text.count("commentRangeStart")
        == text.count("commentRangeEnd")
        == text.count("commentReference")
        == copy.findings
    )


def test_the_pdf_that_is_made_of_a_draft_is_the_same_document(folder, settings, make_paper):
    (folder / "paper.docx").write_bytes(draft())
    before = check([folder], settings)
    document = _only(settings)
    figures = [f for f in before.report.findings if f.finding.sentence == SENTENCE]
    made = make_paper(
        "made.pdf",
        [
            (SENTENCE, "Report, http://live.example.test/live."),
            ("They are old.", "Survey, http://live.example.test/gone."),
        ],
    )
    (folder / "paper.pdf").write_bytes(made.read_bytes())
    after = check([folder], settings)
    assert (_only(settings).id, _only(settings).key, _only(settings).path) == (document.id, document.key, "paper.pdf")
    assert figures
    assert {f.finding.fingerprint for f in figures} <= {f.finding.fingerprint for f in after.report.findings}


SOURCE = (
    "\\documentclass{article}\\begin{document}It is long.\\footnote{Survey, \\url{http://live.example.test/live}.}\n"
    "\\input{parts/one}\n\nThe county has 999 bridges.\\cite{reed04}\\bibliography{refs}\\end{document}"
)
PART = "They are old.\\footnote{Report, \\url{http://live.example.test/%s}.}"
DATABASE = "@misc{reed04, title={Bridges of the county}, url={http://live.example.test/%s}}"


def _latex(folder, *, part, database):
    for name, text in (("paper.tex", SOURCE), ("parts/one.tex", PART % part), ("refs.bib", DATABASE % database)):
        (folder / name).parent.mkdir(exist_ok=True)
        (folder / name).write_text(text)


def _urls(settings):
    with Store.open(f"sqlite:///{settings.data / 'verifier.db'}") as store:
        read = store.documents.newest_extraction(_only(settings).pdf_sha256)
    return {url.rpartition("/")[2] for note in read.footnotes for url in (*note.urls, *note.citations[0].urls)}


def test_what_a_latex_draft_reads_in_is_read_in_runs_and_anew_when_it_changes(folder, settings):
    _latex(folder, part="live", database="live")
    outcome = check([folder], settings)
    document = _only(settings)
    assert _urls(settings) == {"live"}
    assert not any(code == "link_unconfirmed" for code, _ in found(outcome))
    _latex(folder, part="live", database="gone")
    outcome = check([folder], settings)
    assert (_urls(settings), _only(settings).id) == ({"live", "gone"}, document.id)
    assert any(code == "link_unconfirmed" for code, _ in found(outcome))
    _latex(folder, part="away", database="live")
    check([folder], settings)
    assert _urls(settings) == {"live", "away"}
    edition = _only(settings).pdf_sha256
    check([folder], settings)
    assert _only(settings).pdf_sha256 == edition
    assert not list(damaged_documents(FileObjects(settings.documents_folder)))


def test_a_part_that_is_not_there_is_a_to_do(folder, settings):
    _latex(folder, part="live", database="live")
    (folder / "parts" / "one.tex").unlink()
    (folder / "refs.bib").unlink()
    outcome = check([folder], settings)
    (message,) = (f.finding.message for f in outcome.report.findings if f.finding.code == "note_unparsed")
    assert "parts/one" in message
    assert "refs is not there" in message
    assert "PDF" not in message


def test_what_lies_beside_an_upload_is_no_part_of_it(settings):
    settings.uploads_folder.mkdir(parents=True)
    _latex(settings.uploads_folder, part="live", database="live")
    outcome = check([settings.uploads_folder / "paper.tex"], settings)
    assert _urls(settings) == {"live"}
    (message,) = (f.finding.message for f in outcome.report.findings if f.finding.code == "note_unparsed")
    assert "parts/one" in message


def _only(settings):
    with Store.open(f"sqlite:///{settings.data / 'verifier.db'}") as store:
        (document,) = store.documents.current()
    return document
