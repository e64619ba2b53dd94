"""The one run of a data folder: what it leaves is digested, or the run says that it could not be."""

from contextlib import suppress

import pytest

from tests.support.shared_stores import shared
from tests.support.small_disk import small_disk
from tests.support.stores import T0
from verifier.errors import LeaseLostError, StoreBusyError, StoreError
from verifier.runs.lock import only_run
from verifier.settings import Settings

__all__ = ["shared"]


def test_a_disk_that_is_full_at_the_end_is_said_in_our_words(tmp_path):
    with small_disk(tmp_path / "disk", "64k") as disk:
        run = only_run(Settings(data=disk / "data"))
        refused = pytest.raises(StoreError, match="digests of its files cannot be written: No space left")
        with refused, run, suppress(OSError):
            (disk / "filler").write_bytes(b"0" * 1_000_000)


@pytest.mark.postgresql
def test_a_shared_store_is_held_by_one_run_whatever_its_data_folder(shared, tmp_path):
    here = Settings(data=tmp_path / "here", store=shared.url)
    there = Settings(data=tmp_path / "there", store=shared.url)
    with only_run(here) as lease:
        assert lease is not None
        with pytest.raises(StoreBusyError, match="another run is at work in this store"), only_run(there):
            pytest.fail("two at once")
    with only_run(there):
        pass
    assert not (tmp_path / "here" / "run.lock").exists()


@pytest.mark.postgresql
def test_what_a_run_writes_after_it_lost_its_store_is_not_kept(shared, tmp_path):
    with pytest.raises(LeaseLostError), only_run(Settings(data=tmp_path, store=shared.url)):
        shared.store.runs.begin("run", ["kept"], T0)
        shared.ask("UPDATE run_lease SET token = token + 1")
        shared.store.runs.begin("run", ["lost"], T0)
    latest = shared.store.runs.latest()
    assert latest is not None
    assert latest.inputs == ("kept",)


@pytest.mark.postgresql
def test_the_workers_of_a_run_hold_its_lease_on(shared, tmp_path):
    settings = Settings(data=tmp_path, store=shared.url)
    with only_run(settings) as lease:
        lease.hand_over(3)
    with pytest.raises(StoreBusyError, match="workers of run 3"), only_run(settings):
        pytest.fail("two at once")
