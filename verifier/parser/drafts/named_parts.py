"""Which files a draft names to be read in, told from its words alone: no macro is expanded, nothing is run.

It names rather too many than too few: what is named here is looked for in the draft's folder and kept with it, and its
reader takes what it needs.
"""

import posixpath
import re
from collections.abc import Iterator
from pathlib import Path, PurePath

from verifier.errors import DocumentError
from verifier.parser.drafts.charset import decoded
from verifier.parser.drafts.parts import (
    BIBLIOGRAPHY_SUFFIXES,
    MOST_BYTES,
    MOST_PART_BYTES,
    MOST_PARTS,
    DraftFiles,
    FolderFiles,
    write_bundle,
)
from verifier.parser.patterns import regex

LATEX_SUFFIXES = (".tex", ".ltx", ".latex")
MARKDOWN_SUFFIXES = (".md", ".markdown")
SUFFIXES_WITH_PARTS = (*LATEX_SUFFIXES, *MARKDOWN_SUFFIXES)
"""Endings of drafts that may read in other files."""

_COMMENT = regex(r"(?<!\\)%[^\n]*")
_INPUT = regex(
    r"\\(?:input|include|subfile|InputIfFileExists|loadglsentries)(?![A-Za-z@])\s*(?:\{([^{}]{1,400})\}|([^\s\\{}%]{1,400}))"
)
_IMPORT = regex(r"\\(?:sub)?(?:import|includefrom|inputfrom)\*?\s*\{([^{}]{0,400})\}\s*\{([^{}]{1,400})\}")
_BIBLIOGRAPHY = regex(
    r"\\(?:bibliography|nobibliography\*?|addbibresource|addglobalbib|addsectionbib)\s*(?:\[[^\[\]]{0,400}\])?\s*"
    r"\{([^{}]{1,4000})\}"
)
_PACKAGE = regex(r"\\(?:usepackage|RequirePackage)\s*(?:\[[^\[\]]{0,4000}\])?\s*\{([^{}]{1,4000})\}")
_FRONT = regex(r"\A---\s*\n(.*?)\n(?:---|\.\.\.)\s*(?:\n|\Z)", re.S)
_FRONT_FIELD = regex(r"^bibliography[ \t]*:[ \t]*(.*?)[ \t]*$((?:\n[ \t]*-[ \t]+.*$)*)", re.M)
_COMPUTED = regex(r"[\\#]")


def named_in_latex(text: str) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Names that a LaTeX source reads in, each with the endings that it may lack."""
    words = _COMMENT.sub("", text)
    for found in _INPUT.finditer(words):
        yield (found[1] or found[2]).strip().strip('"'), (".tex", "")
    for found in _IMPORT.finditer(words):
        yield posixpath.join(found[1].strip(), found[2].strip()), (".tex", "")
    for found in _BIBLIOGRAPHY.finditer(words):
        for name in found[1].split(","):
            yield name.strip(), BIBLIOGRAPHY_SUFFIXES
    for found in _PACKAGE.finditer(words):
        for name in found[1].split(","):
            yield name.strip(), (".sty",)


def named_in_front_matter(text: str) -> Iterator[str]:
    """The bibliographies that the front matter of a Markdown draft names."""
    front = _FRONT.match(text.replace("\r\n", "\n"))
    for field in _FRONT_FIELD.finditer(front[1]) if front is not None else ():
        yield from bibliographies(field[1], field[2])


def bibliographies(value: str, items: str) -> Iterator[str]:
    """The names in a field of front matter: its value, and the items of a list below it."""
    for name in re.split(r"\s*,\s*|\n\s*-\s+", f"{value.strip('[]')}{items}"):
        if name.strip("\"' "):
            yield name.strip("\"' ")


def bundled(path: Path) -> bytes | None:
    """A draft and the parts that it names, as one file; None where it has none. Raises OSError, DocumentError."""
    suffix = path.suffix.lower()
    if suffix not in SUFFIXES_WITH_PARTS:
        return None
    files = FolderFiles(path)
    main = files.main(MOST_PART_BYTES)
    if main.startswith((b"PK\x03\x04", b"%PDF")):
        return None
    return bundle_of(path.name, main, files) or None


def bundle_of(name: str, main: bytes, files: DraftFiles, *, always: bool = False) -> bytes:
    """A draft of this name and the parts that it names, as one file; nothing where it has none, unless `always`.

    Raises DocumentError where they are too large together.
    """
    suffix = PurePath(name).suffix.lower()
    if suffix in MARKDOWN_SUFFIXES:
        named = (files.beside(one, BIBLIOGRAPHY_SUFFIXES) for one in named_in_front_matter(decoded(main)))
        parts = {part.name: part.data for part in named if part is not None}
    else:
        parts = collected(decoded(main), files)
        made = files.beside(files.stem, (".bbl",))
        if made is not None:
            parts[made.name] = made.data
    parts.pop(name, None)
    if len(main) + sum(map(len, parts.values())) > MOST_BYTES:
        raise DocumentError(f"{name}: is larger than {MOST_BYTES // 1024**2} MB with the files that it reads in")
    return write_bundle(suffix, main, parts, files.stem) if parts or always else b""


def included_files(path: Path) -> set[Path]:
    """The LaTeX files that a source reads in, and those that these do; none where it cannot be read."""
    files = FolderFiles(path)
    try:
        main = files.main(MOST_PART_BYTES)
    except (OSError, DocumentError):
        return set()
    parts = () if main.startswith(b"PK\x03\x04") else collected(decoded(main), files)
    return {path.parent / name for name in parts if PurePath(name).suffix.lower() in LATEX_SUFFIXES}


def collected(text: str, files: DraftFiles) -> dict[str, bytes]:
    """What a LaTeX source names, and what is named in that, by the names in the draft's folder."""
    parts: dict[str, bytes] = {}
    waiting = [text]
    while waiting:
        for name, suffixes in named_in_latex(waiting.pop()):
            for part_name, ending in _meant(name, suffixes, files):
                part = files.beside(part_name, ending)
                if part is None or part.name in parts or len(parts) >= MOST_PARTS:
                    continue
                parts[part.name] = part.data
                if PurePath(part.name).suffix.lower() not in (".bib", ".bbl"):
                    waiting.append(decoded(part.data))
    return parts


def _meant(name: str, suffixes: tuple[str, ...], files: DraftFiles) -> Iterator[tuple[str, tuple[str, ...]]]:
    """A name; where a macro computes it, every file of the kind in its folder."""
    computed = _COMPUTED.search(name)
    if computed is None:
        yield name, suffixes
    elif suffixes[0] == ".tex":
        folder = posixpath.dirname(name[: computed.start()])
        yield from ((one, ("",)) for one in files.named_in(folder, ".tex"))
