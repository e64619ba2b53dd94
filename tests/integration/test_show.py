"""`verifier extract --show` as an operator meets it."""

import json
from pathlib import Path

DATA = Path(__file__).parents[1] / "data"


def test_the_pages_are_drawn_beside_the_json(verifier, tmp_path):
    done = verifier("extract", DATA / "note-over-two-pages.pdf", "--json", "--show", tmp_path / "pictures")
    assert done.returncode == 0, done.stderr
    pages = json.loads(done.stdout)["document"]["pages"]
    assert len(list((tmp_path / "pictures").glob("*.png"))) == pages
    assert "pages drawn in" in done.stderr


def test_a_folder_that_cannot_be_written_is_a_message_and_exit_code_2(verifier, tmp_path):
    (tmp_path / "taken").write_text("a file")
    done = verifier("extract", DATA / "simple-notes.pdf", "--show", tmp_path / "taken")
    assert done.returncode == 2
    assert "Traceback" not in done.stderr


def test_an_encrypted_document_is_drawn_with_its_password(verifier, tmp_path):
    done = verifier("extract", DATA / "encrypted.pdf", "--password", "tables", "--show", tmp_path / "pictures")
    assert done.returncode == 0, done.stderr
    assert [path.name for path in (tmp_path / "pictures").iterdir()] == ["encrypted-p001.png"]


def test_a_scanned_document_is_drawn_under_its_warning(verifier, tmp_path):
    done = verifier("extract", DATA / "no-text-layer.pdf", "--show", tmp_path)
    plain = verifier("extract", DATA / "simple-notes.pdf", "--show", tmp_path)
    assert (done.returncode, plain.returncode) == (0, 0)
    from PIL import Image

    scanned, whole = (Image.open(tmp_path / f"{name}-p001.png") for name in ("no-text-layer", "simple-notes"))
    assert scanned.width == whole.width
    assert scanned.height > whole.height
