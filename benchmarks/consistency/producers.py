"""Sets a made document as a PDF with one of four producers, which space, rule and align tables in ways of their own.

reportlab (BSD) and weasyprint (BSD) are no dependencies of the project: install them beside it to make the documents.
"""

import html
import subprocess
import tempfile
from collections.abc import Callable, Sequence
from pathlib import Path
from random import Random
from typing import Any

from benchmarks.consistency.blocks import Block, Heading, Items, Paragraph

_CSS = """
@page { size: A4; margin: 22mm 24mm } body { font: 10.5pt/1.4 %(font)s } h2 { font-size: 14pt; margin: 14pt 0 4pt }
p { margin: 5pt 0; text-align: justify } .note { font-size: 8pt } thead { border-bottom: 1px solid black }
table { border-collapse: collapse; %(wide)s margin: 4pt 0 8pt; font-size: 9.5pt }
caption { text-align: left; font-weight: bold; padding: 4pt 0 } td.i1 { padding-left: 20pt }
th, td { padding: 2pt 8pt; text-align: %(align)s; %(rule)s } th:first-child, td:first-child { text-align: left }
tr.strong td { font-weight: bold; border-top: 1px solid black }
"""


def set_document(producer: str, blocks: Sequence[Block], path: Path, random: Random) -> None:
    """Write the PDF."""
    _PRODUCERS[producer](blocks, path, random)


def _html(blocks: Sequence[Block], random: Random) -> str:
    style = _CSS % {
        "font": random.choice(("serif", "sans-serif")),
        "wide": random.choice(("width: 100%;", "")),
        "align": random.choice(("right", "right", "center")),
        "rule": random.choice(("", "border: 0.5px solid #999;", "border-bottom: 0.5px solid #ccc;")),
    }
    return f"<!doctype html><meta charset=utf-8><style>{style}</style><body>{''.join(map(_element, blocks))}"


def _element(block: Block) -> str:
    e = html.escape
    if isinstance(block, Heading):
        return f"<h2>{e(block.text)}</h2>"
    if isinstance(block, Paragraph):
        return f"<p>{e(block.text)}</p>"
    if isinstance(block, Items):
        tag = "ol" if block.numbered else "ul"
        return f"<{tag}>{''.join(f'<li>{e(text)}</li>' for text in block.texts)}</{tag}>"
    heads = "".join(
        f"<tr>{''.join(f'<th colspan={span}>{e(text)}</th>' for text, span in row)}</tr>" for row in block.heads
    )
    rows = "".join(
        f"<tr class={'strong' if row.strong else 'row'}><td class=i{row.indent}>{e(row.head)}</td>"
        + "".join(f"<td>{e(cell)}</td>" for cell in row.cells)
        + "</tr>"
        for row in block.rows
    )
    notes = "".join(f"<p class=note>{e(note)}</p>" for note in block.notes)
    gap = "<div style='height: 130mm'></div>" if block.breaks else ""
    return (
        f"{gap}<table><caption>{e(block.caption)}</caption><thead>{heads}</thead><tbody>{rows}</tbody></table>{notes}"
    )


def _weasyprint(blocks: Sequence[Block], path: Path, random: Random) -> None:
    from weasyprint import HTML

    HTML(string=_html(blocks, random)).write_pdf(str(path))


def _chromium(blocks: Sequence[Block], path: Path, random: Random) -> None:
    with tempfile.TemporaryDirectory() as folder:
        page = Path(folder) / "page.html"
        page.write_text(_html(blocks, random), encoding="utf-8")
        command = ["chromium", "--headless", "--no-sandbox", "--disable-gpu", f"--user-data-dir={folder}/profile"]
        command += ["--no-pdf-header-footer", f"--print-to-pdf={path}", page.as_uri()]
        subprocess.run(command, check=True, capture_output=True, timeout=120)


def _reportlab(blocks: Sequence[Block], path: Path, random: Random) -> None:
    from reportlab.lib import colors
    from reportlab.lib.pagesizes import A4
    from reportlab.lib.styles import getSampleStyleSheet
    from reportlab.platypus import Paragraph as Text
    from reportlab.platypus import SimpleDocTemplate, Spacer, TableStyle
    from reportlab.platypus import Table as Grid

    styles = getSampleStyleSheet()
    align = random.choice(("RIGHT", "RIGHT", "CENTER"))
    ruled = random.random() < 0.5
    story: list[Any] = []
    for block in blocks:
        if isinstance(block, Heading):
            story.append(Text(html.escape(block.text), styles["Heading2"]))
        elif isinstance(block, Paragraph):
            story.append(Text(html.escape(block.text), styles["BodyText"]))
        elif isinstance(block, Items):
            for at, text in enumerate(block.texts, 1):
                mark = f"{at}." if block.numbered else "\u2022"
                story.append(Text(html.escape(text), styles["BodyText"], bulletText=mark))
        else:
            story += [Spacer(1, 330 if block.breaks else 4), Text(html.escape(block.caption), styles["Heading4"])]
            cells: list[list[str]] = []
            spans: list[tuple[Any, ...]] = []
            for y, row in enumerate(block.heads):
                line: list[str] = []
                for text, span in row:
                    spans += [("SPAN", (len(line), y), (len(line) + span - 1, y))] if span > 1 else []
                    line += [text, *[""] * (span - 1)]
                cells.append(line)
            for y, item in enumerate(block.rows, len(cells)):
                cells.append(["    " * item.indent + item.head, *item.cells])
                spans += [("FONTNAME", (0, y), (-1, y), "Helvetica-Bold")] if item.strong else []
            spans += [("ALIGN", (1, 0), (-1, -1), align)]
            spans += [("GRID", (0, 0), (-1, -1), 0.4, colors.grey)] if ruled else []
            story.append(Grid(cells, style=TableStyle(spans), repeatRows=len(block.heads), hAlign="LEFT"))
            story += [Text(html.escape(note), styles["Italic"]) for note in block.notes]
    SimpleDocTemplate(str(path), pagesize=A4).build(story)


def _fpdf2(blocks: Sequence[Block], path: Path, random: Random) -> None:
    from fpdf import FPDF, FontFace

    pdf = FPDF(format="A4")
    pdf.core_fonts_encoding = "windows-1252"
    pdf.set_margin(22)
    pdf.add_page()
    family = random.choice(("Times", "Helvetica"))
    align = random.choice(("RIGHT", "RIGHT", "CENTER"))
    borders = random.choice(("ALL", "HORIZONTAL_LINES", "NONE"))

    def write(text: str, size: float = 11, style: str = "") -> None:
        pdf.set_font(family, style, size)
        pdf.multi_cell(0, size / 2.1, text.replace("\u2212", "-"), new_x="LMARGIN", new_y="NEXT")
        pdf.ln(1.5)

    for block in blocks:
        if isinstance(block, Heading):
            write(block.text, 15, "B")
        elif isinstance(block, Paragraph):
            write(block.text)
        elif isinstance(block, Items):
            for at, text in enumerate(block.texts, 1):
                write(f"{at}. {text}" if block.numbered else f"\u2022 {text}")
        else:
            pdf.ln(115 if block.breaks else 1)
            write(block.caption, 10, "B")
            pdf.set_font(family, "", 10)
            width = len(block.rows[0].cells)
            with pdf.table(
                col_widths=(2, *[1] * width),
                text_align=("LEFT", *[align] * width),
                borders_layout=borders,
                num_heading_rows=len(block.heads),
                line_height=5.2,
            ) as grid:
                for heads in block.heads:
                    line = grid.row()
                    for text, span in heads:
                        line.cell(text, colspan=span)
                for item in block.rows:
                    line = grid.row(style=FontFace(emphasis="BOLD") if item.strong else None)
                    line.cell("   " * item.indent + item.head)
                    for cell in item.cells:
                        line.cell(cell.replace("\u2212", "-"))
            for note in block.notes:
                write(note, 8)
            pdf.ln(2)
    pdf.output(str(path))


_PRODUCERS: dict[str, Callable[[Sequence[Block], Path, Random], None]] = {
    "fpdf2": _fpdf2,
    "reportlab": _reportlab,
    "weasyprint": _weasyprint,
    "chromium": _chromium,
}
