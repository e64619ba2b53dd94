"""Drawn pictures are found again; a cache that cannot be written costs only time."""

import pytest

from verifier.reports.markup.note_picture import NotePicture
from verifier.review.picture_cache import PictureCache

PICTURE = NotePicture(b"\x89PNG and so on", 0.4375)


def test_there_and_back(tmp_path):
    cache = PictureCache(tmp_path / "pages")
    assert cache.find("a-1-fn-1") is None
    cache.keep("a-1-fn-1", PICTURE)
    assert cache.find("a-1-fn-1") == PICTURE
    assert cache.find("a-1-fn-2") is None


@pytest.mark.parametrize("content", [b"", b"12345678"])
def test_a_torn_file_is_no_picture(tmp_path, content):
    cache = PictureCache(tmp_path)
    cache.keep("a", PICTURE)
    (file,) = tmp_path.iterdir()
    file.write_bytes(content)
    assert cache.find("a") is None


def test_a_folder_that_cannot_be_made_is_no_error(tmp_path):
    (tmp_path / "pages").write_text("a file where the folder should be")
    cache = PictureCache(tmp_path / "pages")
    cache.keep("a", PICTURE)
    assert cache.find("a") is None
