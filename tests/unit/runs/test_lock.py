"""The one run of a data folder: what it leaves is digested, or the run says that it could not be."""

from contextlib import suppress

import pytest

from tests.support.small_disk import small_disk
from verifier.errors import StoreError
from verifier.runs.lock import only_run
from verifier.settings import Settings


def test_a_disk_that_is_full_at_the_end_is_said_in_our_words(tmp_path):
    with small_disk(tmp_path / "disk", "64k") as disk:
        run = only_run(Settings(data=disk / "data"))
        refused = pytest.raises(StoreError, match="digests of its files cannot be written: No space left")
        with refused, run, suppress(OSError):
            (disk / "filler").write_bytes(b"0" * 1_000_000)
