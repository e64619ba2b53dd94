"""What an installation keeps is its owner's: nobody but the owner and the group enters the data folder."""

from pathlib import Path

FOLDER_MODE = 0o750


def private_folder(folder: Path) -> None:
    """Make a folder (and those above it) if it is missing, and take from it what others may do. Raises OSError.

    A folder of another owner keeps its rights: only its owner can change them.
    """
    folder.mkdir(mode=FOLDER_MODE, parents=True, exist_ok=True)
    _take_from_others(folder, FOLDER_MODE)


def is_open_to_others(path: Path) -> bool:
    """Whether users outside of the owner's group may read, write or enter it. Raises OSError."""
    return bool(path.stat().st_mode & 0o007)


def _take_from_others(path: Path, most: int) -> None:
    mode = path.stat().st_mode & 0o7777
    kept = mode & most
    if kept == mode:
        return
    try:
        path.chmod(kept)
    except PermissionError:
        return  # another user's: `verifier doctor` says so
