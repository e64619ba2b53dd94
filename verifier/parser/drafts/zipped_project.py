"""A LaTeX project that somebody hands in as a zip file: its one document and what that reads in, as a bundle."""

import io
import posixpath
import zipfile
from collections.abc import Mapping
from pathlib import PurePosixPath

from verifier.errors import DocumentError
from verifier.parser.drafts.charset import decoded
from verifier.parser.drafts.named_parts import LATEX_SUFFIXES, bundle_of, collected
from verifier.parser.drafts.package import DAMAGE
from verifier.parser.drafts.parts import MOST_BYTES, MOST_PART_BYTES, HeldFiles

_MOST_FILES = 5_000
"""Files of a project, pictures and all."""
_TEXT = (*LATEX_SUFFIXES, ".bib", ".bbl", ".sty", ".cls")
_SHOWN = 3


def bundle_of_project(data: bytes) -> bytes:
    """The bundle of the document in a zip file. Raises DocumentError, with a sentence for whom handed it in."""
    held = _held(data)
    whole = {name: text for name, text in held.items() if _is_whole(name, text)}
    included = {part for name, text in whole.items() for part in collected(decoded(text), HeldFiles(name, held))}
    mains = sorted(set(whole) - included) or sorted(whole)
    if not mains:
        raise DocumentError("The zip file holds no LaTeX document (a .tex file with a document class).")
    if len(mains) > 1:
        named = ", ".join(mains[:_SHOWN])
        raise DocumentError(f"The zip file holds {len(mains)} LaTeX documents ({named}); hand in one of them.")
    folder, _, name = mains[0].rpartition("/")
    beside = {one.removeprefix(f"{folder}/"): text for one, text in held.items() if one.startswith(f"{folder}/")}
    return bundle_of(name, whole[mains[0]], HeldFiles(name, beside if folder else held), always=True)


def _held(data: bytes) -> Mapping[str, bytes]:
    """The text files of a zip file by their names, without a folder that holds all of them."""
    left, held = MOST_BYTES, dict[str, bytes]()
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            if len(package.infolist()) > _MOST_FILES:
                raise DocumentError(f"The zip file holds more than {_MOST_FILES} files.")
            for info in package.infolist():
                name = posixpath.normpath(info.filename.replace("\\", "/"))
                plain = not name.startswith(("/", "..")) and "__MACOSX" not in name
                if info.is_dir() or not plain or PurePosixPath(name).suffix.lower() not in _TEXT:
                    continue
                with package.open(info) as member:
                    text = member.read(min(left, MOST_PART_BYTES) + 1)
                left -= len(text)
                if left < 0 or len(text) > MOST_PART_BYTES:
                    raise DocumentError(f"The zip file is larger than {MOST_BYTES // 1024**2} MB when unpacked.")
                held[name] = text
    except (*DAMAGE, RuntimeError) as error:
        raise DocumentError("The zip file is damaged or encrypted.") from error
    tops = {name.partition("/")[0] for name in held}
    if len(tops) == 1 and all("/" in name for name in held):
        return {name.partition("/")[2]: text for name, text in held.items()}
    return held


def _is_whole(name: str, text: bytes) -> bool:
    return name.lower().endswith(LATEX_SUFFIXES) and b"\\documentclass" in text and b"\\begin{document}" in text
