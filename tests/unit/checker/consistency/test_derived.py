"""Shares, changes, parts and rounding in tables."""

import pytest

from tests.unit.checker.consistency.sheets import sheet
from verifier.checker.consistency.derived import wrong_changes, wrong_shares
from verifier.checker.consistency.parts import oversized_rows
from verifier.checker.consistency.rounding import unrounded

SHARES = "A | 120 | {} \n B | 240 | 30% \n C | 360 | 45% \n D | 80 | 10% \n Total | 800 | 100%"
CHANGES = "A | 200 | 220 | {} \n B | 400 | 380 | -5.0 \n C | 500 | 560 | 12.0 \n D | 250 | 300 | 20.0"
ROUNDED = "A | 12,000 \n B | 47,000 \n C | {} \n D | 8,000 \n E | 3,000"
NOTE = "Note: figures are rounded to the nearest thousand."


@pytest.mark.parametrize(("share", "count"), [("15%", 0), ("25%", 1), ("15.4%", 1)])
def test_a_share_that_its_count_does_not_make(share, count):
    assert len(list(wrong_shares(sheet(SHARES.format(share), "Number", "Share")))) == count


def test_shares_of_another_whole_are_left_alone():
    rows = "A | 120 | 40% \n B | 240 | 11% \n C | 360 | 73% \n Total | 720 | 100%"
    assert not list(wrong_shares(sheet(rows, "Number", "Share of adults")))


@pytest.mark.parametrize(("change", "count"), [("10.0", 0), ("20.0", 1), ("10.1", 0)])
def test_a_change_that_its_years_do_not_make(change, count):
    # 200 to 220 lies between 9.5 and 10.5 per cent when both are rounded
    assert len(list(wrong_changes(sheet(CHANGES.format(change), "2021", "2022", "Change (%)")))) == count


@pytest.mark.parametrize(
    ("rows", "head", "count"),
    [
        ("A | 500 \n of which: women | 620 \n B | 300 \n of which: women | 120", "Staff", 1),
        ("A | 500 \n of which: women | 500", "Staff", 0),
        ("A | 5.1 \n of which: women | 6.2", "Unemployment", 0),
        ("A | 5 \n of which: women | 6", "Unemployment rate", 0),
        ("A | 12% \n of which: women | 16%", "Smokers", 0),
    ],
)
def test_a_part_above_its_whole(rows, head, count):
    assert len(list(oversized_rows(sheet(rows, head)))) == count


@pytest.mark.parametrize(
    ("cell", "below", "count"),
    [
        ("18,550", NOTE, 1),
        ("18,000", NOTE, 0),
        ("18,550", "Source: registers.", 0),
        ("18,550", "Rounded to nearest 50.", 0),
    ],
)
def test_a_figure_that_is_not_rounded_as_said(cell, below, count):
    found = list(unrounded(sheet(ROUNDED.format(cell), "Number", below=below)))
    assert len(found) == count
    assert all(cell in one.message for one in found)


def test_a_note_about_another_column():
    rows = "A | 12,345 \n B | 47,110 \n C | 9,000 \n D | 8,123"
    assert not list(unrounded(sheet(rows, "Number", below=NOTE)))
