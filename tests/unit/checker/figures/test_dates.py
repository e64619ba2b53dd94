import pytest

from verifier.checker.figures.dates import date_parts
from verifier.checker.figures.scanner import scan

DATES = [
    ("on 30 October 2023", "30 October 2023", (2023, 10, 30)),
    ("on Oct. 30, 2023.", "Oct. 30, 2023", (2023, 10, 30)),
    ("the 30th of October 2023", "30th of October 2023", (2023, 10, 30)),
    ("in May 2010 it", "May 2010", (2010, 5, 0)),
    ("until June 15.", "June 15", (0, 6, 15)),
    ("dated 2021-03-04", "2021-03-04", (2021, 3, 4)),
    ("on 15/06/2019", "15/06/2019", (2019, 6, 15)),
    ("in 1975, when", "1975", (1975, 0, 0)),
    ("(1805)", "1805", (1805, 0, 0)),
    ("since the 1990s", "1990s", (1990, 0, 0)),
    ("in the 19th century", "19th century", (1800, 0, 0)),
    ("the nineteenth century", "nineteenth century", (1800, 0, 0)),
    ("US HockeyMay 1 2019 / Roster", "May 1 2019", (2019, 5, 1)),
    ("around 500 BCE.", "500 BCE", (-500, 0, 0)),
]


@pytest.mark.parametrize(("text", "written", "parts"), DATES)
def test_dates(text: str, written: str, parts: tuple[int, int, int]) -> None:
    (figure,) = scan(text)
    assert (figure.text, figure.dimension, date_parts(figure)) == (written, "date", parts)


def test_a_range_of_days_is_one_date() -> None:
    (figure,) = scan("on March 6–7, 2018")
    assert (int(figure.low), int(figure.high)) == (20180306, 20180307)


@pytest.mark.parametrize("text", ["in the 2017-18 season", "in 2017/18"])
def test_a_season_is_two_years(text: str) -> None:
    assert [int(figure.value) for figure in scan(text)] == [2017, 2018]


@pytest.mark.parametrize(
    ("text", "dimension"),
    [
        ("2500 pages were printed", "count"),
        ("1,975 people", "count"),
        ("May 15 people come?", "date"),
        ("1250 infections", "count"),
        ("They may 15 times try", "count"),
    ],
)
def test_numbers_that_are_like_years_or_dates(text: str, dimension: str) -> None:
    assert scan(text)[0].dimension == dimension


def test_a_slashed_date_that_reads_both_ways_keeps_both() -> None:
    (figure,) = scan("on 03/04/2019")
    assert {int(figure.low), int(figure.high)} == {20190304, 20190403}
