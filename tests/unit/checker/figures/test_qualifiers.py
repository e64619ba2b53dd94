import pytest

from verifier.checker.figures.scanner import scan
from verifier.model import Qualifier


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a fine of more than $500", Qualifier.OVER),
        ("a fine of not more than $500", Qualifier.AT_MOST),
        ("a fine not exceeding $500", Qualifier.AT_MOST),
        ("it does not exceed $500", Qualifier.EXACT),
        ("nor more than $500", Qualifier.AT_MOST),
        ("No person shall be fined more than $500.", Qualifier.AT_MOST),
        ("No state may impose a tax of more than $500.", Qualifier.AT_MOST),
        ("A copy may not cost more than $500.", Qualifier.AT_MOST),
        ("The fine shall never be less than $500.", Qualifier.AT_LEAST),
        ("The agency did not refund over $500.", Qualifier.OVER),
        ("It was not cheap, and may have cost more than $500.", Qualifier.OVER),
        ("He had no doubt: it would cost more than $500.", Qualifier.OVER),
    ],
)
def test_a_denied_bound_is_the_opposite_bound(text: str, expected: Qualifier) -> None:
    (figure,) = scan(text)
    assert figure.qualifier is expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("the federal minimum of $8 or less", Qualifier.AT_MOST),
        ("a maximum of $8 or more", Qualifier.AT_LEAST),
        ("a minimum of $8", Qualifier.AT_LEAST),
        ("about $8 or more", Qualifier.ABOUT),
        ("$8 or more", Qualifier.AT_LEAST),
    ],
)
def test_of_opposite_bounds_the_one_after_the_figure_holds(text: str, expected: Qualifier) -> None:
    (figure,) = scan(text)
    assert figure.qualifier is expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a vaccine more than '90% effective' in a trial", Qualifier.OVER),
        ("a vaccine less than “90% effective” in a trial", Qualifier.UNDER),
        ("a pass rate of at least a “$90” fee", Qualifier.AT_LEAST),
        ("a rate of about „90 %“ in a trial", Qualifier.ABOUT),
        ("the paper said “more than 90%” of it", Qualifier.OVER),
        ('he said: "90% of it is over"', Qualifier.EXACT),
        ('when that is over, "90% of it" is left', Qualifier.EXACT),
    ],
)
def test_a_quotation_may_begin_between_the_bound_and_its_figure(text: str, expected: Qualifier) -> None:
    (figure,) = scan(text)
    assert figure.qualifier is expected
