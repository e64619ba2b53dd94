"""`--format html`: one self-contained file that opens anywhere, with no script and no outside request."""

from verifier.model import FindingState
from verifier.reports.contents import RunReport, coverage_sentences
from verifier.reports.terminal import moment, place_words
from verifier.reports.words import CODE_WORDS, RUN_WORDS, STATE_WORDS, counted


class HtmlReport:
    """The report as one HTML file; everything that comes from a document or a source is escaped."""

    def render(self, report: RunReport) -> str:
        """The whole page."""
        from jinja2 import Environment, PackageLoader, StrictUndefined

        environment = Environment(
            loader=PackageLoader("verifier.reports", "."),
            autoescape=True,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
        )
        environment.globals.update(
            code_words=CODE_WORDS,
            run_words=RUN_WORDS,
            state_words=STATE_WORDS,
            counted=counted,
            moment=moment,
            place_words=place_words,
        )
        decided = [f for f in report.findings if f.state in (FindingState.ACCEPTED, FindingState.DISMISSED)]
        return environment.get_template("report.html.jinja").render(
            report=report,
            sections=(
                ("Accusations", report.open_accusations),
                ("To-dos", report.open_to_dos),
                ("Decided", decided),
            ),
            coverage=coverage_sentences(report.coverage),
            new=sum(f.new and f.state is FindingState.OPEN for f in report.findings),
        )
