"""The made documents as drafts, in five formats by turns: their tables are read from the file's own structure."""

import html
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from random import Random
from typing import Any

from benchmarks.consistency.blocks import Block, Heading, Items, Paragraph, Table
from benchmarks.consistency.documents import MadeDocument, documents
from benchmarks.consistency.producers import _html
from tests.support.draft_files import docx, odt


def _markdown(blocks: Sequence[Block]) -> bytes:
    return "\n\n".join(_in_markdown(block) for block in blocks).encode()


def _in_markdown(block: Block) -> str:
    if isinstance(block, Heading):
        return f"## {block.text}"
    if isinstance(block, Paragraph):
        return block.text
    if isinstance(block, Items):
        return "\n".join(f"{f'{at}.' if block.numbered else '-'} {text}" for at, text in enumerate(block.texts, 1))
    rows = [*_heads(block), *([row.head, *row.cells] for row in block.rows)]
    width = max(map(len, rows))
    lines = ["| " + " | ".join(_piped(row, width)) + " |" for row in rows]
    lines.insert(1, "|" + " --- |" * width)
    return "\n\n".join((block.caption, "\n".join(lines), *block.notes)).replace("*", "\\*")


def _piped(row: Sequence[str], width: int) -> list[str]:
    return [cell.replace("|", "\\|") or " " for cell in (*row, *[""] * (width - len(row)))]


def _heads(table: Table) -> Iterator[list[str]]:
    """The rows of heads, those that span columns in the first of them."""
    for row in table.heads:
        yield [part for text, span in row for part in (text, *[""] * (span - 1))]


def _latex(blocks: Sequence[Block]) -> bytes:
    words = "\n\n".join(_in_latex(block) for block in blocks)
    return f"\\documentclass{{article}}\\begin{{document}}\n{words}\n\\end{{document}}".encode()


def _in_latex(block: Block) -> str:
    if isinstance(block, Heading):
        return f"\\section{{{_tex(block.text)}}}"
    if isinstance(block, Paragraph):
        return _tex(block.text)
    if isinstance(block, Items):
        kind = "enumerate" if block.numbered else "itemize"
        items = " ".join(f"\\item {_tex(text)}" for text in block.texts)
        return f"\\begin{{{kind}}}{items}\\end{{{kind}}}"
    width = len(block.rows[0].cells)
    heads = [" & ".join(_spanned(text, span) for text, span in row) for row in block.heads]
    rows = [" & ".join(map(_tex, (row.head, *row.cells))) for row in block.rows]
    lines = " \\\\\n".join((*heads, *rows))
    notes = "\n\n".join(map(_tex, block.notes))
    return f"{_tex(block.caption)}\n\n\\begin{{tabular}}{{l{'r' * width}}}\n{lines} \\\\\n\\end{{tabular}}\n\n{notes}"


def _spanned(text: str, span: int) -> str:
    return _tex(text) if span == 1 else f"\\multicolumn{{{span}}}{{c}}{{{_tex(text)}}}"


def _tex(text: str) -> str:
    return "".join(f"\\{char}" if char in "%$&#_" else char for char in text)


def _word(blocks: Sequence[Block]) -> bytes:
    return docx("".join(_in_word(block) for block in blocks))


def _word_words(text: str) -> str:
    return f'<w:p><w:r><w:t xml:space="preserve">{html.escape(text)}</w:t></w:r></w:p>'


def _in_word(block: Block) -> str:
    if isinstance(block, Heading | Paragraph):
        return _word_words(block.text)
    if isinstance(block, Items):
        return "".join(map(_word_words, block.texts))

    def cell(text: str, span: int = 1) -> str:
        about = f'<w:tcPr><w:gridSpan w:val="{span}"/></w:tcPr>' if span > 1 else ""
        return f"<w:tc>{about}{_word_words(text)}</w:tc>"

    heads = "".join(f"<w:tr>{''.join(cell(text, span) for text, span in row)}</w:tr>" for row in block.heads)
    rows = "".join(f"<w:tr>{''.join(map(cell, (row.head, *row.cells)))}</w:tr>" for row in block.rows)
    notes = "".join(map(_word_words, block.notes))
    return f"{_word_words(block.caption)}<w:tbl>{heads}{rows}</w:tbl>{notes}"


def _opendocument(blocks: Sequence[Block]) -> bytes:
    return odt("".join(_in_opendocument(block) for block in blocks))


def _in_opendocument(block: Block) -> str:
    def words(text: str) -> str:
        return f"<text:p>{html.escape(text)}</text:p>"

    def cell(text: str, span: int = 1) -> str:
        about = f' table:number-columns-spanned="{span}"' if span > 1 else ""
        covered = "<table:covered-table-cell/>" * (span - 1)
        return f"<table:table-cell{about}>{words(text)}</table:table-cell>{covered}"

    if isinstance(block, Heading | Paragraph):
        return words(block.text)
    if isinstance(block, Items):
        items = "".join(f"<text:list-item>{words(text)}</text:list-item>" for text in block.texts)
        return f"<text:list>{items}</text:list>"
    heads = "".join(
        f"<table:table-row>{''.join(cell(text, span) for text, span in row)}</table:table-row>" for row in block.heads
    )
    rows = "".join(
        f"<table:table-row>{''.join(map(cell, (row.head, *row.cells)))}</table:table-row>" for row in block.rows
    )
    return f"{words(block.caption)}<table:table>{heads}{rows}</table:table>{''.join(map(words, block.notes))}"


FORMATS: dict[str, Callable[[Sequence[Block]], bytes]] = {
    "html": lambda blocks: _html(blocks, Random(1)).encode(),
    "md": _markdown,
    "tex": _latex,
    "docx": _word,
    "odt": _opendocument,
}


def made_drafts(folder: Path, seed: int) -> Iterator[tuple[MadeDocument, str, Path]]:
    """Every document as a draft, with its format and file."""
    folder.mkdir(parents=True, exist_ok=True)
    for number, made in enumerate(documents(seed)):
        suffix = list(FORMATS)[number % len(FORMATS)]
        file = folder / f"{made.name}.{suffix}"
        file.write_bytes(FORMATS[suffix](made.blocks))
        yield made, suffix, file


def findings_of_draft(file: Path) -> list[dict[str, Any]]:
    """What is said of a draft, read in this process."""
    from verifier.checker.consistency import inconsistencies
    from verifier.parser import read
    from verifier.reports.interchange import inconsistency_json

    return [inconsistency_json(found) for found in inconsistencies(read(file)[1])]
