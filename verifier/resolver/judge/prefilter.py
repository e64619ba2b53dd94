"""Many patterns searched for in a text that has hardly one of them, at the cost of the few that it may have.

As one expression, hundreds of patterns are tried at every character. Here each is tried only where its words are: what
a match cannot do without is read off the pattern once (as RE2's FilteredRE2 does), and looked for as plain words. Which
of all words a text has is learned from its tokens, and remembered for each token: languages repeat theirs.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property, lru_cache
from threading import Lock

from verifier.resolver.judge.phrases import any_of

Clause = frozenset[str]
"""Words of which every match has at least one."""

_SHORTEST, _SHORTEST_DENSE = 3, 2
"""Characters of a word that is looked for, the second where a letter is a word: shorter ones are everywhere."""

_TOKEN = re.compile(r"\\.|\[\^?\]?(?:\\.|[^\]\\])*\]|\(\?(?::|<?[=!]|P<\w+>)|\{\d*,?\d*\}\??|[*+?]\??|.", re.DOTALL)
_MOST_TOKENS = 32_768
"""Tokens whose words are remembered: some megabytes. A night's pages of one language repeat a few thousand."""

_LONG = 20_000
"""Characters beyond which a text (scripts, mostly) is not parted into tokens: they hardly come again."""


class _Vocabulary:
    """Words without blanks; says which of them a text has. It never changes: what it remembers stays true."""

    def __init__(self, words: Iterable[str] = ()) -> None:
        self._words = frozenset(words)
        self._by_start: dict[str, list[str]] = {}
        for word in self._words:
            self._by_start.setdefault(word[:_SHORTEST_DENSE], []).append(word)
        self._of_token = lru_cache(_MOST_TOKENS)(self._look)
        self.of_text = lru_cache(64)(self._of_text)  # the text of a page is searched by a dozen kinds of phrases

    def with_words(self, words: Iterable[str]) -> "_Vocabulary":
        """One that knows these words, too."""
        return _Vocabulary(self._words.union(words))

    def _of_text(self, text: str) -> frozenset[str]:
        return frozenset().union(*map(self._of_token, set(text.split())))

    def _look(self, token: str) -> tuple[str, ...]:
        return tuple(
            word
            for start in range(len(token) - _SHORTEST_DENSE + 1)
            for word in self._by_start.get(token[start : start + _SHORTEST_DENSE], ())
            if token.startswith(word, start)
        )


_vocabulary = _Vocabulary()
_vocabulary_lock = Lock()


def _make_known(words: Iterable[str]) -> None:
    global _vocabulary
    with _vocabulary_lock:
        _vocabulary = _vocabulary.with_words(words)


class Phrases:
    """Patterns, searched for as one expression of all would be: the leftmost match, and of those the first pattern's.

    Nothing is compiled before it is first tried: most patterns never are.
    """

    def __init__(self, patterns: Iterable[str]) -> None:
        self.patterns = tuple(patterns)
        self._compiled: dict[str, re.Pattern[str]] = {}

    def search(self, text: str) -> re.Match[str] | None:
        """The leftmost match in a text."""
        found = [match for pattern in self._possible(text) if (match := self._expression(pattern).search(text))]
        return min(found, key=lambda match: match.start(), default=None)

    def fullmatch(self, text: str) -> re.Match[str] | None:
        """The first pattern's match of a whole text."""
        found = (self._expression(pattern).fullmatch(text) for pattern in self._possible(text))
        return next((match for match in found if match is not None), None)

    def finditer(self, text: str) -> Iterator[re.Match[str]]:
        """All matches in a text, as of one expression."""
        return self._whole.finditer(text) if any(True for _ in self._possible(text)) else iter(())

    @cached_property
    def _whole(self) -> re.Pattern[str]:
        return any_of(self.patterns)

    @cached_property
    def _clauses(self) -> tuple[tuple[Clause, ...], ...]:
        """Each pattern's clauses, those of the fewest words first: one that fails spares the rest."""
        return tuple(tuple(sorted(needed(pattern), key=len)) for pattern in self.patterns)

    @cached_property
    def _index(self) -> tuple[dict[str, tuple[int, ...]], tuple[int, ...]]:
        """For each word, the patterns whose surest clause has it; and the patterns that need no word."""
        by_word: dict[str, list[int]] = {}
        always: list[int] = []
        for number, clauses in enumerate(self._clauses):
            surest = max(clauses, key=_worth, default=None)
            words = {max(word.split(), key=len, default="") for word in surest or ("",)}
            if any(len(word) < _SHORTEST_DENSE for word in words):
                always.append(number)
                continue
            for word in words:
                by_word.setdefault(word, []).append(number)
        _make_known(by_word)
        return {word: tuple(numbers) for word, numbers in by_word.items()}, tuple(always)

    def _possible(self, text: str) -> Iterator[str]:
        """The patterns whose words are in a text, in their order."""
        by_word, always = self._index
        numbers: Iterable[int] = range(len(self.patterns))
        if len(text) <= _LONG:
            met = {number for word in _vocabulary.of_text(text) for number in by_word.get(word, ())}
            numbers = sorted(met.union(always))
        return (self.patterns[number] for number in numbers if _has_all(text, self._clauses[number]))

    def _expression(self, pattern: str) -> re.Pattern[str]:
        compiled = self._compiled.get(pattern)
        if compiled is None:
            compiled = self._compiled[pattern] = re.compile(pattern)
        return compiled


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
                    inner = []  # what is around a match is no part of it
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
