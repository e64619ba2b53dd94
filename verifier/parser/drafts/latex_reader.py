"""Walks a LaTeX source: text, paragraphs, groups and environments; commands are in `latex_commands`."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from verifier.model import NoteKind
from verifier.parser.drafts.bibtex import read_bibliography
from verifier.parser.drafts.latex_counters import NoteCounter
from verifier.parser.drafts.latex_input import LatexInput, Macro
from verifier.parser.drafts.latex_symbols import formula_words, ligatures
from verifier.parser.drafts.paragraphs import DraftNote, Paragraph, ParagraphWriter
from verifier.parser.drafts.parts import BIBLIOGRAPHY_SUFFIXES, DraftFiles
from verifier.parser.drafts.works import CitedWork

_DEEPEST = 24
"""Arguments within arguments that are read as text."""


@dataclass(slots=True)
class LatexState:
    """What all parts of a document share: macros, counters, notes, labels, works."""

    source: DraftFiles
    run: Callable[["LatexReader", str], bool]
    builtin: frozenset[str]
    known_labels: dict[str, str] = field(default_factory=dict)
    known_works: dict[str, CitedWork] = field(default_factory=dict)
    macros: dict[str, Macro] = field(default_factory=dict)
    switches: dict[str, bool] = field(default_factory=dict)
    branches: int = 0
    unknown_branches: int = 0
    footnotes: NoteCounter = field(default_factory=NoteCounter)
    endnotes: NoteCounter = field(default_factory=NoteCounter)
    thanks: NoteCounter = field(default_factory=lambda: NoteCounter("fnsymbol"))
    boxed: list[NoteCounter] = field(default_factory=list)
    series: dict[str, NoteCounter] = field(default_factory=dict)
    tables: int = 0
    notes_within: str | None = None
    paragraphs: list[Paragraph] = field(default_factory=list)
    notes: list[DraftNote] = field(default_factory=list)
    labels: dict[str, str] = field(default_factory=dict)
    note_labels: dict[str, str] = field(default_factory=dict)
    last_label: str = ""
    last_note: str = ""
    needs_labels: bool = False
    needs_works: bool = False
    works: dict[str, CitedWork] = field(default_factory=dict)
    entries: dict[str, list[Paragraph]] = field(default_factory=dict)
    entry_labels: dict[str, str] = field(default_factory=dict)
    cited: list[str] = field(default_factory=list)
    title: str = ""
    title_words: str | None = None
    has_chapters: bool = False
    in_text: bool = False
    depth: int = 0
    files: int = 0
    missing: list[str] = field(default_factory=list)
    no_databases: list[str] = field(default_factory=list)

    @property
    def counter(self) -> NoteCounter:
        """What counts the footnotes here: a minipage has a count of its own."""
        return self.boxed[-1] if self.boxed else self.footnotes

    def add_note(self, label: str, kind: NoteKind) -> DraftNote:
        """A note, whose text may come later."""
        note = DraftNote(f"tex:{len(self.notes) + 1}", label, kind)
        self.notes.append(note)
        self.last_label, self.last_note = label, note.key
        return note

    def work(self, key: str) -> CitedWork | None:
        """The work under a key; one that a database has which is named only later is known in a second reading."""
        found = self.works.get(key) or self.known_works.get(key)
        self.needs_works = self.needs_works or found is None
        return found

    def load_bibliography(self, names: str) -> None:
        """Read the databases that a document names, or the list that was made from them."""
        for name in names.split(","):
            part = self.source.beside(name.strip(), BIBLIOGRAPHY_SUFFIXES) if name.strip() else None
            if part is not None and part.name.lower().endswith(".bib"):
                self.works |= read_bibliography(part.data)
            elif part is None and name.strip():
                self.no_databases.append(name.strip())

    def unread_works(self) -> list[str]:
        """The keys of cited works that neither the text nor a database in its folder describes, as they are cited."""
        return [key for key in self.cited if key not in self.entries and key not in self.works]

    def references(self) -> Iterator[DraftNote]:
        """The works that are cited, or listed with a bibliography's entries, numbered as they are listed."""
        order = [*self.entries, *(key for key in self.cited if key not in self.entries)]
        for number, key in enumerate(order, 1):
            work = self.works.get(key)
            label = self.entry_labels.get(key) or str(number)
            if key in self.entries:
                yield DraftNote(f"cite:{key}", label, NoteKind.REFERENCE, self.entries[key], (work,) if work else ())
            elif work is not None:
                yield DraftNote(f"cite:{key}", label, NoteKind.REFERENCE, [Paragraph(work.reference())], (work,))


class LatexReader:
    """Reads one text (the file, or an argument) into paragraphs."""

    def __init__(
        self, text: str, state: LatexState, *, into: list[Paragraph] | None = None, in_note: bool = False
    ) -> None:
        self.input = LatexInput(text, str(state.source.path))
        self.state = state
        self.into = state.paragraphs if into is None else into
        self.writer = ParagraphWriter()
        self.quoted = 0
        self.cells = 0
        self.raised = 0
        self.environments: list[str] = []
        self.in_note = in_note
        self.is_main = into is None
        if self.is_main:
            state.in_text = "\\begin{document}" not in text

    def read(self) -> None:
        """Read to the end."""
        while True:
            words = self.input.plain()
            if words:
                self.text(words)
                continue
            char = self.input.character()
            if not char:
                break
            if char == "\\":
                if not self.state.run(self, self.input.command()):
                    break
            elif char == "%":
                self.input.skip_line()
            elif char == "\n":
                if self.input.ends_paragraph():
                    self.end_paragraph()
                else:
                    self.text(" ")
            elif char == "$":
                self._math()
            elif char == "~":
                self.text(" ")
            elif char == "&" and self.cells:
                self.end_paragraph(whole=True)
            elif char not in "{}":
                self.text(char)
        self.end_paragraph()

    def text(self, words: str) -> None:
        """Add words, where the document's text has begun."""
        if not self.state.in_text:
            return
        words = ligatures(words)
        if self.raised:
            self.writer.write_raised(words)
        else:
            self.writer.write(words)

    def end_paragraph(self, *, whole: bool = False, heading: bool = False) -> None:
        """What follows is another paragraph."""
        writer, self.writer = self.writer, ParagraphWriter()
        paragraph = writer.finish(whole=whole or self.cells > 0, heading=heading, quoted=self.quoted > 0)
        if paragraph.text or paragraph.markers:
            self.into.append(paragraph)

    def within(self, text: str) -> None:
        """Read an argument as if it stood here without its braces."""
        self.input.push(text)

    def apart(self, text: str, *, in_note: bool = False) -> list[Paragraph]:
        """The paragraphs of an argument that stands elsewhere: a note, a caption."""
        if self.state.depth >= _DEEPEST:
            return []
        paragraphs: list[Paragraph] = []
        self.state.depth += 1
        inner = LatexReader(text, self.state, into=paragraphs, in_note=in_note or self.in_note)
        inner.input = self.input.nested(text)
        inner.read()
        self.state.depth -= 1
        return paragraphs

    def _math(self) -> None:
        double = self.input.peek() == "$"
        if double:
            self.input.character()
        formula = self.input.until(re.compile(r"(?<!\\)\$\$" if double else r"(?<!\\)\$"))
        self.formula(formula)

    def formula(self, formula: str) -> None:
        """Add a formula as far as it is words: figures, letters, powers."""
        if not self.state.in_text:
            return
        for words, raised in formula_words(formula):
            if raised:
                self.writer.write_raised(words)
            else:
                self.writer.write(words)
