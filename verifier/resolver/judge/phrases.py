"""Matching phrases of many languages against titles, headings and texts."""

import re
import unicodedata
from collections.abc import Iterable
from functools import lru_cache
from importlib import resources

_APOSTROPHES = str.maketrans({"’": "'", "‘": "'", "`": "'", "´": "'", "ʼ": "'"})
_SEPARATED = re.compile(r"\s+[-–—:~/]\s+|\s*[|·•»«›‹∙⋅]+\s*|\s*::\s*|\s+[-–—]|:\s+|\.\s+|[!?！？。]+\s*")
_SITE_SEPARATED = re.compile(r"\s+[-–—~/]\s+|\s*[|·•»«›‹∙⋅]+\s*|\s*::\s*|\s+[-–—]")
# Words in quotation marks within a sentence are what a page speaks of, not what it says.
_QUOTED = re.compile(r"(?<=[^\W\d_] )(?:\"[^\"]{3,80}\"|“[^”]{3,80}”|«[^»]{3,80}»|„[^“”]{3,80}[“”])(?=,? [^\W\d_])")
_OPENING_MARKS = '"“«„'
_EDGES = " \t\"'“”„«»()[]{}<>.,;:!?¡¿…-–—*#✖✗×⚠️"


@lru_cache(maxsize=512)
def plain(text: str) -> str:
    """Text for matching: NFKC, lower case, one kind of apostrophe and blank, no punctuation at the edges."""
    folded = unicodedata.normalize("NFKC", text).translate(_APOSTROPHES).lower().replace("\u00ad", "")
    return " ".join(folded.split()).strip(_EDGES)


def unquoted(text: str) -> str:
    """A text without the words that its sentences only quote."""
    return _QUOTED.sub(" ", text) if any(mark in text for mark in _OPENING_MARKS) else text


def segments(title: str) -> tuple[str, ...]:
    """A title's parts ("Page not found | Example" has two), each ready for matching."""
    folded = unicodedata.normalize("NFKC", title).translate(_APOSTROPHES).lower()
    return tuple(filter(None, (plain(part) for part in _SEPARATED.split(folded))))


def site_parts(title: str) -> tuple[str, ...]:
    """A title's parts as written, parted only where sites put their names: "A: b | Example" is ("A: b", "Example")."""
    return tuple(filter(str.strip, _SITE_SEPARATED.split(title)))


def any_of(patterns: Iterable[str]) -> re.Pattern[str]:
    """One pattern that matches any of several."""
    return re.compile("|".join(f"(?:{pattern})" for pattern in patterns))


_DEFINITION = re.compile(r"([a-z]+) = (.*)")
_PLACEHOLDER = re.compile(r"%([a-z]+)%")
_SECTION = re.compile(r"\[([a-z]+)\]")


def read_patterns(text: str) -> dict[str, tuple[str, ...]]:
    """The patterns of a file of patterns, by section: `[name]`, then one expression a line; `#` begins a comment.

    Raises ValueError where a line is before the first section.
    """
    sections: dict[str, list[str]] = {}
    definitions: dict[str, str] = {}
    current: list[str] | None = None
    for line in text.splitlines():
        section, definition = _SECTION.fullmatch(line), _DEFINITION.fullmatch(line)
        if not line.strip() or line.startswith("#"):
            continue
        if section:
            current = sections.setdefault(section.group(1), [])
        elif definition:
            definitions[definition.group(1)] = definition.group(2)
        elif current is None:
            raise ValueError(f"a pattern outside any section: {line}")
        else:
            current.append(_PLACEHOLDER.sub(lambda found: definitions[found.group(1)], line))
    return {name: tuple(patterns) for name, patterns in sections.items()}


def patterns_of(name: str) -> dict[str, tuple[str, ...]]:
    """The patterns of `patterns/<name>.txt`, by section."""
    return read_patterns(
        resources.files("verifier.resolver.judge").joinpath("patterns", f"{name}.txt").read_text(encoding="utf-8")
    )


def all_of(sections: dict[str, tuple[str, ...]]) -> re.Pattern[str]:
    """One pattern for every section's."""
    return any_of(pattern for patterns in sections.values() for pattern in patterns)
