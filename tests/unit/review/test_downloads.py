"""Names of downloads: said once, taken by every system, and never more than a name."""

import re
from urllib.parse import unquote

import pytest
from hypothesis import given
from hypothesis import strategies as st

from verifier.review.downloads import as_download, disposition, name_of


@pytest.mark.parametrize(
    ("path", "what", "name"),
    [
        ("papers/tolls.pdf", "citations.xlsx", "tolls citations.xlsx"),
        ("report.pdf", "report.html", "report.html"),
        ("annual report.pdf", "report.html", "annual report.html"),
        ("annual_Report.pdf", "report.html", "annual_Report.html"),
        ("reporter.pdf", "report.html", "reporter report.html"),
        ("works.docx", "works.json", "works.json"),
        ("v1.2 tolls.md", "works.ris", "v1.2 tolls works.ris"),
        ("päper 王.pdf", "report.html", "päper 王 report.html"),
        ('C:\\x\\a"b:c*.pdf', "report.html", "a b c report.html"),
        ("a\r\nBcc: x.pdf", "report.html", "a Bcc x report.html"),
        ("a\u202efdp.exe", "report.html", "a fdp report.html"),
        ("../..", "report.html", "document report.html"),
        ("...", "report.html", "document report.html"),
        ("", "report.html", "document report.html"),
        ("x" * 400 + ".pdf", "report.html", "x" * 120 + " report.html"),
        ("王" * 400 + ".pdf", "report.html", "王" * 60 + " report.html"),
    ],
)
def test_what_a_file_is_called(path, what, name):
    assert name_of(path, what) == name


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("a b.pdf", 'attachment; filename="a b.pdf"'),
        ("ä 王.pdf", "attachment; filename=\"a .pdf\"; filename*=UTF-8''%C3%A4%20%E7%8E%8B.pdf"),
        ("王.pdf", "attachment; filename=\".pdf\"; filename*=UTF-8''%E7%8E%8B.pdf"),
        ('a"; x=y\\.pdf', 'attachment; filename="a ; x=y .pdf"'),
        ("100%.pdf", 'attachment; filename="100.pdf"'),
        ("a\r\nSet-Cookie: x", 'attachment; filename="a Set-Cookie x"'),
    ],
)
def test_a_name_in_a_header(name, value):
    assert disposition(name) == value


@given(st.text(st.characters(codec=None), max_size=300), st.sampled_from(["report.html", "works.json"]))
def test_any_name_is_one_that_every_system_takes(path, what):
    name = name_of(path, what)
    assert len(name.encode("utf-8")) <= 200
    assert not re.search(r'[<>:"/\\|?*\x00-\x1f\u202a-\u202e]', name)
    assert name.endswith(what.rpartition(".")[2])
    assert name == name.strip(" .")
    header = as_download(b"", "text/plain", name).headers["Content-Disposition"]
    assert header.isascii()
    assert "\n" not in header
    if not name.isascii():
        assert unquote(header.partition("UTF-8''")[2]) == name
