"""Make the small PDFs of this folder, each named after the hard case it holds.

They are committed; run this only to change one: `python tests/data/make_pdfs.py` (needs reportlab, which the tests do
not). Text is marked up so: `^{7}` raises 7 as a marker or power, `_{2}` lowers 2, `<https://a.test|word>` hides an
address behind a word (`<#place|word>` a place in the file), `~` is a space that does not break.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from PIL import Image
from reportlab.lib.pdfencrypt import StandardEncryption
from reportlab.lib.utils import ImageReader
from reportlab.pdfbase.pdfmetrics import stringWidth
from reportlab.pdfgen.canvas import Canvas

HERE = Path(__file__).parent
FONT = "Times-Roman"
WIDTH, HEIGHT = 420.0, 595.0
LEFT, RIGHT, TOP, BOTTOM = 50.0, 370.0, 550.0, 50.0
_MARKUP = re.compile(r"\^\{([^}]*)\}|_\{([^}]*)\}|<([^|>]*)\|([^>]*)>")


@dataclass
class Bit:
    """Some glyphs in one position: shift 1 raised, -1 lowered; `uri` is the address behind them."""

    text: str
    shift: int = 0
    uri: str = ""


def bits(word: str) -> list[Bit]:
    """The bits of one marked-up word."""
    found, at = [], 0
    for match in _MARKUP.finditer(word):
        if match.start() > at:
            found.append(Bit(word[at : match.start()]))
        if match.group(1) is not None:
            found.append(Bit(match.group(1), 1))
        elif match.group(2) is not None:
            found.append(Bit(match.group(2), -1))
        else:
            found.append(Bit(match.group(4), 0, match.group(3)))
        at = match.end()
    if at < len(word):
        found.append(Bit(word[at:]))
    return found


def words(text: str) -> Iterator[str]:
    """The words of a marked-up text; a hidden link of several words stays one."""
    yield from (word.replace("~", " ") for word in re.findall(r"(?:<[^>]*>|\S)+", text))


class Sheet:
    """A canvas with a column to write in."""

    def __init__(self, name: str, **options: object) -> None:
        self.canvas = Canvas(str(HERE / name), pagesize=(WIDTH, HEIGHT), invariant=1, **options)
        self.left, self.right, self.y, self.size = LEFT, RIGHT, TOP, 11.0
        self.font = FONT

    def at(self, y: float, *, left: float = LEFT, right: float = RIGHT, size: float = 11.0) -> "Sheet":
        """Go to a height and set the column and the type size."""
        self.y, self.left, self.right, self.size = y, left, right, size
        return self

    def para(self, text: str, *, indent: float = 0.0) -> "Sheet":
        """Set a paragraph, broken into lines."""
        x = self.left + indent
        space = stringWidth(" ", self.font, self.size)
        for word in words(text):
            width = sum(self._width(bit) for bit in bits(word))
            if x + width > self.right and x > self.left:
                x = self.left
                self.y -= self.size * 1.25
            for bit in bits(word):
                x = self._draw(x, bit)
            x += space
        self.y -= self.size * 1.25
        return self

    def line(self, text: str) -> "Sheet":
        """Set exactly one line."""
        x = self.left
        for bit in bits(text):
            x = self._draw(x, bit)
        self.y -= self.size * 1.25
        return self

    def gap(self, points: float = 6.0) -> "Sheet":
        """Leave white space."""
        self.y -= points
        return self

    def rule(self, width: float = 100.0) -> "Sheet":
        """Draw a separator."""
        self.canvas.setLineWidth(0.4)
        self.canvas.line(self.left, self.y + self.size, self.left + width, self.y + self.size)
        return self.gap(3)

    def place(self, name: str) -> "Sheet":
        """The place that links to `#name` lead to: the top of the next line."""
        self.canvas.bookmarkPage(name, fit="XYZ", left=self.left, top=self.y + self.size, zoom=0)
        return self

    def page(self) -> "Sheet":
        """Begin the next page."""
        self.canvas.showPage()
        return self.at(TOP)

    def save(self) -> None:
        """Write the file."""
        self.canvas.save()

    def _width(self, bit: Bit) -> float:
        return stringWidth(bit.text, self.font, self.size * (0.65 if bit.shift else 1.0))

    def _draw(self, x: float, bit: Bit) -> float:
        size = self.size * (0.65 if bit.shift else 1.0)
        self.canvas.setFont(self.font, size)
        self.canvas.drawString(x, self.y + {1: 0.36, 0: 0.0, -1: -0.15}[bit.shift] * self.size, bit.text)
        end = x + self._width(bit)
        if bit.uri.startswith("#"):
            self.canvas.linkAbsolute("", bit.uri[1:], (x, self.y - 2, end, self.y + size), Border="[0 0 0]")
        elif bit.uri:
            self.canvas.linkURL(bit.uri, (x, self.y - 2, end, self.y + size), relative=0)
        return end


CASES: dict[str, Callable[[str], None]] = {}


def case(function: Callable[[str], None]) -> Callable[[str], None]:
    """Register a maker under its file's name."""
    CASES[function.__name__.replace("_", "-") + ".pdf"] = function
    return function


FILLER = (
    "The report was read in every office that keeps such figures, and nobody there had seen the tables before. "
    "It was then sent round again with a letter that asked for replies within the month, and few replies came."
)


@case
def simple_notes(name: str) -> None:
    """Three notes, one with a visible address."""
    sheet = Sheet(name)
    sheet.canvas.setTitle("A simple report")
    sheet.para("Sales rose to 4,200 units in 2021.^{1} They fell by 3% a year later,^{2} and nobody said why.")
    sheet.para(FILLER).para("The staff of the office grew from 12 to 31 people.^{3} It has not grown since.")
    sheet.at(110, size=8.5).rule()
    sheet.para("^{1} Annual report 2021, p. 4, https://example.org/reports/2021.pdf.")
    sheet.para("^{2} Annual report 2022, p. 6.").para("^{3} See the minutes (https://example.org/minutes_(2020)).")
    sheet.save()


@case
def powers_beside_labels(name: str) -> None:
    """Powers of ten that coincide with the labels of notes, ordinals, a unit and a formula."""
    sheet = Sheet(name)
    for number in range(1, 24):
        if number % 6 == 1:
            body = [f"Office {n} sent a reply.^{{{n}}}" for n in range(number, min(number + 6, 24))]
            sheet.para(" ".join(body)).at(140, size=8.5).rule()
        sheet.para(f"^{{{number}}} Reply of office {number}.")
        if number % 6 == 0:
            sheet.page()
    sheet.page()
    sheet.para(
        "The threshold of 10^{25} operations was raised to 10^{26} operations in the 21^{st} century.^{24} A model "
        "trained with 10^{24} operations is exempt,^{25} and CO_{2} from 1,200 m^{2} is not counted.^{26}"
    )
    sheet.at(100, size=8.5).rule()
    sheet.para("^{24} Decree 7.").para("^{25} Below 10^{25} in the old text.").para("^{26} Annex 2.").save()


@case
def address_broken_over_lines(name: str) -> None:
    """Addresses broken after a slash, at a real hyphen, and inside a query."""
    sheet = Sheet(name)
    sheet.para("The strategy was published.^{1} It was long.^{2} It had a table.^{3}").para(FILLER)
    sheet.at(130, size=8.5, right=230).rule(60)
    sheet.line("^{1} See https://www.example.gov/national-strategy-for-the-")
    sheet.line("publication-of-figures/final-version.pdf, at 3.")
    sheet.line("^{2} https://records.example.org/bridges/upkeep/")
    sheet.line("harbour-crossing/ledger.html and the annex.")
    sheet.line("^{3} https://data.example.org/series?name=employment&")
    sheet.line("year=2020&unit=persons.")
    sheet.save()


@case
def hidden_links(name: str) -> None:
    """Several hidden links in one note, one whose words run over two lines, and a printed address that differs."""
    sheet = Sheet(name)
    sheet.para("Two papers say so.^{1} A third does not.^{2}").para(FILLER)
    sheet.at(130, size=8.5, right=260).rule()
    sheet.para(
        "^{1} Available <https://papers.example.org/a|here> and <https://papers.example.org/b|here>, with data "
        "<https://papers.example.org/data|in~the> <https://papers.example.org/data|second> "
        "<https://papers.example.org/data|annex>."
    )
    sheet.para("^{2} <https://other.example.net/elsewhere|https://papers.example.org/c>.").save()


@case
def note_over_two_pages(name: str) -> None:
    """A note that begins on one page and ends on the next, above that page's own note."""
    sheet = Sheet(name)
    sheet.para("A long note runs over the page.^{1}").para(FILLER).at(90, size=8.5).rule()
    sheet.para("^{1} The ledger of the first year was lost in a flood, and what is left of it is a copy by hand. The")
    sheet.para("second ledger names every toll that was paid, and")
    sheet.page().para(FILLER).para("A short note follows.^{2}").at(110, size=8.5).rule()
    sheet.para("nobody has read it. See https://example.org/inquiry/second.").para("^{2} The same.").save()


@case
def restart_on_every_page(name: str) -> None:
    """Numbering that begins again on every page."""
    sheet = Sheet(name)
    for number in (1, 2, 3):
        sheet.para(f"First claim of page {number}.^{{1}} Second claim of page {number}.^{{2}}").para(FILLER)
        sheet.at(90, size=8.5).rule()
        sheet.para(f"^{{1}} First source of page {number}.").para(f"^{{2}} Second source of page {number}.")
        sheet.page()
    sheet.save()


@case
def symbol_labels(name: str) -> None:
    """Notes with asterisks, daggers and section signs, restarting on each page."""
    sheet = Sheet(name)
    sheet.para("One claim.^{*} Another claim.^{†} A third claim.^{‡} A fourth claim.^{§}").para(FILLER)
    sheet.at(110, size=8.5).rule()
    sheet.para("^{*} Source one.").para("^{†} Source two.").para("^{‡} Source three.").para("^{§} Source four.")
    sheet.page().para("A claim on the second page.^{*} And one more.^{†}").para(FILLER).at(90, size=8.5).rule()
    sheet.para("^{*} Source five.").para("^{†} Source six.").save()


@case
def two_columns(name: str) -> None:
    """Two columns with a foot in each; a sentence runs from one column to the next."""
    sheet = Sheet(name)
    sheet.at(TOP, right=200, size=9)
    for _ in range(6):
        sheet.para(FILLER)
    sheet.para("The left column ends with a claim.^{1} A sentence that begins on the left").at(90, right=200, size=7)
    sheet.rule(50).para("^{1} Source on the left.")
    sheet.at(TOP, left=220, size=9).para("goes on at the right, up to its marker.^{2}")
    for _ in range(6):
        sheet.para(FILLER)
    sheet.at(90, left=220, size=7).rule(50).para("^{2} Source on the right.").save()


@case
def endnotes_after_list(name: str) -> None:
    """Endnotes with points behind their labels, after a text that has a numbered list of its own."""
    sheet = Sheet(name)
    sheet.para("The first claim.^{1} The second claim.^{2} The list has three items:")
    sheet.para("1. An item that is no note.").para("2. Another item.").para("3. The last item.").para(FILLER)
    sheet.para("The third claim.^{3} The fourth claim.^{4}").page()
    sheet.at(TOP, size=14).para("Notes").at(TOP - 30, size=9)
    for number in (1, 2, 3, 4):
        sheet.para(f"{number}. Source of claim {number}, https://example.org/claims/{number}.")
    sheet.save()


@case
def notes_as_large_as_body(name: str) -> None:
    """Notes in the body's size, told by a rule and raised labels only."""
    sheet = Sheet(name)
    sheet.para("A claim.^{1} A second claim.^{2}").para(FILLER).at(120).rule()
    sheet.para("^{1} A source in large type.").para("^{2} Another source in large type.").save()


@case
def labels_before_figures(name: str) -> None:
    """Notes that begin with a figure, and lines inside a note that do."""
    sheet = Sheet(name)
    sheet.para("In 2019,^{1} the agency spent $4.3 million; in 2020^{2} it spent $5.1 million. Statutes apply.^{3}")
    sheet.para(FILLER).at(120, size=8.5, right=200).rule(60)
    sheet.line("^{1} 2019 budget, table 3.").line("^{2} 2020 budget, table 3, and the reply of")
    sheet.line("4 June 2020 to the committee.").line("^{3} 18 U.S.C. § 1030(a)(2); 44 U.S.C. § 3502.").save()


@case
def body_links(name: str) -> None:
    """Links in the running text: a hidden one and a visible one, and no notes."""
    sheet = Sheet(name)
    sheet.para("The office publishes <https://example.org/tables|its~tables> every year. They have 31 columns.")
    sheet.para("Others are at https://example.org/others. Nobody reads them.").save()


@case
def running_heads_and_feet(name: str) -> None:
    """Heads, feet and page numbers that must not get into a sentence that runs over the page."""
    sheet = Sheet(name)
    for number in (1, 2, 3):
        sheet.at(575, size=9).para("The Quarterly Review of Tables").at(540)
        sheet.para("goes on here.^{" + str(number - 1) + "} " if number > 1 else "The beginning of the text.")
        for _ in range(5):
            sheet.para(FILLER)
        sheet.para(f"A sentence that begins on page {number} of the review")
        if number > 1:
            sheet.at(90, size=8).rule().para(f"^{{{number - 1}}} Source {number - 1}.")
        sheet.at(25, size=9).para(f"Page {number} of 3").page()
    sheet.save()


@case
def line_numbers(name: str) -> None:
    """Pleading paper: a column of line numbers beside the text, and no notes."""
    sheet = Sheet(name)
    sentences = (FILLER + " ") * 4
    rows = [sentences[i : i + 55] for i in range(0, 55 * 24, 55)]
    for number, row in enumerate(rows, start=1):
        sheet.at(560 - 20 * number, left=24).line(str(number)).at(560 - 20 * number, left=60).line(row.strip())
    sheet.save()


@case
def white_slug(name: str) -> None:
    """A job ticket in white across the foot of the page, and a white heading on a dark panel."""
    sheet = Sheet(name)
    sheet.canvas.setFillGray(0.2)
    sheet.canvas.rect(LEFT, 560, 200, 20, stroke=0, fill=1)
    sheet.canvas.setFillGray(1)
    sheet.at(566).line("The <https://example.org/heading|heading>")
    sheet.at(28, left=10, size=8.5).line("VerDate Sep 11 2014 Jkt 250001 PO 00000 Frm 00001 Fmt 4700")
    sheet.canvas.setFillGray(0)
    sheet.at(540).para("A claim of the office.^{1} A second claim.^{2}").para(FILLER).at(50, size=8.5).rule()
    sheet.para("^{1} The first source.").para("^{2} The second source.").save()


@case
def small_line_within_a_sentence(name: str) -> None:
    """A sentence over the page's end, with a journal's foot in small type between its two halves."""
    sheet = Sheet(name)
    sheet.para(FILLER).para("The first tables of this kind were drawn by hand in the years before the")
    sheet.at(80, size=8).para("Received 3 May; accepted 9 June").page()
    sheet.para("revolution, and nobody kept them.^{1} " + FILLER).at(60, size=8.5).rule()
    sheet.para("^{1} History of tables.").save()


@case
def no_text_layer(name: str) -> None:
    """A page that is only a picture."""
    sheet = Sheet(name)
    sheet.canvas.drawImage(ImageReader(Image.new("L", (40, 60), 128)), 0, 0, WIDTH, HEIGHT)
    sheet.save()


@case
def encrypted(name: str) -> None:
    """Needs the password `tables` to be opened."""
    sheet = Sheet(name, encrypt=StandardEncryption("tables", "owner", strength=128))
    sheet.para("A secret claim.^{1}").at(90, size=8.5).rule().para(
        "^{1} A secret <https://example.org/secret|source>."
    ).save()


@case
def several_works_in_a_note(name: str) -> None:
    """Notes with several citations, signals, identifiers, ibid. and supra."""
    sheet = Sheet(name)
    sheet.para("One.^{1} Two.^{2} Three.^{3} Four.^{4}").para(FILLER).at(150, size=8.5).rule()
    sheet.para(
        "^{1} See A. Author, ‘Title; with a semicolon’ (2020; rev. 2021), https://one.example.com/a; but see B. Other, "
        "doi:10.1000/182; cf. arXiv:2402.04825."
    )
    sheet.para("^{2} Ibid.").para("^{3} 18 U.S.C. § 1030(a)(2); § 1031; 5 C.F.R. § 1320.3.")
    sheet.para("^{4} Author, supra note 1, at 7.").save()


@case
def linked_numbers(name: str) -> None:
    """Contents and cross references whose numbers are links, over headings and a list of the same numbers."""
    sheet = Sheet(name)
    for number, title in enumerate(("Introduction", "Methods", "Results"), start=1):
        leaders = ". " * (40 - len(title))
        sheet.line(f"<#section{number}|{number}~{title}> {leaders}<#section{number}|{number + 1}>")
    for number, title in enumerate(("Introduction", "Methods", "Results"), start=1):
        sheet.page().at(TOP, size=15).place(f"section{number}").line(f"{number} {title}").at(TOP - 30).para(FILLER)
        sheet.para("Examples (<#item1|1>) and (<#item2|2>) agree, see section (<#section2|2>) and pages 1–<#item3|3>.")
    for number in (1, 2, 3):
        sheet.gap().place(f"item{number}").para(f"({number}) An example of the book, in a sentence of its own.")
    sheet.save()


@case
def linked_brackets(name: str) -> None:
    """Notes whose markers are numbers in brackets, not raised; the number alone is the link."""
    sheet = Sheet(name)
    sheet.para("The first claim [<#note1|1>]. The second claim [<#note2|2>]. See section (<#note3|3>), too.").para(
        FILLER
    )
    sheet.para("The third claim [<#note3|3>].").page().at(TOP, size=14).line("Notes").at(TOP - 30, size=9)
    for number in (1, 2, 3):
        sheet.place(f"note{number}").para(f"[{number}] Source of claim {number}, https://example.org/claims/{number}.")
    sheet.save()


def truncated() -> None:
    """The first 60 % of a good file."""
    whole = (HERE / "simple-notes.pdf").read_bytes()
    (HERE / "truncated.pdf").write_bytes(whole[: len(whole) * 6 // 10])


def main() -> None:
    """Make every file."""
    for name, make in CASES.items():
        make(name)
    truncated()
    (HERE / "zero-bytes.pdf").write_bytes(b"")
    (HERE / "not-a-pdf.pdf").write_bytes(b"<!doctype html><title>404</title>\n")


if __name__ == "__main__":
    main()
