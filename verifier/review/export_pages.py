"""What an editor hands on of a document: the commented copy, its citations, works and report."""

import tempfile
from pathlib import Path

from flask import Blueprint, Response, abort

from db.records import StoredDocument
from verifier.commenter import Commenter
from verifier.model import suffix_of
from verifier.reports.bibliography.csl import csl_json
from verifier.reports.bibliography.entries import entries_of
from verifier.reports.bibliography.ris import ris_text
from verifier.reports.contents import RunReport
from verifier.reports.gather import gather
from verifier.reports.html import HtmlReport
from verifier.reports.markup.annotated_copies import commented_copies, copy_name
from verifier.reports.sheets.cite_check import cite_checks
from verifier.reports.sheets.cite_check_xlsx import desk_link, write_xlsx
from verifier.review.desk import app_state, now
from verifier.review.downloads import as_download, name_of

exports = Blueprint("exports", __name__)

_PDF = "application/pdf"
_DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_RIS = "application/x-research-info-systems"
_REPORT_POLICY = "default-src 'none'; style-src 'unsafe-inline'; sandbox"


@exports.get("/documents/<row:document_id>/commented.pdf")
def commented(document_id: int) -> Response:
    """The document itself with the open findings as comments."""
    document, report = _gathered(document_id)
    state = app_state()
    with Commenter() as writer:
        made = next(commented_copies(state.store, report, [document], state.editions, now(), writer))
    if made.content is None:
        abort(404, made.failure or "There is no copy of this document.")
    kind = _PDF if suffix_of(document.path) == ".pdf" else _DOCX
    return as_download(made.content, kind, copy_name(document).name)


@exports.get("/documents/<row:document_id>/citations.xlsx")
def sheet(document_id: int) -> Response:
    """Every citation of the document, with what was checked of it."""
    document, report = _gathered(document_id)
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "citations.xlsx"
        rows = cite_checks(app_state().store, report, [document])
        write_xlsx(rows, report, file, desk_link(app_state().settings.review.address))
        return as_download(file.read_bytes(), _XLSX, name_of(document.path, "citations.xlsx"))


@exports.get("/documents/<row:document_id>/report.html")
def page(document_id: int) -> Response:
    """The report about the document as one page that opens anywhere."""
    document, report = _gathered(document_id)
    response = as_download(HtmlReport().render(report).encode(), "text/html", name_of(document.path, "report.html"))
    response.headers["Content-Security-Policy"] = _REPORT_POLICY
    return response


@exports.get("/documents/<row:document_id>/works.json")
def works_csl(document_id: int) -> Response:
    """The works that the document cites, as CSL-JSON."""
    document = _wanted(document_id)
    entries = entries_of(app_state().store, [document])
    return as_download(csl_json(entries).encode(), "application/json", name_of(document.path, "works.json"))


@exports.get("/documents/<row:document_id>/works.ris")
def works_ris(document_id: int) -> Response:
    """The works that the document cites, as RIS."""
    document = _wanted(document_id)
    entries = entries_of(app_state().store, [document])
    return as_download(ris_text(entries).encode(), _RIS, name_of(document.path, "works.ris"))


def _gathered(document_id: int) -> tuple[StoredDocument, RunReport]:
    document = _wanted(document_id)
    return document, gather(app_state().store, documents=[document], desk_address=app_state().settings.review.address)


def _wanted(document_id: int) -> StoredDocument:
    found = app_state().store.documents.current([document_id])
    if not found:
        abort(404, "There is no such document any more.")
    return found[0]
