import pytest

from verifier.checker.quotations.alterations import Alteration, alteration, alteration_of
from verifier.checker.quotations.lookup import Difference

NONE, DOUBTFUL, PLAIN = Alteration


@pytest.mark.parametrize(
    ("quoted", "source", "weight"),
    [
        ("shall", "may", PLAIN),
        ("thirty", "ninety", PLAIN),
        ("51", "15", PLAIN),
        ("2019", "2020", PLAIN),
        ("bridge", "harbour", PLAIN),
        ("not", "", PLAIN),
        ("", "not", PLAIN),
        ("", "only", PLAIN),
        ("", "and comment", PLAIN),
        ("fifteen", "15", NONE),
        ("1,200", "1200", NONE),
        ("the", "", NONE),
        ("", "of the", NONE),
        ("in", "of", NONE),
        ("report", "report12", NONE),
        ("", "17", NONE),
        ("agencys", "agency's", NONE),
        ("judgement", "judgment", NONE),
        ("programme", "program", NONE),
        ("lovely", "", DOUBTFUL),
        ("", "the lanes that were opened in the year before", DOUBTFUL),
        ("a great and lasting good", "what the county had hoped for", DOUBTFUL),
        ("twelve", "dozen or so", PLAIN),
        ("1", "il", DOUBTFUL),
    ],
)
def test_differences_are_weighed(quoted: str, source: str, weight: Alteration) -> None:
    assert alteration_of(Difference(quoted, source)) is weight


def test_what_stands_where_a_page_ends_is_its_furniture() -> None:
    assert alteration_of(Difference("", "12 Annual report of the office", page_turn=True)) is NONE
    assert alteration_of(Difference("", "12 Annual report of the office")) is DOUBTFUL
    assert alteration_of(Difference("shall", "may", page_turn=True)) is PLAIN


@pytest.mark.parametrize(
    ("differences", "words", "weight"),
    [
        ([], 20, NONE),
        ([Difference("the", "")], 20, NONE),
        ([Difference("the", ""), Difference("shall", "may")], 20, PLAIN),
        ([Difference("lovely", ""), Difference("shall", "may")], 20, PLAIN),
        ([Difference(word, "harbour") for word in ("bridge", "school", "garden", "museum")], 60, DOUBTFUL),
        ([Difference("old stone bridge", "new steel harbour"), Difference("may", "shall")], 20, DOUBTFUL),
    ],
)
def test_many_differences_are_nobodys_slip(differences: list[Difference], words: int, weight: Alteration) -> None:
    assert alteration(differences, words) is weight
