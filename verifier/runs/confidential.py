"""Which documents are not talked about outside: those in watched folders marked `confidential`."""

import os
from collections.abc import Sequence
from pathlib import Path

from db.store import Store
from verifier.settings import Settings


def confidential_documents(store: Store, settings: Settings) -> frozenset[str]:
    """The paths by which reports name confidential documents and their folders, documents that are gone included.

    A confidential folder inside another watched one is confidential too. A report names a document by its path in its
    folder: where a public document has the same path as a confidential one, it is not talked about either.
    """
    folders = _folders(settings)
    paths = {path for _, path in _places_within(store, folders)}
    return frozenset(paths | {str(folder) for folder in folders})


def confidential_collections(store: Store, settings: Settings) -> frozenset[str]:
    """The collections that third parties are asked nothing for: those that hold a confidential document.

    `verifier run` on a part of a confidential folder, or on a folder around it, makes a collection of its own; of one
    that holds public documents too, nothing is asked either.
    """
    return frozenset(collection for collection, _ in _places_within(store, _folders(settings)))


def _folders(settings: Settings) -> list[Path]:
    return [Path(os.path.abspath(watched.path)) for watched in settings.watch if watched.confidential]  # noqa: PTH100


def _places_within(store: Store, folders: Sequence[Path]) -> list[tuple[str, str]]:
    """Collection and path of the documents that lie in one of the folders."""
    if not folders:
        return []
    return [
        (collection, path)
        for collection, path in store.documents.known_places()
        if any((Path(collection) / path).is_relative_to(folder) for folder in folders)
    ]
