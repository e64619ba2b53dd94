"""What an author is asked about one finding: a draft that an editor changes."""

from datetime import datetime

from db.finding_details import DeskFinding
from verifier.model import ArchivedCopy, FindingCode
from verifier.review.drafting import cited_with


def question_about(shown: DeskFinding, copy: ArchivedCopy | None = None) -> str:
    """The question about a finding, without greeting: it is one of several in a letter.

    `copy` is an archived copy of a dead address, to ask whether that was cited.
    """
    note = f"Note {shown.label}" if shown.label else "The text"
    page = f", page {shown.page}" if shown.page else ""
    parts = [f"{note}{page}."]
    if shown.sentence:
        parts.append(f"The text says:\n“{shown.sentence}”")
    if shown.note is not None:
        cited = cited_with(shown)
        parts.append(f"It cites:\n{(cited.text if cited else shown.note.text).strip()}")
    return "\n\n".join(parts + _matter(shown, copy))


def _matter(shown: DeskFinding, copy: ArchivedCopy | None) -> list[str]:
    finding, evidence = shown.finding, shown.finding.evidence
    parts = []
    if evidence.source_quote:
        read = f", as we read it on {_day(evidence.fetched_at)}," if evidence.fetched_at else ""
        parts.append(f"The source{read} says:\n“{evidence.source_quote}”")
    parts.append(finding.message)
    if not finding.code.value.startswith("link_"):
        return [*parts, "Which is right, and should the sentence or the citation be changed?"]
    parts.append(f"The address is {finding.url}")
    if copy is not None:
        parts.append(f"There is an archived copy of {_day(copy.captured_at)}: {copy.url}\nIs that what you cited?")
    elif finding.code is not FindingCode.LINK_MOVED:
        parts.append("Do you know where the source is now, or what may be cited instead?")
    else:
        parts.append("May we print the new address?")
    return parts


def _day(moment: datetime) -> str:
    return f"{moment.day} {moment:%B} {moment.year}"
