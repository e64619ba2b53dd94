"""What people decided is told in every report: reviews, what is right, whose a finding is, what rules keep quiet."""

import io
import json
import re
import zipfile
from dataclasses import replace
from pathlib import Path

import jsonschema
import pypdf
import pytest

from db.assignments import NewAssignment
from db.review_queue import QueueFilter
from db.reviews import NewReview
from db.rules import NewRule
from db.store import Store
from tests.support.commenting import InlineCommenter
from tests.support.draft_files import docx, paragraph, run
from tests.support.stores import checked, day, link_finding
from tests.unit.reports.markup.test_annotated_copies import DATA, publish
from verifier.model import Decision, FindingCode, FindingState
from verifier.objects import ObjectSettings
from verifier.objects.editions import Editions
from verifier.parser import extract
from verifier.parser.drafts.word_comments import comment_word
from verifier.reports.contents import CitationPlace, ReportedFinding
from verifier.reports.digest import digest_text, make_digest
from verifier.reports.digest_html import digest_html
from verifier.reports.gather import gather
from verifier.reports.html import HtmlReport
from verifier.reports.interchange import JsonReport
from verifier.reports.markup.annotated_copies import commented_copies
from verifier.reports.markup.comments import word_comments_on
from verifier.reports.sheets.cells import COLUMNS, row_values
from verifier.reports.sheets.cite_check import cite_checks
from verifier.reports.terminal import TextReport

SCHEMA = json.loads((Path(__file__).resolve().parents[3] / "docs/schemas/report.json").read_text(encoding="utf-8"))
ADDRESS = "https://desk.example.test"
LINK = "http://a.example.test/"


@pytest.fixture
def store(tmp_path):
    """A paper with two figures, one accepted with what is right and one asked about in vain, and a quiet link."""
    with Store.open(f"sqlite:///{tmp_path / 'verifier.db'}") as opened:
        publish(opened, tmp_path, "one", DATA / "simple-notes.pdf", "first", "second")
        latest = opened.runs.latest().id
        opened.links.record_check(latest, checked(LINK), day(7))
        opened.findings.save_link_findings(latest, [link_finding(LINK, FindingCode.LINK_BLOCKED)], [], day(0))
        accept = NewReview(Decision.ACCEPT, "Ana", "", "t1", right_value="6 million")
        opened.findings.decide("first", accept, None, day(1))
        asked = NewReview(Decision.QUERY, "Ana", "", "t2", day(3), question="6?")
        opened.findings.decide("second", asked, None, day(1))
        ids = opened.queue.ids(QueueFilter(state=None, code=FindingCode.FIGURE_DISAGREES))
        opened.assignments.assign(ids, NewAssignment("Ben", "Ana", "t3"), day(1))
        rule = NewRule(
            code=FindingCode.LINK_BLOCKED,
            why="they let nobody in",
            reviewer="Cem",
            request_token="t4",
            host="a.example.test",
            expires_at=day(9999),
        )
        opened.rules.set(rule, day(1))
        yield opened


def test_the_json_has_them_as_its_schema_says(store):
    report = json.loads(JsonReport().render(gather(store, desk_address=ADDRESS)))
    jsonschema.validate(report, SCHEMA)
    by_state = {finding["state"]: finding for finding in report["findings"]}
    accepted = by_state["accepted"]
    assert (accepted["review"]["right_value"], accepted["review"]["reviewer"]) == ("6 million", "Ana")
    assert (accepted["assignee"], accepted["desk_url"]) == ("Ben", f"{ADDRESS}/findings/first")
    assert by_state["quiet"]["review"]["rule"] == report["rules"][0]["id"]
    assert report["rules"][0] | {"id": "", "made_at": "", "expires_at": ""} == {
        "id": "",
        "code": "link_blocked",
        "host": "a.example.test",
        "url": None,
        "http_status": None,
        "reason": None,
        "place": "at a.example.test",
        "why": "they let nobody in",
        "reviewer": "Cem",
        "made_at": "",
        "expires_at": "",
        "findings": 1,
    }
    assert (report["coverage"]["findings_quiet"], report["coverage"]["rules"]) == (1, 1)
    assert by_state["open"]["review"]["decision"] == "query"


def test_without_an_address_there_are_no_links(store):
    assert {finding.desk_url for finding in gather(store).findings} == {None}


@pytest.mark.parametrize("render", [TextReport().render, HtmlReport().render], ids=["text", "html"])
def test_reports_name_the_rules_and_who_asked(store, render):
    told = re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", render(gather(store, desk_address=ADDRESS))))
    assert "1 finding is quiet by 1 standing rule" in told
    assert re.search(r"Source may not be read by a program at a\.example\.test ?: 1 finding", told)
    assert "they let nobody in" in told
    assert "6 million" in told
    assert f"query unanswered since {day(1):%Y-%m-%d}" in told
    assert "for Ben" in told


@pytest.mark.parametrize("render", [digest_text, digest_html], ids=["text", "html"])
def test_digests_count_what_is_quiet_and_lead_to_the_desk(store, render):
    told = render(make_digest(gather(store, desk_address=ADDRESS)))
    assert "1 finding is quiet by 1 standing rule" in told
    assert f"{ADDRESS}/findings/second" in told
    assert f"{ADDRESS}/findings/first" not in told, "it was accepted: no news"


def test_nothing_is_said_of_rules_where_there_are_none(store):
    rule = store.rules.all()[0]
    store.rules.end(rule.id, "Ana", day(4))
    report = gather(store)
    assert report.rules == ()
    assert "quiet" not in TextReport().render(report).lower()


def test_the_sheet_has_what_is_right_whose_it_is_and_the_link(store):
    report = gather(store, desk_address=ADDRESS)
    heads = [head for head, _ in COLUMNS]
    checks = cite_checks(store, report, store.documents.current())
    row = next(row for check in checks if (row := dict(zip(heads, row_values(check), strict=True)))["Right value"])
    assert (row["Right value"], row["Assigned to"]) == ("6 million", "Ben")
    assert row["At the desk"].startswith(f"{ADDRESS}/findings/")


def test_the_commented_copy_bears_what_is_to_be_corrected_and_leads_to_the_desk(store, tmp_path):
    report = gather(store, desk_address=ADDRESS)
    (copy,) = commented_copies(
        store, report, store.documents.current(), Editions(tmp_path, ObjectSettings()), day(4), InlineCommenter()
    )
    pages = pypdf.PdfReader(io.BytesIO(copy.content), strict=True).pages
    notes = [str(one.get_object().get("/Contents", "")) for page in pages for one in page.get("/Annots", ())]
    first = next(note for note in notes if "About first." in note and "says Ana" in note)
    assert "To be corrected, says Ana. Right is: 6 million" in first
    assert f"{ADDRESS}/findings/first" in first
    assert not any(LINK in note and "blocked" in note for note in notes), "what a rule keeps quiet is not told"


def test_a_comment_in_word_leads_to_the_desk(tmp_path):
    file = tmp_path / "a.docx"
    file.write_bytes(docx(paragraph(run("Gate 5 is open."))))
    finding = replace(link_finding(LINK), sentence="Gate 5 is open.")
    place = CitationPlace("a.docx", None, None, finding.sentence, None, 1)
    url = f'{ADDRESS}/findings/a"b'
    reported = ReportedFinding(finding, FindingState.OPEN, (place,), True, desk_url=url)
    comments = word_comments_on(extract(file), [reported])
    copy = comment_word(file, comments, day(1))
    with zipfile.ZipFile(io.BytesIO(copy.content)) as package:
        comments = package.read("word/comments.xml").decode()
        links = package.read("word/_rels/comments.xml.rels").decode()
    assert "<w:hyperlink " in comments
    assert 'Target="https://desk.example.test/findings/a%22b"' in links
