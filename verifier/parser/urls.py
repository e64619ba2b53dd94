"""Addresses as they are printed: where one starts and ends in a text, and whether it goes on over a line break."""

import re
import unicodedata
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from verifier.parser.patterns import regex
from verifier.parser.url_gaps import OPENING, rest_over_gaps

_SCHEME = r"(?:https?|ftp)://"
_TLDS = r"(?:com|org|net|edu|gov|int|mil|info|io|co|us|uk|eu|de|fr|ca|au|ch|nl|it|es|jp|ai|dev|app|me|ly|gl|be|tv)"
_WIDE = "（）「」『』【】〈〉《》、。，；：！？"
"""Brackets and stops of Chinese and Japanese: an address is set before them without a blank."""
_ADDRESS = regex(
    rf"(?:{_SCHEME}|(?<![\w@.-])www\.(?=\w))[^\s<>\"“”«»{_WIDE}]+|{OPENING}"
    rf"|(?<![\w@./-])(?:[a-z0-9](?:[a-z0-9-]{{0,40}}[a-z0-9])?\.){{1,4}}{_TLDS}(?:/[^\s<>\"“”«»{_WIDE}]*)",
    re.IGNORECASE,
)
_TAIL = regex(
    rf"(?:(?:{_SCHEME}|(?<![\w@.-])www\.)[^\s<>\"“”«»{_WIDE}]*"
    rf"|(?<![\w@./-])(?:[a-z0-9](?:[a-z0-9-]{{0,40}}[a-z0-9])?\.){{1,4}}{_TLDS}/[^\s<>\"“”«»{_WIDE}]*"
    rf"|(?<!\w)h(?:t(?:t(?:ps?(?::/?)?)?)?)?)$",
    re.IGNORECASE,
)
_CLOSERS = {")": "(", "]": "[", "}": "{"}
_WINDOW = 600
"""Characters before a line's end that are searched for an open address."""


@dataclass(frozen=True, slots=True)
class Address:
    """An address in a text, at `start:end`; `url` has a scheme. `guessed`: it was put together over a blank."""

    start: int
    end: int
    url: str
    guessed: bool = False


def find_addresses(text: str) -> Iterator[Address]:
    """The addresses printed in a text, without trailing punctuation, with balanced brackets.

    Glyphs that stand for a tilde, a slash or a hyphen are read as these. An address whose host holds signs (letters of
    a font that does not tell what they are) is none.
    """
    text = text.translate(_GLYPHS)
    at = 0
    while match := _ADDRESS.search(text, at):
        start, end = match.start(), _cut(text, *match.span())
        if end == match.end():
            end = rest_over_gaps(text, start, end)
        raw = text[start:end]
        bare = trimmed(raw)
        end -= len(raw) - len(bare)
        at = max(end, start + 1)
        joined = re.sub(r"\s", "", bare)
        if len(joined) >= 6 and "." in joined and _has_host(joined):
            yield Address(start, end, with_scheme(joined), len(joined) < len(bare))


_GLYPHS = {0x02DC: "~", 0x223C: "~", 0xFF5E: "~", 0x2215: "/", 0x2044: "/", 0x2010: "-", 0x2011: "-", 0x2212: "-"}
"""What producers draw for the tilde, the slash and the hyphen of an address."""
_GLUED = regex(
    r"[;,|.)\]]+(?=(?:https?|ftp)://)|[.,;:!?]+(?=[(\[][^\W\d_]{3})|\((?=(?:last |zuletzt )?"
    r"(?:accessed|retrieved|visited|viewed|archived|abgerufen|aufgerufen|consult|stand\b|download))",
    re.IGNORECASE,
)
"""Where other text begins behind an address without a blank: the next address, a bracket with when it was seen."""


def _cut(text: str, start: int, end: int) -> int:
    """The end of an address before what is glued to it, and before a closing bracket that was opened outside of it."""
    glued = _GLUED.search(text, start + 8, end)
    end = glued.start() if glued else end
    depth = dict.fromkeys(_CLOSERS.values(), 0)
    for at in range(start, end):
        char = text[at]
        if char in depth:
            depth[char] += 1
        elif char in _CLOSERS:
            depth[_CLOSERS[char]] -= 1
            if depth[_CLOSERS[char]] < 0 and not re.match(r"[\w/%&=?#~-]", text[at + 1 : end]):
                return at
    return end


def _has_host(url: str) -> bool:
    """Whether an address has a host of letters, figures, points and hyphens."""
    host = re.split(r"[/?#]", re.sub(rf"^{_SCHEME}", "", url, flags=re.IGNORECASE), maxsplit=1)[0]
    return bool(host) and all(char in _HOST_SIGNS or unicodedata.category(char)[0] in "LNM" for char in host)


_HOST_SIGNS = frozenset("-._:@[]%")


def with_scheme(raw: str) -> str:
    """An address as it would be requested: what is printed without a scheme gets `http://`."""
    return raw if re.match(_SCHEME, raw, re.IGNORECASE) else f"http://{raw}"


_BACK_ARROWS = "\u21a9\ufe0e\ufe0f\u21b5\u21b2\u2191"
"""What leads from a note on a web page back to its marker."""


def trimmed(raw: str) -> str:
    """An address without the punctuation and unbalanced brackets that follow it in prose."""
    while raw:
        last = raw[-1]
        if (
            last in _BACK_ARROWS
            or last in ".,;:!?'’‘*†‡§¶‖`…|"
            or (last in _CLOSERS and raw.count(last) > raw.count(_CLOSERS[last]))
        ):
            raw = raw[:-1]
        else:
            break
    return raw


def open_address(text: str) -> str | None:
    """The address that is at the very end of `text` and may go on, if one does."""
    word = text[-_WINDOW:].rpartition(" ")[2]  # the pattern would be tried at every letter of the line
    match = _TAIL.search(word)
    return match.group() if match else None


def goes_on(tail: str, head: str, *, room: float, knows: Callable[[str], bool]) -> bool:
    """Whether address `tail` at a line's end goes on with `head`, the first word of the next line.

    `room` is what is left of the line behind the address, in units of the type size: a broken address fills its line.
    `knows` says whether the document has a word elsewhere.
    """
    if not head:
        return False
    if (tail[-1] == "_" and _ENCLOSED.match(head)) or _INNER_SCHEME.search(f"{tail} {head}"):
        return True
    if head[0] in "(<[“\"'‘" or re.match(rf"{_SCHEME}|www\.", head, re.IGNORECASE):
        return False
    if len(tail) < 8:
        return re.match(_SCHEME, tail + head, re.IGNORECASE) is not None
    bare = trimmed(head)
    by_sign = _by_last_sign(tail[-1], head, bare, room)
    if by_sign is not None:
        return by_sign
    if head[0] in "/.?&=_%#~-" and len(head) > 1:
        return True
    if room < 4 and re.search(r"[/=_%&]|\w\.\w|\w-\w+-|\d[a-z]|[a-z]\d", bare):
        return True
    return room < _FLUSH and _is_rest(tail, bare, knows)


def _by_last_sign(sign: str, head: str, bare: str, room: float) -> bool | None:
    """Whether an address that ends with a sign goes on with a word; None where the sign does not tell."""
    if sign in "/-_=&?#%~+@\u00ad":
        return not (room > 8 and bare.isalpha() and bare[:1].isupper())
    if sign in ",;":
        return bool(re.search(r"[/=_%]", bare)) and room < 6
    if sign in ".:":
        return bool(re.match(r"[a-z0-9]", head)) and (bool(re.search(r"[/_=%.-]", bare)) or bare in _EXTENSIONS)
    return None


_ENCLOSED = regex(r"\([^\s()]+\)")
"""What tells titles apart in addresses of wikis: `Mercury_(planet)`."""
_INNER_SCHEME = regex(r"/https?(?: :/|: /)", re.IGNORECASE)
"""The scheme of an address within an address, as web archives have it, cut before or behind its colon."""
_ARXIV_CUT = regex(r"arxiv\.org/(?:abs|pdf)/\d{4}\.\d{0,4}$", re.IGNORECASE)
_CODE = regex(r"(?=\w*\d)(?=\w*[a-z])\w{3,}")
"""The last part of a short address: letters and digits in no order."""
_FLUSH = 0.9
"""Of the type size: what a line that was cut between two characters leaves free at most."""


def _is_rest(tail: str, bare: str, knows: Callable[[str], bool]) -> bool:
    """Whether a word without any sign of an address is the rest of one that was cut between two characters."""
    cut = re.search(r"[^\W_]*$", tail)
    before = cut.group() if cut else ""
    first = re.match(r"[^\W\d_]+|\d+", bare)
    after = first.group() if first else ""
    if not after:
        return False
    if after.isdecimal():
        year = re.fullmatch(r"(?:19|20)\d\d", bare)
        return before[-1:].isdecimal() and (bool(_ARXIV_CUT.search(tail)) or not (year or len(bare) < 3))
    letters = re.split(r"[\W\d_]", before)[-1]
    if knows(after):
        return bool(letters) and not knows(letters) and knows(letters + after)
    if after[0].islower() or knows(letters + after):
        return True
    return bool(_CODE.fullmatch(before)) and not after[1:].islower()


_EXTENSIONS = frozenset(
    ("pdf", "html", "htm", "com", "org", "net", "gov", "edu", "aspx", "php", "jsp", "csv", "xlsx", "docx", "txt", "xml")
)
