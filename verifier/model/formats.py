"""The names of documents: by which endings they are found, and how the exact bytes of an edition are named."""

import re
from pathlib import PurePath

DRAFT_SUFFIXES = (".docx", ".docm", ".odt", ".html", ".htm", ".xhtml", ".md", ".markdown", ".tex", ".epub")
"""Endings of file names of drafts, which have no pages; a PDF's is `.pdf`."""

DOCUMENT_SUFFIXES = (".pdf", *DRAFT_SUFFIXES)
"""Endings of file names of everything that is checked, the final form first."""

EDITION_NAME = re.compile(rf"[0-9a-f]{{64}}(?:{'|'.join(map(re.escape, DOCUMENT_SUFFIXES))})", re.ASCII)
"""How an edition is named in the folder of documents."""


def suffix_of(path: str) -> str:
    """The ending under which a document's editions are kept: its own in lower case, `.pdf` where that is not known."""
    suffix = PurePath(path).suffix.lower()
    return suffix if suffix in DOCUMENT_SUFFIXES else ".pdf"


def edition_name(sha256: str, path: str) -> str:
    """The file name of the exact bytes of a document that is at a path."""
    return f"{sha256}{suffix_of(path)}"
