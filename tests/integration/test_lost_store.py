"""A store that was lost is missed: no new one is begun over what it knew of, and nobody else reads what is kept."""

import os
import stat

import pytest

from db.store import Store
from verifier.errors import StoreError
from verifier.runs import run
from verifier.runs.lock import open_existing_store, open_or_begin_store
from verifier.settings import Settings


@pytest.fixture
def settings(tmp_path):
    return Settings(data=tmp_path / "data")


@pytest.fixture
def used(settings, make_paper):
    """A data folder that a run has left."""
    paper = make_paper("paper.pdf", [("There are 7.", "A book.")])
    run([paper], settings)
    return paper


@pytest.mark.parametrize("how", ["emptied", "removed"])
def test_a_run_refuses_to_begin_anew_beside_what_a_lost_store_knew_of(settings, used, how):
    store = settings.data / "verifier.db"
    store.unlink()
    if how == "emptied":
        store.touch()
    for begin in (lambda: run([used], settings), lambda: open_existing_store(settings)):
        with pytest.raises(StoreError, match="verifier restore"):
            begin()
    assert not store.exists() or store.stat().st_size == 0


def test_an_archive_alone_is_no_lost_store(settings):
    settings.archive_folder.mkdir(parents=True)
    (settings.archive_folder / "a.warc.gz").write_bytes(b"of: verifier links --data")
    open_or_begin_store(settings).close()


def mode(path):
    return stat.S_IMODE(path.stat().st_mode)


def test_what_is_made_is_its_owners_alone(settings, used):
    assert (mode(settings.data), mode(settings.data / "verifier.db")) == (0o750, 0o640)


def test_what_was_made_otherwise_becomes_so(settings, used):
    settings.data.chmod(0o777)
    store = settings.data / "verifier.db"
    store.chmod(0o666)
    run([used], settings)
    assert (mode(settings.data), mode(store)) == (0o750, 0o640)
    store.chmod(0o600)
    Store.open(settings.store_url).close()
    assert mode(store) == 0o600, "what is closer already stays so"


def test_the_files_beside_the_store_are_as_closed(settings, used):
    old = os.umask(0)
    try:
        with Store.open(settings.store_url) as store:
            store.documents.mark_missing("papers", [])
            beside = {path.name: mode(path) for path in settings.data.glob("verifier.db-*")}
            assert beside == dict.fromkeys(beside, 0o640) != {}
    finally:
        os.umask(old)
