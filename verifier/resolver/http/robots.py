"""robots.txt (RFC 9309): what a site asks automatic visitors to leave alone."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from verifier.resolver.sources.urls import quoted

MOST_BYTES = 512_000
"""What is read of a robots.txt: RFC 9309, section 2.5, asks for at least 500 kibibytes."""

_LINE = re.compile(r"\s*(user-agent|allow|disallow)\s*:\s*([^#]*)", re.IGNORECASE)
_UNRESERVED = re.compile(r"%([0-9A-Fa-f]{2})")


@dataclass(frozen=True, slots=True)
class Rules:
    """The rules for one visitor: (pattern, allowed) pairs."""

    pairs: tuple[tuple[str, bool], ...] = ()

    def allow(self, target: str) -> bool:
        """Whether a path with its query may be visited: the longest pattern that matches decides, and of equals the one
        that allows (section 2.2.2); /robots.txt itself always may.
        """
        path = _normal(target)
        matching = [(len(pattern), allowed) for pattern, allowed in self.pairs if _matches(pattern, path)]
        return path == "/robots.txt" or not matching or max(matching)[1]


ALL_ALLOWED = Rules()
NOTHING_ALLOWED = Rules((("/", False),))


def read_rules(text: str, product: str) -> Rules:
    """The rules that a robots.txt has for a product token: its own groups together, else those for `*`."""
    own: list[tuple[str, bool]] = []
    others: list[tuple[str, bool]] = []
    named = False
    for agents, pairs in _groups(text):
        if product.lower() in agents:
            named = True
            own += pairs
        elif "*" in agents:
            others += pairs
    return Rules(tuple(own if named else others))


def _groups(text: str) -> Iterator[tuple[set[str], list[tuple[str, bool]]]]:
    agents: set[str] = set()
    pairs: list[tuple[str, bool]] = []
    heading = False
    for line in re.split(r"\r\n|\r|\n", text.removeprefix("\ufeff")):
        found = _LINE.match(line)
        if found is None:
            continue
        field, value = found[1].lower(), found[2].strip()
        if field == "user-agent":
            if not heading and agents:
                yield agents, pairs
                agents, pairs = set(), []
            heading = True
            agents.add(_token(value))
        else:
            heading = False
            if value and agents:
                pairs.append((_normal(value), field == "allow"))
    if agents:
        yield agents, pairs


def _token(value: str) -> str:
    """The product token alone: some sites write a version behind it."""
    found = re.match(r"[A-Za-z_-]+|\*", value)
    return found.group().lower() if found else ""


def _matches(pattern: str, path: str) -> bool:
    """Whether a pattern with `*` and a `$` at its end matches, found without backtracking: patterns may be hostile."""
    anchored = pattern.endswith("$")
    first, *rest = pattern.removesuffix("$").split("*")
    if not path.startswith(first):
        return False
    at = len(first)
    for number, part in enumerate(rest):
        if anchored and number == len(rest) - 1:
            return path.endswith(part) and len(path) - len(part) >= at
        found = path.find(part, at)
        if found < 0:
            return False
        at = found + len(part)
    return not anchored or at == len(path)


def _normal(text: str) -> str:
    """Percent-encoding as both sides are compared by (section 2.2.2): unreserved characters plain, others encoded."""

    def plain(match: re.Match[str]) -> str:
        char = chr(int(match[1], 16))
        return char if char.isascii() and (char.isalnum() or char in "-._~") else match.group().upper()

    return _UNRESERVED.sub(plain, quoted(text))
