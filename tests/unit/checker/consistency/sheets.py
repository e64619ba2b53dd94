"""Tables as the parser reads them, written down in a few characters."""

from verifier.checker.consistency.sheet import Sheet, read_sheet
from verifier.model import Box, PlacedText, ReadTable, TableCell, TableColumn, TableRow


def table(rows: str, *heads: str, caption: str = "Table 1: Visits", below: str = "", whole: bool = True) -> ReadTable:
    """Rows as lines, `head | cell | cell`; two blanks before a head are a step of indent, an empty cell is none."""
    read = []
    for number, line in enumerate(row for row in rows.strip("\n").split("\n") if row.strip()):
        head, *cells = line.split("|")
        indent = float((len(head) - len(head.lstrip())) // 2)
        made = tuple(
            TableCell(cell.strip(), (Box(1, 100.0 * at, 700.0 - 12 * number, 100.0 * at + 40, 710.0 - 12 * number),))
            if cell.strip()
            else None
            for at, cell in enumerate(cells, 1)
        )
        read.append(TableRow(TableCell(head.strip()), indent, made))
    columns = tuple(TableColumn((head,) if head else ()) for head in heads)
    return ReadTable("Table 1", caption, "Place", columns, tuple(read), PlacedText(below), whole)


def sheet(rows: str, *heads: str, caption: str = "Table 1: Visits", below: str = "", whole: bool = True) -> Sheet:
    """The same as numbers."""
    read = read_sheet(table(rows, *heads, caption=caption, below=below, whole=whole))
    assert read is not None
    return read
