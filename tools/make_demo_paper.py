"""Makes the two PDFs of the demo: the paper that is checked, and the annual report that it cites.

    python tools/make_demo_paper.py            # writes both into verifier/demo/
    python tools/make_demo_paper.py FOLDER     # writes both into FOLDER, under the same relative paths

fpdf2 is needed (`pip install -e .[dev]`). The output is the same, byte for byte, each time: dates are fixed, the type
is of the fourteen standard faces, and nothing is compressed. The words stand in `tools/demo_manuscripts/`, in the
markup of `typesetting.py`: `# ` begins a heading, a digit and a full stop a numbered step, `[^7]: ` a note.

What is wrong in the paper on purpose is listed in `verifier/demo/planted.py`; the pages that it cites stand in
`verifier/demo/sites/`. A change of a figure or an address here needs a look at both.
"""

import re
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from fpdf import FPDF
from typesetting import LEFT, PAGE_HEIGHT, PAGE_WIDTH, RIGHT, Block, Face, Typesetter

PAPER = Path("paper.pdf")
ANNUAL_REPORT = Path("sites/bridges.example.test/reports/annual-report-2025.pdf")
MANUSCRIPTS = Path(__file__).parent / "demo_manuscripts"

BLUE = (31, 78, 121)
GREEN = (20, 90, 80)
GREY = (95, 105, 115)
TINT = (233, 240, 246)

BODY = Face("Times", "", 11, 15.2)
NOTE = Face("Times", "", 8.8, 10.8)
TABLE = Face("Times", "", 9.6, 11.6)
HEADING = Face("Helvetica", "B", 13, 18, BLUE)
SUMMARY = Face("Helvetica", "", 9.6, 14.2)
REPORT_BODY = Face("Helvetica", "", 10.5, 15.5)
REPORT_HEADING = Face("Helvetica", "B", 15, 22, GREEN)

SUMMARY_TEXT = (
    "The county\u2019s bridges are busy, old and paid for by accident. This paper sets out what they carry, what "
    "drivers pay for them and what other answers would cost. It finds that the present schedule of tolls brings in "
    "more money than ever while less of it reaches the steel, and it asks for one simple toll, openly accounted for."
)


@dataclass(frozen=True, slots=True)
class Section:
    """A heading with its paragraphs; a numbered step keeps its number in front."""

    heading: str
    paragraphs: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Manuscript:
    """A text as written: sections, and the notes under their labels."""

    sections: tuple[Section, ...]
    notes: dict[str, str]


def read_manuscript(path: Path) -> Manuscript:
    """Read a manuscript: paragraphs are parted by empty lines, apostrophes become typographic."""
    sections: list[tuple[str, list[str]]] = []
    notes: dict[str, str] = {}
    for paragraph in re.split(r"\n{2,}", path.read_text(encoding="utf-8").strip()):
        text = " ".join(paragraph.split()).replace("'", "\u2019")
        note = re.fullmatch(r"\[\^(\w+)\]: (.*)", text)
        if note:
            notes[note[1]] = note[2]
        elif text.startswith("# "):
            sections.append((text[2:], []))
        else:
            sections[-1][1].append(text)
    return Manuscript(tuple(Section(h, tuple(p)) for h, p in sections if p), notes)


class DemoPdf(FPDF):
    """A page with a running head (but for the first) and its number at the foot."""

    def __init__(self, title: str, author: str, created: datetime) -> None:
        super().__init__(unit="pt", format=(PAGE_WIDTH, PAGE_HEIGHT))
        self.core_fonts_encoding = "windows-1252"
        self.set_compression(False)
        self.set_auto_page_break(False)
        self.set_margin(0)
        self.set_title(title)
        self.set_author(author)
        self.set_lang("en")
        self.set_producer("make_demo_paper")
        self.set_creation_date(created)
        self.running_head = title

    def header(self) -> None:
        """Set the running head."""
        if self.page_no() > 1:
            self.set_font("Helvetica", "", 8)
            self.set_text_color(*GREY)
            self.text(PAGE_WIDTH - RIGHT - self.get_string_width(self.running_head), 52, self.running_head)
            self.set_draw_color(*BLUE)
            self.set_line_width(0.4)
            self.line(LEFT, 59, PAGE_WIDTH - RIGHT, 59)

    def footer(self) -> None:
        """Set the page number."""
        self.set_font("Helvetica", "", 8)
        self.set_text_color(*GREY)
        number = str(self.page_no())
        self.text((PAGE_WIDTH - self.get_string_width(number)) / 2, PAGE_HEIGHT - 48, number)


def paper() -> bytes:
    """The paper of the demo."""
    manuscript = read_manuscript(MANUSCRIPTS / "paper.txt")
    pdf = DemoPdf("Tolls and Crossings", "Miriam Oakes and Daniel Ferro", datetime(2026, 11, 2, 9, 0, tzinfo=UTC))
    pdf.add_page()
    pdf.set_fill_color(*BLUE)
    pdf.rect(0, 0, PAGE_WIDTH, 26, style="F")
    setter = Typesetter(pdf, manuscript.notes, NOTE)
    setter.skip(-14)
    setter.set_open(
        Block("Aldermere Institute for Public Works", Face("Helvetica", "B", 9.5, 13, BLUE)),
        Block("Policy paper, November 2026", Face("Helvetica", "", 9.5, 13, GREY)),
        Block("Tolls and Crossings", Face("Helvetica", "B", 27, 32, BLUE), above=22),
        Block("Paying for the county\u2019s bridges", Face("Helvetica", "", 15, 20, GREY)),
        Block("Miriam Oakes and Daniel Ferro", Face("Times", "I", 11, 15), above=10),
    )
    setter.skip(16)
    summary = Block(SUMMARY_TEXT, SUMMARY, indent=12, inset=12)
    setter.tint(SUMMARY.leading * len(setter.lines_of(summary)) + 18, TINT)
    setter.skip(8)
    setter.set_open(summary)
    setter.skip(12)
    setter.set(_paper_blocks(manuscript))
    return bytes(pdf.output())


def _paper_blocks(manuscript: Manuscript) -> Iterator[Block]:
    for section in manuscript.sections:
        yield Block(section.heading, HEADING, above=14, stays_with_next=True)
        above = 4.0
        for paragraph in section.paragraphs:
            row = re.fullmatch(r"\| (.*) \| ?(.*)", paragraph)
            if row:
                yield Block(row[2], TABLE, indent=150, label=row[1]) if row[2] else Block(row[1], TABLE, above=above)
                continue
            step = re.fullmatch(r"(\d+\.) (.*)", paragraph)
            if step:
                yield Block(step[2], BODY, above=5, indent=18, label=step[1])
            else:
                yield Block(paragraph, BODY, above=above, justified=True)
            above = 7.0


def annual_report() -> bytes:
    """The annual report that the paper cites: each section begins a page."""
    manuscript = read_manuscript(MANUSCRIPTS / "annual-report-2025.txt")
    pdf = DemoPdf("Annual Report 2025", "Aldermere Bridge Authority", datetime(2026, 3, 16, 9, 0, tzinfo=UTC))
    pdf.add_page()
    setter = Typesetter(pdf, manuscript.notes, NOTE)
    setter.set_open(
        Block("Aldermere Bridge Authority", Face("Helvetica", "", 11, 16, GREY)),
        Block("Annual Report 2025", Face("Helvetica", "B", 28, 40, GREEN)),
    )
    setter.skip(30)
    for number, section in enumerate(manuscript.sections):
        setter.set_open(Block(section.heading, REPORT_HEADING, starts_page=number > 0))
        setter.set_open(*(Block(text, REPORT_BODY, above=9, justified=True) for text in section.paragraphs))
    setter.set(())
    return bytes(pdf.output())


def main(folder: Path) -> None:
    """Write both PDFs into `folder`."""
    for path, content in ((PAPER, paper()), (ANNUAL_REPORT, annual_report())):
        target = folder / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(content)


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else Path(__file__).parents[1] / "verifier" / "demo")
