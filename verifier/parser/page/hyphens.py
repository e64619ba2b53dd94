"""What a document shows of its hyphens: whether its layout parts words, and the hosts that it prints whole."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from verifier.parser.page.lines import Line, ends_with_hyphen
from verifier.parser.page.vocabulary import Vocabulary
from verifier.parser.patterns import regex
from verifier.parser.urls import open_address

_HOST = regex(r"(?:(?:https?|ftp)://|(?<![\w@.-])www\.)([\w.-]*\w)(?=[/\s),;:?#>]|\.?$)", re.IGNORECASE)
_HOST_TAIL = regex(r"^(?:(?:https?|ftp)://)?([\w.-]*)$", re.IGNORECASE)
_HOST_HEAD = regex(r"[\w.-]*\w")
_LAST_WORD = regex(r"[^\W\d_]+$")
_WORD = regex(r"[^\W\d_]+")
_FEWEST_LINES = 12
"""Lines without a parted word from which on a layout is seen to part none: usual ones part a word in six lines."""


@dataclass(frozen=True, slots=True)
class PrintedHosts:
    """The hosts that are whole in a document's lines and links, without `www.`, in small letters."""

    hosts: frozenset[str]

    def keeps_hyphen(self, address: str, head: str) -> bool | None:
        """Whether an address whose host is cut at a hyphen has it, by a host known whole; None when none tells.

        `address` ends with the hyphen, `head` is what the next line begins with.
        """
        tail, following = _HOST_TAIL.match(address[:-1]), _HOST_HEAD.match(head)
        if not tail or not following:
            return None
        before, after = tail.group(1), following.group()
        if _bare(f"{before}{after}") in self.hosts:
            return False
        return True if _bare(f"{before}-{after}") in self.hosts else None


def printed_hosts(lines: Sequence[Line], uris: Iterable[str]) -> PrintedHosts:
    """The hosts of a document: of addresses within its lines, and of its annotations."""
    hosts: set[str] = set()
    for text in [*(line.text for line in lines if "." in line.text), *dict.fromkeys(uris)]:
        hosts.update(_bare(match.group(1)) for match in _HOST.finditer(text))
    return PrintedHosts(frozenset(hosts))


def _bare(host: str) -> str:
    return host.casefold().removeprefix("www.")


def hyphenates_words(lines: Sequence[Line], vocabulary: Vocabulary) -> bool:
    """Whether the layout parts words at lines' ends: one line of prose ends in a hyphen that is no word's own.

    A document of a few lines does not tell that it does not; it is taken to.
    """
    if len(lines) < _FEWEST_LINES:
        return True
    for one, two in pairwise(lines):
        if not ends_with_hyphen(one.text) or open_address(one.text):
            continue
        before, after = _LAST_WORD.search(one.text[:-1]), _WORD.match(two.text)
        parted = before and after and after.group()[0].islower()
        if parted and before and after and not vocabulary.keeps_hyphen(before.group(), after.group()):
            return True
    return False
