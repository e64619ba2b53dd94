import pytest

from verifier.model import Signal
from verifier.parser.citations.signals import find_signal, governing_signal, without_signal


@pytest.mark.parametrize(
    ("text", "signal"),
    [
        ("See A.", Signal.SEE),
        ("see also A.", Signal.SEE_ALSO),
        ("See generally A.", Signal.SEE_GENERALLY),
        ("See, e.g., A.", Signal.E_G),
        ("See for example A.", Signal.E_G),
        ("see eg A.", Signal.E_G),
        ("But see A.", Signal.BUT_SEE),
        ("But see, e.g., A.", Signal.BUT_SEE),
        ("but cf. A.", Signal.CF),
        ("Cf. A.", Signal.CF),
        ("cf A.", Signal.CF),
        ("Contra A.", Signal.CONTRA),
        ("Pace Reed, the tides turn.", Signal.CONTRA),
        ("Pace of change.", None),
        ("Compare A with B.", Signal.COMPARE),
        ("Accord A.", Signal.ACCORD),
        ("Accordingly, A.", None),
        ("and see A.", Signal.SEE),
        ("(see A)", Signal.SEE),
        ("Siehe auch A.", Signal.SEE_ALSO),
        ("Vgl. A.", Signal.CF),
        ("Seeing is believing.", None),
        ("A. See B.", None),
    ],
)
def test_find_signal(text: str, signal: Signal | None) -> None:
    assert find_signal(text) is signal


@pytest.mark.parametrize(
    ("text", "signal"),
    [
        ("A. See B.", Signal.SEE),
        ("The rate was 5%. But see B.", Signal.BUT_SEE),
        ("On tides, see B.", Signal.SEE),
        ("For a summary see B.", Signal.SEE),
        ("For a contrary reading see B.", Signal.BUT_SEE),
        ("Reed says so, cf. B.", Signal.CF),
        ("For a different estimate, see B.", Signal.BUT_SEE),
        ("For criticism of the tables, see B.", Signal.BUT_SEE),
        ("A Trafalgar affair: Contra B.", None),
        ("A, for example, B.", None),
        ("Nobody will ever see it.", None),
    ],
)
def test_governing_signal(text: str, signal: Signal | None) -> None:
    assert governing_signal(text) is signal


@pytest.mark.parametrize(
    ("text", "rest"),
    [
        ("See, e.g., A.", "A."),
        ("But see, e.g., “A.”", "“A.”"),
        ("For more on tides, see A.", "A."),
        ("“A.”", "“A.”"),
        ("See", ""),
    ],
)
def test_without_signal(text: str, rest: str) -> None:
    assert without_signal(text).strip() == rest
