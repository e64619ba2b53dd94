"""What an editor hands on of a document: the copy with comments, the sheet of its citations, the report as a page."""

import tempfile
from pathlib import Path

from flask import Blueprint, Response, abort

from db.records import StoredDocument
from verifier.model import suffix_of
from verifier.reports.contents import RunReport
from verifier.reports.gather import gather
from verifier.reports.html import HtmlReport
from verifier.reports.markup.annotated_copies import commented_copies, copy_name
from verifier.reports.sheets.cite_check import cite_checks
from verifier.reports.sheets.cite_check_xlsx import write_xlsx
from verifier.review.desk import app_state, now

hand_on = Blueprint("hand_on", __name__)

_PDF = "application/pdf"
_DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_REPORT_POLICY = "default-src 'none'; style-src 'unsafe-inline'; sandbox"


@hand_on.get("/documents/<row:document_id>/commented.pdf")
def commented(document_id: int) -> Response:
    """The document itself with the open findings as comments."""
    document, report = _gathered(document_id)
    state = app_state()
    made = next(commented_copies(state.store, report, [document], state.settings.documents_folder, now()))
    if made.content is None:
        abort(404, made.failure or "There is no copy of this document.")
    kind = _PDF if suffix_of(document.path) == ".pdf" else _DOCX
    return _download(made.content, kind, copy_name(document).name)


@hand_on.get("/documents/<row:document_id>/citations.xlsx")
def sheet(document_id: int) -> Response:
    """Every citation of the document, with what was checked of it."""
    document, report = _gathered(document_id)
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "citations.xlsx"
        write_xlsx(cite_checks(app_state().store, report, [document]), report, file)
        return _download(file.read_bytes(), _XLSX, f"{copy_name(document).stem} citations.xlsx")


@hand_on.get("/documents/<row:document_id>/report.html")
def page(document_id: int) -> Response:
    """The report about the document as one page that opens anywhere."""
    document, report = _gathered(document_id)
    told = _download(HtmlReport().render(report).encode(), "text/html", f"{copy_name(document).stem} report.html")
    told.headers["Content-Security-Policy"] = _REPORT_POLICY
    return told


def _gathered(document_id: int) -> tuple[StoredDocument, RunReport]:
    store = app_state().store
    found = store.documents.current([document_id])
    if not found:
        abort(404, "There is no such document any more.")
    return found[0], gather(store, documents=found, desk_address=app_state().settings.review.address)


def _download(content: bytes, media_type: str, name: str) -> Response:
    response = Response(content, mimetype=media_type)
    response.headers.set("Content-Disposition", "attachment", filename=name)
    return response
