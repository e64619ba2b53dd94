from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from verifier.checker.align.index import read_source
from verifier.checker.checks.base import CheckResult, CitedClaim, CitedText, Claim, FixedCheck, run_checks
from verifier.checker.checks.figures import FigureCheck
from verifier.model import Coverage, FindingCode, PartStatus, Signal, SnapshotRef

RIGHT = "The toll authority reported that bridge traffic rose by 21 percent in 2019 after the new lanes opened."
SILENT = "The museum reopened its east wing. Visitors may book guided tours of the gardens."
SAYS = "Bridge traffic rose by {} percent in 2019 after the new lanes opened."
DOCUMENT_DATE = date(2020, 3, 1)
CAPTURED = datetime(2020, 4, 1, tzinfo=UTC)


def claim(text: str, in_note: bool = False, own_analysis: bool = False) -> Claim:
    return Claim("a.pdf", "fn-1", "9", 3, text, text, in_note=in_note, own_analysis=own_analysis)


def cited(
    text: str = RIGHT,
    key: str = "url:http://tolls.example/",
    signal: Signal | None = None,
    captured: datetime | None = CAPTURED,
    dated: date | None = None,
) -> CitedText:
    place = SnapshotRef("a.warc.gz", 7)
    return CitedText(key, key[4:], read_source(text), "Tolls and Fees", signal, captured, dated, place)


def check(said: Claim, *sources: CitedText, unread: int = 0, document: date | None = DOCUMENT_DATE) -> CheckResult:
    return FigureCheck().findings(CitedClaim(said, sources, unread, document))


def codes(result: CheckResult) -> list[str]:
    return [finding.code.value for finding in result.findings]


def test_a_right_figure_raises_nothing_and_is_counted() -> None:
    result = check(claim(SAYS.format(21)), cited())
    assert codes(result) == []
    assert result.coverage == Coverage(figures=2, figures_compared=2, figures_supported=2)


def test_a_wrong_figure_is_an_accusation_with_its_evidence() -> None:
    result = check(claim(SAYS.format(12)), cited())
    assert codes(result) == ["figure_disagrees"]
    finding = result.findings[0]
    assert finding.message.startswith('The text at note 9 says 12 percent; the source says "')
    assert "rose by 21 percent" in finding.message
    assert finding.message.endswith("(Tolls and Fees).")
    assert finding.evidence.source_text == "21 percent"
    assert finding.evidence.source_quote == RIGHT
    assert (finding.evidence.snapshot, finding.evidence.fetched_at) == (SnapshotRef("a.warc.gz", 7), CAPTURED)
    assert result.coverage.figures_contradicted == 1


def test_the_opposite_verb_is_a_to_do_that_shows_both_passages() -> None:
    result = check(claim("Bridge traffic fell by 21 percent in 2019 after the new lanes opened."), cited())
    assert codes(result) == ["figure_check"]
    assert 'says "Bridge traffic fell by 21 percent in' in result.findings[0].message
    assert "bridge traffic rose by 21 percent in" in result.findings[0].message


def test_a_passage_is_not_cut_within_a_number() -> None:
    said = "Of 1.1 million crossings in 4,120 hours bridge traffic fell by 21 percent in 2019."
    result = check(claim(said), cited(RIGHT.replace("The toll authority", "Of 1.1 million crossings it")))
    shown = next(finding.message for finding in result.findings if "21 percent" in finding.message)
    assert '"1 million' not in shown
    assert '"120 hours' not in shown


def test_a_figure_that_was_read_by_ocr_is_only_a_to_do() -> None:
    assert codes(check(replace(claim(SAYS.format(12)), by_ocr=True), cited())) == ["figure_check"]


def test_the_page_is_told_by_form_feeds() -> None:
    result = check(claim(SAYS.format(12), in_note=True), cited("A cover page.\f" + RIGHT))
    assert result.findings[0].message.startswith("Note 9 says 12 percent;")
    assert result.findings[0].message.endswith("(Tolls and Fees, p. 2).")


def test_one_source_that_supports_clears_the_figure() -> None:
    wrong = cited(RIGHT.replace("21", "12"), "url:http://other.example/")
    assert codes(check(claim(SAYS.format(12)), cited(), wrong)) == []
    assert codes(check(claim(SAYS.format(12)), wrong, cited())) == []


@pytest.mark.parametrize("signal", [Signal.CF, Signal.CONTRA, Signal.BUT_SEE, Signal.COMPARE])
def test_a_disowned_source_never_disagrees(signal: Signal) -> None:
    result = check(claim(SAYS.format(12)), cited(signal=signal))
    assert codes(result) == []
    assert result.coverage.figures_contradicted == 0


def test_a_disowned_source_beside_another_still_lets_that_one_disagree() -> None:
    other = cited(SILENT, "url:http://museum.example/", Signal.CONTRA)
    result = check(claim(SAYS.format(12)), other, cited())
    assert codes(result) == ["figure_disagrees"]
    assert result.findings[0].url == "http://tolls.example/"


def test_the_authors_own_analysis_is_never_accused() -> None:
    assert codes(check(claim(SAYS.format(12), own_analysis=True), cited())) == []


@pytest.mark.parametrize(
    ("captured", "dated", "document", "code"),
    [
        (datetime(2020, 4, 1, tzinfo=UTC), None, date(2020, 3, 1), "figure_disagrees"),
        (datetime(2020, 8, 28, tzinfo=UTC), None, date(2020, 3, 1), "figure_disagrees"),
        (datetime(2020, 8, 29, tzinfo=UTC), None, date(2020, 3, 1), "figure_check"),
        (datetime(2026, 4, 1, tzinfo=UTC), date(2020, 3, 1), date(2020, 3, 1), "figure_disagrees"),
        (datetime(2026, 4, 1, tzinfo=UTC), date(2020, 3, 2), date(2020, 3, 1), "figure_check"),
        (None, None, date(2020, 3, 1), "figure_check"),
        (datetime(2020, 4, 1, tzinfo=UTC), date(2019, 3, 1), None, "figure_check"),
    ],
)
def test_only_a_capture_near_the_document_accuses(
    captured: datetime | None, dated: date | None, document: date | None, code: str
) -> None:
    result = check(claim(SAYS.format(12)), cited(captured=captured, dated=dated), document=document)
    assert codes(result) == [code]
    assert ("today's page says" in result.findings[0].message) == (code == "figure_check")


def test_an_unread_source_softens_a_disagreement_and_hides_a_miss() -> None:
    assert codes(check(claim(SAYS.format(12)), cited(), unread=1)) == ["figure_check"]
    missed = check(claim(SAYS.format(12)), cited(SILENT), unread=1)
    assert codes(missed) == []
    assert missed.coverage == Coverage(figures=2, figures_source_unread=2)


def test_a_figure_missing_from_a_read_source_is_a_low_to_do() -> None:
    result = check(claim("Bridge traffic rose by 12 percent."), cited(SILENT))
    assert codes(result) == ["figure_not_found"]
    assert result.findings[0].kind == "to_do"
    assert result.findings[0].severity == "low"
    assert result.findings[0].message == ("The text at note 9 says 12 percent, which the cited source does not give.")


def test_a_figure_that_a_source_gives_of_something_else_is_shown_there() -> None:
    elsewhere = cited(
        "The harbour board said that rents in Velmar rose by 12 percent.", key="url:http://rents.example/"
    )
    result = check(claim("Bridge traffic in Ostrand fell by 12 percent."), cited(SILENT), elsewhere)
    (finding,) = result.findings
    assert finding.code == "figure_not_found"
    assert finding.message == (
        "The text at note 9 says 12 percent, which one of the cited sources gives, but not surely of the same thing: "
        '"board said that rents in Velmar rose by 12 percent".'
    )
    assert finding.url == elsewhere.address
    alone = check(claim("Bridge traffic in Ostrand fell by 12 percent."), cited(SILENT)).findings[0]
    assert finding.fingerprint == alone.fingerprint  # what was decided about it holds


def test_unread_sources_are_counted() -> None:
    result = check(claim(SAYS.format(12)), unread=1)
    assert result.coverage == Coverage(figures=2, figures_source_unread=2)
    assert not result.findings and not result.comparisons
    assert {part.status for part in result.parts} == {PartStatus.SOURCE_UNREAD}


@pytest.mark.parametrize(
    ("result", "status"),
    [
        (lambda: check(claim(SAYS.format(21)), cited()), PartStatus.AGREES),
        (lambda: check(claim(SAYS.format(12)), cited()), PartStatus.DISAGREES),
        (lambda: check(claim(SAYS.format(12), own_analysis=True), cited()), PartStatus.DISAGREES),
        (lambda: check(claim("Bridge traffic rose by 12 percent."), cited(SILENT)), PartStatus.NOT_FOUND),
        (lambda: check(claim("Bridge traffic rose by 12 percent."), cited(SILENT), unread=1), PartStatus.SOURCE_UNREAD),
        (lambda: check(claim("Some 12 percent of 4,000 pupils."), unread=1), PartStatus.SOURCE_UNREAD),
        (lambda: check(claim("Some 12 percent of 4,000 pupils.")), PartStatus.SOURCE_NOT_GIVEN),
        (lambda: check(claim("Some 12 percent of 4,000 pupils.", in_note=True)), PartStatus.SOURCE_NOT_GIVEN),
    ],
)
def test_every_figure_is_a_part_that_says_what_became_of_it(result, status: PartStatus) -> None:
    told = result()
    assert len(told.parts) == told.coverage.figures
    assert status in {part.status for part in told.parts}
    raised = {finding.fingerprint for finding in told.findings}
    assert {part.fingerprint for part in told.parts if part.fingerprint} == raised
    for part in told.parts:
        assert bool(part.url) == bool(part.evidence.source_quote)


def test_a_note_with_figures_and_no_source_is_told() -> None:
    result = check(claim("Some 12 percent of 4,000 pupils.", in_note=True))
    assert codes(result) == ["source_not_given"]
    assert result.findings[0].message == ("Note 9 says 12 percent and 4,000, and gives no source that can be checked.")
    assert result.coverage == Coverage(figures=2, figures_source_not_given=2)


def test_an_anchor_without_a_source_is_only_counted() -> None:
    result = check(claim("Some 12 percent of 4,000 pupils."))
    assert codes(result) == []
    assert result.coverage.figures_source_not_given == 2


def test_no_figures_is_nothing() -> None:
    assert check(claim("Traffic rose."), cited()) == CheckResult()


def test_one_figure_twice_in_a_sentence_is_two_findings() -> None:
    result = check(claim("It rose by 12 percent in May and by 12 percent in June."), cited(SILENT))
    assert len({finding.fingerprint for finding in result.findings}) == len(result.findings) >= 2


def test_a_check_and_an_accusation_are_one_finding() -> None:
    accused = check(claim(SAYS.format(12)), cited())
    later = check(claim(SAYS.format(12)), cited(captured=datetime(2026, 4, 1, tzinfo=UTC)))
    assert accused.findings[0].code is not later.findings[0].code
    assert accused.findings[0].fingerprint == later.findings[0].fingerprint


def test_checks_are_joined_in_order() -> None:
    fixed = FixedCheck(result=CheckResult(coverage=Coverage(figures=1)))
    joined = run_checks([fixed, FigureCheck()], CitedClaim(claim(SAYS.format(12)), (cited(),), 0, DOCUMENT_DATE))
    assert joined.coverage.figures == 3
    assert [finding.code for finding in joined.findings] == [FindingCode.FIGURE_DISAGREES]
