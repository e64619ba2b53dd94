"""A table's cells: the words of a cell are one anchor, unless the cell holds running text."""

from dataclasses import replace

from verifier.parser.drafts.paragraphs import CellPlace, Paragraph, joined

LONGEST_CELL = 300
"""Characters; tables that lay out a page have whole paragraphs in their cells."""


def write_cell(words: list[Paragraph], into: list[Paragraph], place: CellPlace | None = None) -> None:
    """Add a cell's paragraphs to the text, as one where they are short; `place` is where the cell is in its table."""
    plain = [paragraph for paragraph in words if not paragraph.whole]
    if plain and len(plain) == len(words) and sum(len(paragraph.text) for paragraph in plain) <= LONGEST_CELL:
        into.append(replace(joined(plain), whole=True, cell=place))
    else:
        into.extend(words)
