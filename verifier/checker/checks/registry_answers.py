"""The check of works that no registry knows: a to-do that says where was looked, never an accusation."""

from collections.abc import Sequence

from verifier.checker.checks.works import CitedWork
from verifier.checker.fingerprints import work_fingerprint
from verifier.checker.severity import classify
from verifier.checker.works.registry_answers import Known, known_to
from verifier.model import Coverage, Evidence, Finding, FindingCode, RegistryAnswer

_LONGEST = 160


def registry_findings(cited: CitedWork, answers: Sequence[RegistryAnswer]) -> tuple[tuple[Finding, ...], Coverage]:
    """The finding that registries do not know a citation's work, and the counts of what was asked; pure.

    Words that were read from a picture are not looked for: a misread letter would be a work that nobody knows.
    """
    if cited.by_ocr:
        return (), Coverage()
    known = known_to(cited.work, cited.text, answers)
    if known is Known.NOT_ASKED:
        return (), Coverage()
    if known is Known.NOT_CHECKED:
        return (), Coverage(works_sought=1, works_unanswered=1)
    if known is Known.FOUND:
        return (), Coverage(works_sought=1)
    return (_finding(cited, answers),), Coverage(works_sought=1, works_not_found=1)


def _finding(cited: CitedWork, answers: Sequence[RegistryAnswer]) -> Finding:
    code = FindingCode.WORK_NOT_FOUND
    kind, severity = classify(code)
    first = next(answer for answer in answers if answer.decisive)
    return Finding(
        fingerprint=work_fingerprint(cited.document_key, f"{code.value} {cited.text}", ""),
        code=code,
        kind=kind,
        severity=severity,
        message=f"Note {cited.footnote_label} cites {_name(cited)}, {_where(answers)}",
        footnote_id=cited.footnote_id,
        footnote_label=cited.footnote_label,
        page=cited.page,
        sentence=cited.note_text,
        evidence=Evidence(snapshot=first.snapshot, fetched_at=first.answered_at),
    )


def _name(cited: CitedWork) -> str:
    title = (cited.work.title if cited.work else None) or cited.text
    return f"“{title if len(title) <= _LONGEST else title[: _LONGEST - 1].rstrip() + '…'}”"


def _where(answers: Sequence[RegistryAnswer]) -> str:
    """Where was looked, for what, and when; and that this proves nothing."""
    places = dict.fromkeys(_place(answer) for answer in answers)
    return f"which was not found: {'; '.join(places)}. That no registry knows a work does not say that there is none."


def _place(answer: RegistryAnswer) -> str:
    what = answer.asked_for or "its title"
    when = f" on {answer.answered_at:%Y-%m-%d}" if answer.answered_at else ""
    return f"{answer.registry} was asked for {what}{when}"
