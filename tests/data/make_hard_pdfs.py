"""Make the small PDFs of hard cases in how notes are marked, numbered and placed; `make_pdfs.py` makes the others.

They are committed; run this only to change one: `python tests/data/make_hard_pdfs.py [NAME...]` (needs reportlab,
fonttools, pypdf and, for the Hebrew, DejaVu Sans known to fontconfig; the tests need none of them). The markup is that
of `make_pdfs.py`.
"""

import re
import subprocess
import sys
from collections.abc import Callable
from io import BytesIO
from pathlib import Path

from fontTools.pens.transformPen import TransformPen
from fontTools.pens.ttGlyphPen import TTGlyphPen
from fontTools.ttLib import TTFont as FontFile
from make_pdfs import FILLER, HERE, LEFT, TOP, WIDTH, Sheet
from pypdf import PdfReader, PdfWriter
from pypdf.generic import (
    ArrayObject,
    BooleanObject,
    DictionaryObject,
    FloatObject,
    IndirectObject,
    NameObject,
    NumberObject,
)
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont

CASES: dict[str, Callable[[str], None]] = {}


def case(function: Callable[[str], None]) -> Callable[[str], None]:
    """Register a maker under its file's name."""
    CASES[function.__name__.replace("_", "-") + ".pdf"] = function
    return function


def font(name: str) -> str:
    """Register a font that fontconfig (or reportlab, for Vera) has, under its own name."""
    if name == "Vera":
        pdfmetrics.registerFont(TTFont(name, "Vera.ttf"))
    else:
        found = subprocess.run(["fc-match", "-f", "%{file}", name], capture_output=True, check=True, text=True)
        pdfmetrics.registerFont(TTFont(name, found.stdout))
    return name


def raised_digits_font() -> str:
    """A font whose digits are drawn small and high: what OpenType's `sups` gives, with size and baseline unchanged."""
    pdfmetrics.registerFont(TTFont("Vera", "Vera.ttf"))
    file = FontFile(pdfmetrics.getFont("Vera").face.filename)
    glyphs, widths, names = file.getGlyphSet(), file["hmtx"], file.getBestCmap()
    rise = round(0.36 * file["head"].unitsPerEm)
    for record in file["name"].names:
        record.string = "VeraSups"
    for digit in "0123456789":
        name = names[ord(digit)]
        pen = TTGlyphPen(glyphs)
        glyphs[name].draw(TransformPen(pen, (0.6, 0, 0, 0.6, 0, rise)))
        file["glyf"][name] = pen.glyph()
        widths[name] = (
            round(0.6 * widths[name][0]),
            file["glyf"][name].xMin if hasattr(file["glyf"][name], "xMin") else 0,
        )
    out = BytesIO()
    file.save(out)
    out.seek(0)
    pdfmetrics.registerFont(TTFont("VeraSups", out))
    return "VeraSups"


def row(sheet: Sheet, *cells: str, at: tuple[float, ...] = (50.0, 170.0, 230.0, 290.0)) -> None:
    """Set a table's row in the sheet's type."""
    y, size = sheet.y, sheet.size
    for x, cell in zip(at, cells, strict=False):
        sheet.at(y, left=x, right=WIDTH, size=size).para(cell)
    sheet.at(y - 1.5 * size, size=size)


def mirrored(text: str) -> str:
    """A logical Hebrew line in the order in which it is drawn: figures and addresses keep theirs."""
    words = [word if word.isascii() else word[::-1] for word in re.findall(r"[ -~]*[!-~]|.", text)]
    return "".join(reversed(words))


def notes(sheet: Sheet, *texts: str, y: float = 110.0, size: float = 8.5) -> Sheet:
    """Set notes at the foot, under a rule."""
    sheet.at(y, size=size).rule()
    for text in texts:
        sheet.para(text)
    return sheet


@case
def one_link_over_two_rectangles(name: str) -> None:
    """One annotation with two quadrilaterals, over the end of a line and the beginning of the next."""
    sheet = Sheet(name)
    sheet.para("The gates were painted in the year of the flood.^{1}").para(FILLER)
    sheet.at(110, size=8.5).rule().line("^{1} See the whole of the")
    y = sheet.y
    sheet.line("painter's bill, and others.").save()
    reader = PdfReader(HERE / name)
    writer = PdfWriter()
    writer.append(reader)
    quads = [(105.0, y + 8.6, 145.0, y + 19.0), (LEFT, y - 2.0, 103.0, y + 8.4)]
    writer.add_uri(0, "https://example.org/bills/painter", [LEFT, y - 2.0, 145.0, y + 19.0], [0, 0, 0])
    link = writer.pages[0]["/Annots"][0].get_object()
    points = [v for x0, y0, x1, y1 in quads for v in (x0, y1, x1, y1, x0, y0, x1, y0)]
    link[NameObject("/QuadPoints")] = ArrayObject(FloatObject(v) for v in points)
    writer.write(HERE / name)


@case
def marker_glued_to_a_word(name: str) -> None:
    """Markers without any space around them, before a comma, inside a compound, and after a figure."""
    sheet = Sheet(name)
    sheet.para("The ferry^{1}, the gate^{2} and the bridge cost 4,200^{3} crowns.").para(FILLER)
    notes(sheet, "^{1} Ferry book.", "^{2} Gate book.", "^{3} Bridge book.").save()


@case
def marker_on_the_line_above(name: str) -> None:
    """A marker raised so far that it stands closer to the line above than to its own."""
    sheet = Sheet(name)
    sheet.line("The ferry was sold in the early spring of that dry year, as the old")
    y = sheet.y
    sheet.line("gate was shut for good in the summer. The bridge stayed open")
    sheet.line("until the flood of the next year took it away.").para(FILLER)
    sheet.at(y + 6.2, left=213, size=6.5).line("1")
    notes(sheet, "^{1} Gate book, p. 9.").save()


@case
def marker_raised_by_its_glyph_only(name: str) -> None:
    """Markers and labels whose type size and baseline are those of the text; only their glyphs are small and high."""
    high = raised_digits_font()
    sheet = Sheet(name)

    def line(*parts: tuple[str, str]) -> None:
        x = sheet.left
        for face, text in parts:
            sheet.canvas.setFont(face, sheet.size)
            sheet.canvas.drawString(x, sheet.y, text)
            x += pdfmetrics.stringWidth(text, face, sheet.size)
        sheet.y -= 1.25 * sheet.size

    line(("Vera", "The ferry cost 42 crowns in 1731."), (high, "1"), ("Vera", " Nobody"))
    line(("Vera", "paid for the gate"), (high, "2"), ("Vera", " or for the road."), (high, "3"))
    sheet.at(sheet.y, right=300).para(FILLER).at(110, size=8.5).rule()
    line((high, "1"), ("Vera", " Ferry book of 1731."))
    line((high, "2"), ("Vera", " Gate book."))
    line((high, "3"), ("Vera", " Road book."))
    sheet.save()


@case
def note_over_three_pages(name: str) -> None:
    """A note that begins on one page, fills the foot of the next, and ends on the third."""
    sheet = Sheet(name)
    parts = (
        "^{1} The first part of the note tells how the ledger was found in the cellar of the toll house, by whom, and",
        "goes on with the names of those who had read it before it was lost again in the move to the new house, where",
        "it was at last copied by a clerk, see https://example.org/copies/clerk.",
    )
    for number, part in enumerate(parts, start=1):
        sheet.para("A note runs over three pages.^{1}" if number == 1 else f"The text of page {number} goes on here.")
        sheet.para(FILLER).at(90, size=8.5).rule().para(part)
        if number == 3:
            sheet.para("^{2} The same.")
        elif number == 2:
            sheet.page().para("The last claim.^{2}")
            continue
        if number == 1:
            sheet.page()
    sheet.save()


@case
def restart_in_every_chapter(name: str) -> None:
    """Footnotes whose numbering begins again with each chapter, not with each page."""
    sheet = Sheet(name)
    number = 0
    for page, chapter in enumerate(("The ferry", "", "The gate", ""), start=1):
        if chapter:
            number = 0
            sheet.at(TOP, size=16).line(chapter).at(TOP - 30)
        first, second = number + 1, number + 2
        sheet.para(f"A claim of page {page}.^{{{first}}} Another claim of page {page}.^{{{second}}}").para(FILLER)
        notes(
            sheet,
            f"^{{{first}}} Source {first} of page {page}.",
            f"^{{{second}}} Source {second} of page {page}.",
            y=90,
        )
        number += 2
        if page < 4:
            sheet.page()
    sheet.save()


@case
def heads_that_name_the_section(name: str) -> None:
    """A running head that is another on every page, its page number beside it, above a sentence that runs on."""
    sheet = Sheet(name)
    for page, head in enumerate(("Beginnings", "Costs of the ferry", "Who paid"), start=1):
        sheet.at(TOP + 40, size=9).line(head).at(TOP + 40, left=WIDTH - 60, size=9).line(str(page))
        sheet.at(TOP)
        start = "The ledger begins in that year." if page == 1 else "and of the bridge in that year."
        sheet.para(f"{start}^{{{page}}}")
        sheet.para(FILLER).para("Nobody knew what Thos. Bright and the council had meant to pay for the gate")
        notes(sheet, f"^{{{page}}} Source {page}.", y=90)
        if page < 3:
            sheet.page()
    sheet.save()


@case
def symbols_that_begin_again(name: str) -> None:
    """Symbols that double and then stand threefold, as `***` behind `¶¶`."""
    sheet = Sheet(name)
    labels = [count * symbol for count in (1, 2) for symbol in "*†‡§¶"] + ["***"]
    sheet.para(" ".join(f"Claim {number}.^{{{label}}}" for number, label in enumerate(labels, start=1))).para(FILLER)
    notes(sheet, *(f"^{{{label}}} Source {number}." for number, label in enumerate(labels, start=1)), y=170).save()


@case
def three_columns(name: str) -> None:
    """Three columns; a sentence with a figure runs over two of them, and each has a foot."""
    sheet = Sheet(name)
    for column, words in enumerate(("the ferry", "the gate", "the bridge")):
        left = 30.0 + 125 * column
        sheet.at(TOP, left=left, right=left + 110, size=8)
        if column == 1:
            sheet.para("31 crowns in a year.^{2} " + FILLER)
        for _ in range(6):
            sheet.para(FILLER)
        marker = "" if column == 0 else f"^{{{column + 2}}}"
        if column:
            sheet.para(f"This is all of {words}.{marker}")
        else:
            sheet.para("The toll of the ferry.^{1} The ferry itself has cost the town a sum of")
        labels = (
            ((1, "left"),) if column == 0 else ((2, "middle"), (3, "middle, below")) if column == 1 else ((4, "right"),)
        )
        sheet.at(80, left=left, right=left + 110, size=6.5).rule(40)
        for label, where in labels:
            sheet.para(f"^{{{label}}} Source {where}.")
    sheet.save()


@case
def endnotes_by_chapter(name: str) -> None:
    """Two chapters, each with notes of its own behind it, numbered from 1."""
    sheet = Sheet(name)
    for number, subject in enumerate(("ferry", "gate"), start=1):
        sheet.at(TOP, size=16).line(f"{number}. The {subject}").at(TOP - 30)
        sheet.para(f"The {subject} is old.^{{1}} The {subject} was dear.^{{2}} The {subject} is gone.^{{3}}").para(
            FILLER
        )
        sheet.gap(14).at(sheet.y, size=13).line("Notes").gap(4).at(sheet.y, size=9)
        for label, word in enumerate(("Age", "Price", "End"), start=1):
            sheet.para(f"{label}. {word} of the {subject}, in the town's book.")
        if number == 1:
            sheet.page()
    sheet.save()


@case
def roman_labels(name: str) -> None:
    """Footnotes labelled i, ii, iii ..., beside a list with (i) and (ii) that is none."""
    sheet = Sheet(name)
    sheet.para("The ferry is old.^{i} The gate is older.^{ii} Both (i) cost much and (ii) brought little.^{iii}").para(
        FILLER
    )
    sheet.para("The bridge came last.^{iv}")
    notes(sheet, "^{i} Ferry book.", "^{ii} Gate book.", "^{iii} Toll book.", "^{iv} Bridge book.", y=120).save()


@case
def list_in_small_type_at_the_foot(name: str) -> None:
    """A numbered list in small type at a page's foot, which no marker points to."""
    sheet = Sheet(name)
    sheet.para(FILLER).para("The rules of the ferry are these.")
    sheet.at(130, size=8.5)
    for number, rule in enumerate(("No carts after dark.", "No dogs.", "Pay before you board."), start=1):
        sheet.para(f"{number}. {rule}")
    sheet.save()


@case
def footnotes_in_a_table(name: str) -> None:
    """Footnotes of the page whose markers stand in a table's cell, between others of the text."""
    sheet = Sheet(name)
    sheet.para("The tolls rose.^{1} They are in the table.").gap().at(sheet.y, size=9)
    row(sheet, "Gate", "1730", "1731")
    row(sheet, "North", "1,204", "1,310^{2}")
    row(sheet, "South", "980", "1,004")
    sheet.gap().at(sheet.y).para("They fell later.^{3} " + FILLER)
    notes(sheet, "^{1} Toll book.", "^{2} With the ferry.", "^{3} Later toll book.").save()


@case
def notes_under_a_table(name: str) -> None:
    """Notes keyed by letters to a column head, a row head and a cell, with the page's own footnotes below."""
    sheet = Sheet(name)
    sheet.para("The tolls rose.^{1} They are in the table.").gap().at(sheet.y, size=9).line("Table 2. Tolls by gate")
    row(sheet, "Gate", "1730", "1731^{a}", "Change, %")
    row(sheet, "North", "1,204", "1,310", "8.8")
    row(sheet, "South^{b}", "980", "1,004^{c}", "2.4")
    sheet.at(sheet.y, size=7.5).para("^{a} Until the flood.").para(
        "^{b} Without the ferry, which was let to others for a"
    )
    sheet.para("year and a half.").para("^{c} See https://example.org/tolls/1731.")
    sheet.gap(10).at(sheet.y).para("They fell later.^{2} " + FILLER)
    notes(sheet, "^{1} Toll book.", "^{2} Later toll book.").save()


@case
def table_notes_run_together(name: str) -> None:
    """A table's notes in one paragraph, keyed by roman numerals, over two lines."""
    sheet = Sheet(name)
    sheet.para("The tolls rose.^{1}").gap().at(sheet.y, size=9).line("Table 1. Tolls by gate")
    row(sheet, "Gate", "1730^{i}", "1731^{ii}")
    row(sheet, "North", "1,204", "1,310")
    row(sheet, "South^{iii}", "980", "1,004")
    sheet.at(sheet.y, size=7.5).para(
        "^{i} From the toll book; carts only. ^{ii} From the town's book, since the toll book was lost in the flood. "
        "^{iii} Without the ferry, https://example.org/ferry."
    )
    sheet.gap(10).at(sheet.y).para(FILLER)
    notes(sheet, "^{1} Toll book.", y=80).save()


@case
def source_lines(name: str) -> None:
    """Source and note lines under a table and a chart, in two languages, and a paragraph that begins like one."""
    sheet = Sheet(name)
    sheet.at(TOP, size=9).line("Table 1. Tolls by gate")
    row(sheet, "Gate", "1730", "1731")
    row(sheet, "North", "1,204", "1,310")
    row(sheet, "South", "980", "1,004")
    sheet.at(sheet.y, size=7.5).para("Note: Carts only. Source: Toll book, https://example.org/tolls.")
    sheet.gap(8).at(sheet.y).para(FILLER).para("Note: this paragraph belongs to the text, whatever its first word.")
    sheet.gap(10).at(sheet.y, size=9).line("Abbildung 2: Karren nach Jahr")
    sheet.canvas.rect(LEFT, sheet.y - 70, 220, 75)
    sheet.at(sheet.y - 85, size=7.5).para("Quelle: Eigene Berechnung nach dem Zollbuch.")
    sheet.gap(8).at(sheet.y).para("The bridge carries more than the ferry did")
    sheet.canvas.rect(LEFT, sheet.y - 60, 220, 65)
    sheet.at(sheet.y - 76, size=9).para("Source: Our analysis of 1,310 carts in the toll book.").gap(8).at(
        sheet.y
    ).para(FILLER)
    sheet.save()


@case
def two_markers_on_a_word(name: str) -> None:
    """Two and three markers at one place: "12,13", "14, 15" and a range."""
    sheet = Sheet(name)
    for first in (1, 6):
        numbers = range(first, first + 5 + first // 6)
        sheet.para(" ".join(f"Claim {number}.^{{{number}}}" for number in numbers)).para(FILLER)
        notes(sheet, *(f"^{{{number}}} Source {number}." for number in numbers), y=130).page()
    sheet.para("Two books say so.^{12,13} Two more agree,^{14,~15} and three do not.^{16–18}").para(FILLER)
    notes(sheet, *(f"^{{{number}}} Source {number}." for number in range(12, 19)), y=130).save()


@case
def markers_after_quotes(name: str) -> None:
    """Markers behind closing quotation marks, brackets, dashes and question marks."""
    sheet = Sheet(name)
    sheet.para(
        "The clerk wrote “the gate is shut.”^{1} Was it?^{2} The mayor (who knew)^{3} said ‘no’^{4}—and the ferryman "
        "“no more”;^{5} nobody asked again!”^{6}"
    )
    sheet.para(FILLER)
    notes(sheet, *(f"^{{{number}}} Source {number}." for number in range(1, 7)), y=130).save()


@case
def rotated_page(name: str) -> None:
    """A page that is turned by its /Rotate entry, and one whose text is set sideways."""
    sheet = Sheet(name)
    sheet.canvas.setPageRotation(90)
    sheet.para("The ferry is old.^{1} The gate is older.").para(FILLER)
    notes(sheet, "^{1} Ferry book, https://example.org/ferry.").page()
    sheet.canvas.setPageRotation(0)
    sheet.canvas.translate(WIDTH, 0)
    sheet.canvas.rotate(90)
    sheet.at(380, right=500).para("The bridge is new.^{2} The road is newer.").para(FILLER)
    notes(sheet, "^{2} Bridge book.", y=60).save()


@case
def zero_width_spaces(name: str) -> None:
    """Addresses and words with zero-width spaces and joiners inside, as word processors on the web leave them."""
    sheet = Sheet(name)
    sheet.font = font("DejaVu Sans")
    sheet.at(TOP, size=9).para("The ferry\u200b is\u200b old.^{1} The gate\ufeff is older.^{2}").para(FILLER)
    notes(
        sheet,
        "^{1} \u200bhttps://example.org/\u200bbooks/\u200bferry-\u200bbook.",
        "^{2}\u200b Gate\u2060 book\u200b.",
        size=7,
    ).save()


@case
def ligatures(name: str) -> None:
    """Ligature glyphs in words and in an address."""
    sheet = Sheet(name)
    sheet.font = font("DejaVu Sans")
    sheet.at(TOP, size=9).para("The o\ufb03ce of the \ufb01rst \ufb02oor was \ufb02ooded.^{1}").para(FILLER)
    notes(sheet, "^{1} O\ufb03ce book, https://example.org/o\ufb03ce/\ufb01les.", size=7).save()


@case
def notes_in_narrow_columns(name: str) -> None:
    """Text over the whole width, its footnotes in two narrow columns below a rule."""
    sheet = Sheet(name)
    sheet.para("The ferry is old.^{1} The gate is older.^{2} The bridge is new.^{3} The road is newer.^{4}")
    for _ in range(5):
        sheet.para(FILLER)
    sheet.at(130, size=7.5).rule()
    left = (
        "^{1} Ferry book of the town, kept in the toll house since the flood.",
        "^{2} Gate book, which the clerk copied twice.",
    )
    right = (
        "^{3} Bridge book, with the bills of the mason and the smith.",
        "^{4} Road book, as far as it was not burnt.",
    )
    for x, texts in ((LEFT, left), (220.0, right)):
        sheet.at(125, left=x, right=x + 145, size=7.5)
        for text in texts:
            sheet.para(text)
    sheet.save()


@case
def right_to_left(name: str) -> None:
    """Hebrew text with its notes: lines run from right to left, labels and markers stand left of their words."""
    sheet = Sheet(name)
    face = font("DejaVu Sans")

    def line(text: str, marker: str, label: str, size: float) -> None:
        """Set a logical line from the right; `label` opens it, `marker` ends it, both raised."""
        x = 370.0
        for raised, part in ((True, label), (False, text), (True, marker)):
            shown = part if raised or part.isascii() else mirrored(part)
            own = 0.65 * size if raised else size
            x -= pdfmetrics.stringWidth(shown, face, own)
            sheet.canvas.setFont(face, own)
            sheet.canvas.drawString(x, sheet.y + (0.36 * size if raised else 0), shown)
            x -= 0.3 * size if raised and part else 0
        sheet.y -= 1.4 * size

    sheet.y = TOP
    line("המעבורת ישנה מאוד.", "1", "", 11)
    line("השער ישן ממנה.", "2", "", 11)
    for _ in range(6):
        line("איש לא ספר את העגלות שעברו בשער הצפוני של העיר.", "", "", 11)
    sheet.at(100, size=8.5).canvas.line(270, 112, 370, 112)
    line("ספר המעבורת.", "", "1", 8.5)
    line("ספר השער משנת 1731, https://example.org/gate.", "", "2", 8.5)
    sheet.save()


@case
def numbered_bibliography(name: str) -> None:
    """References in brackets: lists, ranges, a pinpoint, one broken over lines; and brackets that are none."""
    sheet = Sheet(name)
    sheet.para(
        "Tolls rose by 12% in ten years [1]. Others found less [2, 4] in a shorter time, and [3, p. 12] found none."
    )
    sheet.para(
        "Two surveys agree [1]–[3]. The clerk “[t]ook no [sic] toll” in [1731] 2 TR 14, and a share in the interval"
    )
    sheet.para("[0, 1] is usual; the array gates[2] has no part in it. The last survey is the best [2,").line("4–5].")
    sheet.para(FILLER).at(sheet.y - 10, size=14).line("References").gap(4).at(sheet.y, size=9)
    for number, work in enumerate(
        ("The ferry", "The gate", "The bridge", "The road", "The flood", "The mayor"), start=1
    ):
        y = sheet.y
        sheet.line(f"[{number}]").at(y, left=68, size=9).para(
            f"A. Toller. {work} of the town. Press of the Gate, 17{30 + number}."
        )
        sheet.para(f"https://example.org/works/{number}.").at(sheet.y, size=9)
    sheet.save()


@case
def paragraphs_in_brackets(name: str) -> None:
    """A judgment: numbered paragraphs, references to them, neutral citations; no list of works."""
    sheet = Sheet(name)
    for number in range(1, 9):
        other = max(1, number - 2)
        sheet.para(
            f"[{number}] The court said so in [2019] EWCA Civ {number}, at [{other}], and see [{other}]–[{number}]."
        )
        sheet.gap()
    sheet.para(FILLER).save()


@case
def tagged_notes(name: str) -> None:
    """Notes that only their tags tell from the text: as large as it, right under their paragraphs, no rule or rise."""
    sheet = Sheet(name)
    contents: list[tuple[int, str, int | None]] = []

    def tagged(page: int, text: str, note: int | None = None) -> None:
        number = sum(content[0] == page for content in contents)
        contents.append((page, "P" if note is None else "Note", note))
        sheet.canvas._code.append(f"/{contents[-1][1]} <</MCID {number}>> BDC")
        sheet.para(text)
        sheet.canvas._code.append("EMC")

    tagged(0, "The tower lost its roof in the storm.^{1} The keeper wrote that nobody was hurt.^{2}")
    tagged(0, "1 Logbook of the tower, sheet 40, kept in the vault of the mayor's house since the year", 0)
    tagged(0, "2 Letter to the council, in the keeper's own hand.", 1)
    tagged(0, "The council had three plans drawn, and the masons were asked what each of them would cost.")
    tagged(0, "4 masons answered, and 2 of them came to look. The cheapest took 18 weeks.^{3} No roof was put up.")
    tagged(0, "3 Ledger of the council, under the heading of repairs, where the sums are set out by trade and by", 2)
    sheet.page()
    tagged(1, "1847 prices were asked for, see https://example.org/ledger/roof for the page.", 2)
    tagged(1, "In the end the tower was let to a baker.^{4} He kept pigeons in it until the year of the flood.")
    tagged(1, "4 Deed of lease, https://example.org/deeds/17.", 3)
    tagged(1, FILLER)
    sheet.save()
    writer = PdfWriter(clone_from=HERE / name)
    add_tags(writer, contents)
    writer.write(HERE / name)


def add_tags(writer: PdfWriter, contents: list[tuple[int, str, int | None]]) -> None:
    """Give a PDF a structure tree: page, type and note of each of its marked contents; those of a note are one."""
    root = DictionaryObject({NameObject("/Type"): NameObject("/StructTreeRoot")})
    tree = writer._add_object(root)
    parents: list[ArrayObject] = [ArrayObject() for _ in writer.pages]
    elements: dict[int, IndirectObject] = {}
    kids = ArrayObject()
    for at, (page, kind, note) in enumerate(contents):
        key = at if note is None else -1 - note
        if key not in elements:
            element = DictionaryObject({NameObject("/S"): NameObject(f"/{kind}"), NameObject("/P"): tree})
            element[NameObject("/K")] = ArrayObject()
            elements[key] = writer._add_object(element)
            kids.append(elements[key])
        content = DictionaryObject({NameObject("/Type"): NameObject("/MCR")})
        content[NameObject("/Pg")] = writer.pages[page].indirect_reference
        content[NameObject("/MCID")] = NumberObject(len(parents[page]))
        elements[key].get_object()["/K"].append(content)
        parents[page].append(elements[key])
    numbers = ArrayObject()
    for number, (page, owners) in enumerate(zip(writer.pages, parents, strict=True)):
        page[NameObject("/StructParents")] = NumberObject(number)
        numbers.extend((NumberObject(number), owners))
    root[NameObject("/K")] = kids
    root[NameObject("/ParentTree")] = DictionaryObject({NameObject("/Nums"): numbers})
    writer.root_object[NameObject("/StructTreeRoot")] = tree
    writer.root_object[NameObject("/MarkInfo")] = DictionaryObject({NameObject("/Marked"): BooleanObject(True)})


@case
def accents_as_glyphs(name: str) -> None:
    sheet = Sheet(name).para("Die Zahlen wurden").gap(-13.75)
    canvas, x, last, letter = sheet.canvas, LEFT + 90, 0.0, 0.0
    for word in ("fu\u00a8r", "gepru\u00a8ft."):
        for char in word:
            width = pdfmetrics.stringWidth(char, "Times-Roman", 11)
            if char == "\u00a8":
                canvas.drawString(last + (letter - width) / 2, TOP, char)
                continue
            last, letter = x, width
            canvas.setFont("Times-Roman", 11)
            canvas.drawString(x, TOP, char)
            x += width
        x += 3
    canvas.setFont("Times-Roman", 7)
    canvas.drawString(x - 3, TOP + 4, "1")
    sheet.at(TOP - 14).para(FILLER)
    notes(sheet, "^{1} Annual report, p. 4.").save()


@case
def underscore_drawn_as_rule(name: str) -> None:
    sheet = Sheet(name).para("The dues were put into a table.^{1}").para(FILLER)
    notes(sheet, "^{1} https://example.org/harbour~~dues.csv")
    x = LEFT + pdfmetrics.stringWidth("1", "Times-Roman", 8.5 * 0.65)
    x += pdfmetrics.stringWidth(" https://example.org/harbour", "Times-Roman", 8.5)
    sheet.canvas.setLineWidth(0.4)
    sheet.canvas.line(x + 0.3, 106.2, x + 4, 106.2)
    sheet.save()


@case
def small_capitals_in_the_first_line(name: str) -> None:
    sheet = Sheet(name).para("The courts came late.^{1} The boards came first.^{2}").para(FILLER)
    canvas, x = sheet.canvas, LEFT
    for text, size, rise in (("1", 5.5, 3), (" M", 8.5, 0), ("ARGARET ", 6.5, 0), ("H", 8.5, 0), ("OLLOWAY, ", 6.5, 0)):
        canvas.setFont("Times-Roman", size)
        canvas.drawString(x, 110 + rise, text)
        x += pdfmetrics.stringWidth(text, "Times-Roman", size)
    for text, size in (("T", 8.5), ("HE ", 6.5), ("M", 8.5), ("AKING OF ", 6.5), ("C", 8.5), ("OURTS ", 6.5)):
        canvas.setFont("Times-Roman", size)
        canvas.drawString(x, 110, text)
        x += pdfmetrics.stringWidth(text, "Times-Roman", size)
    sheet.at(99, size=8.5).line("(2012), at https://example.org/courts.").line("^{2} See id. at 44.").save()


@case
def restart_within_a_page(name: str) -> None:
    sheet = Sheet(name).para("Wells were counted.^{1} So were pumps.^{2}").gap()
    sheet.at(sheet.y, size=14).line("2 Roads").at(sheet.y, size=11)
    sheet.para("Roads were counted.^{1} Bridges were not.^{2}")
    notes(sheet, "^{1} Wells, p. 1.", "^{2} Pumps, p. 2.", "^{1} Roads, p. 3.", "^{2} Bridges, p. 4.").save()


@case
def notes_of_two_chapters_on_a_page(name: str) -> None:
    sheet = Sheet(name)
    for chapter, what in (("Chapter 1: Wells", "Wells"), ("Chapter 2: Roads", "Roads")):
        sheet.at(TOP, size=15).line(chapter).at(sheet.y - 6)
        sheet.para(f"{what} were counted.^{{1}} {what} were measured.^{{2}}").para(FILLER).page()
    sheet.at(TOP, size=15).line("Notes").at(sheet.y - 6)
    for chapter, what in (("Chapter 1: Wells", "Wells"), ("Chapter 2: Roads", "Roads")):
        sheet.at(sheet.y - 6, size=12).line(chapter).at(sheet.y, size=11)
        sheet.line(f"1. {what}, first report.").line(f"2. {what}, second report.")
    sheet.save()


@case
def notes_of_chapters_without_heads(name: str) -> None:
    """No head stands over the text, and one chapter's markers are fewer than its notes: nothing can be tied."""
    sheet = Sheet(name).para("Wells were counted.^{1} And measured.^{2}").para(FILLER).page()
    sheet.para("Roads were counted.^{1}").para(FILLER).page()
    sheet.at(TOP, size=15).line("Notes").at(sheet.y - 6)
    for chapter, what in (("Chapter 1: Wells", "Wells"), ("Chapter 2: Roads", "Roads")):
        sheet.at(sheet.y - 6, size=12).line(chapter).at(sheet.y, size=11)
        sheet.line(f"1. {what}, first report.").line(f"2. {what}, second report.")
    sheet.save()


@case
def numbered_statements(name: str) -> None:
    sheet = Sheet(name).para("Adults^{1} take 400 mg^{2} for a week^{3} or two.").para(FILLER).page()
    sheet.para("Three things speak for it.")
    for number in (1, 2, 3):
        sheet.at(sheet.y, left=LEFT + 10).para(f"{number}. The dose was tried and it did what it should in adults.")
    sheet.at(sheet.y).para(FILLER).para(FILLER).save()


@case
def link_shorter_than_printed(name: str) -> None:
    sheet = Sheet(name).para("Wells were counted.^{1} Roads were not.^{2}").para(FILLER)
    notes(
        sheet,
        "^{1} <https://example.org|https://example.org/reports/wells>.",
        "^{2} <https://example.com/|https://example.com.au/roads>.",
    ).save()


@case
def layout_hyphen_in_address(name: str) -> None:
    sheet = Sheet(name).para("Wells were counted.^{1} Roads were not.^{2}").para(FILLER)
    notes(
        sheet, "^{1} Wells, see https://www.exam-", "ple.org/wells.", "^{2} https://www.example.org/roads, p. 4."
    ).save()


@case
def blanks_in_addresses(name: str) -> None:
    sheet = Sheet(name).para("Wells were counted.^{1} Roads were not.^{2} Nor were walls.^{3}").para(FILLER)
    notes(
        sheet,
        "^{1} Wells (https://example.org/we lls/).",
        "^{2} https://example.org/get.asp?id = 7&page = 2 [12 May].",
        "^{3} https://example.org/\u02dcwalls/list.pdf.(Retrieved in May)",
    ).save()


@case
def keys_without_a_year(name: str) -> None:
    sheet = Sheet(name).para("Walls were counted [Blo70], then again [Cli], as was asked [MIT].").para(FILLER).gap()
    sheet.line("References").line("[Blo70] B. Holloway. Walls. 1970.").line("[Cli] Clip Harbour. Notes on clips.")
    sheet.line("[MIT] Harbour mining. A report.").save()


def main() -> None:
    """Make the files that are named, or all."""
    for name, make in CASES.items():
        if not sys.argv[1:] or Path(name).stem in sys.argv[1:]:
            make(name)


if __name__ == "__main__":
    main()
