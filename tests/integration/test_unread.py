"""What could not be read of a document reaches its editor as a to-do."""

import json
from pathlib import Path

DATA = Path(__file__).parents[1] / "data"


def test_a_scanned_document_is_a_to_do_with_its_reason(verifier, tmp_path):
    done = verifier("run", DATA / "no-text-layer.pdf", "--data", tmp_path / "data", "--format", "json")
    assert done.returncode == 0, done.stderr
    (finding,) = json.loads(done.stdout)["findings"]
    assert (finding["code"], finding["kind"]) == ("note_unparsed", "to_do")
    assert "needs OCR" in finding["message"]


def test_a_document_that_was_read_whole_has_no_such_to_do(verifier, tmp_path):
    done = verifier("run", DATA / "powers-beside-labels.pdf", "--data", tmp_path / "data", "--format", "json")
    assert "note_unparsed" not in [finding["code"] for finding in json.loads(done.stdout)["findings"]]
