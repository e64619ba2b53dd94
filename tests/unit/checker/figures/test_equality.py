import pytest

from verifier.checker.figures.equality import Relation, is_other_scale, is_slip, relation
from verifier.checker.figures.scanner import scan
from verifier.model import Figure


def figure(text: str) -> Figure:
    (only,) = scan(text)
    return only


TABLE = [
    ("€0.65", "65 cent", "agrees"),
    ("$0.65", "65 cents", "agrees"),
    ("65¢", "65 cents", "agrees"),
    ("€6.50", "65 cent", "differs"),
    ("£0.65", "65p", "agrees"),
    ("8.4 pence", "8.4p", "agrees"),
    ("£0.65", "65 cents", "unit_differs"),
    ("two thirds", "66", "unrelated"),
    ("two thirds", "66 percent", "agrees"),
    ("66 percent", "66", "agrees"),
    ("a fifth", "20 of", "unrelated"),
    ("150 million", "150 million", "agrees"),
    ("150,000,000", "150 million", "agrees"),
    ("over 150 million", "152.3 million", "agrees"),
    ("over 150 million", "140 million", "differs"),
    ("over 150 million", "150 million", "agrees"),
    ("nearly 5 million", "4.8 million", "agrees"),
    ("nearly 5 million", "3.1 million", "differs"),
    ("almost 50 years", "48 years", "agrees"),
    ("at least 40", "43", "agrees"),
    ("at least 40", "28", "differs"),
    ("3 tonnes", "2.97 tonnes", "agrees"),
    ("12 percent", "12.4%", "agrees"),
    ("12 percent", "21%", "differs"),
    ("about a third of it", "31%", "agrees"),
    ("about a third of it", "52%", "differs"),
    ("up to 40%", "up to 30%", "differs"),
    ("over 110", "over 100", "differs"),
    ("up to 100,300", "as many as 100,000", "differs"),
    ("12 to 18 July 2015", "12-18 July 2015", "agrees"),
    ("6 to 18 July 2015", "12-18 July 2015", "differs"),
    ("14 July 2015", "12-18 July 2015", "agrees"),
    ("more than 20%", "less than 20%", "differs"),
    ("less than 20%", "more than 20%", "differs"),
    ("152 million", "about 150 million", "compatible"),
    ("60%", "58%", "compatible"),
    ("2,000 kg", "2 tonnes", "agrees"),
    ("18 months", "1.5 years", "agrees"),
    ("about 10 miles", "16 km", "agrees"),
    ("300 miles", "300 km", "unit_differs"),
    ("12 decades", "12 years", "unit_differs"),
    ("5 percentage points", "5%", "unit_differs"),
    ("5 percentage points", "7%", "unrelated"),
    ("€66.1 million", "$66.1 million", "unit_differs"),
    ("€66.1 million", "$70 million", "unrelated"),
    ("A$5 million", "$5 million", "agrees"),
    ("0.25 percentage points", "25 basis points", "agrees"),
    ("10^26 operations", "1026 operations", "agrees"),
    ("aged 12", "12 years", "agrees"),
    ("aged 12", "13 years", "unrelated"),
    ("3 km", "3 tonnes", "unrelated"),
    ("3 km", "3", "agrees"),
    ("3 km", "4", "unrelated"),
    ("in 1975", "August 1975", "agrees"),
    ("in 1975", "August 1976", "differs"),
    ("August 1975", "in 1975", "compatible"),
    ("15 June 2019", "June 15", "agrees"),
    ("15 June 2019", "5 June 2019", "differs"),
    ("15 June 2019", "June 2019", "compatible"),
    ("June 2019", "June 15", "compatible"),
    ("March 6-7, 2018", "7 March 2018", "agrees"),
    ("in the 1990s", "in 1994", "agrees"),
    ("in 1994", "in the 1990s", "compatible"),
    ("in the 19th century", "in 1850", "agrees"),
    ("in the 19th century", "in 1750", "differs"),
    ("15 June 2019", "12 people", "unrelated"),
    ("less than $1 million", "$180,000", "compatible"),
    ("less than $1 million", "$1.4 million", "differs"),
    ("600 km per hour", "600 kilometers per hour", "agrees"),
    ("2 Mt", "2,000,000 tonnes", "agrees"),
    ("37 °C", "98.6 °F", "agrees"),
    ("102 degrees Fahrenheit", "38.9 °C", "agrees"),
    ("102 degrees Fahrenheit", "36 °C", "unrelated"),
    ("5 °C", "5 °F", "unit_differs"),
    ("three out of five voters", "60% of voters", "agrees"),
    ("12,34,567 people", "1,234,567 people", "agrees"),
]


@pytest.mark.parametrize(("claim", "source", "expected"), TABLE)
def test_relation(claim: str, source: str, expected: str) -> None:
    assert relation(figure(claim), figure(source)) == expected


@pytest.mark.parametrize("text", [row[0] for row in TABLE])
def test_a_figure_agrees_with_itself(text: str) -> None:
    assert relation(figure(text), figure(text)) is Relation.AGREES


def test_a_cell_takes_the_claims_unit_and_the_tables_scale() -> None:
    assert relation(figure("4.7%"), figure("5.3"), in_table=True) is Relation.DIFFERS
    thousand = figure("1,000").value
    assert relation(figure("$25.6 million"), figure("25,605"), thousand, in_table=True) is Relation.AGREES


@pytest.mark.parametrize(
    ("claim", "source", "slip"),
    [("in 2081", "in 2018", True), ("15%", "51%", True), ("15%", "15%", False), ("15%", "16%", False)],
)
def test_slips_of_the_hand(claim: str, source: str, slip: bool) -> None:
    assert is_slip(figure(claim), figure(source)) is slip


@pytest.mark.parametrize(
    ("claim", "source", "same_digits"),
    [
        ("52.4 million", "52.4 billion", True),
        ("120", "12,000", True),
        ("52.4 million", "52.4 million", False),
        ("4", "40", False),
    ],
)
def test_the_same_digits_in_another_scale(claim: str, source: str, same_digits: bool) -> None:
    assert is_other_scale(figure(claim), figure(source)) is same_digits
