import pytest
from hypothesis import given
from hypothesis import strategies as st

from verifier.parser.anchors.sentences import sentence_at


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("One. Two| goes on. Three.", "Two goes on."),
        ("One. Two.| Three.", "Two."),
        ("One. “Two.”| Three.", "“Two.”"),
        ("Dr. J. A. Smith said no.| Then yes.", "Dr. J. A. Smith said no."),
        ("It grew, e.g. in 2020,| and fell.", "It grew, e.g. in 2020, and fell."),
        ("The U.S. Department of Energy agreed.| So.", "The U.S. Department of Energy agreed."),
        ("Brown et al. Found it| so.", "Brown et al. Found it so."),
        ("Was it foreseen?| It was not!", "Was it foreseen?"),
        ("Spent $4.3 million;| in 2020 more.", "Spent $4.3 million; in 2020 more."),
        ("It stood. Both were cited by Thos. Bright| and Wm. Hale.", "Both were cited by Thos. Bright and Wm. Hale."),
        ("A heading\nThe text| begins.", "The text begins."),
        ("A heading|\nThe text begins.", "A heading"),
        ("It rose by 3.5 percent.| 2020 was worse.", "It rose by 3.5 percent."),
        ("It ended in 2020. |The next.", "It ended in 2020."),
        ("利用者は増えた。原因は|不明である。次に、", "原因は不明である。"),
        ("2007年は1,204人であった。|続いて", "2007年は1,204人であった。"),
        ("「増えた。」|と述べた。", "「増えた。」"),
        ("|", ""),
    ],
)
def test_sentence_at(text: str, expected: str) -> None:
    at = text.index("|")
    whole = text.replace("|", "")
    start, end = sentence_at(whole, at)
    assert whole[start:end] == expected


@given(st.text(alphabet="ab .!?\nA“”12", max_size=120), st.integers(0, 120))
def test_a_sentence_lies_in_its_paragraph(text: str, offset: int) -> None:
    at = min(offset, len(text))
    start, end = sentence_at(text, at)
    assert 0 <= start <= end <= len(text)
    assert "\n" not in text[start:end]
