"""Pictures of pages that were drawn once: files under `pages/` of the data folder, which may be deleted at any time."""

import contextlib
import struct
from pathlib import Path

from verifier.files import write_file
from verifier.reports.markup.note_picture import NotePicture

DRAWN_AS = "2"
"""Part of every name: raised when pictures are drawn otherwise."""

_TOP = struct.Struct(">d")


class PictureCache:
    """Keeps pictures by name; a cache that cannot be written costs only time."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def find(self, name: str) -> NotePicture | None:
        """A picture that was kept."""
        try:
            kept = self._file(name).read_bytes()
        except OSError:
            return None
        if len(kept) <= _TOP.size:
            return None
        return NotePicture(kept[: -_TOP.size], *_TOP.unpack(kept[-_TOP.size :]))

    def keep(self, name: str, picture: NotePicture) -> None:
        """Keep a picture; where its highlight begins is behind the PNG, which ends by its own mark."""
        with contextlib.suppress(OSError):
            self._folder.mkdir(parents=True, exist_ok=True)
            write_file(self._file(name), picture.png + _TOP.pack(picture.top))

    def _file(self, name: str) -> Path:
        return self._folder / f"{name}-{DRAWN_AS}.png"
