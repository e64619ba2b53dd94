"""Whether what was captured is what the author could have read: only then may it flag."""

from datetime import date

from verifier.checker.checks.base import CitedText


def is_near(cited: CitedText, document_date: date | None, near_days: int) -> bool:
    """Whether the source states a date not later than the document's, or was captured within `near_days` of it.

    Without a date of the document nothing is near.
    """
    if document_date is None:
        return False
    if cited.dated is not None and cited.dated <= document_date:
        return True
    return cited.captured_at is not None and abs((cited.captured_at.date() - document_date).days) <= near_days
