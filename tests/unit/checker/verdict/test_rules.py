import pytest

from verifier.checker.verdict.compare import accuses, compare
from verifier.model import Verdict

REPORT = "Ferry report. Ticket sales of the ferry fell by 17 percent last year, the report says."


def test_the_opposite_verb_is_a_disagreement_to_check_and_no_accusation() -> None:
    answer = compare("Ticket sales of the ferry rose by 17 percent last year.", REPORT)
    assert answer.verdict is Verdict.CONTRADICTED
    assert not accuses(answer)
    assert answer.figures[0].reason == 'the source gives 17 percent with "fell" where the claim says "rose"'


@pytest.mark.parametrize(
    "claim",
    ["Ticket sales of the ferry fell by 17 percent last year.", "Ticket sales of the ferry declined by 17 percent."],
)
def test_the_same_direction_is_support(claim: str) -> None:
    assert compare(claim, REPORT).verdict is Verdict.SUPPORTED


def test_a_passage_with_the_claims_verb_clears_the_direction() -> None:
    both = REPORT + " Ticket sales of the ferry rose by 17 percent in spring."
    assert compare("Ticket sales of the ferry rose by 17 percent.", both).verdict is Verdict.SUPPORTED


def test_a_denied_date_is_not_contradicted_by_the_date_it_happened() -> None:
    source = "The lighthouse at Orme was built in 1862."
    assert compare("The lighthouse at Orme was not built in 1850.", source).verdict is Verdict.NOT_FOUND
    assert compare("The lighthouse at Orme was built in 1850.", source).verdict is Verdict.CONTRADICTED


@pytest.mark.parametrize(
    ("claim", "verdict"),
    [
        ("The price of a ferry ticket rose by 8 euros last year.", Verdict.NOT_FOUND),
        ("The price of a ferry ticket was 13 euros last year.", Verdict.CONTRADICTED),
    ],
)
def test_a_change_is_not_contradicted_by_a_level(claim: str, verdict: Verdict) -> None:
    assert compare(claim, "The price of a ferry ticket was 31 euros last year.").verdict is verdict
