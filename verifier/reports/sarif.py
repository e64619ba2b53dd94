"""Findings as SARIF 2.1.0, which code hosts show beside the lines of a change.

The fields are those of "Static Analysis Results Interchange Format (SARIF) Version 2.1.0" (OASIS, 2020), and those that
GitHub asks for besides ("SARIF support for code scanning").
"""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any
from urllib.parse import quote

from db.records import StoredDocument
from verifier._version import __version__
from verifier.characters import shown
from verifier.checker.severity import classify
from verifier.model import FindingCode, FindingKind, FindingState
from verifier.reports.contents import CitationPlace, ReportedFinding, RunReport
from verifier.reports.interchange import json_text
from verifier.reports.labels import CODE_WORDS
from verifier.reports.source_lines import line_of

SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/os/schemas/sarif-schema-2.1.0.json"

_RULES = list(FindingCode)


def sarif_json(report: RunReport, folders: Mapping[int, Path], root: Path) -> str:
    """The findings of a report as one SARIF run; an accusation is an error, a to-do a note.

    `folders` gives the watched folder of each document by its number in the store; a document below `root` is named
    relative to it, and in a draft that is text the line of the sentence is found. Decided findings are suppressed.
    """
    results = [_result(reported, folders, root) for reported in report.findings if reported.places]
    tool = {
        "driver": {
            "name": "Verifier",
            "semanticVersion": __version__,
            "rules": [_rule(code) for code in _RULES],
        }
    }
    run = {"tool": tool, "columnKind": "unicodeCodePoints", "results": results}
    return json_text({"$schema": SCHEMA, "version": "2.1.0", "runs": [run]}, indent=2) + "\n"


def _rule(code: FindingCode) -> dict[str, Any]:
    words = CODE_WORDS[code]
    return {
        "id": code.value,
        "name": "".join(part.capitalize() for part in code.value.split("_")),
        "shortDescription": {"text": words.title},
        "fullDescription": {"text": f"{words.title}. {words.advice}"},
        "help": {"text": words.advice},
        "defaultConfiguration": {"level": _level(classify(code)[0])},
    }


def _level(kind: FindingKind) -> str:
    return "error" if kind is FindingKind.ACCUSATION else "note"


def _result(reported: ReportedFinding, folders: Mapping[int, Path], root: Path) -> dict[str, Any]:
    finding = reported.finding
    first = reported.places[0]
    result: dict[str, Any] = {
        "ruleId": finding.code.value,
        "ruleIndex": _RULES.index(finding.code),
        "level": _level(finding.kind),
        "baselineState": "new" if reported.new else "unchanged",
        "message": {"text": _message(reported, first)},
        "locations": [_location(first, folders, root)],
        "partialFingerprints": {
            "verifierFingerprint/v1": finding.fingerprint,
            # The one that GitHub tells alerts apart by. Its own is of the line, which all findings of a PDF share.
            "primaryLocationLineHash": f"{finding.fingerprint[:16]}:1",
        },
    }
    if reported.desk_url:
        result["hostedViewerUri"] = reported.desk_url
    if len(reported.places) > 1:
        result["relatedLocations"] = [_location(place, folders, root) for place in reported.places[1:]]
    if reported.state is not FindingState.OPEN:
        result["suppressions"] = [{"kind": "external", "justification": reported.state.value}]
    return result


def _message(reported: ReportedFinding, place: CitationPlace) -> str:
    finding = reported.finding
    where = [f"note {place.footnote_label}"] if place.footnote_label else []
    where += [f"page {place.page}"] if place.page else []
    said = [f"{', '.join(where).capitalize()}: {finding.message}" if where else finding.message]
    if finding.url:
        said.append(f"Source: {finding.url}")
    if finding.evidence.source_quote and finding.evidence.source_quote.rstrip(".") not in finding.message:
        said.append(f"The source says: “{finding.evidence.source_quote}”")
    if reported.desk_url:
        said.append(f"At the desk: {reported.desk_url}")
    return _unlinked("\n".join(said))


def _unlinked(text: str) -> str:
    """Text in which no viewer finds a link that a document made up: `[words](target)` is one in a message (3.11.6)."""
    return shown(text).replace("](", "] (")


def _location(place: CitationPlace, folders: Mapping[int, Path], root: Path) -> dict[str, Any]:
    folder = folders.get(place.document_id) if place.document_id is not None else None
    file = (folder or root) / place.document
    physical: dict[str, Any] = {"artifactLocation": {"uri": _uri(file, root)}}
    line = line_of(file, place.sentence or "")
    physical["region"] = {"startLine": line or 1}
    if place.sentence:
        physical["region"]["snippet"] = {"text": shown(place.sentence)}
    return {"physicalLocation": physical}


def _uri(file: Path, root: Path) -> str:
    """Relative to the root of the checkout where the document is below it, as code hosts need it."""
    absolute, base = file.absolute(), root.absolute()
    return quote(absolute.relative_to(base).as_posix()) if absolute.is_relative_to(base) else absolute.as_uri()


def folders_of(documents: Sequence[StoredDocument]) -> dict[int, Path]:
    """The watched folder of each document, by its number."""
    return {document.id: Path(document.collection) for document in documents}
