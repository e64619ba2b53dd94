"""Pandoc's simple tables, whose columns are under rows of dashes, as tables with pipes, which the parser reads."""

from collections.abc import Sequence
from itertools import pairwise

from verifier.parser.patterns import regex

_RULE = regex(r" *-{2,}(?: +-{2,})+ *")
_DASHES = regex(r"-{2,}")
_MOST_COLUMNS = 40


def with_piped_tables(text: str) -> str:
    """The same text with simple tables rewritten: a head line, a row of dashes, rows up to a blank line."""
    if "-- " not in text:
        return text
    lines = text.split("\n")
    made: list[str] = []
    at = 0
    while at < len(lines):
        columns = _columns(lines, at)
        if columns is None:
            made.append(lines[at])
            at += 1
            continue
        end = at + 2
        while end < len(lines) and lines[end].strip() and not _RULE.fullmatch(lines[end]):
            end += 1
        made.append(_row(lines[at], columns))
        made.append("|" + "---|" * len(columns))
        made += [_row(line, columns) for line in lines[at + 2 : end]]
        closing = end < len(lines) and _RULE.fullmatch(lines[end])
        at = end + 1 if closing else end
    return "\n".join(made)


def _columns(lines: Sequence[str], at: int) -> list[tuple[int, int]] | None:
    """Where the columns of a table begin and end whose head is line `at`; None where no table begins there."""
    if at + 2 >= len(lines) or not lines[at].strip() or not lines[at + 2].strip():
        return None
    if not _RULE.fullmatch(lines[at + 1]) or (at and lines[at - 1].strip()) or "|" in lines[at]:
        return None
    starts = [match.start() for match in _DASHES.finditer(lines[at + 1])]
    if len(starts) > _MOST_COLUMNS:
        return None
    longest = max(len(line) for line in lines[at : at + 500])
    return list(pairwise([0, *starts[1:], longest + 1]))


def _row(line: str, columns: Sequence[tuple[int, int]]) -> str:
    return "| " + " | ".join(line[start:end].strip().replace("|", "\\|") for start, end in columns) + " |"
