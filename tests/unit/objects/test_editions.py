import hashlib
import os
from pathlib import Path

import pytest

from tests.support.s3 import BUCKET
from verifier.errors import ArchiveError
from verifier.objects import ObjectSettings
from verifier.objects.editions import Editions


def write_edition(folder: Path, content: bytes) -> str:
    folder.mkdir(parents=True, exist_ok=True)
    name = f"{hashlib.sha256(content).hexdigest()}.pdf"
    (folder / name).write_bytes(content)
    return name


def test_files_stay_where_they_are(tmp_path):
    editions = Editions(tmp_path, ObjectSettings(cache_bytes=0))
    name = write_edition(tmp_path, b"%PDF")
    editions.keep(name)
    editions.trim()
    assert editions.file(name).read_bytes() == b"%PDF"
    assert not editions.file("0" * 64 + ".pdf").exists()


def test_another_machine_reads_what_one_kept(tmp_path, s3):
    name = write_edition(tmp_path / "one" / "documents", b"%PDF-1.7")
    Editions(tmp_path / "one" / "documents", s3.settings()).keep(name)
    other = Editions(tmp_path / "other" / "documents", s3.settings())
    assert other.file(name).read_bytes() == b"%PDF-1.7"
    assert not other.file("0" * 64 + ".pdf").exists()


def test_bytes_that_are_not_what_the_name_says_are_refused(tmp_path, s3):
    name = write_edition(tmp_path / "documents", b"%PDF-1.7")
    editions = Editions(tmp_path / "documents", s3.settings())
    editions.keep(name)
    s3.client.put_object(Bucket=BUCKET, Key=f"tests/one/documents/{name}", Body=b"%PDF-1.8")
    (tmp_path / "documents" / name).unlink()
    with pytest.raises(ArchiveError, match="is not the bytes that it is named by"):
        editions.file(name)
    assert list((tmp_path / "documents").iterdir()) == []


def test_the_cache_loses_its_oldest_copies_and_only_what_is_kept_elsewhere(tmp_path, s3):
    folder = tmp_path / "documents"
    editions = Editions(folder, s3.settings(cache_bytes=250))
    names = [write_edition(folder, bytes([number]) * 100) for number in range(4)]
    for name in names:
        os.chmod(folder / name, 0o640)  # noqa: PTH101 - the time that `trim` goes by
    for name in names[1:]:
        editions.keep(name)
    editions.trim()
    left = {file.name for file in folder.iterdir()}
    assert names[0] in left
    assert len(left) == 2
    assert all(editions.file(name).is_file() for name in names)
