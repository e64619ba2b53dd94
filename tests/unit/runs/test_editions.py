"""The kept copies of editions, and whether a file is still the one that was kept."""

import hashlib
import os
import time
import zipfile

import pytest

from verifier.files import clear_drafts
from verifier.runs.editions import SETTLED_NS, is_kept, is_kept_edition, keep_copy, keep_edition


def test_the_kept_copy_is_named_by_its_digest(tmp_path):
    file = tmp_path / "a.pdf"
    file.write_bytes(b"some bytes")
    digest = keep_copy(file, tmp_path / "documents")
    assert digest == hashlib.sha256(b"some bytes").hexdigest()
    assert [kept.name for kept in (tmp_path / "documents").iterdir()] == [f"{digest}.pdf"]
    assert keep_copy(file, tmp_path / "documents") == digest


@pytest.fixture
def kept(tmp_path, monkeypatch):
    """A file, the folder of copies and its digest; no time need pass between a change and its copy."""
    monkeypatch.setattr("verifier.runs.editions.SETTLED_NS", -1)
    file = tmp_path / "a.pdf"
    file.write_bytes(b"some bytes")
    digest = keep_copy(file, tmp_path / "documents")
    time.sleep(0.02)  # longer than a tick of the file system's clock
    return file, tmp_path / "documents", digest


def test_a_file_that_nobody_touched_is_known_without_reading_it(kept):
    file, folder, _ = kept
    file.chmod(0o600)
    assert not is_kept(*kept), "its rights changed since: it may be unreadable now"
    assert is_kept(file, folder, keep_copy(file, folder))


def _written_anew(file, folder, digest):
    file.write_bytes(b"other byte")


def _written_anew_with_the_old_time(file, folder, digest):
    before = file.stat()
    file.write_bytes(b"other byte")
    os.utime(file, ns=(before.st_atime_ns, before.st_mtime_ns))


def _grown(file, folder, digest):
    with file.open("ab") as more:
        more.write(b"!")


def _replaced_by_another_with_the_old_time(file, folder, digest):
    before = file.stat()
    other = file.with_name("other")
    other.write_bytes(b"other byte")
    os.utime(other, ns=(before.st_atime_ns, before.st_mtime_ns))
    other.replace(file)


def _gone(file, folder, digest):
    file.unlink()


def _copy_gone(file, folder, digest):
    (folder / f"{digest}.pdf").unlink()


def _copy_cut(file, folder, digest):
    with (folder / f"{digest}.pdf").open("r+b") as copy:
        copy.truncate(3)


@pytest.mark.parametrize(
    "happened",
    [
        _written_anew,
        _written_anew_with_the_old_time,
        _grown,
        _replaced_by_another_with_the_old_time,
        _gone,
        _copy_gone,
        _copy_cut,
    ],
)
def test_whatever_happened_to_a_file_or_its_copy_it_is_read_again(kept, happened):
    assert is_kept(*kept)
    happened(*kept)
    assert not is_kept(*kept)


def test_a_file_written_just_before_its_copy_is_read_once_more(tmp_path):
    file = tmp_path / "a.pdf"
    file.write_bytes(b"some bytes")
    digest = keep_copy(file, tmp_path / "documents")
    assert SETTLED_NS >= 10**9
    assert not is_kept(file, tmp_path / "documents", digest)


def test_drafts_of_a_killed_run_go(kept):
    _, folder, digest = kept
    (folder / ".123.part").write_bytes(b"half")
    clear_drafts(folder)
    assert [path.name for path in folder.iterdir()] == [f"{digest}.pdf"]
    clear_drafts(folder / "not there")


@pytest.mark.parametrize("kind", ["device", "endless"])
def test_a_file_without_an_end_is_refused_and_leaves_no_draft(tmp_path, monkeypatch, kind):
    """A link `x.pdf -> /dev/zero` filled the disk."""
    file = tmp_path / "x.pdf"
    if kind == "device":
        file.symlink_to("/dev/zero")
    else:
        file.write_bytes(b"x" * 100)
        monkeypatch.setattr("verifier.runs.editions.MOST_BYTES", 99)
    with pytest.raises(OSError, match=r"no regular file|larger than"):
        keep_copy(file, tmp_path / "documents")
    assert list((tmp_path / "documents").iterdir()) == []


LATEX = "\\documentclass{article}\\begin{document}\\input{one}\\cite{a}\\bibliography{refs}\\end{document}"


@pytest.fixture
def project(tmp_path):
    """A LaTeX draft with two parts, another file beside it, and a folder for editions."""
    folder = tmp_path / "pubs"
    folder.mkdir()
    for name, text in (("paper.tex", LATEX), ("one.tex", "One."), ("refs.bib", "@book{a,title={T}}"), ("n.txt", "n")):
        (folder / name).write_text(text)
    return folder, tmp_path / "documents"


def test_the_edition_of_a_draft_is_it_and_what_it_reads_in(project):
    folder, documents = project
    digest = keep_edition(folder / "paper.tex", documents)
    (copy,) = documents.iterdir()
    assert copy.name == f"{digest}.tex"
    assert hashlib.sha256(copy.read_bytes()).hexdigest() == digest
    with zipfile.ZipFile(copy) as bundle:
        assert bundle.namelist() == ["mimetype", "draft.tex", "one.tex", "refs.bib"]
        assert bundle.read("draft.tex").decode() == LATEX
    assert is_kept_edition(folder / "paper.tex", documents, digest)


@pytest.mark.parametrize(
    ("change", "is_new"),
    [
        (lambda folder: (folder / "refs.bib").write_text("@book{a,title={U}}"), True),
        (lambda folder: (folder / "one.tex").unlink(), True),
        (lambda folder: (folder / "paper.bbl").write_text("x"), True),
        (lambda folder: (folder / "one.tex").write_text("One. \\input{two}"), True),
        (lambda folder: (folder / "n.txt").write_text("other"), False),
        (lambda folder: os.utime(folder / "refs.bib", (1, 1)), False),
    ],
)
def test_a_part_that_changes_makes_a_new_edition(project, change, is_new):
    folder, documents = project
    digest = keep_edition(folder / "paper.tex", documents)
    change(folder)
    assert is_kept_edition(folder / "paper.tex", documents, digest) is not is_new
    assert (keep_edition(folder / "paper.tex", documents) != digest) is is_new


def test_a_part_that_comes_later_makes_a_new_edition(project):
    folder, documents = project
    (folder / "one.tex").unlink()
    (folder / "refs.bib").unlink()
    digest = keep_edition(folder / "paper.tex", documents)
    assert (documents / f"{digest}.tex").read_text() == LATEX, "without parts it is its own bytes"
    (folder / "refs.bib").write_text("@book{a,title={T}}")
    assert not is_kept_edition(folder / "paper.tex", documents, digest)


def test_a_draft_that_is_renamed_is_the_same_edition(project):
    folder, documents = project
    (folder / "paper.bbl").write_text("x")
    digest = keep_edition(folder / "paper.tex", documents)
    (folder / "paper.bbl").rename(folder / "final.bbl")
    assert keep_edition((folder / "paper.tex").rename(folder / "final.tex"), documents) == digest


@pytest.mark.parametrize("name", ["../secret", "/etc/hostname", ".hidden/one", "sub/../../secret", "out/one"])
def test_nothing_outside_the_folder_becomes_part_of_an_edition(tmp_path, name):
    folder = tmp_path / "pubs"
    (folder / ".hidden").mkdir(parents=True)
    (tmp_path / "other").mkdir()
    for outside in (tmp_path / "secret.tex", tmp_path / "other" / "one.tex", folder / ".hidden" / "one.tex"):
        outside.write_text("not theirs")
    (folder / "out").symlink_to(tmp_path / "other")
    (folder / "paper.tex").write_text(LATEX.replace("{one}", f"{{{name}}}"))
    digest = keep_edition(folder / "paper.tex", tmp_path / "documents")
    assert (tmp_path / "documents" / f"{digest}.tex").read_text() == (folder / "paper.tex").read_text()
