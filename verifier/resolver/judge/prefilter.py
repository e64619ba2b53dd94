"""Many patterns searched for in a text that has hardly one of them, at the cost of the few that it may have.

As one expression, hundreds of patterns are tried at every character. Here each is tried only where its words are: what
a match cannot do without is read off the pattern once (as RE2's FilteredRE2 does), and looked for as plain words.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property

from verifier.resolver.judge.phrases import any_of

Clause = frozenset[str]
"""Words of which every match has at least one."""

_SHORTEST, _SHORTEST_DENSE = 3, 2
"""Characters of a word that is looked for, the second where a letter is a word: shorter ones are everywhere."""

_TOKEN = re.compile(r"\\.|\[\^?\]?(?:\\.|[^\]\\])*\]|\(\?(?::|<?[=!]|P<\w+>)|\{\d*,?\d*\}\??|[*+?]\??|.", re.DOTALL)


class Phrases:
    """Patterns, searched for as one expression of all would be: the leftmost match, and of those the first pattern's.

    Each is compiled when it is first tried: most never are.
    """

    def __init__(self, patterns: Iterable[str]) -> None:
        self.patterns = tuple(patterns)
        self._compiled: dict[str, re.Pattern[str]] = {}

    @cached_property
    def _needed(self) -> tuple[tuple[str, tuple[Clause, ...]], ...]:
        """Each pattern with its clauses, those of the fewest words first: one that fails spares the rest."""
        return tuple((pattern, tuple(sorted(needed(pattern), key=len))) for pattern in self.patterns)

    @cached_property
    def _whole(self) -> re.Pattern[str]:
        return any_of(self.patterns)

    def search(self, text: str) -> re.Match[str] | None:
        """The leftmost match in a text."""
        found = [
            match
            for pattern, clauses in self._needed
            if _has_all(text, clauses) and (match := self._tried(pattern, text))
        ]
        return min(found, key=lambda match: match.start(), default=None)

    def fullmatch(self, text: str) -> re.Match[str] | None:
        """The match of a whole text."""
        return self._whole.fullmatch(text)

    def _tried(self, pattern: str, text: str) -> re.Match[str] | None:
        compiled = self._compiled.get(pattern)
        if compiled is None:
            compiled = self._compiled[pattern] = re.compile(pattern)
        return compiled.search(text)


def phrases_of(sections: dict[str, tuple[str, ...]]) -> Phrases:
    """The patterns of every section."""
    return Phrases(pattern for patterns in sections.values() for pattern in patterns)


def needed(pattern: str) -> tuple[Clause, ...]:
    """Clauses that hold for every match of a pattern without flags; none where nothing is sure."""
    return tuple(_Reader(_TOKEN.findall(pattern)).branches())


class _Reader:
    """Reads a pattern from left to right."""

    def __init__(self, tokens: Iterable[str]) -> None:
        self._tokens = list(tokens)
        self._at = 0

    def branches(self) -> list[Clause]:
        """The clauses of alternatives up to the end or the bracket that closes them."""
        read = [self._sequence()]
        while self._next() == "|":
            self._at += 1
            read.append(self._sequence())
        if len(read) == 1:
            return read[0]
        best = [max(clauses, key=_worth, default=None) for clauses in read]
        if any(clause is None for clause in best):
            return []
        return [frozenset(word for clause in best if clause is not None for word in clause)]

    def _next(self) -> str:
        return self._tokens[self._at] if self._at < len(self._tokens) else ""

    def _sequence(self) -> list[Clause]:
        clauses: list[Clause] = []
        run = ""
        while (token := self._next()) not in ("", "|", ")"):
            self._at += 1
            inner: list[Clause] = []
            if token.startswith("("):
                inner = self.branches()
                self._at += 1  # the bracket that closes it
                if token not in ("(", "(?:") and not token.startswith("(?P"):
                    inner = []  # what stands around a match is no part of it
            character = token if len(token) == 1 and token not in ".^$(" else ""
            many = self._quantifier()
            if many == "1":
                run += character
            if character and many == "1":
                continue
            clauses += _clause(run)
            run = ""
            if many != "0":
                clauses += inner
        return [*clauses, *_clause(run)]

    def _quantifier(self) -> str:
        """How often what was read must be there: `1` once, `+` at least once, `0` perhaps never."""
        token = self._next()
        if token[:1] in ("?", "*"):
            self._at += 1
            return "0"
        if token[:1] == "+":
            self._at += 1
            return "+"
        if len(token) > 1 and token[0] == "{":
            self._at += 1
            return "0" if token.startswith(("{,", "{0")) else "+"
        return "1"


def _has_all(text: str, clauses: Sequence[Clause]) -> bool:
    """Whether a text has a word of each clause."""
    for clause in clauses:  # plain loops: this is asked of every page for hundreds of patterns
        for word in clause:
            if word in text:
                break
        else:
            return False
    return True


def _clause(run: str) -> Iterator[Clause]:
    if len(run) >= (_SHORTEST if run.isascii() else _SHORTEST_DENSE):
        yield frozenset((run,))


def _worth(clause: Clause) -> tuple[int, int]:
    """A clause is worth more the longer its shortest word, and the fewer its words."""
    return min(map(len, clause)), -len(clause)
