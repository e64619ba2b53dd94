"""`verifier report` and `verifier dump`: what the store holds."""

import sys
from collections.abc import Sequence
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from verifier.characters import printable
from verifier.cli.options import ConfigOption, DataOption
from verifier.cli.writing import appearing_whole

if TYPE_CHECKING:
    from db.health import RunHealth
    from verifier.reports import ReportedFinding, RunReport


class ReportFormat(StrEnum):
    """The formats of a report that can be printed."""

    TEXT = "text"
    JSON = "json"
    HTML = "html"
    DIGEST = "digest"


class AnyFormat(StrEnum):
    """All formats of `verifier report`: the printed ones, and files for people to work in."""

    TEXT = "text"
    JSON = "json"
    HTML = "html"
    DIGEST = "digest"
    PDF = "pdf"
    CSV = "csv"
    XLSX = "xlsx"
    CSL = "csl"
    RIS = "ris"
    SARIF = "sarif"


def register(app: typer.Typer) -> None:
    """Add the commands."""
    app.command("report", epilog="Example: verifier report --format html --output report.html")(report_command)
    app.command("dump", epilog="Example: verifier dump --data a > a.txt; verifier dump --data b | diff a.txt -")(
        dump_command
    )


def report_command(
    report_format: Annotated[AnyFormat, typer.Option("--format", help="How to write it.")] = AnyFormat.TEXT,
    data: DataOption = None,
    output: Annotated[
        Path | None,
        typer.Option(
            "--output", "--out", "-o", metavar="FILE", help="Write to FILE; pdf: or into a folder.", show_default=False
        ),
    ] = None,
    document: Annotated[
        list[str] | None,
        typer.Option("--document", metavar="NAME", help="Only this document; may be repeated.", show_default=False),
    ] = None,
    config: ConfigOption = None,
) -> None:
    """Show the last run: accusations, to-dos, and what was checked; or write what an editor hands on.

    pdf: a copy of each document with comments on its sentences and notes; csv, xlsx: a sheet with every citation;
    csl (CSL-JSON), ris: the cited works for a reference manager; sarif: the findings for a code host.
    """
    from verifier.cli import exports
    from verifier.reports.gather import closed_in, gather
    from verifier.runs import open_existing_store
    from verifier.settings import load_settings

    settings = load_settings(config, data=data)
    with open_existing_store(settings) as store:
        latest = store.runs.latest()
        chosen = exports.chosen_documents(store, document or ())
        report = gather(store, latest, documents=chosen, desk_address=settings.review.address)
        if report_format is AnyFormat.PDF:
            exports.write_copies(store, report, chosen, settings, output)
        elif report_format is AnyFormat.CSV:
            exports.write_csv_sheet(store, report, chosen, output)
        elif report_format is AnyFormat.XLSX:
            exports.write_workbook(store, report, chosen, settings, output)
        elif report_format is AnyFormat.CSL:
            write(exports.csl(store, chosen), output)
        elif report_format is AnyFormat.RIS:
            write(exports.ris(store, chosen), output)
        elif report_format is AnyFormat.SARIF:
            write(exports.sarif(store, report), output)
        else:
            healed = () if latest is None else closed_in(store, latest).healed
            health = store.health.over_time() if report_format is AnyFormat.HTML else ()
            write(render(ReportFormat(report_format), report, healed, health), output)


def render(
    report_format: ReportFormat,
    report: "RunReport",
    healed: Sequence["ReportedFinding"] = (),
    health: Sequence["RunHealth"] = (),
) -> str:
    """The report in one of the formats.

    `healed` are the findings that closed in its run, which a digest tells; `health` what an HTML report draws.
    """
    if report_format is ReportFormat.JSON:
        from verifier.reports.interchange import JsonReport

        return JsonReport().render(report) + "\n"
    if report_format is ReportFormat.HTML:
        from verifier.reports.charts import HealthBar
        from verifier.reports.html import HtmlReport

        return HtmlReport([HealthBar(one.at, one.statuses) for one in health]).render(report)
    if report_format is ReportFormat.DIGEST:
        from verifier.reports.digest import digest_text, make_digest

        return printable(digest_text(make_digest(report, healed)), keep="\n\t")
    import shutil

    from verifier.reports.terminal import TextReport

    text = TextReport(min(110, shutil.get_terminal_size((100, 24)).columns)).render(report)
    return printable(text, keep="\n\t")


def write(text: str, output: Path | None) -> None:
    """To a file, whole or not at all; or to standard output."""
    if output is None:
        sys.stdout.write(text)
        return
    with appearing_whole(output) as draft:
        draft.write_text(text, encoding="utf-8")


def dump_command(data: DataOption = None, config: ConfigOption = None) -> None:
    """Print the store in one canonical order, without times: for comparing two."""
    from verifier.runs import open_existing_store
    from verifier.settings import load_settings

    with open_existing_store(load_settings(config, data=data)) as store:
        for line in store.dump():
            sys.stdout.write(line + "\n")
