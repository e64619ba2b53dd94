"""What an author is asked about one finding: a draft that an editor changes."""

from collections.abc import Mapping
from datetime import datetime

from db.finding_details import DeskFinding
from verifier.model import ArchivedCopy, FindingCode
from verifier.review.drafting import cited_with

_WHICH = "Which is right, and should the sentence or the citation be changed?"
_WHERE = "Do you know where the source is now, or what may be cited instead?"
_STILL = "Should it still be cited, and should the text say so?"

ASKED: Mapping[FindingCode, str] = {
    FindingCode.LINK_BROKEN: _WHERE,
    FindingCode.LINK_UNCONFIRMED: _WHERE,
    FindingCode.LINK_UNREACHABLE: _WHERE,
    FindingCode.LINK_MOVED: "May we print the new address?",
    FindingCode.LINK_BLOCKED: "Could you send us a copy of what you cite?",
    FindingCode.FIGURE_DISAGREES: _WHICH,
    FindingCode.FIGURE_CHECK: _WHICH,
    FindingCode.FIGURE_NOT_FOUND: "Where in the source is it, or what may be cited for it instead?",
    FindingCode.QUOTE_DIFFERS: _WHICH,
    FindingCode.QUOTE_NOT_FOUND: "Where in the source is it, or what may be cited for it instead?",
    FindingCode.SOURCE_CHANGED: "Which state of the source do you cite, and does it still say so?",
    FindingCode.SOURCE_NOT_GIVEN: "What is it from, and what may be cited for it?",
    FindingCode.WORK_OTHER: "Which address or identifier has the work that you cite?",
    FindingCode.WORK_DIFFERS: "Which is right, the note or the source?",
    FindingCode.WORK_NOT_FOUND: "Where was it published, or could you send us a copy?",
    FindingCode.WORK_RETRACTED: _STILL,
    FindingCode.WORK_IN_DOUBT: _STILL,
    FindingCode.WORK_CORRECTED: "Does the correction touch what you cite?",
    FindingCode.WORK_NEWER_EDITION: "Should the newer edition be cited, and does it say the same?",
    FindingCode.DOCUMENT_INCONSISTENT: "Which is right?",
    FindingCode.NOTE_UNPARSED: "What does it cite?",
    FindingCode.CHECK_FAILED: _WHERE,
}
"""What an author is asked of each kind of finding."""


def question_about(shown: DeskFinding, copy: ArchivedCopy | None = None) -> str:
    """The question about a finding, without greeting: it is one of several in a letter.

    `copy` is an archived copy of a dead address, to ask whether that was cited.
    """
    place = f"Note {shown.label}" if shown.label else "The text"
    page = f", page {shown.page}" if shown.page else ""
    parts = [f"{place}{page}."]
    note = shown.note.text.strip() if shown.note is not None else ""
    if shown.sentence and shown.sentence.strip() != note:
        parts.append(f"The text says:\n“{shown.sentence}”")
    if note:
        parts.append(f"The note says:\n{_quoted_of_note(shown).strip()}")
    return "\n\n".join(parts + _matter(shown, copy))


def _matter(shown: DeskFinding, copy: ArchivedCopy | None) -> list[str]:
    """What is wrong, what the source says where that does not say it, and what is asked."""
    finding, evidence = shown.finding, shown.finding.evidence
    parts = []
    read = f", as we read it on {_day(evidence.fetched_at)}," if evidence.fetched_at else ""
    quote = evidence.source_quote or ""
    if quote and quote.rstrip(" .") not in finding.message:
        parts.append(f"The source{read} says:\n“{quote}”")
    parts.append(finding.message)
    if quote and not parts[:-1] and evidence.fetched_at:
        parts[-1] += f" We read it on {_day(evidence.fetched_at)}."
    is_link = finding.code.value.startswith("link_")
    if is_link and finding.url and finding.url not in "".join([_quoted_of_note(shown), *parts]):
        parts.append(f"The address is {finding.url}")
    if is_link and copy is not None:
        return [
            *parts,
            f"There is an archived copy of {_day(copy.captured_at)}: {copy.url}\nIs that what you cited?",
        ]
    return [*parts, ASKED[finding.code]]


def _quoted_of_note(shown: DeskFinding) -> str:
    """What the letter quotes of the note."""
    cited = cited_with(shown)
    return cited.text if cited else (shown.note.text if shown.note else "")


def _day(moment: datetime) -> str:
    return f"{moment.day} {moment:%B} {moment.year}"
