import random
from dataclasses import replace
from pathlib import Path

import pytest

from tests.support.works import figures, is_right, judge
from tests.support.works_cases import cases
from verifier.checker import compare_with_list, compare_work
from verifier.checker.works.rules import ACCUSATION_CUT, RULES
from verifier.model import (
    Author,
    DescribedTitle,
    DescribedWork,
    Nature,
    Notice,
    TitleOrigin,
    Work,
    WorkField,
    WorkKind,
    WorkVerdict,
)

CITED = Work(title="Tolls on Old Bridges", authors=(Author("Quist", "Ada"),), date="2016", container="Port Economics")
TEXT = "Ada Quist, “Tolls on Old Bridges,” Port Economics (2016)."


def shown(title: str, *, authors: tuple[Author, ...] = (), **fields: object) -> DescribedWork:
    work = DescribedWork(
        Nature.WORK, (DescribedTitle(title, TitleOrigin.CITATION_META),), authors, opening="An opening of some length."
    )
    return replace(work, **fields)


LUND = (Author("Lund", "Sofia"),)
RULED = [
    (shown("Tolls on old bridges"), "same_title"),
    (shown("Tolls on Old Bridges: Evidence from 40 Ports"), "same_title_in_part"),
    (shown("Tolls on Old Bridges", dates=("2019-05",)), "year_differs"),
    (shown("Tolls on Old Bridges", dates=("2017",)), "same_title"),
    (shown("Tolls on Old Bridges", authors=LUND), "other_authors"),
    (shown("Tolls on Old Bridges", authors=LUND, by_line=True), "same_title"),
    (shown("Tolls on Old Bridges", authors=(Author("Quisst", "Ada"),)), "author_misspelt"),
    (shown("Tolls on Old Bridges", container="Journal of Sleep"), "container_differs"),
    (shown("Tolls on Old Bridges", container="arXiv (Cornell University)"), "same_title"),
    (shown("Tolls on Old Ferries", authors=(Author("Quist", "Ada"),)), "near_title"),
    (shown("Tolls on Old Ferries", authors=LUND), "near_title_other_authors"),
    (shown("Night trains and sleep", authors=LUND), "other_title_and_authors"),
    (shown("Night trains and sleep", authors=CITED.authors), "other_title_same_authors"),
    (shown("Night trains and sleep", container="Port Economics"), "other_part_of_container"),
    (shown("Night trains and sleep"), "other_stated_title"),
    (shown("Night trains and sleep", opening="We discuss Tolls on Old Bridges."), "named_in_text"),
    (shown("Nachtzüge und Schlaf", language="de"), "other_language"),
    (shown("Port Economics"), "whole_of_the_part"),
    (shown("Night trains and sleep", authors=LUND, by_line=True), "other_stated_title"),
    (shown("Erratum: Tolls on Old Bridges", notice=Notice.CORRECTION), "about_the_work"),
    (shown("RETRACTED: Tolls on Old Bridges", notice=Notice.RETRACTED), "same_title_in_part"),
    (shown("Night trains", nature=Nature.LIST), "not_a_work"),
    (DescribedWork(), "not_a_work"),
]


@pytest.mark.parametrize(("described", "rule"), RULED)
def test_a_work_against_a_note(described: DescribedWork, rule: str) -> None:
    assert compare_work(CITED, TEXT, described).rule == rule


def test_several_fields_are_named_together() -> None:
    result = compare_work(CITED, TEXT, shown("Tolls on Old Bridges", authors=LUND, dates=("2020",)))
    assert result.differs == (WorkField.YEAR, WorkField.AUTHOR)
    assert result.verdict is WorkVerdict.DIFFERS


def test_a_series_is_told_by_its_year() -> None:
    cited = Work(title="World Harbour Outlook", date="2019")
    text = "World Harbour Outlook, 2019."
    assert compare_work(cited, text, shown("World Harbour Outlook 2019")).verdict is WorkVerdict.SAME
    assert compare_work(cited, text, shown("World Harbour Outlook 2023")).rule == "other_year_of_series"


def test_the_record_of_another_doi_than_the_printed_one_says_nothing() -> None:
    record = replace(
        shown("Night trains"), titles=(DescribedTitle("Night trains", TitleOrigin.RECORD),), identifiers=("doi:10.1/b",)
    )
    assert compare_work(CITED, TEXT + " doi:10.5555/aaa", replace(record, identifiers=("doi:10.5555/bbb",))).rule == (
        "wrong_record"
    )


def test_a_search_that_found_others_says_nothing() -> None:
    assert compare_with_list(CITED, TEXT, [shown("Night trains")]).rule == "not_in_list"
    assert compare_with_list(CITED, TEXT, [shown("Night trains"), shown("Tolls on Old Bridges")]).rule == "same_title"


def test_acts_of_law_are_never_others() -> None:
    act = Work(title="Bridges Act", kind=WorkKind.STATUTE)
    assert compare_work(act, "Bridges Act 1998, s. 4", shown("Highways and Crossings")).verdict is WorkVerdict.UNKNOWN


def test_a_headline_that_was_changed_is_no_other_article() -> None:
    cited = Work(title="Shut again", container="The Courier", date="2020-05-04", kind=WorkKind.NEWS)
    text = "“Shut again”, The Courier, 4 May 2020."
    page = shown("Bridge closes for the third time", site="The Courier", is_news=True, dates=("2020-05-04",))
    assert compare_work(cited, text, page).rule == "other_headline"
    assert compare_work(cited, text, replace(page, dates=("2020-06-09",))).verdict is WorkVerdict.OTHER


def test_a_note_in_another_language_may_mean_a_translation() -> None:
    cited = Work(title="Die Kosten der Brücken und der Zoll", date="2016")
    assert compare_work(cited, "Die Kosten der Brücken und der Zoll (2016)", shown("Night trains and sleep")).rule == (
        "other_language"
    )


def test_a_note_that_names_no_work() -> None:
    assert compare_work(None, "Available here.", shown("Night trains")).rule == "no_title_in_note"


def test_every_rule_is_between_nothing_and_certainty() -> None:
    assert all(0 < rule.confidence < 1 for rule in RULES.values())
    assert {name for name, rule in RULES.items() if rule.confidence >= ACCUSATION_CUT and rule.verdict.value == "other"}


def test_made_cases_raise_no_false_alarm() -> None:
    """A fifth of the benchmark's cases, of another seed; the whole is `python -m tests.support.works`."""
    answers = [
        (case, judge(case))
        for number, case in enumerate(cases(seed=random.Random(3).randint(1, 99), count=480))
        if number % 5 == 0
    ]
    counted = figures(answers)
    assert counted["alarms_same"].startswith("0 of ")
    assert counted["alarms_unknown"].startswith("0 of ")
    right = [is_right(case, said) for case, said in answers if case.accept[0] in ("other", "differs")]
    assert sum(right) >= 0.8 * len(right)


def test_the_rules_are_documented() -> None:
    docs = Path(__file__).parents[4] / "docs"
    rows = {
        f"| `{name}` | {rule.verdict.value}{f' ({rule.field.value})' if rule.field else ''} | {rule.confidence:.2f} |"
        for name, rule in RULES.items()
    }
    page = (docs / "works.md").read_text(encoding="utf-8")
    assert {row for row in rows if row not in page} == set()


HELD = "Quist v. Harbour Board, 994 F.3d 925, 930 (9th Cir. 2021)."
DOCKETED = "Quist v. Harbour Board, No. 1:17-cv-01234, slip op. at 3 (D.D.C. Mar. 4, 2019)."


def case(caption: str, *identifiers: str, opening: str = "Opinion of the court, in some length.") -> DescribedWork:
    return shown(caption, identifiers=identifiers, opening=opening)


CASES = [
    (HELD, case("Quist v. Harbour Board", "reporter:994 F.3d 925"), "same_case"),
    (HELD, case("Quist v. Harbour Bd.", "reporter:141 S. Ct. 12", "reporter:994 F.3d 925"), "same_case"),
    (HELD, case("Lund v. Ferry Co.", "reporter:994 F.3d 925"), "other_case_at_place"),
    (HELD, case("Quist v. Harbour Board", "reporter:994 F.3d 952"), "reporter_differs"),
    (HELD, case("Quist v. Harbour Board", "reporter:944 F.3d 925"), "reporter_differs"),
    (HELD, case("Quist v. Harbour Board", "reporter:812 F.3d 77"), "same_case"),  # another decision between the two
    (HELD, case("Quist v. Harbour Board", "reporter:994 F. Supp. 3d 952"), "same_case"),
    (HELD, case("Quist v. Harbour Board"), "same_case"),
    (DOCKETED, case("Quist v. Harbour Board", "docket:1:17-cv-01234"), "same_case"),
    (DOCKETED, case("Quist v. Lund", "docket:1:17-cv-01234"), "same_case"),  # an officer's successor
    (DOCKETED, case("Moor v. Ferry Company", "docket:1:17-cv-01234"), "other_case_at_docket"),
    (DOCKETED, case("Quist v. Harbour Board", opening="Case 1:17-cv-1243-ABC, filed today"), "docket_differs"),
    (DOCKETED, case("Quist v. Harbour Board", opening="Case 1:18-cv-01234, filed today"), "docket_differs"),
    (DOCKETED, case("Quist v. Harbour Board", opening="Case 1:15-cv-00077, filed today"), "same_case"),
    (DOCKETED, case("Quist v. Harbour Board", opening="Nos. 1:17-cv-01243, 1:17-cv-01234, joined"), "same_case"),
    (DOCKETED, case("Moor v. Ferry Company", opening="Case 1:17-cv-01234"), "other_case_at_docket"),
    (DOCKETED, case("Moor v. Ferry Company"), "other_case"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "described", "rule"), CASES)
def test_a_decision_is_held_by_caption_reporter_and_docket(text: str, described: DescribedWork, rule: str) -> None:
    kind = WorkKind.DOCKET if text is DOCKETED else WorkKind.CASE
    work = Work(title="Quist v. Harbour Board", date="2021", kind=kind)
    assert compare_work(work, text, described).rule == rule


@pytest.mark.parametrize("rule", ["other_case_at_place", "other_case_at_docket", "reporter_differs", "docket_differs"])
def test_no_number_of_a_decision_accuses(rule: str) -> None:
    assert RULES[rule].confidence < ACCUSATION_CUT
