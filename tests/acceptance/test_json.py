"""The commands print exactly the JSON that docs/schemas/ describes."""

import json
from pathlib import Path

import jsonschema
import pytest
from fpdf import FPDF

from verifier.demo import demo_paper

SCHEMAS = Path(__file__).resolve().parents[2] / "docs" / "schemas"


def held(name: str, value: object) -> None:
    jsonschema.validate(value, json.loads((SCHEMAS / f"{name}.json").read_text(encoding="utf-8")))


def test_extract(verifier):
    value = json.loads(verifier("extract", demo_paper(), "--json").stdout)
    held("extract", value)
    assert len(value["footnotes"]) == 21
    for note in value["footnotes"]:
        for anchor in note["anchors"]:
            assert 0 <= anchor["marker_offset"] <= len(anchor["sentence"])


def test_extract_of_a_bad_pdf_is_a_sentence_and_code_2(verifier, tmp_path):
    bad = tmp_path / "bad.pdf"
    bad.write_bytes(b"%PDF-1.4 and no more")
    result = verifier("extract", bad, "--json")
    assert (result.returncode, result.stdout) == (2, "")
    assert result.stderr.startswith("verifier: ")
    assert "Traceback" not in result.stderr


@pytest.fixture
def pages(httpserver):
    httpserver.expect_request("/ok").respond_with_data("<p>Here it is, in so many words.</p>", content_type="text/html")
    httpserver.expect_request("/gone").respond_with_data("gone", 410)
    return {"*.example.test": f"127.0.0.1:{httpserver.port}"}


def test_links_answers_every_line_in_order_and_archives(verifier, pages, tmp_path):
    lines = [
        "http://a.example.test/ok",
        "http://b.example.test/gone",
        "http://[::1/x",
        "mailto:someone@example.test",
        "http://a.example.test/ok#part",
        "http://a.example.test/ok",
    ]
    result = verifier(
        "links", "-", "--jsonl", "--allow-private", "--data", tmp_path / "d", hosts=pages, stdin="\n".join(lines) + "\n"
    )
    assert result.returncode == 0, result.stderr
    answers = [json.loads(line) for line in result.stdout.splitlines()]
    for answer in answers:
        held("links", answer)
    assert [answer["url"] for answer in answers] == lines
    assert [answer["status"] for answer in answers] == ["ok", "broken", "broken", "refused", "ok", "ok"]
    assert verifier("archive", "check", "--data", tmp_path / "d").returncode == 0


def test_links_refuses_private_addresses_by_default(verifier, pages):
    result = verifier("links", "-", "--jsonl", hosts=pages, stdin="http://a.example.test/ok\n")
    assert json.loads(result.stdout)["status"] == "refused"


def test_compare_answers_every_line_in_order(verifier, tmp_path):
    (tmp_path / "source.html").write_text("<html><body><p>The county keeps 14 bridges.</p></body></html>")
    lines = [
        {"id": 1, "claim": "It keeps 14 bridges.", "source": "The county keeps 14 bridges."},
        {"id": "b", "claim": "The county keeps 12 bridges.", "source_path": "source.html"},
        {"id": None, "claim": "Nothing to count.", "source": "Nothing."},
    ]
    (tmp_path / "claims.jsonl").write_text("\n".join(map(json.dumps, lines)), encoding="utf-8")
    result = verifier("compare", tmp_path / "claims.jsonl", "--jsonl")
    assert result.returncode == 0, result.stderr
    answers = [json.loads(line) for line in result.stdout.splitlines()]
    for answer in answers:
        held("compare", answer)
    assert [(answer["id"], answer["verdict"]) for answer in answers] == [
        (1, "supported"),
        ("b", "contradicted"),
        (None, "no_figures"),
    ]


def test_compare_does_not_check_a_source_in_another_language(verifier):
    source = (
        "Der Landkreis hat 142 Brücken, und die meisten von ihnen sind vor dem Krieg gebaut worden. Sie werden in "
        "jedem zweiten Jahr geprüft, was weniger kostet als eine von ihnen für einen Monat zu sperren, wie es auch im "
        "letzten Bericht an den Rat heißt."
    )
    line = json.dumps({"id": 1, "claim": "The county has 124 bridges.", "source": source})
    result = verifier("compare", "-", "--jsonl", stdin=line)
    answer = json.loads(result.stdout)
    held("compare", answer)
    assert (answer["verdict"], answer["code"]) == ("not_found", None)
    assert answer["figures"][0]["reason"].startswith("not checked: language")


def test_compare_names_the_lines_it_cannot_read_and_answers_the_others(verifier):
    lines = ['{"id": 1, "claim": "12 bridges", "source": "12 bridges"}', "{broken", '{"id": 2, "claim": 3}']
    result = verifier("compare", "-", "--jsonl", stdin="\n".join(lines))
    assert result.returncode == 2
    assert len(result.stdout.splitlines()) == 1
    assert "line 2: not JSON" in result.stderr
    assert "line 3: needs an object" in result.stderr


def test_compare_reads_a_pdf_and_names_the_file_that_it_cannot_read(verifier, tmp_path):
    pdf = FPDF()
    pdf.add_page()
    pdf.set_font("helvetica", size=12)
    pdf.cell(text="The county keeps 14 bridges.")
    (tmp_path / "source.pdf").write_bytes(bytes(pdf.output()))
    lines = [
        {"id": 1, "claim": "It keeps 14 bridges.", "source_path": "missing.pdf"},
        {"id": 2, "claim": "It keeps 14 bridges.", "source_path": "source.pdf"},
    ]
    (tmp_path / "claims.jsonl").write_text("\n".join(map(json.dumps, lines)), encoding="utf-8")
    result = verifier("compare", tmp_path / "claims.jsonl", "--jsonl")
    assert (result.returncode, [json.loads(line)["verdict"] for line in result.stdout.splitlines()]) == (
        2,
        ["supported"],
    )
    assert "line 1:" in result.stderr
    assert "missing.pdf" in result.stderr
