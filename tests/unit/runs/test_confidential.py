"""Which documents are confidential: by their folder, also inside another, also when they are gone."""

from datetime import UTC, datetime

import pytest

from db.store import Store
from verifier.runs.confidential import confidential_collections, confidential_documents
from verifier.settings import Settings, WatchSettings

NOW = datetime(2026, 11, 2, tzinfo=UTC)


@pytest.fixture
def watching(tmp_path):
    with Store.open(f"sqlite:///{tmp_path / 'verifier.db'}") as store:

        def watching(*folders: WatchSettings, **documents: list[str]) -> frozenset[str]:
            for collection, paths in documents.items():
                for path in paths:
                    store.documents.record_edition(str(tmp_path / collection), path, f"sha of {path}", NOW)
            store.documents.mark_missing(str(tmp_path / "drafts"), [])
            return confidential_documents(store, Settings(data=tmp_path, watch=folders))

        yield watching


def test_nothing_is_confidential_where_no_folder_is(watching, tmp_path):
    assert watching(WatchSettings(path=tmp_path / "drafts"), drafts=["a.pdf"]) == frozenset()


def test_documents_of_a_confidential_folder_and_the_folder_itself(watching, tmp_path):
    drafts = WatchSettings(path=tmp_path / "published" / ".." / "drafts", confidential=True)
    found = watching(
        WatchSettings(path=tmp_path / "published"), drafts, drafts=["a.pdf", "b/c.pdf"], published=["d.pdf"]
    )
    assert found == {"a.pdf", "b/c.pdf", str(tmp_path / "drafts")}


def test_a_confidential_folder_inside_another_stays_so_whichever_took_its_documents(watching, tmp_path):
    folders = [
        WatchSettings(path=tmp_path / "all"),
        WatchSettings(path=tmp_path / "all" / "secret", confidential=True),
    ]
    found = watching(*folders, all=["open.pdf", "secret/a.pdf", "secretary.pdf"])
    assert found == {"secret/a.pdf", str(tmp_path / "all" / "secret")}


@pytest.mark.parametrize(
    ("collection", "path", "is_confidential"),
    [
        ("drafts", "a.pdf", True),
        ("drafts/spring", "a.pdf", True),
        (".", "drafts/a.pdf", True),
        ("published", "a.pdf", False),
        ("drafts-of-others", "a.pdf", False),
    ],
)
def test_nothing_is_asked_for_whichever_folder_a_confidential_document_was_checked_by(
    tmp_path, collection, path, is_confidential
):
    place = str(tmp_path / collection)
    settings = Settings(data=tmp_path, watch=(WatchSettings(path=tmp_path / "drafts", confidential=True),))
    with Store.open(f"sqlite:///{tmp_path / 'verifier.db'}") as store:
        store.documents.record_edition(place, path, "sha", NOW)
        assert confidential_collections(store, settings) == (frozenset({place}) if is_confidential else frozenset())
