"""Files that appear whole or not at all."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from verifier.errors import SettingsError


@contextmanager
def appearing_whole(file: Path) -> Iterator[Path]:
    """A draft beside a file, to be written inside; it takes the file's name at the end, so nobody sees half of it.

    Raises SettingsError when the draft or the file cannot be written.
    """
    draft = file.with_name(file.name + ".part")
    try:
        yield draft
        draft.replace(file)
    except OSError as error:
        raise SettingsError(f"{file}: cannot be written: {error.strerror or error}") from None
