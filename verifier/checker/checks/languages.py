"""The languages that the checker can read: in any other a figure is not checked, which is said and is no finding."""

from verifier.checker.figures.scanner import scan
from verifier.model import ClaimComparison, Figure, FigureComparison, Verdict

READ_LANGUAGES = frozenset({"en"})
"""Primary languages (BCP 47) whose number words, separators and wording the checker knows."""


def reads(language: str | None) -> bool:
    """Whether a text of this language can be compared with; a text that tells no language can."""
    return language is None or language in READ_LANGUAGES


def not_checked(figure: Figure, language: str) -> FigureComparison:
    """What is said of a figure whose source is in a language that the checker does not know."""
    reason = f"not checked: language (the source is in another one than English: {language})"
    return FigureComparison(figure, Verdict.NOT_FOUND, 0.0, reason)


def claim_not_checked(claim: str, language: str) -> ClaimComparison:
    """What is said of a claim whose source is in a language that the checker does not know."""
    figures = tuple(not_checked(figure, language) for figure in scan(claim))
    return ClaimComparison(Verdict.NOT_FOUND if figures else Verdict.NO_FIGURES, 0.0 if figures else 1.0, figures)
