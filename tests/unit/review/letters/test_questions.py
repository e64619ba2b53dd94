"""What an author is asked about one finding."""

from dataclasses import replace

import pytest

from tests.unit.review.test_drafting import COPY, URL, shown
from verifier.model import Citation, FindingCode
from verifier.review.letters.questions import ASKED, question_about


@pytest.mark.parametrize(
    ("code", "copy", "asks"),
    [
        (FindingCode.LINK_BROKEN, COPY, "Is that what you cited?"),
        (FindingCode.LINK_BROKEN, None, "Do you know where the source is now"),
        (FindingCode.LINK_MOVED, None, "May we print the new address?"),
        (FindingCode.FIGURE_DISAGREES, None, "Which is right"),
    ],
)
def test_a_question_says_where_what_and_asks(code, copy, asks):
    question = question_about(shown(code, Citation("Survey.", urls=(URL,)), quote="It has 142."), copy)
    assert question.startswith("Note 9, page 3.")
    assert "“The county counted 412 bridges.”" in question
    assert "as we read it on 5 January 2026, says:\n“It has 142.”" in question
    assert asks in question


def test_every_kind_of_finding_has_its_question():
    assert set(ASKED) == set(FindingCode)


def test_a_note_that_is_itself_the_sentence_is_quoted_once():
    given = shown(FindingCode.SOURCE_NOT_GIVEN, Citation("It was 5 million."))
    given = replace(given, finding=replace(given.finding, sentence="It was 5 million.", url=None))
    assert question_about(given) == (
        "Note 9, page 3.\n\nThe note says:\nIt was 5 million.\n\nWhat is wrong.\n\n"
        "What is it from, and what may be cited for it?"
    )


def test_what_the_message_quotes_is_not_quoted_again():
    given = shown(FindingCode.FIGURE_DISAGREES, Citation("Survey."), quote="It has 142.")
    given = replace(given, finding=replace(given.finding, message="It says 412; the source says “It has 142”."))
    question = question_about(given)
    assert question.count("It has 142") == 1
    assert "We read it on 5 January 2026." in question


def test_an_address_that_the_note_prints_is_not_said_again():
    question = question_about(shown(FindingCode.LINK_BROKEN, Citation(f"Survey, {URL}.", urls=(URL,))))
    assert question.count(URL) == 1
    assert f"The address is {URL}" in question_about(shown(FindingCode.LINK_BROKEN, Citation("Survey.", urls=(URL,))))
