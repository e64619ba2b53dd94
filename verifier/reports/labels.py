"""The plain words for codes and states: what a finding is called on a screen, and what to do about it."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import urlsplit

from verifier.model import (
    Decision,
    Evidence,
    Finding,
    FindingCode,
    FindingState,
    LinkStatus,
    PartKind,
    PartStatus,
    Replacement,
    ReplacementKind,
    RunState,
)


@dataclass(frozen=True, slots=True)
class CodeWords:
    """How a finding code is told to an editor."""

    title: str
    advice: str


CODE_WORDS: dict[FindingCode, CodeWords] = {
    FindingCode.LINK_BROKEN: CodeWords("Broken link", "Find where the source is now, or cite an archived copy."),
    FindingCode.FIGURE_DISAGREES: CodeWords(
        "Figure disagrees with its source", "Compare the sentence with the quotation; correct one of them."
    ),
    FindingCode.QUOTE_DIFFERS: CodeWords(
        "Quotation differs from its source", "Compare word by word; mark changes or restore the wording."
    ),
    FindingCode.WORK_OTHER: CodeWords(
        "Address or identifier of another work", "Open it; give the address of the work that the note names."
    ),
    FindingCode.WORK_RETRACTED: CodeWords(
        "Cited work was retracted", "Read the notice; cite another work, or say that it was retracted."
    ),
    FindingCode.WORK_NEWER_EDITION: CodeWords(
        "Cited work has a newer edition", "See whether the newer one says the same; cite it if so."
    ),
    FindingCode.WORK_DIFFERS: CodeWords(
        "Work described otherwise than by its source", "Compare the fields side by side; correct the note."
    ),
    FindingCode.WORK_IN_DOUBT: CodeWords(
        "Publisher has doubts about the cited work",
        "Read the notice; see whether it touches what is cited, and say so.",
    ),
    FindingCode.WORK_CORRECTED: CodeWords(
        "Cited work was corrected", "Read the correction; see whether it touches what is cited."
    ),
    FindingCode.WORK_NOT_FOUND: CodeWords(
        "Work not found in registries", "See that the work exists: ask the author for it, or find it in a library."
    ),
    FindingCode.LINK_UNCONFIRMED: CodeWords(
        "Link looks broken (not yet confirmed)",
        "Open it once yourself; it becomes an accusation after three checks with three days between.",
    ),
    FindingCode.LINK_UNREACHABLE: CodeWords("Link does not answer", "Try it from another network, or wait."),
    FindingCode.LINK_MOVED: CodeWords("Link has moved", "Replace the address by the new one."),
    FindingCode.LINK_BLOCKED: CodeWords(
        "Source may not be read by a program", "Open it in a browser and check the citation by hand."
    ),
    FindingCode.FIGURE_CHECK: CodeWords(
        "Figure to check", "The source as read today gives another value; see whether it speaks of the same thing."
    ),
    FindingCode.FIGURE_NOT_FOUND: CodeWords(
        "Figure not found in its source", "See whether the source says it in other words or elsewhere."
    ),
    FindingCode.QUOTE_NOT_FOUND: CodeWords(
        "Quotation not found in its source", "See whether the right source is cited."
    ),
    FindingCode.SOURCE_CHANGED: CodeWords(
        "Source has changed at the passage cited", "Read both passages; cite the archived one if it was right."
    ),
    FindingCode.SOURCE_NOT_GIVEN: CodeWords(
        "Figures without a source to check", "Add an address or identifier, or check the figures by hand."
    ),
    FindingCode.NOTE_UNPARSED: CodeWords("Note that could not be read", "Read this note yourself."),
    FindingCode.DOCUMENT_INCONSISTENT: CodeWords(
        "The document contradicts itself", "Compare both places; correct the one that is wrong."
    ),
    FindingCode.CHECK_FAILED: CodeWords(
        "Not checked: our own check failed", "Check it by hand; the log says what to report to Verifier's makers."
    ),
}

STATE_WORDS: dict[FindingState, str] = {
    FindingState.OPEN: "open",
    FindingState.CLOSED: "closed by itself",
    FindingState.ACCEPTED: "accepted",
    FindingState.DISMISSED: "dismissed",
    FindingState.QUERIED: "author asked",
    FindingState.SNOOZED: "put off",
    FindingState.QUIET: "quiet by a rule",
}

STATUS_WORDS: dict[LinkStatus, str] = {
    LinkStatus.OK: "answers",
    LinkStatus.MOVED: "moved",
    LinkStatus.BROKEN: "looks broken",
    LinkStatus.UNREACHABLE: "no answer",
    LinkStatus.BLOCKED: "may not be read",
    LinkStatus.REFUSED: "not asked",
}
"""What a link status says of an address."""

UNCHECKED_WORDS: dict[PartStatus, str] = {
    PartStatus.SOURCE_UNREAD: "a source could not be read",
    PartStatus.SOURCE_NOT_GIVEN: "no source is given",
    PartStatus.OTHER_LANGUAGE: "the source is in a language that is not compared",
    PartStatus.DISOWNED: "the author does not say that the source says it",
    PartStatus.NOT_IDENTIFIED: "the source does not show which work it is",
}
"""Why a figure, quotation or work was not checked."""

PART_WORDS: dict[tuple[PartKind, PartStatus], str] = {
    (PartKind.FIGURE, PartStatus.AGREES): "in the source",
    (PartKind.FIGURE, PartStatus.DISAGREES): "otherwise in the source",
    (PartKind.FIGURE, PartStatus.NOT_FOUND): "not found",
    (PartKind.QUOTATION, PartStatus.AGREES): "in the source",
    (PartKind.QUOTATION, PartStatus.DISAGREES): "otherwise in the source",
    (PartKind.QUOTATION, PartStatus.NOT_FOUND): "not found",
    (PartKind.WORK, PartStatus.AGREES): "the cited one",
    (PartKind.WORK, PartStatus.DISAGREES): "otherwise by its source",
    (PartKind.WORK, PartStatus.NOT_FOUND): "not found",
    **{(kind, status): f"not checked: {words}" for kind in PartKind for status, words in UNCHECKED_WORDS.items()},
}
"""What became of a figure, quotation or work, in a few words."""

DECISION_WORDS: dict[Decision, str] = {
    Decision.ACCEPT: "accepted",
    Decision.DISMISS: "dismissed",
    Decision.QUERY: "asked the author",
    Decision.SNOOZE: "put off",
    Decision.REOPEN: "reopened",
    Decision.QUIET: "kept it quiet by a rule",
}
"""What somebody did, beside their name."""

RUN_WORDS: dict[RunState, str] = {
    RunState.RUNNING: "not finished: start it again and it goes on where it stopped",
    RunState.FINISHED: "finished",
    RunState.INCOMPLETE: "incomplete: something could not be done, see below",
    RunState.NETWORK_DOWN: "stopped: our own network seems to be down; nothing was concluded from it",
}


_NO_TITLE = re.compile(
    r"(?:untitled|unnamed|unbenannt|ohne titel|sans titre|sin título|senza titolo|document|dokument|title)"
    r"(?: document| documents?)?[ _-]?\d*"
    r"|microsoft (?:office )?(?:word|excel|powerpoint)\b.*"
    r"|.*\.(?:docx?|docm|odt|rtf|html?|xhtml|tex|dvi|pdf|indd|qxp|pages|md|markdown|wpd|pptx?|xlsx?)",
    re.IGNORECASE | re.DOTALL,
)
"""What programs write where a file has no title: a placeholder, or the name of the file it was made from."""


def document_name(title: str | None, path: str) -> str:
    """What a document is called: its title, or its path where its title is none that a person gave it."""
    shown = " ".join((title or "").split())
    return path if not shown or _NO_TITLE.fullmatch(shown) else shown


def replacement_words(finding: Finding) -> list[str]:
    """What may be cited instead of a dead address, a sentence each; where a page moved to, its message says."""
    return [_replacement(one) for one in finding.replacements if one.kind is not ReplacementKind.NEW_ADDRESS]


def _replacement(one: Replacement) -> str:
    if one.kind is ReplacementKind.SAME_WORK:
        work = f"{one.identifier}, at " if one.identifier else ""
        return f"An identifier of the same work leads to it: {work}{one.url}."
    kept_by = urlsplit(one.url).hostname or "an archive"
    made = f", captured {one.captured_at:%Y-%m-%d}" if one.captured_at else ""
    late = ", after the document's date" if one.is_late else ""
    return f"An archived copy: {one.url} (kept by {kept_by}{made}{late})."


def rule_words(code: FindingCode, place: str, http_status: int | None, reason: str = "") -> str:
    """What a standing rule names: `Source may not be read by a program (HTTP 403) at jstor.org`."""
    answers = [f"HTTP {http_status}"] if http_status is not None else []
    answers += [reason.replace("_", " ")] if reason else []
    words = f" ({', '.join(answers)})" if answers else ""
    return f"{CODE_WORDS[code].title}{words} {place}"


def rule_place(
    host: str | None,
    url: str | None,
    below: str | None,
    document: str | None,
    folder: str | None,
    *,
    subdomains: bool,
) -> str:
    """Where a standing rule holds: `at jstor.org and every host below it, in the folder papers`."""
    places = []
    if host or url:
        places.append(f"at {host or url}{' and every host below it' if subdomains else ''}")
    if below:
        places.append(f"at addresses that begin with {below.removeprefix('//')}")
    if document:
        places.append(f"only in {document}")
    if folder:
        places.append(f"only in the folder {folder}")
    return ", ".join(places)


def reading_words(evidence: Evidence) -> str:
    """`read 2026-01-05 02:00 UTC, supplied by Ann, archived as a.warc.gz:12`; empty where nothing was read."""
    if evidence.fetched_at is None:
        return ""
    words = [f"read {evidence.fetched_at:%Y-%m-%d %H:%M} UTC"]
    if evidence.supplied_by:
        words.append(f"supplied by {evidence.supplied_by}")
    if evidence.snapshot:
        words.append(f"archived as {evidence.snapshot}")
    return ", ".join(words)


def missing_part(fragments: Sequence[str]) -> str:
    """`the page has no part #methods`; a PDF's is `#page=90`."""
    return f"the page has no part {', '.join('#' + fragment for fragment in fragments)}"


def counted(number: int, singular: str, plural: str | None = None) -> str:
    """`1 note`, `2 notes`, `2 accusations`."""
    return f"{number} {singular if number == 1 else plural or singular + 's'}"
