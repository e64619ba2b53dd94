"""The check of cited works: is what an address or identifier shows the work that the note describes?"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date

from verifier.checker.checks.base import CitedText
from verifier.checker.checks.capture_date import is_near
from verifier.checker.fingerprints import work_fingerprint
from verifier.checker.severity import classify
from verifier.checker.works.identity import compare_work
from verifier.checker.works.rules import ACCUSATION_CUT
from verifier.checker.works.words import content, is_within, words
from verifier.model import (
    CheckedPart,
    ComparedField,
    DescribedWork,
    Evidence,
    Finding,
    FindingCode,
    PartKind,
    PartStatus,
    Update,
    UpdateKind,
    Work,
    WorkComparison,
    WorkField,
    WorkVerdict,
)

TO_DO_CUT = 0.7
"""The least confidence of a `differs` or `other` that is a to-do."""

_LONGEST_TITLE = 160
_MOST_NAMES = 4


@dataclass(frozen=True, slots=True)
class CitedWork:
    """A citation that describes a work: `text` are its words, `note_text` those of its whole note.

    `others` are the other works that the note describes, each with the words of its citation. `by_ocr` says that its
    letters were guessed from a picture.
    """

    document_key: str
    footnote_id: str
    footnote_label: str
    page: int | None
    text: str
    note_text: str
    work: Work | None
    others: tuple[tuple[Work | None, str], ...] = ()
    by_ocr: bool = False


@dataclass(frozen=True, slots=True)
class ShownWork:
    """What one address of a citation shows: where and when it was read, and the work that it describes.

    `identifies` says that the address is an identifier's (a DOI, an arXiv id): what it names does not change. `key` is
    the identifier whose record a registry keeps, None where the work shows itself.
    """

    cited: CitedText
    work: DescribedWork
    identifies: bool = False
    key: str | None = None


@dataclass(frozen=True, slots=True)
class WorkCheck:
    """Raises works that are not the cited ones, or that the note misdescribes.

    `near_days` is how far a capture may be from the document's date to accuse (`CheckSettings.near_days`); what an
    identifier names may accuse whenever it was read.
    """

    near_days: int = 180

    def findings(self, cited: CitedWork, shown: Sequence[ShownWork], document_date: date | None) -> tuple[Finding, ...]:
        """The findings of one citation: that it is another work's or misdescribed, and what became of the work."""
        found = self.finding(cited, shown, document_date)
        return (*(() if found is None else (found,)), *_updates(cited, shown))

    def part(self, cited: CitedWork, shown: Sequence[ShownWork], findings: Sequence[Finding]) -> CheckedPart:
        """What became of a citation's work, given the findings that were raised about it."""
        same = (one for one in shown if compare_work(cited.work, cited.text, one.work).verdict is WorkVerdict.SAME)
        text = (cited.work.title if cited.work else None) or cited.text
        if findings:
            raised = findings[0]
            fingerprint, evidence = raised.fingerprint, raised.evidence
            return CheckedPart(PartKind.WORK, PartStatus.DISAGREES, text, None, None, raised.url, evidence, fingerprint)
        one = next(same, None)
        if one is None:
            return CheckedPart(PartKind.WORK, PartStatus.NOT_IDENTIFIED, text)
        return CheckedPart(PartKind.WORK, PartStatus.AGREES, text, None, None, one.cited.address, _evidence(one))

    def finding(self, cited: CitedWork, shown: Sequence[ShownWork], document_date: date | None) -> Finding | None:
        """The finding of one citation, None for none; pure.

        Of several addresses one that shows the work clears the others, but for an identifier that names another.
        What shows another work of the same note is an address at another place of it, and what has the cited title in
        its text may hold the work: nothing is said.
        """
        compared = [(compare_work(cited.work, cited.text, one.work), one) for one in shown]
        misnamed = [pair for pair in compared if pair[1].identifies and pair[0].verdict is WorkVerdict.OTHER]
        misnamed += [pair for pair in compared if pair[1].key and pair[0].verdict is WorkVerdict.DIFFERS]
        worst = [pair for pair in compared if pair[0].verdict in (WorkVerdict.OTHER, WorkVerdict.DIFFERS)]
        if not compared or (len(worst) != len(compared) and not misnamed):
            return None
        worst = worst if len(worst) == len(compared) else misnamed
        result, one = max(worst, key=lambda pair: (pair[0].verdict is WorkVerdict.DIFFERS, pair[0].confidence))
        if result.confidence < TO_DO_CUT or _is_explained(cited, result, one):
            return None
        return _finding(cited, result, one, self._code(cited, result, one, document_date))

    def _code(self, cited: CitedWork, result: WorkComparison, one: ShownWork, made: date | None) -> FindingCode:
        """An accusation only where the rule is sure, the page was read near the document's date, and no letter was
        guessed from a picture."""
        sure = result.verdict is WorkVerdict.OTHER and result.confidence >= ACCUSATION_CUT
        near = one.identifies or is_near(one.cited, made, self.near_days)
        may_accuse = sure and near and not cited.by_ocr and not one.cited.is_a_copy
        return FindingCode.WORK_OTHER if may_accuse else FindingCode.WORK_DIFFERS


def _is_explained(cited: CitedWork, result: WorkComparison, one: ShownWork) -> bool:
    """Whether another work would be no news: the note cites it too, or its text has the cited title somewhere."""
    if result.verdict is not WorkVerdict.OTHER:
        return False
    if any(compare_work(work, text, one.work).verdict is WorkVerdict.SAME for work, text in cited.others):
        return True
    noted, shown = words(cited.note_text), [words(title.text) for title in one.work.titles]
    if any(len(content(title)) > 1 and is_within(title, noted) for title in shown):
        return True
    title = words(cited.work.title or "") if cited.work else ()
    return len(content(title)) > 2 and is_within(title, words(one.cited.read.text))


def _updates(cited: CitedWork, shown: Sequence[ShownWork]) -> Iterator[Finding]:
    """What registries say became of a work: only what a DOI's own record says, and nothing that the note says itself.

    A record that is not of the cited work is the identifier's fault, and says nothing of the work.
    """
    for one in shown:
        if one.key is None or not one.key.startswith("doi:") or _SAYS_SO.search(cited.note_text):
            continue
        if compare_work(cited.work, cited.text, one.work).verdict is WorkVerdict.OTHER:
            continue
        taken_back = next((update for update in one.work.updates if update.kind.takes_back), None)
        newer = next((update for update in one.work.updates if update.kind is UpdateKind.NEW_EDITION), None)
        if taken_back is not None:
            yield _update_finding(cited, one, taken_back, FindingCode.WORK_RETRACTED)
        elif newer is not None:
            yield _update_finding(cited, one, newer, FindingCode.WORK_NEWER_EDITION)


def _update_finding(cited: CitedWork, one: ShownWork, update: Update, code: FindingCode) -> Finding:
    when = f" on {update.date}" if update.date else ""
    notice = f" (doi:{update.doi})" if update.doi else ""
    title = _cut(one.work.title or "")
    message = f"Note {cited.footnote_label} cites “{title}”, {_BECAME[update.kind]}{when}{notice}."
    evidence = replace(_evidence(one), fields=compared_fields(cited.work, one.work))
    return _finding_of(cited, one, code, f"{code.value} {cited.text}", message, evidence)


_BECAME = {
    UpdateKind.RETRACTION: "which its publisher retracted",
    UpdateKind.WITHDRAWAL: "which its publisher withdrew",
    UpdateKind.NEW_EDITION: "of which there is a newer edition",
}
_SAYS_SO = re.compile(r"\bretract|\bwithdraw|\bsuperseded", re.IGNORECASE)


def _finding(cited: CitedWork, result: WorkComparison, one: ShownWork, code: FindingCode) -> Finding:
    fields = compared_fields(cited.work, one.work, result.differs or (WorkField.TITLE,))
    evidence = replace(_evidence(one), confidence=result.confidence, fields=fields)
    return _finding_of(cited, one, code, cited.text, _message(cited, result, one), evidence)


def _finding_of(
    cited: CitedWork, one: ShownWork, code: FindingCode, identity: str, message: str, evidence: Evidence
) -> Finding:
    """A finding about a citation and what its source shows; `identity` is what its fingerprint knows it by."""
    kind, severity = classify(code)
    return Finding(
        fingerprint=work_fingerprint(cited.document_key, identity, one.cited.source_key),
        code=code,
        kind=kind,
        severity=severity,
        message=message,
        url=one.cited.address,
        footnote_id=cited.footnote_id,
        footnote_label=cited.footnote_label,
        page=cited.page,
        sentence=cited.note_text,
        evidence=evidence,
    )


def _evidence(one: ShownWork) -> Evidence:
    title = one.work.title or None
    return Evidence(
        source_quote=title, source_text=title, snapshot=one.cited.snapshot, fetched_at=one.cited.captured_at
    )


def _message(cited: CitedWork, result: WorkComparison, one: ShownWork) -> str:
    """`Note 9 cites “Tolls and fees”; its address shows another work: “Passes for lorries”.`"""
    place = f"Note {cited.footnote_label}"
    if result.verdict is WorkVerdict.DIFFERS:
        return f"{place} describes its source otherwise than the source does. {result.reason}"
    what = "identifier names" if one.identifies else "address shows"
    title = _cut(cited.work.title) if cited.work and cited.work.title else _cut(cited.text)
    return f"{place} cites “{title}”; its {what} another work: “{_cut(one.work.title or '')}”."


def _cut(text: str) -> str:
    return text if len(text) <= _LONGEST_TITLE else text[: _LONGEST_TITLE - 1].rstrip() + "…"


def compared_fields(
    work: Work | None, shown: DescribedWork, differs: Sequence[WorkField] = ()
) -> tuple[ComparedField, ...]:
    """Title, authors, date and container of a note beside those of a source; a field that neither has is left out."""
    noted = work or Work()
    rows = (
        (WorkField.TITLE, noted.title or "", shown.title or ""),
        (WorkField.AUTHOR, _names([str(one) for one in noted.authors]), _names([str(one) for one in shown.authors])),
        (WorkField.YEAR, noted.date or "", next(iter(shown.dates), "")),
        (WorkField.CONTAINER, noted.container or noted.publisher or "", shown.container or shown.site or ""),
    )
    return tuple(
        ComparedField(field.value, cited, said, field in differs) for field, cited, said in rows if cited or said
    )


def _names(names: Sequence[str]) -> str:
    more = len(names) - _MOST_NAMES
    return "; ".join(names[:_MOST_NAMES]) + (f" and {more} more" if more > 0 else "")
