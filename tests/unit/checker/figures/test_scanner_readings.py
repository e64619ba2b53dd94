import pytest

from verifier.checker.figures.scanner import scan

READ = [
    ("by 2-1/4 to 2-1/2 percent", [("2.25", "%"), ("2.5", "%")]),
    ("1 1/2 years", [("1.5", "a")]),
    ("by 3/4 percentage point", [("0.75", "pp")]),
    ("half a percentage point", [("0.5", "pp")]),
    ("One and a half million people", [("1500000", "")]),
    ("A quarter of a million people", [("250000", "")]),
    ("a half million homes", [("500000", "")]),
    ("plus or minus 3 percentage points", [("3", "pp")]),
    ("minus 3 degrees Celsius", [("-3", "c")]),
    ("12, 500 people died", [("12500", "")]),
    ("aged 5, 12, 500 of them", [("5", "age"), ("12", ""), ("500", "")]),
    ("One percent of them", [("1", "%")]),
    ("at 6:34 PM", [("18.34", "clock")]),
    ("sales doubled", [("2", "x")]),
    ("rose fivefold", [("5", "x")]),
    ("the second-largest city", [("2", "ordinal")]),
    ("dozens of people", [("24", "")]),
    ("a fund returned (3.4)% then", [("-3.4", "%")]),
    ("Net income | $(412) | 1,200", [("-412", ""), ("1200", "")]),
    ("$1.2-1.4 billion", [("1200000000", "USD"), ("1400000000", "USD")]),
]


@pytest.mark.parametrize(("text", "expected"), READ)
def test_reading(text: str, expected: list[tuple[str, str]]) -> None:
    assert [(f"{figure.value.normalize():f}", figure.unit) for figure in scan(text)] == expected


NAMES = [
    "the Form 10-K lists", "the Boeing 737 MAX", "Windows 11 is new", "Resolution 1973 of the Council",
    "Executive Order 14110 requires", "Llama 2-70B is large", "since 9/11 it has", "under 15 CFR 772.1 it is",
    "the 401(k) plan", "Directive 2010/75/EU applies", "the film 12 Angry Men", "Llama 3 was trained",
]  # fmt: skip


@pytest.mark.parametrize("text", NAMES)
def test_a_name_is_no_figure(text: str) -> None:
    assert scan(text) == ()
