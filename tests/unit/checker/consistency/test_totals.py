"""Totals that are not the sum of their parts, and the many that only look so."""

import pytest

from tests.unit.checker.consistency.sheets import sheet
from verifier.checker.consistency.table_mentions import totals_in_notes
from verifier.checker.consistency.totals import wrong_totals

FOUR = "Ashby | 1,204 \n Corran | 3,310 \n Denholm | 2,118 \n Eskdale | 4,020 \n"


def found(rows, *heads, **said):
    return [(one.stated, one.computed) for one in wrong_totals(sheet(rows, *heads, **said))]


@pytest.mark.parametrize(
    ("rows", "heads", "stated", "computed"),
    [
        pytest.param(FOUR + "Total | 10,562", ["2019"], "10,562", "10,652", id="digits exchanged"),
        pytest.param(FOUR + "All districts | 10,952", ["2019"], "10,952", "10,652", id="one digit wrong"),
        pytest.param(
            "A | 10 | 500 \n B | 20 | 600 \n C | 30 | 700 \n Total | 60 | 1,950",
            ["2019", "2020"],
            "1,950",
            "1,800",
            id="another column adds up",
        ),
        pytest.param(
            "Coast | | \n  A | 110 | 20 \n  B | 130 | 30 \n Subtotal | 250 | 50 \n Inland | | \n  C | 300 | 40"
            "\n  D | 400 | 60 \n Subtotal | 700 | 100 \n Total | 940 | 150",
            ["Staff", "Rooms"],
            "250",
            "240",
            id="a subtotal",
        ),
        pytest.param(
            "A | 100 | 200 | 300 \n B | 150 | 250 | 400 \n C | 120 | 130 | 260 \n D | 1 | 2 | 3",
            ["2019", "2020", "Total"],
            "260",
            "250",
            id="a column of totals",
        ),
        pytest.param("A | 48.1 \n B | 36.9 \n C | 25.6 \n Total | 111.6", ["Millions"], "111.6", "110.6", id="tenths"),
    ],
)
def test_a_wrong_total_is_found(rows, heads, stated, computed):
    assert found(rows, *heads) == [(stated, computed)]


@pytest.mark.parametrize(
    ("rows", "heads", "said"),
    [
        pytest.param(FOUR + "Total | 10,652", ["2019"], {}, id="right"),
        pytest.param("A | 1.2 \n B | 2.3 \n C | 4.4 \n D | 1.3 \n Total | 9.3", ["Cost"], {}, id="rounded parts"),
        pytest.param("A | 34% \n B | 33% \n C | 34% \n Total | 100%", ["Share"], {}, id="shares come to 101"),
        pytest.param("A | 900 \n B | 800 \n C | 700 \n Total | 1,020", ["Travellers"], {}, id="categories overlap"),
        pytest.param(FOUR + "Total | 10,852", ["2019"], {"below": "Pupils may be in more than one."}, id="said so"),
        pytest.param(FOUR + "Total | 10,952", ["2019"], {"caption": "Table 1: Largest districts"}, id="largest"),
        pytest.param(FOUR + "All 18 districts | 10,952", ["2019"], {}, id="four of eighteen"),
        pytest.param("A | 31.2 \n B | 48.0 \n C | 36.5 \n Total | 38.1", ["Age"], {}, id="a mean"),
        pytest.param(
            "A | 10 | 31.2 \n B | 20 | 48.0 \n C | 30 | 36.5 \n Total | 60 | 39.4", ["N", "Score"], {}, id="beside"
        ),
        pytest.param("A | 10 | 3 \n B | 20 | 4 \n C | 30 | 5 \n Total | 60 | 13", ["N", "Rate"], {}, id="a rate"),
        pytest.param(
            "Gross | 8,000 \n Costs | (1,500) \n Tax | (500) \n Total, net | 6,000",
            ["2022"],
            {},
            id="net",
        ),
        pytest.param("Gross | 8,000 \n Costs | 1,500 \n Tax | 500 \n Total | 6,000", ["2022"], {}, id="unsigned"),
        pytest.param(
            "A | 500 \n of which women | 200 \n B | 300 \n C | 100 \n Total | 900", ["Staff"], {}, id="parts of parts"
        ),
        pytest.param(FOUR + "Total | 9,448", ["2019"], {}, id="one row is a part of another"),
        pytest.param(FOUR + "Total | 10,562", ["2019"], {"whole": False}, id="goes on elsewhere"),
        pytest.param("A | 1,204 \n B | x \n C | 2,118 \n Total | 3,232", ["2019"], {}, id="unread cell"),
        pytest.param(
            "A | 83 | 10 \n B | 12 | 20 \n C | (1) | 30 \n Total | 9 | 60", ["", "2019"], {}, id="change in %"
        ),
        pytest.param("Total | 10 \n A | 4 \n B | 6", ["2019"], {}, id="the total comes first"),
        pytest.param("A | (229) \n B | (795) \n C | 120 \n Total | (904)", ["2022"], {}, id="deficits"),
    ],
)
def test_what_is_no_wrong_total(rows, heads, said):
    assert found(rows, *heads, **said) == []


@pytest.mark.parametrize(
    ("rows", "stated"),
    [
        pytest.param(
            "A | 12 | 40 | 52 \n B | 20 | 51 | 71 \n C | 9 | 31 | 40 \n All | 41 | 112 | 163", "112", id="total row"
        ),
        pytest.param(
            "A | 12 | 40 | 52 \n B | 20 | 51 | 91 \n C | 9 | 31 | 40 \n All | 41 | 122 | 163", "91", id="total column"
        ),
        pytest.param(
            "A | 12 | 40 | 52 \n B | 20 | 41 | 71 \n C | 9 | 31 | 40 \n All | 41 | 122 | 163", "122", id="inside"
        ),
    ],
)
def test_one_wrong_cell_is_one_finding(rows, stated):
    assert [one for one, _ in found(rows.replace("All", "All areas"), "0-14", "15+", "Total")] == [stated]


def test_both_places_are_given():
    (one,) = wrong_totals(sheet(FOUR + "Total | 10,562", "2019"))
    stated, parts = one.places
    assert (stated.text, len(stated.boxes), len(parts.boxes)) == ("Total: 10,562", 1, 4)
    assert parts.text == "1,204, 3,310, 2,118, 4,020"
    assert "10,562" in one.message
    assert "10,652" in one.message


@pytest.mark.parametrize(
    ("below", "count"),
    [
        ("i Our analysis of 10,453 variant visits.", 1),
        ("i Our analysis of 10,652 variant visits.", 0),
        ("i Our analysis of 12,652 variant visits; the table shows some.", 0),
        ("i Our analysis of 10,453 houses.", 0),
        ("i We saw about 10,453 visits.", 0),
    ],
)
def test_a_note_that_counts_less_than_its_column(below, count):
    assert len(list(totals_in_notes([sheet(FOUR, "Visits", below=below)]))) == count
