"""Whatever a document, a source or a file's name says: no output is spoilt, turned round or made to act by it."""

import csv
import email
import io
import json
import re
import unicodedata
from dataclasses import replace
from email.policy import default
from pathlib import Path

import lxml.html
import openpyxl
import rispy
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.unit.reports.sheets.test_cells import REPORT, row
from tests.unit.reports.test_reports import ACCUSATION, FULL, TO_DO
from verifier.characters import printable
from verifier.model import Author, Evidence, Work
from verifier.notification_settings import MailSettings
from verifier.reports.bibliography.csl import csl_json
from verifier.reports.bibliography.entries import Entry
from verifier.reports.bibliography.ris import ris_text
from verifier.reports.contents import CitationPlace, FailedDocument, RunReport
from verifier.reports.digest import digest_text, make_digest
from verifier.reports.digest_html import digest_html
from verifier.reports.html import HtmlReport
from verifier.reports.interchange import JsonReport
from verifier.reports.sarif import sarif_json
from verifier.reports.sheets.cite_check_csv import write_csv
from verifier.reports.sheets.cite_check_xlsx import write_xlsx
from verifier.reports.terminal import TextReport
from verifier.runs.notify.chat import digest_message
from verifier.runs.notify.mail import Letter, as_message

PIECES = (
    "=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r\n", "\x00", "\x1b]8;;http://evil.test\x07", "\x9b31m",
    "\u202e", "\u2066", "\u2028", "\ufeff", "\udcff", "<script>alert(1)</script>", "<img src=x onerror=alert(1)>",
    '"><a href="javascript:x">', "{{ 7*7 }}", "{% x %}", "[x](http://evil.test)", "&amp;", "<!channel>",
    "ER  - \nTY  - BOOK", "Bcc: all@evil.test", "::error::x", "ä王א", "a", " ", "'", "```", "\\", "%s",
)  # fmt: skip
TEXTS = st.lists(st.sampled_from(PIECES), min_size=1, max_size=5).map("".join) | st.text(
    st.characters(codec=None), max_size=20
)
KEPT_MARKS = "\u061c\u200e\u200f"
QUICK = settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


def report_saying(text: str) -> RunReport:
    """A report in which every field that others write says this."""
    said = replace(
        ACCUSATION,
        finding=replace(
            ACCUSATION.finding, message=text, url=f"http://a.test/{text}", sentence=text, evidence=Evidence(text, text)
        ),
        places=(CitationPlace(text, text, 3, text),),
        assignee=text,
    )
    moved = replace(TO_DO, finding=replace(TO_DO.finding, message=text), places=(CitationPlace(text, text, 3, text),))
    failed = (FailedDocument(text, text),)
    return replace(FULL, findings=(said, replace(moved, new=True)), failed=failed, messages=(text,))


def without_harm(text: str) -> str:
    """The text, once it is shown that it can be written and turns nothing round."""
    text.encode("utf-8")
    for char in text:
        assert char in "\n\t\r" + KEPT_MARKS or unicodedata.category(char) not in ("Cc", "Cs", "Zl", "Zp"), repr(char)
        assert char not in "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069", repr(char)
    return text


@QUICK
@given(TEXTS)
def test_pages_have_no_markup_but_ours(text):
    report = report_saying(text)
    for page in (HtmlReport().render(report), digest_html(make_digest(report))):
        root = lxml.html.document_fromstring(without_harm(page))
        assert not root.xpath("//script | //img | //iframe | //object | //form | //base")
        assert not root.xpath("//@*[starts-with(name(), 'on')]")
        assert all(link.startswith("#") for link in root.xpath("//@href"))
        assert "{{" not in text or "49" not in text or "{{ 7*7 }}" in page


@QUICK
@given(TEXTS)
def test_text_for_terminals_and_mail_steers_nothing(text):
    report = report_saying(text)
    without_harm(printable(TextReport(100).render(report), keep="\n\t"))
    digest = make_digest(report)
    without_harm(printable(digest_text(digest), keep="\n\t"))
    given_settings = MailSettings(host="mail.test", sender="bot@desk.test", recipients=("ed@desk.test",))
    content = as_message(Letter(text, digest_text(digest), digest_html(digest)), given_settings).as_bytes()
    assert max(map(len, content.splitlines())) <= 998
    read = email.message_from_bytes(content, policy=default)
    assert read["Bcc"] is None
    assert [part.get_content_type() for part in read.walk()][1:] == ["text/plain", "text/html"]
    for line in digest_message(digest).lines:
        without_harm(line.text)


@QUICK
@given(TEXTS)
def test_json_and_sarif_stay_json(text):
    report = report_saying(text)
    findings = json.loads(without_harm(JsonReport().render(report)))["findings"]
    assert findings[0]["message"] == text
    (run,) = json.loads(without_harm(sarif_json(report, {}, Path.cwd())))["runs"]
    for result in run["results"]:
        without_harm(result["message"]["text"])
        assert not re.search(r"\]\(", result["message"]["text"])


@QUICK
@given(TEXTS)
def test_works_stay_works(text):
    entry = Entry(Work(text, text, text, (Author(text, text),), "2020-05"), (), (f"http://a.test/{text}",), (text,))
    assert len(json.loads(without_harm(csl_json([entry, entry])))) == 2
    assert len(rispy.loads(without_harm(ris_text([entry, entry])))) == 2


@QUICK
@given(text=TEXTS)
def test_sheets_hold_text_alone(text, tmp_path):
    line = row(**dict.fromkeys(("document", "note", "sentence", "citation", "source", "status", "reason"), text))
    file = io.StringIO(newline="")
    write_csv([line], file)
    (_, cells) = csv.reader(io.StringIO(without_harm(file.getvalue())[1:], newline=""))
    assert not any(cell.lstrip("\ufeff\u200b \t\r\n")[:1] in ("=", "+", "-", "@") for cell in cells if cell)
    write_xlsx([line], replace(REPORT, messages=(text,)), tmp_path / "sheet.xlsx")
    for sheet in openpyxl.load_workbook(tmp_path / "sheet.xlsx"):
        for line_of_cells in sheet.iter_rows():
            assert all(cell.data_type in ("s", "n", "inlineStr") for cell in line_of_cells)
