r"""LaTeX's citations: markers of entries in the running text, words and works in notes; biblatex's own lists."""

import re

from verifier.model import NoteKind
from verifier.parser.drafts.bibtex import work_of_fields
from verifier.parser.drafts.citation_data import work_label
from verifier.parser.drafts.latex_reader import LatexReader
from verifier.parser.drafts.works import CitedWork
from verifier.parser.patterns import regex

_MOST_IN_ENTRY = 100_000
"""Characters of one entry: those with a thousand authors have as many."""
_MOST_NAME_LISTS = 20
_NAMES = regex(r"\\name\{(author|editor)\}\{\d+\}\{[^{}]*\}\{%?(.*?)\n\s*\}\s*\n(?=\s*\\)", re.S)
_PART = regex(r"(family|given|prefix|suffix)=\{((?:[^{}]|\{[^{}]*\})*)\}")
_PERSON = regex(r"\{\{(?:hash|un)=.*?\}%?\s*(?:\{|$)", re.S)
_FIELD = regex(r"\\(?:field|strng)\{([a-z]+)\}\{((?:[^{}]|\{(?:[^{}]|\{[^{}]*\})*\})*)\}")
_LIST = regex(r"\\list\{([a-z]+)\}\{\d+\}\{%?\s*\{((?:[^{}]|\{[^{}]*\})*)\}", re.S)
_VERB = regex(r"\\verb\{([a-z]+)\}\s*\\verb\s+(\S+)")


def cite(reader: LatexReader, name: str) -> None:
    r"""Cited works: their entries are markers in the running text; a note names them in words.

    What `\textcite` prints in the running text is not known.
    """
    several = name.rstrip("*").endswith("s")
    while True:
        before, after = reader.input.option(), reader.input.option()
        if reader.input.peek() != "{":
            break
        keys = _keys(reader)
        if reader.state.in_text:
            _name_works(reader, keys, before, after)
        if not several:
            break


def _name_works(reader: LatexReader, keys: list[str], before: str | None, after: str | None) -> None:
    state = reader.state
    works = [state.work(key) for key in keys]
    if not reader.in_note or not all(works) or any(key in state.entries for key in keys):
        for key in keys:
            if key not in state.cited:
                state.cited.append(key)
            reader.writer.mark(f"cite:{key}")
        return
    first, pinpoint = (before, after) if after is not None else (None, before)
    if first:
        reader.text(f"{plain(reader, first)} ")
    for number, work in enumerate(filter(None, works)):
        start = reader.writer.length + (2 if number else 0)
        reader.text(f"{'; ' if number else ''}{work_label(work)}")
        if pinpoint and number == len(works) - 1:
            reader.text(f", {plain(reader, pinpoint)}")
        reader.writer.add_works(start, (work,))


def full_cite(reader: LatexReader, name: str) -> None:
    """A work's whole reference where it stands."""
    before, after = reader.input.option(), reader.input.option()
    for key in _keys(reader):
        work = reader.state.work(key)
        if work is None or not reader.state.in_text:
            continue
        start = reader.writer.length
        pinpoint = after if after is not None else before
        reader.text(work.reference().rstrip(".") + (f", {plain(reader, pinpoint)}" if pinpoint else ""))
        reader.writer.add_works(start, (work,))


def footcite(reader: LatexReader, name: str) -> None:
    """A footnote that is a citation."""
    before, after = reader.input.option(), reader.input.option()
    keys = _keys(reader)
    if not reader.state.in_text:
        return
    works = tuple(work for key in keys if (work := reader.state.work(key)) is not None)
    note = reader.state.add_note(reader.state.counter.step(), NoteKind.FOOTNOTE)
    reader.writer.mark(note.key)
    pin = after if after is not None else before
    words = "; ".join(work.reference().rstrip(".") for work in works) or ", ".join(keys)
    note.paragraphs = reader.apart(
        f"{before or ''} {words}, {pin}." if after is not None else f"{words}, {pin}." if pin else f"{words}.",
        in_note=True,
    )
    note.works = works


def plain(reader: LatexReader, text: str) -> str:
    """The words of an argument."""
    return " ".join(paragraph.text for paragraph in reader.apart(text))


def _keys(reader: LatexReader) -> list[str]:
    return [key.strip() for key in reader.input.argument().split(",") if key.strip()]


def biblatex_works(text: str) -> dict[str, CitedWork]:
    r"""The works of a `.bbl` that biber wrote: data, not text. None where it is another's."""
    found: dict[str, CitedWork] = {}
    for entry in text.split("\\entry{")[1:]:
        key, _, rest = entry.partition("}")
        body, closed, _ = rest[:_MOST_IN_ENTRY].partition("\\endentry")
        if not closed or body.count("\\name{") > _MOST_NAME_LISTS:
            continue
        fields = {field[1]: field[2] for field in _FIELD.finditer(body)}
        fields |= {named[1]: named[2] for named in _LIST.finditer(body)}
        fields |= {verb[1]: verb[2] for verb in _VERB.finditer(body)}
        for names in _NAMES.finditer(body):
            people = [dict(_PART.findall(person)) for person in _PERSON.split(names[2]) if "family" in person]
            fields[names[1]] = " and ".join(
                f"{' '.join(filter(None, (one.get('prefix'), one['family'])))}, {one.get('given', '')}".rstrip(", ")
                if one.get("given")
                else f"{{{one['family']}}}"
                for one in people
            )
        found[key] = work_of_fields(key, fields)
    return found
