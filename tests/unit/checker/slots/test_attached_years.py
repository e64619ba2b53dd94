# ruff: noqa: E501 - a case a line reads as a table
"""Figures that a sentence gives for several years: each is of the year that is attached to it."""

import pytest

from verifier.checker import compare, figure_code, read_source
from verifier.checker.slots.attached_years import AttachedYear, attached_year
from verifier.model import FindingCode, Verdict


@pytest.mark.parametrize(
    ("text", "number", "year"),
    [
        ("Membership rose from 31% in 1998 to 47% in 2011.", 0, "1998"),
        ("Membership rose from 31% in 1998 to 47% in 2011.", 2, "2011"),
        ("Takings were 812 million (2019: 790 million).", 2, "2019"),
        ("Takings were 812 million (2018/19: 790 million).", 3, "2018/19"),
        ("A fee of 14 euros (2004) was asked.", 0, "2004"),
        ("They sold 212 boats at the end of 2007.", 0, "2007"),
        ("They sold 212 boats in June 2007.", 0, "2007"),
        ("They sold 212 boats and in 2007 none.", 0, None),
        ("They sold 212 boats.", 0, None),
        ("Sales were 31 million in Q2 2007.", 0, "2007"),
        ("Sales were 31 million in the second quarter of 2007.", 0, "2007"),
        ("It took 81 boats, 12 per cent less than in 2018/19 (92).", 4, "2018/19"),
    ],
)
def test_the_year_of_a_figure(text: str, number: int, year: str | None):
    found = attached_year(read_source(text), number)
    assert (str(found) if found is not None else None) == year


def test_a_business_year_may_be_the_year_that_it_ends_in():
    season = AttachedYear(2018, 2019)
    assert not season.is_other_than(AttachedYear(2019, 2019))
    assert season.is_other_than(AttachedYear(2017, 2018))
    assert str(AttachedYear(1999, 2000)) == "1999/00"


SOURCES = {
    "from to": "The number of allotments in the town rose from 210 in 1985 to 340 in 2005. Rents were left as they were.",
    "list": "The quarry yielded 81,200 tonnes in 1961, compared with 74,900 tonnes in 1955 and 66,300 tonnes in 1950.",
    "brackets": "The cooperative took EUR 91.4 million (2014: EUR 88.2 million) and paid 412 people (2014: 398).",
    "quarters": "Bookings were €2.6 billion in Q3 1999, compared with €1.9 billion in Q3 1998. The yard is full.",
    "up from": "The ferry now carries 63% of all visitors, up from 48% in 1994. Its crew is 31 strong.",
    "business": "In the year to 31 March 2009 the line took £4.18m (2007/08: £3.97m). Staff numbered 96.",
}


@pytest.mark.parametrize(
    ("source", "claim", "verdict"),
    [
        ("from to", "In 2005 there were 340 allotments in the town.", Verdict.SUPPORTED),
        ("from to", "In 1985 there were 340 allotments in the town.", Verdict.CONTRADICTED),
        ("from to", "The town had 210 allotments in 2005.", Verdict.CONTRADICTED),
        ("from to", "The town had 210 allotments in 1985.", Verdict.SUPPORTED),
        ("list", "The quarry yielded 74,900 tonnes in 1955.", Verdict.SUPPORTED),
        ("brackets", "The cooperative took 88.2 million euros in 2014.", Verdict.SUPPORTED),
        ("brackets", "The cooperative took EUR 91.4 million in 2014.", Verdict.CONTRADICTED),
        ("quarters", "Bookings were €1.9 billion in Q3 1998.", Verdict.SUPPORTED),
        ("quarters", "Bookings were €2.6 billion in the third quarter of 1998.", Verdict.CONTRADICTED),
        ("up from", "The ferry carried 63% of all visitors in 1994.", Verdict.CONTRADICTED),
        ("up from", "The ferry now carries 63% of all visitors.", Verdict.SUPPORTED),
        ("business", "In 2007/08 the line took £3.97m.", Verdict.SUPPORTED),
        ("business", "In 2007/08 the line took £4.18m.", Verdict.CONTRADICTED),
    ],
)
def test_a_figure_of_another_year_of_the_sentence_does_not_support(source: str, claim: str, verdict: Verdict):
    assert compare(claim, SOURCES[source]).verdict is verdict


def test_the_finding_names_the_year_that_the_figure_is_of():
    answer = compare("In 1985 there were 340 allotments in the town.", SOURCES["from to"])
    assert figure_code(answer) is FindingCode.FIGURE_CHECK
    assert "2005" in next(one.reason for one in answer.figures if one.figure.text == "340")


def test_a_figure_far_off_in_a_list_of_years_supports_nothing():
    assert compare("The quarry yielded 66,300 tonnes in 1955.", SOURCES["list"]).verdict is not Verdict.SUPPORTED
