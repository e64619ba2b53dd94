"""Sentences that contradict themselves or each other, and those that only look so."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.unit.checker.consistency.sheets import table
from verifier.checker.consistency import inconsistencies
from verifier.model import Box, Contents, PlacedText


def found(*paragraphs, tables=(), lines=()):
    contents = Contents(PlacedText("\n".join(paragraphs)), (), tuple(tables), tuple(lines))
    return [(one.kind.value, one.stated) for one in inconsistencies(contents)]


@pytest.mark.parametrize(
    ("text", "kind", "stated"),
    [
        ("In the survey, 45 of 120 farms (52%) had a plan.", "percentage", "52%"),
        ("Of the 1,200 farms that answered, 300, or 35 percent, had a plan.", "percentage", "35%"),
        ("Some 61% of farms (45 of 120) had a plan.", "percentage", "61%"),
        ("Loans rose from 1,200 to 1,500, an increase of 35 percent.", "change", "35%"),
        ("Loans fell by 12%, from 1,000 to 800.", "change", "12%"),
        ("Loans rose from 1,500 in 2019 to 1,200 in 2020.", "change", "rose"),
        ("Spending fell by 3.4 percent, from $129.5 million to $105.1 million.", "change", "3.4%"),
        ("Of the 120 villages in the county, 135 are older than a century.", "part_exceeds_whole", "135"),
        ("We wrote to 60 boards; 75 of the 60 answered.", "part_exceeds_whole", "75"),
        ("The board met on Monday, 4 March 2020.", "date", "Monday, 4 March 2020"),
        ("It was open until 31 June 2021.", "date", "31 June 2021"),
        ("The programme ran from 2019 to 2015.", "date", "from 2019 to 2015"),
    ],
)
def test_a_sentence_that_contradicts_itself(text, kind, stated):
    assert found(text) == [(kind, stated)]


@pytest.mark.parametrize(
    "text",
    [
        "In the survey, 45 of 120 farms (38%) had a plan.",
        "About 45 of 120 farms (40%) had a plan.",
        "In 2019, 45 of 120 farms had a plan; 52% had insurance.",
        "The share rose from 24% to 30%, an increase of 6 percentage points.",
        "Spending rose from $4,000 to $5,200, an increase of 11 percent in real terms.",
        "Members grew from 1,000 to 1,464 over four years, by 10 percent a year.",
        "Loans rose from 1,200 to 1,500, an increase of 35 percent on the 1,111 of 2010.",
        "Loans rose from 1.2 to 1.5 million, by 25 percent.",
        "Spending fell by 3.4 percent, from $129.5 million to $125.1 million.",
        "Staff rose by nearly 30 percent, from 400 to 512.",
        "Of the 120 villages, 35 are old; 135 towns are older.",
        "The board met on Wednesday, 4 March 2020.",
        "Emissions fell from 2019 to 2010 levels.",
        "They lent 1,200 maps from 2015 to 2019.",
        "On 29 February 2020 it rained.",
        "You may see docket No. FAA-2020-0686 here.",
    ],
)
def test_a_sentence_that_does_not(text):
    assert found(text) == []


@pytest.mark.parametrize(
    ("one", "two", "count"),
    [
        ("Spending on schools was $45,120 in 2023.", "In 2023, spending on schools was $45,210.", 1),
        ("Spending on schools was $45,120 in 2023.", "In 2022, spending on schools was $45,210.", 0),
        ("Spending on schools was $45,120 in 2023.", "In 2023, spending on clinics was $45,210.", 0),
        ("Spending on schools was $45,120 in 2023.", "In 2023, spending on schools was about $45,200.", 0),
        ("Spending on schools was $45,120 in 2023.", "In 2023, spending on schools was $45,000.", 0),
        ("Spending on schools was $45,120 in 2023.", "In 2023, the revised spending on schools was $45,210.", 0),
        ("Spending on schools was $45,120 in 2023.", "In 2023, spending on schools was $91,210.", 0),
        (
            "Spending on schools was $45,120 in 2023.",
            "In 2023, spending on schools was $45,210; the board had planned less.",
            1,
        ),
        (
            "Spending on schools was $45,120 in 2023.",
            "In 2023, planned spending on schools was $45,210; it was cut.",
            0,
        ),
        ("Spending on schools reached $45,120 in 2023.", "In 2023, spending on schools stood at $45,210.", 1),
        ("Rural school libraries lent 45,120 maps.", "Rural school libraries lent 45,210 maps.", 1),
        ("Rural school libraries lent 45,120 maps.", "Rural school libraries lent 46,900 maps.", 0),
        ("Rural school libraries lent 45,120 maps.", "In 2019 rural school libraries lent 45,210 maps.", 0),
        ("Libraries lent 45,120 maps.", "Libraries lent 45,210 maps.", 0),
    ],
)
def test_the_same_given_twice(one, two, count):
    assert len(found(one, "Nothing is said here.", two)) == count


VISITS = table("Ashby | 4,120 | 4,310 \n Corran | 5,230 | 5,480 \n Total | 9,350 | 9,790", "2019", "2020")


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("As Table 1 shows, Ashby had 4,130 visits in 2020.", 1),
        ("As Table 1 shows, Ashby had 4,310 visits in 2020.", 0),
        ("As Table 1 shows, Ashby had about 4,400 visits in 2020.", 0),
        ("As Table 1 shows, Ashby had 4,300 visits in 2020.", 0),
        ("Ashby had 4,130 maps in 2020.", 0),
        ("As Table 1 shows, Ashby had 4,130 visits in 2018.", 0),
        ("As Table 1 shows, there were 9,970 visits in total in 2020.", 1),
    ],
)
def test_a_cell_given_again_in_the_text(text, count):
    assert len([one for one in found(text, tables=[VISITS]) if one[0] == "restated"]) == count


@pytest.mark.parametrize(
    ("paragraphs", "count"),
    [
        (["We recommend four steps:", "1. Publish.", "2. Write.", "3. Wait.", "That is all."], 1),
        (["We recommend three steps:", "1. Publish.", "2. Write.", "3. Wait.", "That is all."], 0),
        (["There are three proposals.", "• Publish.", "• Write.", "That is all."], 1),
        (["We asked four experts.", "• Publish.", "• Write.", "That is all."], 0),
        (["Two of the four steps are new:", "1. Publish.", "2. Write.", "3. Wait.", "End."], 0),
        (["We recommend four steps, including:", "1. Publish.", "2. Write.", "3. Wait.", "End."], 0),
        (["We recommend four steps:", "1. Publish.", "2. Write.", "They cost nothing.", "3. Wait.", "4. See."], 0),
    ],
)
def test_a_count_and_its_list(paragraphs, count):
    assert len(found(*paragraphs)) == count


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("The detail is in Table 7.", 1),
        ("The detail is in Table 2.", 0),
        ("Table 14 of the auditor's report has it.", 0),
        ("The census (its Table 21) counts fewer.", 0),
        ("See Table 12 in Quist (2019).", 0),
        ("See Figure 7.", 0),
    ],
)
def test_a_reference_beyond_the_last_table(text, count):
    lines = ["Table 1: Visits", "Table 2: Loans", "Table 14 of the auditor's report has it."]
    assert len(found(text, lines=lines)) == count


def test_a_gap_in_the_captions_may_be_one_that_was_not_read():
    assert not found("The detail is in Table 7.", lines=["Table 1: Visits", "Table 3: Loans"])


def test_what_was_read_by_ocr_is_left_out():
    text = PlacedText("It was open until 31 June 2021.", lambda start, end: (Box(4, 0.0, 0.0, 1.0, 1.0),))
    assert inconsistencies(Contents(text))
    assert not inconsistencies(Contents(text, unreadable=frozenset({4})))


@given(st.text(alphabet="0123456789,.%$() ofromtabcTable-–/:;\n", max_size=300))
def test_no_text_makes_it_fail(text):
    inconsistencies(Contents(PlacedText(text), line_starts=tuple(text.split("\n"))))


HEADINGS = ["1. Introduction", "2. Data", "2.1 Sources", "2.2 Methods", "3. Results", "4. What follows"]
ANNEXES = [
    "Annex A: Sources",
    "Annex B: Methods",
    "Chapter 1",
    "Chapter 2 What follows",
    "Appendix 1. Letters",
    "Box 1: Terms",
]


@pytest.mark.parametrize(
    ("text", "stated"),
    [
        ("The detail is in Annex D.", "Annex D"),
        ("The detail is in Annex B.", None),
        ("The detail is in Annex D of the directive.", None),
        ("Annex D to Regulation 4 lists them.", None),
        ("The letters are in Appendix 4.", "Appendix 4"),
        ("The letters are in Appendix C.", None),  # of another numbering
        ("As Chapter 5 shows, tolls are old.", "Chapter 5"),
        ("Chapter 5 of the code deals with tolls.", None),
        ("Chapter 11 filings under the bankruptcy code rose.", None),
        ("Box 4 gives the terms.", "Box 4"),
        ("See Section 7 for the detail.", "Section 7"),
        ("This is discussed in section 2.4 below.", "Section 2.4"),
        ("See Section 3 for the detail.", None),
        ("See section 2.2 for the detail.", None),
        ("Section 7 concludes.", "Section 7"),
        ("Section 7 was not changed.", None),
        ("See Section 5 of the FTC Act.", None),
        ("The agency has authority under Section 5.", None),
        ("See Section 12(b) above.", None),
        ("As described in section 3.2, tolls are old.", None),  # no section 3 has parts
    ],
)
def test_a_reference_to_a_part_of_the_document(text, stated):
    assert found(text, lines=[*HEADINGS, *ANNEXES]) == ([] if stated is None else [("cross_reference", stated)])


def test_sections_with_a_gap_or_few_of_them_are_not_counted():
    assert not found("See Section 7 for the detail.", lines=["1. Introduction", "2. Data", "4. What follows"])
    assert not found("See Section 7 for the detail.", lines=["1. Introduction", "2. Data"])
