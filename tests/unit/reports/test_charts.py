"""Charts: every number is drawn and told, nothing in them acts, and they are well-formed."""

import itertools
from datetime import UTC, datetime, timedelta
from xml.etree import ElementTree

import pytest

from verifier.model import (
    Coverage,
    Finding,
    FindingCode,
    FindingKind,
    FindingState,
    LinkReason,
    LinkStatus,
    RunState,
    Severity,
)
from verifier.reports.charts import CheckMark, HealthBar, checks_chart, findings_chart, health_chart
from verifier.reports.contents import ReportedFinding, RunReport
from verifier.reports.html import HtmlReport

AT = datetime(2026, 3, 1, 2, 0, tzinfo=UTC)
SVG = "{http://www.w3.org/2000/svg}"
STATUSES = {LinkStatus.OK: 6, LinkStatus.BROKEN: 2, LinkStatus.BLOCKED: 1}


def finding(code: FindingCode, kind: FindingKind) -> Finding:
    return Finding(f"{code}", code, kind, Severity.LOW, "It is so.")


FINDINGS = [
    *[finding(FindingCode.LINK_MOVED, FindingKind.TO_DO)] * 3,
    finding(FindingCode.FIGURE_DISAGREES, FindingKind.ACCUSATION),
]
CHARTS = {
    "health": health_chart([HealthBar(AT + timedelta(days=n), STATUSES) for n in range(40)]),
    "one run": health_chart([HealthBar(AT, {LinkStatus.OK: 1})]),
    "no address": health_chart([HealthBar(AT, {})]),
    "kinds": findings_chart(FINDINGS),
    "checks": checks_chart([CheckMark(AT, status, LinkReason.NOT_FOUND) for status in LinkStatus]),
}


@pytest.mark.parametrize("chart", CHARTS.values(), ids=CHARTS)
def test_a_chart_is_an_image_with_a_title_and_a_description(chart):
    root = ElementTree.fromstring(chart)
    assert root.get("role") == "img"
    named = [root.find(f"{SVG}title"), root.find(f"{SVG}desc")]
    assert root.get("aria-labelledby").split() == [element.get("id") for element in named]
    assert all(element.text for element in named)
    allowed = {"svg", "title", "desc", "g", "rect", "text", "path"}
    assert {element.tag.removeprefix(SVG) for element in root.iter()} <= allowed
    assert not any(name.startswith("on") or "href" in name for element in root.iter() for name in element.attrib)


def rects(chart, name):
    return [r for r in ElementTree.fromstring(chart).iter(f"{SVG}rect") if r.get("class") == name]


def test_a_stack_is_as_high_as_its_numbers():
    chart = health_chart([HealthBar(AT, STATUSES), HealthBar(AT, {LinkStatus.OK: 3})])
    first, second, _ = rects(chart, "status-ok")
    assert float(first.get("height")) == pytest.approx(2 * float(second.get("height")), abs=0.2)
    broken = rects(chart, "status-broken")[0]
    blocked = rects(chart, "status-blocked")[0]
    assert float(broken.get("y")) < float(blocked.get("y")) < float(first.get("y"))
    assert "6 ok, 2 broken, 1 blocked" in chart


def test_bars_do_not_overlap_and_stay_within_the_picture():
    chart = CHARTS["health"]
    edges = [(float(r.get("x")), float(r.get("x")) + float(r.get("width"))) for r in rects(chart, "status-ok")[:-1]]
    assert all(right <= left for (_, right), (left, _) in itertools.pairwise(edges))
    assert max(right for _, right in edges) <= 400


def test_findings_are_counted_by_kind_accusations_first():
    (accusation,), (to_do,) = rects(CHARTS["kinds"], "kind-accusation"), rects(CHARTS["kinds"], "kind-to_do")
    assert float(accusation.get("y")) < float(to_do.get("y"))
    assert float(accusation.get("width")) * 3 == pytest.approx(float(to_do.get("width")), abs=0.2)
    assert "Figure disagrees with its source: 1, Link has moved: 3." in CHARTS["kinds"]


def test_each_check_of_a_source_has_its_day_and_reason():
    assert CHARTS["checks"].count("2026-03-01: ") == len(LinkStatus)
    assert "(not found)" in CHARTS["checks"]


@pytest.mark.parametrize("chart", [health_chart([]), findings_chart([]), checks_chart([])])
def test_of_nothing_there_is_no_chart(chart):
    assert chart == ""


def test_the_html_report_draws_and_tells_the_health_of_several_runs():
    found = ReportedFinding(FINDINGS[0], FindingState.OPEN, (), True)
    report = RunReport(1, "run", RunState.FINISHED, AT, AT, Coverage(), (found,))
    bars = [HealthBar(AT, STATUSES), HealthBar(AT + timedelta(days=1), STATUSES)]
    page = HtmlReport(bars).render(report)
    assert page.count('class="chart"') == 2
    assert "<td>6</td>" in page
    assert HtmlReport(bars[:1]).render(report).count('class="chart"') == 1
    assert 'class="chart"' not in HtmlReport().render(RunReport(1, "run", RunState.FINISHED, AT, AT, Coverage()))
