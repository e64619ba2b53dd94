"""What a person asked to have in a file: it appears there whole or not at all."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from verifier.errors import SettingsError
from verifier.files import SHARED_MODE, whole_file


@contextmanager
def appearing_whole(file: Path) -> Iterator[Path]:
    """A draft beside a file, to be written inside; see `whole_file`.

    Raises SettingsError when the draft or the file cannot be written.
    """
    try:
        with whole_file(file, SHARED_MODE) as draft:
            yield draft
    except OSError as error:
        raise SettingsError(f"{file}: cannot be written: {error.strerror or error}") from None
