"""LaTeX's environments: what is text in them, and what is not."""

import re

from verifier.parser.drafts.latex_counters import NoteCounter
from verifier.parser.drafts.latex_notes import table_notes
from verifier.parser.drafts.latex_reader import LatexReader
from verifier.parser.drafts.latex_symbols import plain_words
from verifier.parser.patterns import regex

_UNREAD = frozenset(
    (
        "verbatim",
        "lstlisting",
        "comment",
        "minted",
        "Verbatim",
        "alltt",
        "tikzpicture",
        "pgfpicture",
        "pspicture",
        "code",
    )
)
_FORMULAS = frozenset(
    ("equation", "align", "gather", "multline", "eqnarray", "displaymath", "math", "flalign", "alignat")
)
_TABLES = {
    "tabular": 1, "tabularx": 2, "tabulary": 2, "longtable": 1, "tabu": 1, "array": 1, "xltabular": 2,
    "supertabular": 1, "tblr": 1, "longtblr": 1,
}  # fmt: skip
_QUOTATIONS = frozenset(("quote", "quotation", "displayquote", "verse", "blockquote"))
_ARGUMENTS = {
    "thebibliography": 1,
    "minipage": 1,
    "multicols": 1,
    "adjustbox": 1,
    "spacing": 1,
    "otherlanguage": 1,
    "subfigure": 1,
}


def begin(reader: LatexReader, name: str) -> None:
    """An environment begins."""
    plain = name.strip().rstrip("*")
    if plain == "document":
        reader.state.in_text = True
        return
    if plain == "filecontents":
        reader.input.option()
        file = reader.input.argument().strip()
        words = reader.input.until(re.compile(rf"\\end\s*\{{{re.escape(name)}\}}"))
        reader.state.source.add(file, words.strip("\n").encode())
        return
    if plain in _UNREAD:
        reader.input.until(re.compile(rf"\\end\s*\{{{re.escape(name)}\}}"))
        return
    if plain == "tablenotes":
        reader.input.option()
        reader.end_paragraph()
        table_notes(reader, reader.input.until(re.compile(r"\\end\s*\{tablenotes\*?\}")))
        return
    if plain == "threeparttable":
        reader.state.tables += 1
    if plain in _FORMULAS:
        words = reader.input.until(re.compile(rf"\\end\s*\{{{re.escape(name)}\}}"))
        reader.formula(re.sub(r"\\label\{[^{}]*\}|&", "", words))
        return
    reader.environments.append(plain)
    if plain in _TABLES:
        reader.end_paragraph()
        for _ in range(_TABLES[plain]):
            reader.input.option()
            reader.input.argument()
        reader.cells += 1
    elif plain in _QUOTATIONS:
        reader.end_paragraph()
        reader.quoted += 1
    elif plain == "minipage":
        reader.input.option()
        reader.input.option()
        reader.input.argument()
        reader.end_paragraph()
        reader.state.boxed.append(NoteCounter("alph"))
    else:
        reader.input.option()
        for _ in range(_ARGUMENTS.get(plain, 0)):
            reader.input.argument()
        if plain not in ("center", "flushleft", "flushright", "small", "footnotesize"):
            reader.end_paragraph()


def end(reader: LatexReader, name: str) -> bool:
    """An environment ends; False when it is the document."""
    plain = name.strip().rstrip("*")
    if plain == "document":
        return False
    if plain not in reader.environments:
        return True
    while reader.environments and reader.environments.pop() != plain:
        pass
    if plain in _TABLES:
        reader.end_paragraph(whole=True)
        reader.cells = max(0, reader.cells - 1)
        return True
    reader.end_paragraph()
    if plain in _QUOTATIONS:
        reader.quoted = max(0, reader.quoted - 1)
    elif plain == "minipage" and reader.state.boxed:
        reader.state.boxed.pop()
    return True


_ENTRY_END = regex(r"(?=\\bibitem(?![A-Za-z])|\\end\s*\{thebibliography\})")


def bibliography_item(reader: LatexReader, name: str) -> None:
    """An entry of a bibliography: a work under its key."""
    label = reader.input.option()
    key = reader.input.argument().strip()
    words = reader.input.until(_ENTRY_END)
    if key and reader.state.in_text:
        reader.state.entries[key] = reader.apart(words)
        if label:
            reader.state.entry_labels[key] = plain_words(label)
