"""A Word file's parts: which are the text, the notes, the settings and the sources, and where their links lead."""

from dataclasses import dataclass, field
from typing import Any

from lxml import etree

from verifier.errors import DocumentError
from verifier.parser.drafts.package import Package, resolved
from verifier.parser.drafts.works import CitedWork, word_sources

_NAMESPACES = {
    "http://schemas.openxmlformats.org/wordprocessingml/2006/main": "w",
    "http://purl.oclc.org/ooxml/wordprocessingml/main": "w",
    "http://schemas.openxmlformats.org/officeDocument/2006/relationships": "r",
    "http://purl.oclc.org/ooxml/officeDocument/relationships": "r",
    "http://schemas.openxmlformats.org/markup-compatibility/2006": "mc",
    "http://schemas.openxmlformats.org/officeDocument/2006/math": "m",
    "http://purl.oclc.org/ooxml/officeDocument/math": "m",
}
"""Transitional and strict names of one vocabulary (ISO/IEC 29500-1, annex A)."""
_NAMES: dict[str, str] = {}


def name(element: Any) -> str:
    """An element's name with the usual prefix, `w:p`, whichever conformance class its namespace is of."""
    tag = element.tag
    if not isinstance(tag, str):
        return ""
    known = _NAMES.get(tag)
    if known is None:
        namespace, _, local = tag.rpartition("}")
        prefix = _NAMESPACES.get(namespace[1:], "")
        known = f"{prefix}:{local}" if prefix else local
        if len(_NAMES) < 5000:
            _NAMES[tag] = known
    return known


def value(element: Any, attribute: str = "val", prefix: str = "w") -> str | None:
    """An attribute of an element, whichever conformance class it is of."""
    for namespace, known in _NAMESPACES.items():
        if known == prefix:
            found: str | None = element.get(f"{{{namespace}}}{attribute}")
            if found is not None:
                return found
    return None


def child(element: Any, *path: str) -> Any:
    """The first child element along a path of names, None where one is missing."""
    for step in path:
        element = next((one for one in element if name(one) == step), None)
        if element is None:
            return None
    return element


def is_on(properties: Any, switch: str) -> bool:
    """Whether a switch among properties (`w:vanish`) is there and not turned off."""
    found = child(properties, switch) if properties is not None else None
    return found is not None and value(found) not in ("0", "false", "off")


@dataclass(frozen=True, slots=True)
class Relationship:
    """Where an id of a part leads: a part's name, or an address outside."""

    kind: str
    target: str
    external: bool


@dataclass(slots=True)
class WordPart:
    """A part of a Word file: its root element and what its ids mean."""

    name: str
    root: Any
    relationships: dict[str, Relationship] = field(default_factory=dict)

    def link(self, relationship_id: str | None) -> str:
        """The address outside that an id leads to, else nothing."""
        found = self.relationships.get(relationship_id or "")
        return found.target if found is not None and found.external else ""


@dataclass(slots=True)
class WordFile:
    """The parts of a Word file that hold words."""

    document: WordPart
    footnotes: WordPart | None
    endnotes: WordPart | None
    settings: Any
    sources: dict[str, CitedWork]
    properties: Any


def open_word(package: Package, path: object) -> WordFile:
    """Read the parts. Raises DocumentError where there is no main document or one that is needed is damaged."""
    main = next(
        (r.target for r in relationships(package, "").values() if r.kind == "officeDocument" and not r.external),
        "word/document.xml",
    )
    if not package.has(main):
        raise DocumentError(f"{path}: has no main document part; it is no Word file, or is damaged")
    document = _part(package, main)
    by_kind = {r.kind: r.target for r in document.relationships.values() if not r.external and package.has(r.target)}
    settings = by_kind.get("settings")
    return WordFile(
        document=document,
        footnotes=_part(package, by_kind["footnotes"]) if "footnotes" in by_kind else None,
        endnotes=_part(package, by_kind["endnotes"]) if "endnotes" in by_kind else None,
        settings=package.xml(settings) if settings else None,
        sources=_sources(package, document),
        properties=_properties(package),
    )


def _part(package: Package, part: str) -> WordPart:
    return WordPart(part, package.xml(part), relationships(package, part))


def relationships(package: Package, part: str) -> dict[str, Relationship]:
    """What the ids of a part mean; `""` is the package itself."""
    folder, _, last = part.rpartition("/")
    rels = f"{folder}/_rels/{last}.rels".lstrip("/")
    found: dict[str, Relationship] = {}
    if not package.has(rels):
        return found
    for element in package.xml(rels).iter("{*}Relationship"):
        kind = element.get("Type", "").rpartition("/")[2]
        external = element.get("TargetMode") == "External"
        target = element.get("Target", "")
        where = target if external else resolved(part, target)
        if where is not None:
            found[element.get("Id", "")] = Relationship(kind, where, external)
    return found


def _sources(package: Package, document: WordPart) -> dict[str, CitedWork]:
    """Word's own bibliography, which is one of the custom XML parts."""
    found: dict[str, CitedWork] = {}
    for relationship in document.relationships.values():
        if relationship.kind == "customXml" and not relationship.external and package.has(relationship.target):
            try:
                root = package.xml(relationship.target)
            except DocumentError:  # anybody's data, of which nothing else depends
                continue
            if etree.QName(root).localname == "Sources":
                found |= word_sources(root)
    return found


def _properties(package: Package) -> Any:
    core = next((r.target for r in relationships(package, "").values() if r.kind == "core-properties"), "")
    return package.xml(core) if core and package.has(core) else None
