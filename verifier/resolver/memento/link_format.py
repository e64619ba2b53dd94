"""Links in a header or a list of their own: `<address>; rel="..."; datetime="..."` (RFC 8288; RFC 6690 for lists)."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from urllib.parse import urljoin

_PARAMETER = r"""\s*;\s*[\w!#$&+.^`|~*-]+\s*(?:=\s*(?:"(?:[^"\\]|\\.)*"|[^\s",;]*))?"""
_LINK = re.compile(rf"<([^<>]*)>((?:{_PARAMETER})*)")
_ONE_PARAMETER = re.compile(r"""([\w!#$&+.^`|~*-]+)\s*(?:=\s*(?:"((?:[^"\\]|\\.)*)"|([^\s",;]*)))?""")
_ABSOLUTE = re.compile(r"https?://", re.IGNORECASE)
_ESCAPED = re.compile(r"\\(.)")


@dataclass(frozen=True, slots=True)
class Link:
    """One link: its absolute address, its relations in lower case, and its other parameters by lower-case name."""

    url: str
    relations: frozenset[str]
    parameters: Mapping[str, str]


def read_links(text: str, base: str) -> Iterator[Link]:
    """The links of a text in order; what is no link between them is passed over.

    `base` is the address that the text came from: the others may be relative to it.
    """
    for match in _LINK.finditer(text):
        parameters: dict[str, str] = {}
        for parameter in _ONE_PARAMETER.finditer(match[2]):
            quoted, plain = parameter[2], parameter[3]
            value = _ESCAPED.sub(r"\1", quoted) if quoted is not None else plain or ""
            parameters.setdefault(parameter[1].lower(), value)  # RFC 8288, section 3: the first of a name holds
        url = _absolute(match[1].strip(), base)
        if url is not None:
            yield Link(url, frozenset(parameters.pop("rel", "").lower().split()), parameters)


def _absolute(reference: str, base: str) -> str | None:
    """An absolute address stays as written; None for one that is malformed."""
    if _ABSOLUTE.match(reference):
        return reference
    try:
        return urljoin(base, reference)
    except ValueError:
        return None
