"""`--format html`: one self-contained file that opens anywhere, with no script and no outside request."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from verifier.characters import shown
from verifier.model import FindingState
from verifier.reports.charts import HealthBar, findings_chart, health_chart
from verifier.reports.contents import RunReport, coverage_sentences
from verifier.reports.labels import (
    CODE_WORDS,
    RUN_WORDS,
    STATE_WORDS,
    STATUS_WORDS,
    counted,
    missing_part,
    reading_words,
    replacement_words,
    rule_words,
)
from verifier.reports.terminal import moment, place_words

if TYPE_CHECKING:
    from jinja2 import Environment


def page_environment() -> "Environment":
    """The templates of this folder: everything is escaped, and a missing name is an error."""
    from jinja2 import Environment, PackageLoader, StrictUndefined

    environment = Environment(
        loader=PackageLoader("verifier.reports", "."),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        finalize=_finalized,
    )
    environment.globals.update(
        code_words=CODE_WORDS,
        reading_words=reading_words,
        replacement_words=replacement_words,
        rule_words=rule_words,
        run_words=RUN_WORDS,
        state_words=STATE_WORDS,
        counted=counted,
        moment=moment,
        place_words=place_words,
        missing_part=missing_part,
    )
    return environment


def _finalized(value: object) -> object:
    """What a template prints: text without what turns its order or cannot be written; what is markup is ours."""
    return shown(value) if type(value) is str else value


class HtmlReport:
    """The report as one HTML file; everything that comes from a document or a source is escaped.

    `health` is the statuses of the cited sources after each of the last runs, oldest first; two or more are drawn.
    """

    def __init__(self, health: Sequence[HealthBar] = ()) -> None:
        self._health = health

    def render(self, report: RunReport) -> str:
        """The whole page."""
        open_findings = (*report.open_accusations, *report.open_to_dos)
        return (
            page_environment()
            .get_template("report.html.jinja")
            .render(
                report=report,
                sections=(
                    ("Accusations", report.open_accusations),
                    ("To-dos", report.open_to_dos),
                    ("Decided", report.decided),
                ),
                coverage=coverage_sentences(report.coverage),
                kinds=findings_chart(reported.finding for reported in open_findings),
                health=health_chart(self._health) if len(self._health) > 1 else "",
                bars=self._health if len(self._health) > 1 else (),
                status_words=STATUS_WORDS,
                new=sum(f.new and f.state is FindingState.OPEN for f in report.findings),
            )
        )
