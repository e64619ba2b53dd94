"""What OpenDocument's styles do to words: raise them, hide them, make them headings or quotations."""

from collections.abc import Iterable
from typing import Any

_STYLE = "{urn:oasis:names:tc:opendocument:xmlns:style:1.0}"
_TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
_DEPTH = 20
"""Styles that a style may be based on, one on the other."""


class Styles:
    """The styles of a document, by their names."""

    def __init__(self, roots: Iterable[Any]) -> None:
        self._parents: dict[str, str] = {}
        self._raised: dict[str, bool] = {}
        self._hidden: set[str] = set()
        for root in roots:
            for style in root.iter(f"{_STYLE}style"):
                name = style.get(f"{_STYLE}name") or ""
                self._parents[name] = style.get(f"{_STYLE}parent-style-name") or ""
                for properties in style.iterchildren(f"{_STYLE}text-properties"):
                    position = properties.get(f"{_STYLE}text-position")
                    if position:
                        self._raised[name] = (
                            position.startswith("super") or position.split("%")[0].lstrip("+").isdecimal()
                        )
                        self._raised[name] &= not position.startswith("0")
                    if properties.get(f"{_TEXT}display") == "none":
                        self._hidden.add(name)

    def is_raised(self, name: str) -> bool:
        """Whether a style sets words above the line."""
        return next((self._raised[one] for one in self._line(name) if one in self._raised), False)

    def is_hidden(self, name: str) -> bool:
        """Whether a style keeps words from being printed."""
        return any(one in self._hidden for one in self._line(name))

    def is_a(self, name: str, kinds: tuple[str, ...]) -> bool:
        """Whether a style is one of these, or based on one."""
        return any(one.casefold().replace("_20_", "").startswith(kinds) for one in self._line(name))

    def _line(self, name: str) -> list[str]:
        line: list[str] = []
        while name and len(line) < _DEPTH:
            line.append(name)
            name = self._parents.get(name, "")
        return line
