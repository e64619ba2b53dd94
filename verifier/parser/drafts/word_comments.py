"""A Word file with comments on its sentences; everything else of the file stays as it is.

Comments as ISO/IEC 29500-1, 17.13.4 has them. Word allows none in notes, so that what is wrong with a note is said at
the sentence that the note supports.
"""

import io
import zipfile
import zlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from urllib.parse import quote

from lxml import etree

from verifier.characters import shown
from verifier.errors import DocumentError
from verifier.parser.drafts.package import Package
from verifier.parser.drafts.paragraphs import Paragraph
from verifier.parser.drafts.word import read_word_parts
from verifier.parser.drafts.word_package import WordFile, relationships
from verifier.parser.drafts.word_ranges import Passage, mark_passage

AUTHOR = "Verifier"
MOST_BYTES = 512 * 1024**2
"""Of all parts of a file, unpacked, that is copied."""

_TYPES = "[Content_Types].xml"
_TYPES_NAMESPACE = "http://schemas.openxmlformats.org/package/2006/content-types"
_COMMENTS_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.comments+xml"
_RELATIONSHIPS_NAMESPACE = "http://schemas.openxmlformats.org/package/2006/relationships"
_STRICT = "http://purl.oclc.org/ooxml/"
_RELATIONSHIP_TYPES = {
    True: "http://purl.oclc.org/ooxml/officeDocument/relationships/comments",
    False: "http://schemas.openxmlformats.org/officeDocument/2006/relationships/comments",
}
_LINK_TYPES = {
    True: "http://purl.oclc.org/ooxml/officeDocument/relationships/hyperlink",
    False: "http://schemas.openxmlformats.org/officeDocument/2006/relationships/hyperlink",
}
_COPIED = 1 << 20
_IN_LINKS = "%/:=&?~#+!$,;'@()*"
"""What may be in an address as it is (RFC 3986)."""


@dataclass(frozen=True, slots=True)
class WordComment:
    """A comment for a Word file: a title, lines of text, and the sentences it may be put on, the best first.

    Each sentence comes with the number of its paragraph in the running text, from 1, or None. A line of the text that
    is `link` leads there.
    """

    title: str
    text: str
    sentences: tuple[tuple[str, int | None], ...] = ()
    link: str = ""


@dataclass(frozen=True, slots=True)
class CommentedWord:
    """A copy of a Word file with comments; `was_signed`: the original bears signatures, which the copy does not."""

    content: bytes
    was_signed: bool


def comment_word(file: Path, comments: Sequence[WordComment], made: datetime) -> CommentedWord:
    """A copy of a Word file with comments; one whose sentences are not found is put on the first paragraph.

    Raises DocumentError where it cannot be read or copied, or has no text.
    """
    with Package(file) as package:
        signed = any(name.startswith("_xmlsignatures/") for name in package.names())  # ECMA-376-2, 12
        word, paragraphs = read_word_parts(package, file)
        writer = _CommentWriter(package, word, made)
        for comment in comments:
            writer.add(comment.title, comment.text, _passage(comment, paragraphs), comment.link)
        return CommentedWord(_copied(file, package, writer.parts()), signed)


def _passage(comment: WordComment, paragraphs: Sequence[Paragraph]) -> Passage | None:
    for sentence, number in comment.sentences:
        found = _find(paragraphs, sentence, number)
        if found is not None:
            return found
    first = next((paragraph for paragraph in paragraphs if paragraph.text and paragraph.origins), None)
    return None if first is None else Passage(first, 0, len(first.text))


def _find(paragraphs: Sequence[Paragraph], sentence: str, number: int | None) -> Passage | None:
    near = [paragraphs[number - 1]] if number is not None and number <= len(paragraphs) else []
    for paragraph in (*near, *paragraphs):
        start = paragraph.text.find(sentence)
        if start >= 0 and sentence and paragraph.origins:
            return Passage(paragraph, start, start + len(sentence))
    return None


class _CommentWriter:
    """Adds comments to the parts of a file: the text's ranges, the comments themselves, and what names their part."""

    def __init__(self, package: Package, word: WordFile, made: datetime) -> None:
        self._package = package
        self._document = word.document
        self._namespace = word.document.root.tag.rpartition("}")[0][1:]
        self._made = made.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
        known = [r.target for r in word.document.relationships.values() if r.kind == "comments" and not r.external]
        self._is_new = not (known and package.has(known[0]))
        folder = word.document.name.rpartition("/")[0]
        self._name = known[0] if not self._is_new else _free_name(package, folder)
        self._comments = (
            etree.Element(self._tag("comments"), nsmap={"w": self._namespace})
            if self._is_new
            else package.xml(self._name)
        )
        ids = [int(one.get(self._tag("id")) or 0) for one in self._comments if _is_number(one.get(self._tag("id")))]
        self._next = max(ids, default=-1) + 1
        self._comments_relationships = self._named_relationships(self._name)
        self._links: dict[str, str] = {}

    def add(self, title: str, text: str, passage: Passage | None, link: str) -> None:
        """Add one comment; without a passage there is nothing to hang it on. A line that is `link` leads there."""
        if passage is None:
            raise DocumentError("the document has no text that a comment could be put on")
        comment_id = str(self._next)
        self._next += 1
        comment = etree.SubElement(self._comments, self._tag("comment"))
        for name, value in (("id", comment_id), ("author", AUTHOR), ("date", self._made), ("initials", "V")):
            comment.set(self._tag(name), value)
        for line in (title, *(line for line in text.splitlines() if line.strip())):
            paragraph = etree.SubElement(comment, self._tag("p"))
            if link and line == link:
                # By a relationship (ISO/IEC 29500-1, 17.16.22): LibreOffice shows the instruction of a field as text.
                paragraph = etree.SubElement(paragraph, self._tag("hyperlink"))
                paragraph.set(f"{{{_LINK_TYPES[self._is_strict].rpartition('/')[0]}}}id", self._link_id(link))
            run = etree.SubElement(paragraph, self._tag("r"))
            words = etree.SubElement(run, self._tag("t"))
            words.text = _printable(line)
            words.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
        mark_passage(passage, self._namespace, comment_id)

    def parts(self) -> dict[str, bytes]:
        """The parts that are new or changed, by their names."""
        changed = {self._document.name: _serialised(self._document.root), self._name: _serialised(self._comments)}
        types = self._package.xml(_TYPES)
        if not _is_typed(types, f"/{self._name}"):  # a part of no stated type is none (ECMA-376-2, 10.1.2)
            changed[_TYPES] = self._with_type(types)
        if self._is_new:
            changed[_relationships_of(self._document.name)] = self._relationships()
        if self._links:
            changed[_relationships_of(self._name)] = _serialised(self._comments_relationships)
        return changed

    @property
    def _is_strict(self) -> bool:
        return str(self._namespace).startswith(_STRICT)

    def _link_id(self, link: str) -> str:
        """The id of the relationship that leads to an address; a copy that is commented again has some already."""
        if link not in self._links:
            taken = {known.get("Id") for known in self._comments_relationships}
            numbers = range(1, len(taken) + 2)
            name = next(one for number in numbers if (one := f"rIdVerifierLink{number}") not in taken)
            added = etree.SubElement(self._comments_relationships, f"{{{_RELATIONSHIPS_NAMESPACE}}}Relationship")
            added.set("Id", name)
            added.set("Type", _LINK_TYPES[self._is_strict])
            added.set("Target", quote(link, safe=_IN_LINKS))
            added.set("TargetMode", "External")
            self._links[link] = name
        return self._links[link]

    def _named_relationships(self, part: str) -> Any:
        """The relationships of a part, none where it has none yet."""
        name = _relationships_of(part)
        if self._package.has(name):
            return self._package.xml(name)
        return etree.Element(f"{{{_RELATIONSHIPS_NAMESPACE}}}Relationships", nsmap={None: _RELATIONSHIPS_NAMESPACE})

    def _with_type(self, types: Any) -> bytes:
        override = etree.SubElement(types, f"{{{_TYPES_NAMESPACE}}}Override")
        override.set("PartName", f"/{self._name}")
        override.set("ContentType", _COMMENTS_TYPE)
        return _serialised(types)

    def _relationships(self) -> bytes:
        root = self._named_relationships(self._document.name)
        taken = set(relationships(self._package, self._document.name))
        number = next(n for n in range(1, len(taken) + 2) if f"rIdVerifier{n}" not in taken)
        added = etree.SubElement(root, f"{{{_RELATIONSHIPS_NAMESPACE}}}Relationship")
        added.set("Id", f"rIdVerifier{number}")
        added.set("Type", _RELATIONSHIP_TYPES[self._is_strict])
        added.set("Target", self._name.rpartition("/")[2])
        return _serialised(root)

    def _tag(self, name: str) -> str:
        return f"{{{self._namespace}}}{name}"


def _relationships_of(part: str) -> str:
    """The name of the part that holds the relationships of a part (ISO/IEC 29500-2, 6.5.2.2)."""
    folder, _, last = part.rpartition("/")
    return f"{folder}/_rels/{last}.rels".lstrip("/")


def _is_typed(types: Any, name: str) -> bool:
    overrides = types.iterfind(f"{{{_TYPES_NAMESPACE}}}Override")
    return any((one.get("PartName") or "").casefold() == name.casefold() for one in overrides)


def _free_name(package: Package, folder: str) -> str:
    names = (f"{folder}/comments{number or ''}.xml".lstrip("/") for number in range(10_000))
    return next(name for name in names if not package.has(name))


def _is_number(value: str | None) -> bool:
    return value is not None and value.isascii() and value.isdecimal()


def _printable(line: str) -> str:
    """Words without the characters that XML has no place for, or that turn the order of the others."""
    return shown("".join(char for char in line if char == "\t" or (ord(char) >= 0x20 and char not in "\ufffe\uffff")))


def _serialised(root: Any) -> bytes:
    data: bytes = etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
    return data


def _copied(file: Path, package: Package, changed: dict[str, bytes]) -> bytes:
    """The file with these parts in the place of its own."""
    copy = io.BytesIO()
    left = MOST_BYTES
    done: set[str] = set()
    try:
        with zipfile.ZipFile(file) as source, zipfile.ZipFile(copy, "w", zipfile.ZIP_DEFLATED) as target:
            for info in source.infolist():
                name = info.filename.lstrip("/")
                if name in done or info.is_dir():
                    continue
                done.add(name)
                if name in changed:
                    target.writestr(name, changed[name])
                    continue
                with source.open(info) as part, target.open(name, "w", force_zip64=False) as into:
                    while piece := part.read(_COPIED):
                        left -= len(piece)
                        if left < 0:
                            raise DocumentError(f"{file}: is larger than {MOST_BYTES // 1024**2} MB when unpacked")
                        into.write(piece)
            for name in changed.keys() - done:
                target.writestr(name, changed[name])
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError, RuntimeError, NotImplementedError) as error:
        raise DocumentError(f"{file}: cannot be copied for its comments ({error}); save it again") from error
    return copy.getvalue()
