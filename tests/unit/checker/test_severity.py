import pytest

from verifier.checker.severity import classify
from verifier.model import FindingCode, FindingKind, Severity

TABLE = {
    "link_broken": ("accusation", "high"),
    "figure_disagrees": ("accusation", "high"),
    "quote_differs": ("accusation", "high"),
    "work_other": ("accusation", "high"),
    "work_retracted": ("accusation", "high"),
    "work_newer_edition": ("to_do", "low"),
    "work_differs": ("to_do", "medium"),
    "work_in_doubt": ("to_do", "medium"),
    "work_corrected": ("to_do", "low"),
    "work_not_found": ("to_do", "low"),
    "figure_check": ("to_do", "medium"),
    "link_unreachable": ("to_do", "medium"),
    "source_changed": ("to_do", "medium"),
    "note_unparsed": ("to_do", "medium"),
    "document_inconsistent": ("to_do", "medium"),
    "check_failed": ("to_do", "medium"),
    "link_unconfirmed": ("to_do", "medium"),
    "link_moved": ("to_do", "low"),
    "link_blocked": ("to_do", "low"),
    "figure_not_found": ("to_do", "low"),
    "quote_not_found": ("to_do", "low"),
    "source_not_given": ("to_do", "low"),
}


@pytest.mark.parametrize(("code", "expected"), TABLE.items())
def test_classify(code: str, expected: tuple[str, str]) -> None:
    assert classify(FindingCode(code)) == (FindingKind(expected[0]), Severity(expected[1]))


def test_every_code_has_a_class() -> None:
    assert {code.value for code in FindingCode} == set(TABLE)
