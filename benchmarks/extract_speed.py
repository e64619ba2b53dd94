"""Time `extract` beside what others need for the characters alone, and the memory of a very long document.

    python benchmarks/extract_speed.py FILE.pdf ...          seconds of one core, the same files in one run
    python benchmarks/extract_speed.py --memory              peak memory of a made document of 2,000 pages

Needs pdftotext (poppler-utils) and pdfplumber for their rows (`pip install pdfplumber`: no dependency of this project,
so best into an environment of its own, named with --pdfplumber-python); a row whose tool is missing says so.
"""

import argparse
import json
import os
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

CONTENDERS = ("extract", "glyph walk", "pdfplumber", "pdftotext")
PAGES = 2000
NOTES_A_PAGE = 3
MEGABYTE = 1024


@dataclass(frozen=True)
class Measured:
    """Seconds of processor time for all files, the best of the rounds, or why there are none."""

    seconds: float | None
    reason: str = ""


def extract_all(files: Sequence[str]) -> None:
    """What we do: the parser's whole reading."""
    from verifier.parser import extract

    for file in files:
        extract(file)


def walk_glyphs(files: Sequence[str]) -> None:
    """The least that a reader of glyph geometry must do: each character with its boxes, origin, size and matrix."""
    import ctypes

    import pypdfium2
    import pypdfium2.raw as pdfium

    left, right, bottom, top, x, y = (ctypes.c_double() for _ in range(6))
    loose, matrix = pdfium.FS_RECTF(), pdfium.FS_MATRIX()
    for file in files:
        with pypdfium2.PdfDocument(file) as pdf:
            for index in range(len(pdf)):
                page = pdf[index]
                text_page = page.get_textpage()  # kept: pdfium frees what nobody holds
                text = text_page.raw
                glyphs = []
                for i in range(pdfium.FPDFText_CountChars(text)):
                    char = chr(pdfium.FPDFText_GetUnicode(text, i))
                    pdfium.FPDFText_GetCharBox(text, i, left, right, bottom, top)
                    pdfium.FPDFText_GetLooseCharBox(text, i, loose)
                    pdfium.FPDFText_GetCharOrigin(text, i, x, y)
                    pdfium.FPDFText_GetMatrix(text, i, matrix)
                    tight = (left.value, bottom.value, right.value, top.value)
                    wide = (loose.left, loose.bottom, loose.right, loose.top)
                    scale = (matrix.a, matrix.b, matrix.c, matrix.d)
                    size = pdfium.FPDFText_GetFontSize(text, i)
                    glyphs.append((char, tight, wide, x.value, y.value, size, scale))
                text_page.close()
                page.close()


def plumb_chars(files: Sequence[str]) -> None:
    """pdfplumber's characters, nothing else."""
    import pdfplumber

    for file in files:
        with pdfplumber.open(file) as pdf:
            for page in pdf.pages:
                len(page.chars)
                page.close()


IN_PROCESS: dict[str, Callable[[Sequence[str]], None]] = {
    "extract": extract_all,
    "glyph walk": walk_glyphs,
    "pdfplumber": plumb_chars,
}


def run_contender(name: str, files: Sequence[str]) -> None:
    """The child's side: read the first file once to load everything, then time all of them."""
    work = IN_PROCESS[name]
    work(files[:1])
    started = time.process_time()
    work(files)
    print(json.dumps(time.process_time() - started))


def measure(name: str, files: Sequence[str], python: str) -> Measured:
    """One round of one contender, on one core."""
    if name == "pdftotext":
        return _measure_pdftotext(files)
    arguments = [python, __file__, "--contender", name, *files]
    done = subprocess.run(arguments, capture_output=True, text=True, preexec_fn=_one_core, check=False)
    if done.returncode:
        return Measured(None, done.stderr.strip().splitlines()[-1])
    return Measured(float(json.loads(done.stdout)))


def _measure_pdftotext(files: Sequence[str]) -> Measured:
    if shutil.which("pdftotext") is None:
        return Measured(None, "pdftotext is not installed (poppler-utils)")
    before = _children_seconds()
    for file in files:
        arguments = ["pdftotext", "-bbox-layout", file, os.devnull]
        subprocess.run(arguments, capture_output=True, preexec_fn=_one_core, check=False)
    return Measured(_children_seconds() - before)


def _one_core() -> None:
    if hasattr(os, "sched_setaffinity"):
        os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})


def _children_seconds() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def speed(files: Sequence[str], rounds: int, plumber_python: str) -> None:
    """Print a table: every contender's best round, per page, and as a share of the glyph walk."""
    best: dict[str, Measured] = {}
    for _ in range(rounds):
        for name in CONTENDERS:
            python = plumber_python if name == "pdfplumber" else sys.executable
            measured = measure(name, files, python)
            known = best.get(name)
            if known is None or (measured.seconds or 0) < (known.seconds or 0):
                best[name] = measured
    pages = sum(_pages(file) for file in files)
    walk = best["glyph walk"].seconds or 1.0
    print(f"{len(files)} files, {pages} pages; best of {rounds} rounds, processor time on one core")
    for name in CONTENDERS:
        row = best[name]
        if row.seconds is None:
            print(f"{name:<12} not measured: {row.reason}")
        else:
            each = row.seconds / pages
            print(
                f"{name:<12} {row.seconds:7.2f} s  {each * 1000:6.1f} ms/page  {row.seconds / walk:5.2f} x glyph walk"
            )


def _pages(file: str) -> int:
    import pypdfium2

    with pypdfium2.PdfDocument(file) as pdf:
        return len(pdf)


def memory(pages: int) -> None:
    """Print the peak memory and time of `verifier extract` on a long document that is made for it."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "long.pdf"
        make_long_document(file, pages)
        arguments = [sys.executable, "-m", "verifier", "extract", str(file), "--json"]
        with (Path(folder) / "long.json").open("wb") as output:
            child = subprocess.Popen(arguments, stdout=output)
            _, status, used = os.wait4(child.pid, 0)
        code = os.waitstatus_to_exitcode(status)
        notes = len(json.loads((Path(folder) / "long.json").read_bytes())["footnotes"]) if code == 0 else 0
        size = file.stat().st_size / MEGABYTE / MEGABYTE
    peak, seconds = used.ru_maxrss / MEGABYTE, used.ru_utime + used.ru_stime
    print(f"{pages} pages ({size:.1f} MB), {notes} of {pages * NOTES_A_PAGE} notes read; exit code {code}")
    print(f"peak {peak:.0f} MB, {seconds:.0f} s of one core")


def make_long_document(path: Path, pages: int) -> None:
    """A report of many pages of text, each with three raised markers and their notes, one of them with a link."""
    from fpdf import FPDF

    pdf = FPDF(unit="pt", format="A4")
    pdf.set_auto_page_break(False)
    words = "The authority counted the crossings of the river and wrote the figure of the year into its register"
    for page in range(pages):
        pdf.add_page()
        pdf.set_font("Times", size=10)
        for line in range(45):
            y = 70 + 14 * line
            text = f"{words}, {page * 45 + line}."
            pdf.text(60, y, text)
            if line % 15 == 7:
                pdf.set_font("Times", size=6)
                pdf.text(60 + pdf.get_string_width(text) * 10 / 6, y - 4, str(page * NOTES_A_PAGE + line // 15 + 1))
                pdf.set_font("Times", size=10)
        pdf.line(60, 735, 160, 735)
        for note in range(NOTES_A_PAGE):
            label, y = str(page * NOTES_A_PAGE + note + 1), 747 + 11 * note
            pdf.set_font("Times", size=5)
            pdf.text(60, y - 3, label)
            pdf.set_font("Times", size=8)
            address = f"https://register.example.org/{page}/{note}"
            pdf.text(76, y, f"Register of crossings, volume {page}, sheet {note}, {address}.")
            if note == 0:
                pdf.link(76, y - 8, 300, 10, address)
    pdf.output(str(path))


def main() -> None:
    """Read the command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("files", nargs="*", help="PDFs")
    parser.add_argument("--rounds", type=int, default=3, help="the best of so many counts (3)")
    parser.add_argument("--pdfplumber-python", default=sys.executable, help="a Python that has pdfplumber")
    parser.add_argument("--memory", action="store_true", help="peak memory of a made long document instead")
    parser.add_argument("--pages", type=int, default=PAGES, help=f"pages of that document ({PAGES})")
    parser.add_argument("--contender", choices=IN_PROCESS, help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.contender:
        run_contender(given.contender, given.files)
    elif given.memory:
        memory(given.pages)
    elif given.files:
        speed(given.files, given.rounds, given.pdfplumber_python)
    else:
        parser.error("name PDFs, or give --memory")


if __name__ == "__main__":
    main()
