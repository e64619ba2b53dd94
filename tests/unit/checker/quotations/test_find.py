import pytest

from verifier.checker.quotations.find import find_quotations, find_quotations_in_note

LONG = "the board may close the bridge for repairs on any Sunday"


@pytest.mark.parametrize(
    ("text", "quotations"),
    [
        (f"He wrote that “{LONG}” and left.", [LONG]),
        (f'He wrote "{LONG}."', [LONG + "."]),
        (f'("{LONG}")', [LONG]),
        (f"Er schrieb: „{LONG}“.", [LONG]),
        (f"Il écrit : «{LONG}».", [LONG]),
        (f"“{LONG},” he said, “and {LONG}.”", [LONG + ",", f"and {LONG}."]),
        ("A “bridge of sighs” is no quotation.", []),
        ("Nothing is quoted here at all.", []),
        ('It is "so." The board said that it would come back to the matter "soon" and did.', []),
        ("See “How the County of Aldern Pays for Its Many Old Bridges” for more.", []),
        ("In “Harbour Board v. Council of the County of Aldern and others” it held so.", []),
        ('A beam of 12" and a plank of 14" are not the same, as every carpenter of the county knows', []),
    ],
)
def test_quotations_have_marks_that_belong_together_and_eight_words(text: str, quotations: list[str]) -> None:
    assert [quoted.words for quoted in find_quotations(text)] == quotations
    assert all(text[quoted.start :].startswith(quoted.words) for quoted in find_quotations(text))


@pytest.mark.parametrize(
    ("text", "count"),
    [
        (f"Harbour Board v. Smith, 12 R. 3 (2001) (“{LONG}”).", 1),
        (f"Report, p. 3 (noting that “{LONG}”).", 1),
        (f"The report states: “{LONG}”, http://a.example/.", 1),
        (f"A. Author, “{LONG}”, http://a.example/.", 0),
        (f"“{LONG},” Aldern Gazette, 2 May 2020.", 0),
    ],
)
def test_in_a_note_most_marks_are_about_titles(text: str, count: int) -> None:
    assert len(find_quotations_in_note(text)) == count
