"""Which documents are not talked about outside: those in watched folders marked `confidential`."""

import os
from pathlib import Path

from db.store import Store
from verifier.settings import Settings


def confidential_documents(store: Store, settings: Settings) -> frozenset[str]:
    """The paths by which reports name confidential documents and their folders, documents that are gone included.

    A confidential folder inside another watched one is confidential too. A report names a document by its path in its
    folder: where a public document has the same path as a confidential one, it is not talked about either.
    """
    folders = [Path(os.path.abspath(watched.path)) for watched in settings.watch if watched.confidential]  # noqa: PTH100
    if not folders:
        return frozenset()
    paths = {
        path
        for collection, path in store.documents.known_places()
        if any((Path(collection) / path).is_relative_to(folder) for folder in folders)
    }
    return frozenset(paths | {str(folder) for folder in folders})
