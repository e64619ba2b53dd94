"""What must be read of the small PDFs of hard cases in how notes are marked, numbered and placed."""

from pathlib import Path

import pytest

from verifier.checker import is_own_analysis
from verifier.model import Extraction, NoteKind
from verifier.parser import extract

DATA = Path(__file__).parents[1] / "data"

CLERK = (
    "The first part of the note tells how the ledger was found in the cellar of the toll house, by whom, and goes "
    "on with the names of those who had read it before it was lost again in the move to the new house, where it was "
    "at last copied by a clerk, see https://example.org/copies/clerk."
)
COSTS = "The ferry, the gate and the bridge cost 4,200 crowns."
SAID = "The mayor (who knew) said ‘no’—and the ferryman “no more”; nobody asked again!”"
ROAD = "Nobody paid for the gate or for the road."
MORE = "Two more agree, and three do not."
UNPAID = "Nobody knew what Thos. Bright and the council had meant to pay for the gate"
SPRING = "The ferry was sold in the early spring of that dry year, as the old"
TOLLER = "A. Toller. The {} of the town. Press of the Gate, 17{}. https://example.org/works/{}."

NOTES: dict[str, list[tuple[str, str, list[str]]]] = {
    "one-link-over-two-rectangles": [
        (
            "1",
            "See the whole of the painter's bill, and others.",
            ["The gates were painted in the year of the flood.|"],
        ),
    ],
    "marker-glued-to-a-word": [
        ("1", "Ferry book.", [COSTS.replace("ferry", "ferry|")]),
        ("2", "Gate book.", [COSTS.replace("gate", "gate|")]),
        ("3", "Bridge book.", [COSTS.replace("4,200", "4,200|")]),
    ],
    "marker-on-the-line-above": [
        (
            "1",
            "Gate book, p. 9.",
            [f"{SPRING} gate was shut for good in the summer|."],
        ),
    ],
    "marker-raised-by-its-glyph-only": [
        ("1", "Ferry book of 1731.", ["The ferry cost 42 crowns in 1731.|"]),
        ("2", "Gate book.", [ROAD.replace("gate", "gate|")]),
        ("3", "Road book.", [f"{ROAD}|"]),
    ],
    "note-over-three-pages": [
        ("1", CLERK, ["A note runs over three pages.|"]),
        ("2", "The same.", ["The last claim.|"]),
    ],
    "restart-in-every-chapter": [
        (str(label), f"Source {label} of page {page}.", [f"{claim} claim of page {page}.|"])
        for page in (1, 2, 3, 4)
        for label, claim in ((1 + 2 * (page in (2, 4)), "A"), (2 + 2 * (page in (2, 4)), "Another"))
    ],
    "heads-that-name-the-section": [
        (str(page), f"Source {page}.", [sentence])
        for page, sentence in enumerate(
            ("The ledger begins in that year.|", *[f"{UNPAID} and of the bridge in that year.|"] * 2), 1
        )
    ],
    "symbols-that-begin-again": [
        (label, f"Source {number}.", [f"Claim {number}.|"])
        for number, label in enumerate((*"*†‡§¶", "**", "††", "‡‡", "§§", "¶¶", "***"), start=1)
    ],
    "three-columns": [
        ("1", "Source left.", ["The toll of the ferry.|"]),
        ("2", "Source middle.", ["The ferry itself has cost the town a sum of 31 crowns in a year.|"]),
        ("3", "Source middle, below.", ["This is all of the gate.|"]),
        ("4", "Source right.", ["This is all of the bridge.|"]),
    ],
    "endnotes-by-chapter": [
        (str(label), f"{word} of the {subject}, in the town's book.", [f"The {subject} {verb}.|"])
        for subject in ("ferry", "gate")
        for label, (word, verb) in enumerate((("Age", "is old"), ("Price", "was dear"), ("End", "is gone")), start=1)
    ],
    "roman-labels": [
        ("i", "Ferry book.", ["The ferry is old.|"]),
        ("ii", "Gate book.", ["The gate is older.|"]),
        ("iii", "Toll book.", ["Both (i) cost much and (ii) brought little.|"]),
        ("iv", "Bridge book.", ["The bridge came last.|"]),
    ],
    "list-in-small-type-at-the-foot": [],
    "footnotes-in-a-table": [
        ("1", "Toll book.", ["The tolls rose.|"]),
        ("2", "With the ferry.", ["1,310|"]),
        ("3", "Later toll book.", ["They fell later.|"]),
    ],
    "notes-under-a-table": [
        ("a", "Until the flood.", ["1731|"]),
        ("b", "Without the ferry, which was let to others for a year and a half.", ["South|"]),
        ("c", "See https://example.org/tolls/1731.", ["South, 1731: 1,004|"]),
        ("1", "Toll book.", ["The tolls rose.|"]),
        ("2", "Later toll book.", ["They fell later.|"]),
    ],
    "table-notes-run-together": [
        ("i", "From the toll book; carts only.", ["1730|"]),
        ("ii", "From the town's book, since the toll book was lost in the flood.", ["1731|"]),
        ("iii", "Without the ferry, https://example.org/ferry.", ["South|"]),
        ("1", "Toll book.", ["The tolls rose.|"]),
    ],
    "source-lines": [
        ("Note", "Carts only.", ["Table 1. Tolls by gate|"]),
        ("Source", "Toll book, https://example.org/tolls.", ["Table 1. Tolls by gate|"]),
        ("Quelle", "Eigene Berechnung nach dem Zollbuch.", ["Abbildung 2: Karren nach Jahr|"]),
        ("Source", "Our analysis of 1,310 carts in the toll book.", ["The bridge carries more than the ferry did|"]),
    ],
    "two-markers-on-a-word": [
        *((str(n), f"Source {n}.", [f"Claim {n}.|"]) for n in range(1, 12)),
        *((str(n), f"Source {n}.", ["Two books say so.|"]) for n in (12, 13)),
        *((str(n), f"Source {n}.", [MORE.replace(",", ",|")]) for n in (14, 15)),
        *((str(n), f"Source {n}.", [f"{MORE}|"]) for n in (16, 17, 18)),
    ],
    "markers-after-quotes": [
        ("1", "Source 1.", ["The clerk wrote “the gate is shut.”|"]),
        ("2", "Source 2.", ["Was it?|"]),
        ("3", "Source 3.", [SAID.replace(")", ")|")]),
        ("4", "Source 4.", [SAID.replace("’—", "’|—")]),
        ("5", "Source 5.", [SAID.replace("”;", "”;|")]),
        ("6", "Source 6.", [f"{SAID}|"]),
    ],
    "rotated-page": [
        ("1", "Ferry book, https://example.org/ferry.", ["The ferry is old.|"]),
        ("2", "Bridge book.", ["The bridge is new.|"]),
    ],
    "zero-width-spaces": [
        ("1", "https://example.org/books/ferry-book.", ["The ferry is old.|"]),
        ("2", "Gate book.", ["The gate is older.|"]),
    ],
    "ligatures": [
        ("1", "Office book, https://example.org/office/files.", ["The office of the first floor was flooded.|"]),
    ],
    "notes-in-narrow-columns": [
        ("1", "Ferry book of the town, kept in the toll house since the flood.", ["The ferry is old.|"]),
        ("2", "Gate book, which the clerk copied twice.", ["The gate is older.|"]),
        ("3", "Bridge book, with the bills of the mason and the smith.", ["The bridge is new.|"]),
        ("4", "Road book, as far as it was not burnt.", ["The road is newer.|"]),
    ],
    "right-to-left": [
        ("1", "ספר המעבורת.", ["המעבורת ישנה מאוד.|"]),
        ("2", "ספר השער משנת 1731, https://example.org/gate.", ["השער ישן ממנה.|"]),
    ],
    "numbered-bibliography": [
        ("1", TOLLER.format("ferry", 31, 1), ["Tolls rose by 12% in ten years|.", "Two surveys agree|."]),
        (
            "2",
            TOLLER.format("gate", 32, 2),
            [
                "Others found less |in a shorter time, and found none.",
                "Two surveys agree|.",
                "The last survey is the best|.",
            ],
        ),
        (
            "3",
            TOLLER.format("bridge", 33, 3),
            ["Others found less in a shorter time, and |found none.", "Two surveys agree|."],
        ),
        (
            "4",
            TOLLER.format("road", 34, 4),
            ["Others found less |in a shorter time, and found none.", "The last survey is the best|."],
        ),
        ("5", TOLLER.format("flood", 35, 5), ["The last survey is the best|."]),
        ("6", TOLLER.format("mayor", 36, 6), []),
    ],
    "paragraphs-in-brackets": [],
}
"""Of each PDF its notes: label, text, and the sentences, with `|` where the marker stood."""

KINDS = {
    "endnotes-by-chapter": NoteKind.ENDNOTE,
    "source-lines": NoteKind.TABLE_NOTE,
    "numbered-bibliography": NoteKind.REFERENCE,
}


def read(name: str) -> Extraction:
    return extract(DATA / f"{name}.pdf")


@pytest.mark.parametrize("name", NOTES)
def test_notes_and_what_they_support(name: str) -> None:
    extraction = read(name)
    found = [
        (
            note.label,
            note.text,
            [f"{a.sentence[: a.marker_offset]}|{a.sentence[a.marker_offset :]}" for a in note.anchors],
        )
        for note in extraction.footnotes
    ]
    assert found == NOTES[name]
    assert not extraction.warnings


@pytest.mark.parametrize("name", NOTES)
def test_kinds(name: str) -> None:
    keyed = {"notes-under-a-table": ("a", "b", "c"), "table-notes-run-together": ("i", "ii", "iii")}.get(name, ())
    for note in read(name).footnotes:
        usual = NoteKind.TABLE_NOTE if note.label in keyed else NoteKind.FOOTNOTE
        assert note.kind is KINDS.get(name, usual)


def test_addresses() -> None:
    urls = {name: [url for note in read(name).footnotes for url in note.urls] for name in NOTES}
    assert {name: found for name, found in urls.items() if found} == {
        "one-link-over-two-rectangles": ["https://example.org/bills/painter"],
        "note-over-three-pages": ["https://example.org/copies/clerk"],
        "notes-under-a-table": ["https://example.org/tolls/1731"],
        "table-notes-run-together": ["https://example.org/ferry"],
        "source-lines": ["https://example.org/tolls"],
        "rotated-page": ["https://example.org/ferry"],
        "zero-width-spaces": ["https://example.org/books/ferry-book"],
        "ligatures": ["https://example.org/office/files"],
        "right-to-left": ["https://example.org/gate"],
        "numbered-bibliography": [f"https://example.org/works/{n}" for n in range(1, 7)],
    }


def test_the_authors_own_analysis_is_known_as_such() -> None:
    assert [is_own_analysis(note.text) for note in read("source-lines").footnotes] == [False, False, True, True]


def test_boxes_of_text_from_right_to_left_lie_on_the_page() -> None:
    one, _ = read("right-to-left").footnotes
    (box,) = one.boxes
    assert 300 < box.x0 < box.x1 < 368
    (marker,) = one.anchors[0].boxes
    assert 260 < marker.x0 < marker.x1 < 275
