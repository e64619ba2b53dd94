"""LaTeX projects that are handed in as zip files."""

import pytest

from tests.support.draft_files import zipped
from verifier.errors import DocumentError
from verifier.parser import extract
from verifier.parser.drafts.zipped_project import bundle_of_project

MAIN = r"\documentclass{book}\begin{document}1..\footnote{A.}\input{parts/two}\cite{k}\bibliography{refs}\end{document}"
FILES = {"main.tex": MAIN, "parts/two.tex": r"Two.\footnote{B.}", "refs.bib": "@book{k, title={On Fees}}", "a.png": "x"}


@pytest.mark.parametrize("folder", ["", "project/", "a/b/"])
@pytest.mark.parametrize("more", [{}, {"other/readme.txt": "x", "__MACOSX/main.tex": MAIN}])
def test_the_document_of_a_project_is_read_with_its_parts(tmp_path, folder, more):
    project = zipped({f"{folder}{name}": text for name, text in FILES.items()} | more)
    (tmp_path / "kept.tex").write_bytes(bundle_of_project(project))
    notes = extract(tmp_path / "kept.tex").footnotes
    assert [note.text for note in notes[:2]] == ["A.", "B."]
    assert notes[2].citations[0].title == "On Fees"


def test_a_chapter_with_a_class_of_its_own_is_no_second_document(tmp_path):
    part = r"\documentclass[main]{subfiles}\begin{document}Two.\footnote{B.}\end{document}"
    assert bundle_of_project(zipped(FILES | {"parts/two.tex": part}))


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (zipped({"a.txt": "x"}), "no LaTeX document"),
        (zipped({"a.tex": MAIN, "b.tex": MAIN}), "2 LaTeX documents"),
        (zipped(FILES)[:-40], "damaged"),
        (b"not a zip", "damaged"),
        (zipped({"main.tex": MAIN, "refs.bib": b" " * (33 << 20)}), "larger than"),
        (zipped({f"{n}.tex": "x" for n in range(6000)}), "more than"),
    ],
    ids=["none", "two", "torn", "no zip", "bomb", "many"],
)
def test_what_is_no_project_is_refused_in_a_sentence(content, reason):
    with pytest.raises(DocumentError, match=reason):
        bundle_of_project(content)


def test_names_that_lead_out_of_a_project_are_passed_over(tmp_path):
    project = zipped(FILES | {"../parts/two.tex": r"Out.\footnote{X.}", "/refs.bib": "@book{k, title={Out}}"})
    (tmp_path / "kept.tex").write_bytes(bundle_of_project(project))
    assert [note.text for note in extract(tmp_path / "kept.tex").footnotes[:2]] == ["A.", "B."]
