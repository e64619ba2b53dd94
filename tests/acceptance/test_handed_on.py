"""What an editor hands on, from the command line: commented PDFs and the cite-check sheet of the demo."""

import csv
import hashlib
import io
import json
import subprocess

import openpyxl
import pypdf
import pytest

from tests.support.commandline import command, environment_with


@pytest.fixture(scope="module")
def data(tmp_path_factory):
    folder = tmp_path_factory.mktemp("handed-on")
    made = subprocess.run(
        command("demo", "--data", folder / "demo"),
        env=environment_with(None),
        cwd=folder,
        capture_output=True,
        text=True,
        timeout=300,
    )
    assert made.returncode == 0, made.stderr
    return folder / "demo"


@pytest.fixture
def findings(verifier, data):
    return json.loads(verifier("report", "--data", data, "--format", "json").stdout)["findings"]


def comments(file):
    return [
        note["/Contents"]
        for page in pypdf.PdfReader(file, strict=True).pages
        for reference in page.get("/Annots", ())
        if (note := reference.get_object()).get("/Subtype") in ("/Highlight", "/Text")
    ]


def test_every_open_finding_is_a_comment_and_the_original_stays(verifier, data, findings, tmp_path):
    (edition,) = (data / "documents").glob("*.pdf")
    done = verifier("report", "--data", data, "--format", "pdf", "--out", tmp_path / "copies")
    assert done.returncode == 0, done.stderr
    said = comments(tmp_path / "copies" / "paper.annotated.pdf")
    accusations = [finding for finding in findings if finding["kind"] == "accusation"]
    assert said[0].startswith(f"Checked by Verifier: {len(accusations)} accusations")
    for finding in findings:
        assert any(finding["message"] in text and finding["id"] in text for text in said)
    assert hashlib.sha256(edition.read_bytes()).hexdigest() == edition.stem


def test_one_document_goes_to_a_file(verifier, data, tmp_path):
    chosen = ("--document", "paper.pdf", "--output", tmp_path / "one.pdf")
    assert verifier("report", "--data", data, "--format", "pdf", *chosen).returncode == 0
    assert comments(tmp_path / "one.pdf")


def test_neither_an_original_nor_a_kept_edition_is_overwritten(verifier, data):
    (edition,) = (data / "documents").glob("*.pdf")
    before = edition.read_bytes()
    done = verifier("report", "--data", data, "--format", "pdf", "--output", edition)
    assert done.returncode == 2
    assert "is the document itself" in done.stderr
    assert edition.read_bytes() == before


def test_the_sheet_has_every_note_and_every_finding(verifier, data, findings, tmp_path):
    printed = verifier("report", "--data", data, "--format", "csv")
    lines = list(csv.DictReader(io.StringIO(printed.stdout.removeprefix("\ufeff"), newline="")))
    assert {line["Note"] for line in lines} >= {str(label) for label in range(1, 19)}
    assert all(any(finding["message"] in line["Reason"] for line in lines) for finding in findings)
    assert any(line["Status"] == "not checked" for line in lines)
    assert verifier("report", "--data", data, "--format", "xlsx", "-o", tmp_path / "sheet.xlsx").returncode == 0
    assert openpyxl.load_workbook(tmp_path / "sheet.xlsx")["Citations"].max_row == len(lines) + 1


@pytest.mark.parametrize(
    ("options", "says"),
    [
        (("--format", "pdf"), "say where the copies go"),
        (("--format", "xlsx"), "say where the workbook goes"),
        (("--format", "csv", "--output", "/nowhere/x.csv"), "cannot be written"),
        (("--document", "other.pdf"), "no document of that name"),
    ],
)
def test_what_cannot_be_done_is_said(verifier, data, options, says):
    done = verifier("report", "--data", data, *options)
    assert done.returncode == 2
    assert says in done.stderr
