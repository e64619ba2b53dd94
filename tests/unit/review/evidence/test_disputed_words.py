import pytest

from verifier.checker.align.index import read_source
from verifier.checker.checks.base import CitedText, Claim
from verifier.checker.checks.messages import altered_quotation_message, quoted_differences
from verifier.checker.quotations.alterations import real_differences
from verifier.checker.quotations.lookup import look_up
from verifier.review.evidence.disputed_words import disputed_words

MISSING = 'The text at note 4 quotes "{}", which is not in the cited source.'
SCHOOL = "the school shall open at eight and the gate shall close at nine on every day of term"

ALTERED = [
    # what the document quotes, what the source has, words marked here, words marked there
    ("no driver should be turned away for want of means", "no driver should be turned back for want of means", ["away"],
     ["back"]),
    (SCHOOL, SCHOOL.replace("gate shall", "gate may"), ["shall"], ["may"]),
    (SCHOOL, SCHOOL.replace("school shall", "school may"), ["shall"], ["may"]),
    (SCHOOL, SCHOOL.replace("every day", "every second day"), [], ["second"]),
    (SCHOOL.replace("every day", "every second day"), SCHOOL, ["second"], []),
    (
        SCHOOL,
        SCHOOL.replace("school shall open", "school must open").replace("at nine", "at ten"),
        ["shall", "nine"],
        ["must", "ten"],
    ),
    ("die Brücken der Grafschaft dürfen niemals im Winter gesperrt werden",
     "die Brücken der Grafschaft dürfen nicht im Winter gesperrt werden", ["niemals"], ["nicht"]),
    ("les ponts ne seront jamais fermés pendant l’hiver qui vient",
     "les ponts ne seront pas fermés pendant l'hiver qui vient", ["jamais"], ["pas"]),
]  # fmt: skip


@pytest.mark.parametrize(("quoted", "source", "here", "there"), ALTERED)
@pytest.mark.parametrize("sentence", ["“{}”", "The shall of the council is “{}”, and nobody shall say otherwise."])
def test_the_words_that_differ_are_found_on_both_sides(sentence, quoted, source, here, there):
    message = message_about(quoted, source)
    said = sentence.format(quoted)
    found = disputed_words(message, said, source)
    assert [said[start:end] for start, end in found.here] == here
    assert [source[start:end] for start, end in found.there] == there
    assert all(said.index(quoted) <= start for start, _ in found.here)


def message_about(quoted: str, source: str) -> str:
    """The message of a check, as it is written for an altered quotation."""
    cited = CitedText("url:http://a.test/", "http://a.test/", read_source(source), "A (tolled) work")
    claim = Claim("paper.pdf", "fn-4", "4", 1, quoted, quoted)
    differences = real_differences(look_up(quoted, source).differences)
    assert differences
    return altered_quotation_message(claim, differences, cited, None)


@pytest.mark.parametrize(
    ("sentence", "message", "here"),
    [
        ("They say “the lanes that were opened in May”.", MISSING.format("the lanes that were opened in May"),
         ["the lanes that were opened in May"]),
        ("They say “the lanes that were opened in May last”.", MISSING.format("the lanes that were ..."),
         ["the lanes that were"]),
        ("Twice: it was so, and it was so.", MISSING.format("it was so"), []),
        ("Fares rose 12 percent.", "The text at note 9 says 12 percent, which the cited source does not give.",
         ["12 percent"]),
        ("Fares rose 12 percent.", "The link has moved.", []),
        ("away and away", 'The text at note 1 quotes "away" where the source has "back" (Work).', []),
    ],
)  # fmt: skip
def test_what_is_not_certain_is_not_marked(sentence, message, here):
    found = disputed_words(message, sentence, "they went back")
    assert [sentence[start:end] for start, end in found.here] == here
    assert not found.there


def test_a_long_text_is_not_searched():
    said = "word " * 3000
    assert disputed_words('The text at note 1 quotes "word" where the source has "ward" (W).', said, said).here == ()


def test_a_message_without_a_quotation_names_no_difference():
    assert quoted_differences("The link has moved.") == ()
