from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from verifier.checker import CitedText, CitedWork, ShownWork, WorkCheck, read_source
from verifier.model import (
    Author,
    DescribedTitle,
    DescribedWork,
    Finding,
    Nature,
    TitleOrigin,
    Update,
    UpdateKind,
    Work,
)

MADE = date(2020, 3, 1)
NEAR, LATE = datetime(2020, 4, 1, tzinfo=UTC), datetime(2026, 4, 1, tzinfo=UTC)
TEXT = "Ada Quist, “Tolls on Old Bridges,” Port Economics (2016)."
WORK = Work(title="Tolls on Old Bridges", authors=(Author("Quist", "Ada"),), date="2016", container="Port Economics")
CITED = CitedWork("a.pdf", "fn-1", "9", 3, TEXT, TEXT, WORK)
OTHER = DescribedWork(
    Nature.WORK,
    (DescribedTitle("Night trains and the price of sleep", TitleOrigin.CITATION_META),),
    (Author("Lund", "Sofia"),),
    dates=("2019",),
)
SAME = replace(OTHER, titles=(DescribedTitle("Tolls on old bridges", TitleOrigin.CITATION_META),), authors=WORK.authors)
SAME_YEAR = replace(SAME, dates=("2016",))


def shown(work: DescribedWork, *, captured: datetime = NEAR, text: str = "", **fields: object) -> ShownWork:
    cited = CitedText("url:x", "http://a.example/x", read_source(text), captured_at=captured)
    return replace(ShownWork(cited, work), **fields)


def found(*works: ShownWork, cited: CitedWork = CITED) -> list[Finding]:
    return list(WorkCheck().findings(cited, works, MADE))


def test_another_work_is_accused_with_both_sides() -> None:
    (finding,) = found(shown(OTHER))
    assert (finding.code, finding.kind) == ("work_other", "accusation")
    assert finding.message == (
        "Note 9 cites “Tolls on Old Bridges”; its address shows another work: “Night trains and the price of sleep”."
    )
    assert [(field.name, field.cited, field.shown) for field in finding.evidence.fields] == [
        ("title", "Tolls on Old Bridges", "Night trains and the price of sleep"),
        ("author", "Quist, Ada", "Lund, Sofia"),
        ("year", "2016", "2019"),
        ("container", "Port Economics", ""),
    ]


def test_a_field_that_differs_is_a_to_do() -> None:
    (finding,) = found(shown(SAME))
    assert (finding.code, finding.kind) == ("work_differs", "to_do")
    assert [field.name for field in finding.evidence.fields if field.differs] == ["year"]


OTHER_NOTE = replace(CITED, note_text=TEXT + " S. Lund, Night trains and the price of sleep (2019).")
POLICY = [
    ([shown(SAME_YEAR)], CITED, []),
    ([shown(OTHER, captured=LATE)], CITED, ["work_differs"]),
    ([shown(OTHER, captured=LATE, identifies=True)], CITED, ["work_other"]),
    ([shown(OTHER)], replace(CITED, by_ocr=True), ["work_differs"]),
    ([shown(OTHER), shown(SAME_YEAR)], CITED, []),
    ([shown(OTHER, identifies=True), shown(SAME_YEAR)], CITED, ["work_other"]),
    ([shown(OTHER, text="Chapter 4. Tolls on Old Bridges. By Ada Quist.")], CITED, []),
    ([shown(OTHER)], OTHER_NOTE, []),
    ([shown(replace(OTHER, nature=Nature.LIST))], CITED, []),
    ([], CITED, []),
]


@pytest.mark.parametrize(("works", "cited", "codes"), POLICY)
def test_policy(works: list[ShownWork], cited: CitedWork, codes: list[str]) -> None:
    assert [finding.code for finding in found(*works, cited=cited)] == codes


def test_an_archived_copy_accuses_nobody() -> None:
    one = shown(OTHER)
    copied = replace(one, cited=replace(one.cited, copy_url="https://web.archive.org/x"))
    assert [finding.code for finding in found(copied)] == ["work_differs"]


def test_our_own_copy_of_a_source_that_died_accuses_nobody() -> None:
    one = shown(OTHER)
    assert [f.code for f in found(replace(one, cited=replace(one.cited, out_of_reach=True)))] == ["work_differs"]


def updated(*kinds: UpdateKind, work: DescribedWork = SAME_YEAR, key: str | None = "doi:10.5555/a") -> ShownWork:
    updates = tuple(Update(kind, "10.5555/n", "2021-02-03") for kind in kinds)
    return shown(replace(work, updates=updates), key=key, identifies=True)


UPDATES = [
    (updated(UpdateKind.RETRACTION), CITED, ["work_retracted"]),
    (updated(UpdateKind.WITHDRAWAL), CITED, ["work_retracted"]),
    (updated(UpdateKind.CORRECTION), CITED, ["work_corrected"]),
    (updated(UpdateKind.CONCERN), CITED, ["work_in_doubt"]),
    (updated(UpdateKind.PARTIAL_RETRACTION), CITED, ["work_in_doubt"]),
    (updated(UpdateKind.CORRECTION, UpdateKind.CONCERN), CITED, ["work_in_doubt"]),
    (updated(UpdateKind.NEW_EDITION, UpdateKind.CORRECTION), CITED, ["work_corrected"]),
    (updated(UpdateKind.RETRACTION, UpdateKind.REINSTATEMENT), CITED, ["work_in_doubt"]),
    (updated(UpdateKind.REINSTATEMENT), CITED, []),
    (updated(UpdateKind.CONCERN), replace(CITED, note_text=TEXT + " (but see the expression of concern)"), []),
    (updated(UpdateKind.CORRECTION), replace(CITED, note_text=TEXT + ", with erratum"), []),
    (updated(UpdateKind.RETRACTION), replace(CITED, note_text=TEXT + ", with erratum"), ["work_retracted"]),
    (updated(UpdateKind.CONCERN, key="isbn:9780000000000"), CITED, []),
    (updated(UpdateKind.CORRECTION, work=OTHER), CITED, ["work_other"]),
    (updated(UpdateKind.NEW_EDITION), CITED, ["work_newer_edition"]),
    (updated(UpdateKind.CORRECTION, UpdateKind.RETRACTION), CITED, ["work_retracted"]),
    (updated(UpdateKind.RETRACTION, key=None), CITED, []),
    (updated(UpdateKind.RETRACTION, key="isbn:9780000000000"), CITED, []),
    (updated(UpdateKind.RETRACTION), replace(CITED, note_text=TEXT + " (retracted)"), []),
    (updated(UpdateKind.RETRACTION, work=OTHER), CITED, ["work_other"]),
]


@pytest.mark.parametrize(("record", "cited", "codes"), UPDATES)
def test_what_became_of_a_work(record: ShownWork, cited: CitedWork, codes: list[str]) -> None:
    assert [finding.code for finding in found(record, cited=cited)] == codes


def test_a_retraction_is_told_with_its_notice() -> None:
    (finding,) = found(updated(UpdateKind.RETRACTION))
    assert finding.message == (
        "Note 9 cites “Tolls on old bridges”, which its publisher retracted on 2021-02-03 (doi:10.5555/n)."
    )
    assert finding.kind == "accusation"


def test_the_fingerprint_outlives_what_the_page_says() -> None:
    (first,) = found(shown(OTHER))
    (second,) = found(shown(replace(OTHER, dates=("2020",)), captured=LATE))
    assert first.fingerprint == second.fingerprint


@pytest.mark.parametrize(
    ("kind", "words"),
    [
        (UpdateKind.CONCERN, "about which its publisher expressed concern on 2021-02-03 (doi:10.5555/n)"),
        (UpdateKind.CORRECTION, "which its publisher corrected on 2021-02-03 (doi:10.5555/n)"),
        (UpdateKind.PARTIAL_RETRACTION, "of which its publisher retracted a part on 2021-02-03 (doi:10.5555/n)"),
    ],
)
def test_a_lesser_notice_is_a_to_do_in_clear_words(kind: UpdateKind, words: str) -> None:
    (finding,) = found(updated(kind))
    assert finding.message == f"Note 9 cites “Tolls on old bridges”, {words}."
    assert finding.kind == "to_do"


def test_a_work_that_was_reinstated_before_it_was_retracted_is_retracted() -> None:
    updates = (Update(UpdateKind.RETRACTION, None, "2022-01-01"), Update(UpdateKind.REINSTATEMENT, None, "2021-01-01"))
    record = shown(replace(SAME_YEAR, updates=updates), key="doi:10.5555/a", identifies=True)
    assert [finding.code for finding in found(record)] == ["work_retracted"]
