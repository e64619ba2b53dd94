"""The words of a document: what tells a word cut by a line's end from one that has a hyphen of its own."""

import re
from collections.abc import Iterable

from verifier.parser.page.lines import Line
from verifier.parser.patterns import regex

_PARTS = regex(r"[\W_]+")
_ELISION = regex(r"(?<=\w)[’'](?:s|t|d|m|ll|re|ve)\b", re.IGNORECASE)
_ADDRESS_SIGN = regex(r"[/@_=&]|\w\.\w")
_LEAST_IN_ADDRESS = 4
"""Letters that a part of an address must have to count as a word: shorter ones are as likely pieces of words."""
_COMMON = """
a about above access accessed across after again all also an and any archived are as at available be been
before below between but by can cited citing copy data date de der des did die do does each en et etc even
few file first for from full had has have he her here his how http https if in into is it its last le les
like made may more most must no nor not note now of on only onto or other our out over page pages para part
pp quoted retrieved saved section see seen she since site so some such text than that the their them then
there these they this those through to two under until up upon us use used version via viewed visited vol was
we were what when where which while who will with within would www you
"""
"""Short words that follow an address in citations; a document of one page may hold them nowhere else."""


class Vocabulary:
    """The words that are whole inside the lines of a document."""

    def __init__(self, lines: Iterable[Line]) -> None:
        self._whole = set(_COMMON.split())
        for token in {token for line in lines for token in line.text.split()[1:-1]}:
            least = _LEAST_IN_ADDRESS if _ADDRESS_SIGN.search(token) else 1
            words = _PARTS.split(_ELISION.sub("", token))
            self._whole.update(word.casefold() for word in words if word.isalpha() and len(word) >= least)

    def knows(self, word: str) -> bool:
        """Whether the word was seen whole; of the single letters only a, i and o are words."""
        if len(word) == 1 and word not in "aio":
            return False
        return word.casefold() in self._whole

    def keeps_hyphen(self, before: str, after: str) -> bool | None:
        """Whether `before-after` at a line's end has a hyphen of its own; None when the document does not tell."""
        if self.knows(before + after):
            return False
        if len(before) > 1 and self.knows(before) and self.knows(after):
            return True
        return None
