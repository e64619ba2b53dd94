"""The JSON that other programs read, exactly as docs/schemas/ describes it.

One function a shape; each returns plain lists and dicts ready for `json.dumps(..., ensure_ascii=False)`.
"""

import json
from collections.abc import Iterable, Mapping
from dataclasses import asdict
from datetime import datetime
from decimal import Decimal
from typing import Any

from verifier.model import (
    Anchor,
    BodyLink,
    Box,
    Citation,
    ClaimComparison,
    Extraction,
    FigureComparison,
    FindingCode,
    Footnote,
    Inconsistency,
    Judgement,
    Work,
    WorkComparison,
)
from verifier.reports.contents import MissingPart, ReportedFinding, ReportedReview, ReportedRule, RunReport
from verifier.reports.labels import missing_part


def extraction_json(extraction: Extraction) -> dict[str, Any]:
    """What `verifier extract --json` prints (docs/schemas/extract.json)."""
    document = extraction.document
    return {
        "document": {
            "path": document.path,
            "sha256": document.sha256,
            "pages": document.pages,
            "title": document.title,
        },
        "footnotes": [_footnote(note) for note in extraction.footnotes],
        "body_links": [_body_link(link) for link in extraction.body_links],
        "warnings": [{"page": w.page, "code": w.code.value, "message": w.message} for w in extraction.warnings],
    }


def inconsistency_json(found: Inconsistency) -> dict[str, Any]:
    """A line of `verifier consistency --jsonl` (docs/schemas/consistency.json)."""
    return {
        "page": found.page,
        "kind": found.kind.value,
        "message": found.message,
        "places": [{"page": place.page, "text": place.text} for place in found.places],
        "stated": found.stated,
        "computed": found.computed,
        "confidence": found.confidence,
    }


def _footnote(note: Footnote) -> dict[str, Any]:
    return {
        "id": note.id,
        "label": note.label,
        "kind": note.kind.value,
        "page": note.page,
        "text": note.text,
        "urls": list(note.urls),
        "boxes": _boxes(note.boxes),
        "anchors": [_anchor(anchor) for anchor in note.anchors],
        "citations": [_citation(citation) for citation in note.citations],
    }


def _anchor(anchor: Anchor) -> dict[str, Any]:
    line: dict[str, Any] = {
        "page": anchor.page,
        "sentence": anchor.sentence,
        "marker_offset": anchor.marker_offset,
        "boxes": _boxes(anchor.boxes),
        "sentence_boxes": _boxes(anchor.sentence_boxes),
    }
    return line if anchor.paragraph is None else line | {"paragraph": anchor.paragraph}


def _citation(citation: Citation) -> dict[str, Any]:
    line: dict[str, Any] = {
        "text": citation.text,
        "signal": citation.signal.value if citation.signal else None,
        "urls": list(citation.urls),
        "identifiers": list(citation.identifiers),
        "refers_to": citation.refers_to,
    }
    fields = {name: getattr(citation, name) for name in ("title", "publisher", "date", "pinpoint")}
    if citation.work is not None:
        work = citation.work
        fields |= {"container": work.container, "year": work.year, "kind": work.kind.value}
        fields["authors"] = [str(author) for author in work.authors] or None
    return line | {name: value for name, value in fields.items() if value is not None}


def references_json(note_id: Any, citations: Iterable[Citation]) -> dict[str, Any]:
    """A line of `verifier references --jsonl` (docs/schemas/references.json): the works of a note."""
    return {"id": note_id, "works": [_work(citation, citation.work) for citation in citations if citation.work]}


def work_json(case_id: Any, result: WorkComparison) -> dict[str, Any]:
    """A line of `verifier works --jsonl` (docs/schemas/works.json)."""
    return {
        "id": case_id,
        "verdict": result.verdict.value,
        "differs": [field.value for field in result.differs],
        "confidence": result.confidence,
        "rule": result.rule,
        "reason": result.reason,
    }


def _work(citation: Citation, work: Work) -> dict[str, Any]:
    return {
        "title": work.title,
        "container": work.container,
        "publisher": work.publisher,
        "authors": [str(author) for author in work.authors],
        "year": work.year,
        "date": work.date,
        "kind": work.kind.value,
        "identifiers": list(citation.identifiers),
        "urls": list(citation.urls),
        "pinpoint": citation.pinpoint,
    }


def _body_link(link: BodyLink) -> dict[str, Any]:
    return {"page": link.page, "url": link.url, "text": link.text, "sentence": link.sentence}


def _boxes(boxes: tuple[Box, ...]) -> list[dict[str, Any]]:
    return [{"page": b.page, "bbox": [round(edge, 2) for edge in (b.x0, b.y0, b.x1, b.y1)]} for b in boxes]


_ESCAPED = {
    code: f"\\u{code:04x}"
    for first, last in ((0x7F, 0x9F), (0x2028, 0x202E), (0x2066, 0x2069), (0xD800, 0xDFFF))
    for code in range(first, last + 1)
}
"""Characters that JSON may write as they are, and that end lines, steer terminals, turn the order of what follows or
cannot be written: escaped, they are the same to who reads JSON and nothing to who looks at it."""


def link_json(url: str, judgement: Judgement) -> dict[str, Any]:
    """A line of `verifier links --jsonl` (docs/schemas/links.json); `url` as the input wrote it, but in UTF-8."""
    line: dict[str, Any] = {
        "url": _in_utf8(url),
        "status": judgement.status.value,
        "reason": judgement.reason.value,
        "http_status": judgement.http_status,
        "final_url": _in_utf8(judgement.final_url) if judgement.final_url else None,
    }
    if judgement.missing_fragments:
        line["note"] = missing_part(judgement.missing_fragments)
    return line


def _in_utf8(address: str) -> str:
    """An address whose bytes were no UTF-8 with a mark in their place."""
    return address.encode("utf-8", "surrogateescape").decode("utf-8", "replace")


def claim_json(claim_id: Any, comparison: ClaimComparison, code: FindingCode | None) -> dict[str, Any]:
    """A line of `verifier compare --jsonl` (docs/schemas/compare.json)."""
    return {
        "id": claim_id,
        "verdict": comparison.verdict.value,
        "confidence": round(comparison.confidence, 3),
        "code": code.value if code else None,
        "figures": [_figure(figure) for figure in comparison.figures],
    }


def _figure(comparison: FigureComparison) -> dict[str, Any]:
    figure = comparison.figure
    return {
        "text": figure.text,
        "value": decimal_string(figure.value),
        "low": decimal_string(figure.low),
        "high": decimal_string(figure.high),
        "unit": figure.unit,
        "verdict": comparison.verdict.value,
        "confidence": round(comparison.confidence, 3),
        "source_text": comparison.source_text,
        "source_quote": comparison.source_quote,
        "reason": comparison.reason,
    }


def decimal_string(value: Decimal) -> str:
    """A value without exponent and without trailing zeros after the point: `1200000`, `4.8`."""
    if not value.is_finite():
        return str(value)
    text = format(value, "f")
    return text.rstrip("0").rstrip(".") if "." in text else text


def report_json(report: RunReport) -> dict[str, Any]:
    """What `verifier report --format json` prints (docs/schemas/report.json)."""
    return {
        "run": {
            "id": report.run_id,
            "kind": report.kind,
            "state": report.state.value,
            "started_at": _time(report.started_at),
            "finished_at": _time(report.finished_at),
            "messages": list(report.messages),
            "failed_documents": [{"document": f.document, "reason": f.reason} for f in report.failed],
        },
        "coverage": asdict(report.coverage),
        "findings": [_finding(finding) for finding in report.findings],
        "missing_parts": [_missing_part(part) for part in report.missing_parts],
        "rules": [_rule(rule) for rule in report.rules],
    }


def _rule(rule: ReportedRule) -> dict[str, Any]:
    return {
        "id": rule.id,
        "code": rule.code.value,
        "host": rule.host or None,
        "url": rule.url or None,
        "http_status": rule.http_status,
        "reason": rule.reason or None,
        "place": rule.place,
        "why": rule.why,
        "reviewer": rule.reviewer,
        "made_at": _time(rule.made_at),
        "expires_at": _time(rule.expires_at),
        "findings": rule.findings,
    }


def _review(review: ReportedReview) -> dict[str, Any]:
    return {
        "decision": review.decision.value,
        "reviewer": review.reviewer,
        "note": review.note,
        "right_value": review.right_value or None,
        "decided_at": _time(review.decided_at),
        "rule": review.rule or None,
    }


def _missing_part(part: MissingPart) -> dict[str, Any]:
    places = [{"document": p.document, "footnote": p.footnote_label, "page": p.page} for p in part.places]
    return {"url": part.url, "fragments": list(part.fragments), "at": places}


def _finding(reported: ReportedFinding) -> dict[str, Any]:
    finding = reported.finding
    first = reported.places[0] if reported.places else None
    evidence = finding.evidence
    line: dict[str, Any] = {
        "id": reported.id,
        "code": finding.code.value,
        "severity": finding.severity.value,
        "kind": finding.kind.value,
        "state": reported.state.value,
        "document": first.document if first else None,
        "footnote": first.footnote_label if first else finding.footnote_label,
        "page": first.page if first else finding.page,
        "sentence": first.sentence if first else finding.sentence,
        "url": finding.url,
        "message": finding.message,
        "evidence": {
            "source_quote": evidence.source_quote,
            "source_text": evidence.source_text,
            "snapshot": None if evidence.snapshot is None else str(evidence.snapshot),
            "fetched_at": _time(evidence.fetched_at),
            "confidence": None if evidence.confidence is None else round(evidence.confidence, 3),
            "fields": [asdict(field) for field in evidence.fields],
            "supplied_by": evidence.supplied_by,
        },
        "replacements": [
            {
                "kind": one.kind.value,
                "url": one.url,
                "identifier": one.identifier,
                "captured_at": _time(one.captured_at),
                "is_late": one.is_late,
            }
            for one in finding.replacements
        ],
        "review": None if reported.review is None else _review(reported.review),
        "assignee": reported.assignee or None,
        "desk_url": reported.desk_url,
    }
    if len(reported.places) > 1:
        line["also_at"] = [
            {"document": p.document, "footnote": p.footnote_label, "page": p.page, "sentence": p.sentence}
            for p in reported.places[1:]
        ]
    return line


def _time(moment: datetime | None) -> str | None:
    return moment.isoformat(timespec="seconds") if moment else None


def one_line(value: Mapping[str, Any]) -> str:
    """One JSON object on one line, also for readers that end lines at other characters than LF."""
    return json_text(value)


def json_text(value: Any, indent: int | None = None) -> str:
    """JSON as we print it: readable, but for the characters that do something to who looks at it."""
    return json.dumps(value, ensure_ascii=False, indent=indent).translate(_ESCAPED)


class JsonReport:
    """`--format json`: the report for programs."""

    def render(self, report: RunReport) -> str:
        """The report as indented JSON."""
        return json_text(report_json(report), indent=2)
