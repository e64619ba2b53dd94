"""LaTeX: the words and notes of a source as its compiler would count them; nothing is run."""

from pathlib import Path

from verifier.errors import DocumentError
from verifier.model import NoteKind, WarningCode
from verifier.parser.drafts.latex_commands import COMMANDS, run_command
from verifier.parser.drafts.latex_input import source_text
from verifier.parser.drafts.latex_reader import LatexReader, LatexState
from verifier.parser.drafts.paragraphs import Draft, DraftWarning
from verifier.parser.drafts.parts import draft_files
from verifier.parser.drafts.typed_notes import find_typed_notes
from verifier.parser.patterns import regex

_DEEP = regex(r"\{{2000,}")
_MOST_BYTES = 16 * 1024**2


def read_latex(path: Path) -> Draft:
    """Read a LaTeX file and what it reads in of its own folder. Raises DocumentError."""
    files = draft_files(path)
    text = source_text(files.main(_MOST_BYTES))
    if _DEEP.search(text):
        raise DocumentError(f"{path}: is nested too deeply to be read")
    state = LatexState(files, run_command, frozenset(COMMANDS))
    LatexReader(text, state).read()
    if state.needs_labels or (state.needs_works and state.works):
        again = LatexState(draft_files(path), run_command, frozenset(COMMANDS), state.labels, state.works)
        LatexReader(text, again).read()
        state = again
    return find_typed_notes(_draft(state))


def _draft(state: LatexState) -> Draft:
    draft = Draft(paragraphs=state.paragraphs, title=state.title_words)
    draft.notes = [note for note in state.notes if note.paragraphs or note.kind is not NoteKind.FOOTNOTE]
    draft.notes += state.references()
    unread = state.unread_works()
    if unread:
        lacking = f" ({', '.join(state.no_databases)[:200]} is not there)" if state.no_databases else ""
        state.missing.append(
            f"{len(unread)} of the works that it cites, {unread[0][:60]} the first, are in no bibliography in its"
            f" folder; they are not read{lacking}"
        )
    draft.warnings = [DraftWarning(WarningCode.PART_UNREAD, message) for message in state.missing]
    return draft
