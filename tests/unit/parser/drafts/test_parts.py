"""A draft and its parts, in a folder and in one file."""

import io
import zipfile

import pytest

from tests.support.draft_files import zipped
from verifier.errors import DocumentError
from verifier.parser import extract
from verifier.parser.drafts.parts import BUNDLE_TYPE, FolderFiles, bundled_files, write_bundle

MAIN = (
    rb"\documentclass{article}\begin{document}One.\footnote{A.}"
    rb"\input{sub/part}\input{part}\bibliography{r}\end{document}"
)
PARTS = {"sub/part.tex": rb"Two.\footnote{B.}\input{deep}", "sub/deep.tex": rb"Three.\footnote{C.}"}


@pytest.fixture(params=["folder", "bundle"])
def draft(request, tmp_path):
    """A draft with parts, as it lies in a folder and as it is kept."""
    file = tmp_path / "draft.tex"
    if request.param == "bundle":
        file.write_bytes(write_bundle(".tex", MAIN, PARTS, "draft"))
        return file
    file.write_bytes(MAIN)
    (tmp_path / "sub").mkdir()
    for name, data in PARTS.items():
        (tmp_path / name).write_bytes(data)
    return file


def test_a_draft_reads_the_same_from_its_folder_and_from_its_bundle(draft):
    """Names that are not in the draft's folder are looked for beside the parts that were found."""
    extraction = extract(draft)
    assert [note.text for note in extraction.footnotes] == ["A.", "B.", "C.", "B.", "C."]


def test_nothing_beside_a_bundle_is_read(tmp_path):
    (tmp_path / "part.tex").write_bytes(rb"Out.\footnote{Outside.}")
    (tmp_path / "draft.tex").write_bytes(write_bundle(".tex", MAIN, {}, "draft"))
    extraction = extract(tmp_path / "draft.tex")
    assert [note.text for note in extraction.footnotes] == ["A."]
    assert [warning.code for warning in extraction.warnings] == ["part_unread"] * 2


def test_a_bundle_is_the_same_bytes_whatever_order_its_parts_came_in():
    one = write_bundle(".tex", MAIN, PARTS, "draft")
    assert one == write_bundle(".tex", MAIN, dict(reversed(PARTS.items())), "draft")


def test_what_is_named_by_the_draft_follows_its_name_in_the_bundle(tmp_path):
    file = tmp_path / "kept.tex"
    parts = {"draft.tex": b"a part", "paper.bbl": b"list"}
    file.write_bytes(write_bundle(".tex", b"main", parts, "paper"))
    files = bundled_files(file)
    assert (files.main(99), files.stem) == (b"main", "draft1")
    assert files.beside(files.stem, (".bbl",)).data == b"list"
    assert files.beside("draft", (".tex",)).data == b"a part"


@pytest.mark.parametrize(
    "content",
    [
        zipped({"mimetype": BUNDLE_TYPE}),
        zipped({"other": "x", "mimetype": BUNDLE_TYPE, "draft.tex": "x"}),
        zipped({"mimetype": BUNDLE_TYPE, "draft.tex": "x"})[:-30],
        zipped({"mimetype": BUNDLE_TYPE, "draft.tex": "x", **{f"{n}.tex": "x" for n in range(600)}}),
        zipped({"mimetype": BUNDLE_TYPE, "draft.tex": "x" * (17 << 20)}),
    ],
    ids=["no draft", "another first", "torn", "many", "bomb"],
)
def test_what_is_no_bundle_is_refused_with_a_reason(tmp_path, content):
    file = tmp_path / "a.tex"
    file.write_bytes(content)
    with pytest.raises(DocumentError, match=r"a\.tex: "):
        extract(file)


def test_names_of_a_bundle_lead_nowhere(tmp_path):
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as bundle:
        for name, data in (("mimetype", BUNDLE_TYPE), ("draft.tex", MAIN), ("../part.tex", "X"), ("/part.tex", "Y")):
            bundle.writestr(name, data)
    file = tmp_path / "a.tex"
    file.write_bytes(content.getvalue())
    files = bundled_files(file)
    assert [files.beside(name) for name in ("../part.tex", "/part.tex", "sub/../../part.tex")] == [None] * 3


@pytest.mark.parametrize("name", ["pipe", "folder", "loop", "long" * 100, "nul\0", ".", "..", "", "~/x"])
def test_what_is_no_file_of_the_folder_is_not_there(tmp_path, name):
    import os

    os.mkfifo(tmp_path / "pipe")
    (tmp_path / "folder").mkdir()
    (tmp_path / "loop").symlink_to(tmp_path / "loop")
    assert FolderFiles(tmp_path / "draft.tex").beside(name) is None
