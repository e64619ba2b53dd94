"""What kind of finding a code is, and how soon an editor should look."""

from verifier.model import FindingCode, FindingKind, Severity

_ACCUSATION = FindingKind.ACCUSATION
_TO_DO = FindingKind.TO_DO

_CLASSES: dict[FindingCode, tuple[FindingKind, Severity]] = {
    FindingCode.FIGURE_DISAGREES: (_ACCUSATION, Severity.HIGH),
    FindingCode.QUOTE_DIFFERS: (_ACCUSATION, Severity.HIGH),
    FindingCode.WORK_OTHER: (_ACCUSATION, Severity.HIGH),
    FindingCode.WORK_RETRACTED: (_ACCUSATION, Severity.HIGH),
    FindingCode.LINK_BROKEN: (_ACCUSATION, Severity.HIGH),
    FindingCode.FIGURE_CHECK: (_TO_DO, Severity.MEDIUM),
    FindingCode.LINK_UNCONFIRMED: (_TO_DO, Severity.MEDIUM),  # a publication due tomorrow cannot wait six days
    FindingCode.LINK_UNREACHABLE: (_TO_DO, Severity.MEDIUM),
    FindingCode.WORK_DIFFERS: (_TO_DO, Severity.MEDIUM),
    FindingCode.WORK_IN_DOUBT: (_TO_DO, Severity.MEDIUM),
    FindingCode.SOURCE_CHANGED: (_TO_DO, Severity.MEDIUM),
    FindingCode.NOTE_UNPARSED: (_TO_DO, Severity.MEDIUM),
    FindingCode.DOCUMENT_INCONSISTENT: (_TO_DO, Severity.MEDIUM),
    FindingCode.CHECK_FAILED: (_TO_DO, Severity.MEDIUM),
    FindingCode.QUOTE_NOT_FOUND: (_TO_DO, Severity.LOW),
    FindingCode.WORK_NOT_FOUND: (_TO_DO, Severity.LOW),
    FindingCode.WORK_CORRECTED: (_TO_DO, Severity.LOW),
    FindingCode.WORK_NEWER_EDITION: (_TO_DO, Severity.LOW),
    FindingCode.LINK_MOVED: (_TO_DO, Severity.LOW),
    FindingCode.LINK_BLOCKED: (_TO_DO, Severity.LOW),
    FindingCode.FIGURE_NOT_FOUND: (_TO_DO, Severity.LOW),
    FindingCode.SOURCE_NOT_GIVEN: (_TO_DO, Severity.LOW),
}


def classify(code: FindingCode) -> tuple[FindingKind, Severity]:
    """The kind and severity of a finding: the one place where either is decided."""
    return _CLASSES[code]
