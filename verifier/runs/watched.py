"""The folders that a night looks after, as the settings name them."""

import os
from collections.abc import Sequence
from pathlib import Path

from verifier.settings import WatchSettings


def watched_folders(watch: Sequence[WatchSettings]) -> list[WatchSettings]:
    """The watched folders, absolute and the deepest first; a file belongs to the deepest that holds it.

    What is not fetched in a folder is not fetched in a watched folder inside it either.
    """
    absolute = [folder.model_copy(update={"path": Path(os.path.abspath(folder.path))}) for folder in watch]  # noqa: PTH100
    closed = [folder.path for folder in absolute if not folder.fetch]
    folders = [
        folder.model_copy(update={"fetch": not any(folder.path.is_relative_to(outer) for outer in closed)})
        for folder in absolute
    ]
    return sorted(folders, key=lambda folder: len(folder.path.parts), reverse=True)


def unfetched_folders(folders: Sequence[WatchSettings]) -> frozenset[str]:
    """The collections whose sources are not asked for."""
    return frozenset(str(folder.path) for folder in folders if not folder.fetch)
