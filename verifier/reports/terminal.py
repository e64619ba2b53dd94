"""`--format text`: the report for a terminal, a mail or a log; plain text, wrapped, no colours."""

import textwrap
from collections.abc import Sequence
from datetime import datetime

from verifier.model import Finding, FindingKind, FindingState
from verifier.reports.contents import CitationPlace, ReportedFinding, RunReport, coverage_sentences
from verifier.reports.labels import (
    CODE_WORDS,
    RUN_WORDS,
    STATE_WORDS,
    counted,
    missing_part,
    reading_words,
    replacement_words,
    rule_words,
)

_INDENT = "    "


class TextReport:
    """The report as an editor reads it top to bottom: accusations, to-dos, what is decided, what was checked."""

    def __init__(self, width: int = 100) -> None:
        self._width = max(40, width)

    def render(self, report: RunReport) -> str:
        """The whole report as text ending in a line break."""
        lines = [self._headline(report), ""]
        lines += [self.wrapped(message, "! ") for message in report.messages]
        for failed in report.failed:
            lines.append(self.wrapped(f"{failed.document}: not read: {failed.reason}", "! "))
        if report.messages or report.failed:
            lines.append("")
        lines += self.accusations("ACCUSATIONS", report.open_accusations)
        lines += self.by_code("TO-DOS", report.open_to_dos)
        lines += self.by_code("DECIDED", report.decided)
        lines += self._rules(report)
        lines += self._missing_parts(report)
        lines.append("WHAT WAS CHECKED")
        lines += [self.wrapped(sentence, "  ", "    ") for sentence in coverage_sentences(report.coverage)]
        return "\n".join(lines) + "\n"

    def _headline(self, report: RunReport) -> str:
        run = f"Run {report.run_id}" if report.run_id is not None else "No run yet"
        ended = f", {moment(report.finished_at)}" if report.finished_at else ""
        state = f" ({RUN_WORDS[report.state]}{ended})" if report.run_id is not None else ""
        accusations = counted(len(report.open_accusations), "accusation")
        to_dos = counted(len(report.open_to_dos), "to-do")
        new = sum(f.new and f.state is FindingState.OPEN for f in report.findings)
        return self.wrapped(f"{run}{state}: {accusations}, {to_dos}; {new} new.", "")

    def accusations(self, title: str, findings: Sequence[ReportedFinding]) -> list[str]:
        """Lines under a title, each finding with all its evidence: this is what an editor decides upon."""
        if not findings:
            return []
        lines = [title]
        for reported in findings:
            finding = reported.finding
            code = CODE_WORDS[finding.code]
            lines.append(self.wrapped(f"{code.title} [{finding.code.value}]{_marks(reported)}", "  ", _INDENT))
            lines.append(self.wrapped(finding.message, _INDENT))
            lines += [self.wrapped(words, _INDENT) for words in replacement_words(finding)]
            lines += self._places(reported)
            sentence = reported.places[0].sentence if reported.places else finding.sentence
            if sentence:
                lines.append(self.wrapped(f"the document: “{sentence}”", _INDENT))
            if finding.evidence.source_quote:
                lines.append(self.wrapped(f"the source:   “{finding.evidence.source_quote}”", _INDENT))
            lines += _address(finding)
            lines.append(self.wrapped(f"-> {code.advice}", _INDENT))
            lines += [*_at_the_desk(reported, _INDENT), ""]
        return lines

    def by_code(self, title: str, findings: Sequence[ReportedFinding]) -> list[str]:
        """Lines under a title, short, under one heading a code that says once what to do."""
        if not findings:
            return []
        lines = [title]
        for code in dict.fromkeys(reported.finding.code for reported in findings):
            of_code = [reported for reported in findings if reported.finding.code is code]
            words = CODE_WORDS[code]
            lines.append(self.wrapped(f"{words.title} [{code.value}], {len(of_code)}. {words.advice}", "  ", "  "))
            for reported in of_code:
                lines.append(self.wrapped(f"- {reported.finding.message}{_marks(reported)}", _INDENT, _INDENT + "  "))
                lines += [self.wrapped(words, _INDENT + "  ") for words in replacement_words(reported.finding)]
                lines += [f"  {line}" for line in self._places(reported)]
                if reported.finding.kind is FindingKind.TO_DO and reported.finding.code.value.startswith("link_"):
                    lines.append(f"{_INDENT}  {reported.finding.url}")
                if reported.right_value:
                    lines.append(self.wrapped(f"right: {reported.right_value}", _INDENT + "  "))
                lines += _at_the_desk(reported, _INDENT + "  ")
            lines.append("")
        return lines

    def _rules(self, report: RunReport) -> list[str]:
        if not report.rules:
            return []
        lines = ["QUIET BY STANDING RULES"]
        for rule in report.rules:
            named = rule_words(rule.code, rule.place, rule.http_status, rule.reason)
            until = f"until {rule.expires_at:%Y-%m-%d}" if rule.expires_at else "until it is ended"
            who = f"set by {rule.reviewer} on {rule.made_at:%Y-%m-%d}: {rule.why}"
            words = f"- {named}: {counted(rule.findings, 'finding')}, {until}; {who}"
            lines.append(self.wrapped(words, "  ", _INDENT))
        return [*lines, ""]

    def _missing_parts(self, report: RunReport) -> list[str]:
        if not report.missing_parts:
            return []
        lines = ["NOTED (the pages answer)"]
        for part in report.missing_parts:
            at = "; ".join(place_words(place) for place in part.places)
            lines.append(self.wrapped(f"- {part.url}: {missing_part(part.fragments)}, at {at}", "  ", _INDENT))
        return [*lines, ""]

    def _places(self, reported: ReportedFinding) -> list[str]:
        if not reported.places:
            return []
        return [self.wrapped("at " + "; ".join(place_words(place) for place in reported.places), _INDENT)]

    def wrapped(self, text: str, first: str, rest: str | None = None) -> str:
        """A paragraph at our width, its first line behind `first`, the others behind `rest` (by default the same)."""
        return textwrap.fill(
            text,
            self._width,
            initial_indent=first,
            subsequent_indent=first if rest is None else rest,
            break_long_words=False,
            break_on_hyphens=False,
        )


def _marks(reported: ReportedFinding) -> str:
    marks = ["new"] if reported.new else []
    if reported.state is not FindingState.OPEN:
        marks.append(STATE_WORDS[reported.state])
    if reported.unanswered_since:
        marks.append(f"query unanswered since {reported.unanswered_since:%Y-%m-%d}")
    if reported.assignee:
        marks.append(f"for {reported.assignee}")
    return "".join(f" ({mark})" for mark in marks)


def _at_the_desk(reported: ReportedFinding, indent: str) -> list[str]:
    return [f"{indent}desk: {reported.desk_url}"] if reported.desk_url else []


def _address(finding: Finding) -> list[str]:
    lines = [f"{_INDENT}{finding.url}"] if finding.url else []
    read = reading_words(finding.evidence)
    return [*lines, f"{_INDENT}{read}"] if read else lines


def place_words(place: CitationPlace) -> str:
    """`note 9, p. 3 of tolls.pdf`, `body text, p. 3 of tolls.pdf`."""
    note = f"note {place.footnote_label}" if place.footnote_label else "body text"
    page = f", p. {place.page}" if place.page else ""
    return f"{note}{page} of {place.document}"


def moment(time: datetime) -> str:
    """A time as people write it, in UTC, to the minute."""
    return time.strftime("%Y-%m-%d %H:%M UTC")
