"""The authors that a web page's head and an EPUB's package document name."""

from collections.abc import Iterator
from typing import Any

import lxml.html
from lxml import etree

from verifier.parser.authorship.names import recorded_names, stated_names
from verifier.parser.drafts.package import Package, resolved

_LONGEST = 512 * 1024
"""Characters in which a page's head ends."""

_STATED = ("citation_author", "dc.creator", "dcterms.creator", "bepress_citation_author", "eprints.creators_name")
"""Names of `meta` under which a publisher lists the authors, best first (Google Scholar, "Indexing"; Dublin Core)."""

_DC = "{http://purl.org/dc/elements/1.1/}creator"
_OPF = "{http://www.idpf.org/2007/opf}"
_AUTHOR_ROLES = ("aut", "")


def html_authors(text: str) -> tuple[str, ...]:
    """The authors of a page by its `meta` elements; `author` alone may be the account of whoever posted it."""
    try:
        root = lxml.html.document_fromstring(
            text[:_LONGEST].encode("utf-8", "replace"), lxml.html.HTMLParser(encoding="utf-8")
        )
    except (etree.ParserError, ValueError, AssertionError):
        return ()
    metas = [((one.get("name") or "").strip().lower(), one.get("content") or "") for one in root.iter("meta")]
    for key in _STATED:
        found = stated_names(content for name, content in metas if name == key)
        if found:
            return found
    return recorded_names(content for name, content in metas if name == "author")


def epub_authors(package: Package) -> tuple[str, ...]:
    """The creators of an EPUB that are its authors: not its editors and translators. Raises DocumentError."""
    container = package.xml("META-INF/container.xml")
    names = (resolved("", one.get("full-path") or "") for one in container.iter("{*}rootfile"))
    main = next((name for name in names if name and package.has(name)), None)
    return stated_names(_creators(package.xml(main))) if main else ()


def _creators(book: Any) -> Iterator[str]:
    """EPUB 3.3, 5.5.3.2 (`role` refines a creator); OPF 2.0.1, 2.2.2 (`opf:role`)."""
    refined = {
        (one.get("refines") or "").lstrip("#"): (one.text or "").strip()
        for one in book.iter(f"{_OPF}meta")
        if one.get("property") == "role"
    }
    for creator in book.iter(_DC):
        role = creator.get(f"{_OPF}role") or refined.get(creator.get("id") or "\0", "")
        if role.lower() in _AUTHOR_ROLES:
            yield "".join(creator.itertext())
