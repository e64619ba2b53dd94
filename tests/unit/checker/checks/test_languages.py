"""Figures whose source is in a language that the checker does not know: counted, said, and never a finding."""

import pytest

from verifier.checker import CitedClaim, Claim, FigureCheck, claim_not_checked, reads
from verifier.model import Coverage, Verdict


@pytest.mark.parametrize(("language", "known"), [("en", True), (None, True), ("de", False), ("und-Cyrl", False)])
def test_english_is_read(language: str | None, known: bool) -> None:
    assert reads(language) is known


def test_a_claim_on_a_foreign_source_is_not_checked_and_says_so() -> None:
    result = claim_not_checked("It keeps 142 bridges and 3 ferries.", "de")
    assert result.verdict is Verdict.NOT_FOUND
    assert [figure.confidence for figure in result.figures] == [0.0, 0.0]
    assert all(figure.reason.startswith("not checked: language") for figure in result.figures)


def test_a_claim_without_figures_has_nothing_to_check() -> None:
    assert claim_not_checked("It keeps bridges.", "de").verdict is Verdict.NO_FIGURES


@pytest.mark.parametrize(
    ("unread", "foreign", "coverage"),
    [
        (1, ("de",), Coverage(figures=1, figures_other_language=1)),
        (2, ("de", "fr"), Coverage(figures=1, figures_other_language=1)),
        (2, ("de",), Coverage(figures=1, figures_source_unread=1)),  # the other may have it
    ],
)
def test_the_check_counts_figures_by_why_they_were_not_checked(
    unread: int, foreign: tuple[str, ...], coverage: Coverage
) -> None:
    words = "It keeps 142 bridges."
    claim = Claim("a.pdf", "fn-1", "9", 3, words, words)
    result = FigureCheck().findings(CitedClaim(claim, (), unread, None, foreign))
    assert result.findings == ()
    assert result.coverage == coverage
    assert [joint.comparison.reason[:21] for joint in result.comparisons] == ["not checked: language"]
