import pytest

from verifier.checker.figures.scanner import scan
from verifier.checker.verdict.arithmetic import is_difference
from verifier.checker.verdict.compare import accuses, compare
from verifier.checker.verdict.direction import is_denied
from verifier.model import Verdict

REPORT = "Ferry report. Ticket sales of the ferry fell by 17 percent last year, the report says."


def test_the_opposite_verb_is_a_disagreement_to_check_and_no_accusation() -> None:
    answer = compare("Ticket sales of the ferry rose by 17 percent last year.", REPORT)
    assert answer.verdict is Verdict.CONTRADICTED
    assert not accuses(answer)
    assert answer.figures[0].reason == 'the source gives 17 percent with "fell" where the claim says "rose"'


@pytest.mark.parametrize(
    "claim",
    ["Ticket sales of the ferry fell by 17 percent last year.", "Ticket sales of the ferry declined by 17 percent."],
)
def test_the_same_direction_is_support(claim: str) -> None:
    assert compare(claim, REPORT).verdict is Verdict.SUPPORTED


def test_a_passage_with_the_claims_verb_clears_the_direction() -> None:
    both = REPORT + " Ticket sales of the ferry rose by 17 percent in spring."
    assert compare("Ticket sales of the ferry rose by 17 percent.", both).verdict is Verdict.SUPPORTED


def test_a_denied_date_is_not_contradicted_by_the_date_it_happened() -> None:
    source = "The lighthouse at Orme was built in 1862."
    assert compare("The lighthouse at Orme was not built in 1850.", source).verdict is Verdict.NOT_FOUND
    assert compare("The lighthouse at Orme was built in 1850.", source).verdict is Verdict.CONTRADICTED


@pytest.mark.parametrize(
    ("claim", "verdict"),
    [
        ("The price of a ferry ticket rose by 8 euros last year.", Verdict.NOT_FOUND),
        ("The price of a ferry ticket was 13 euros last year.", Verdict.CONTRADICTED),
    ],
)
def test_a_change_is_not_contradicted_by_a_level(claim: str, verdict: Verdict) -> None:
    assert compare(claim, "The price of a ferry ticket was 31 euros last year.").verdict is verdict


OTHER_KINDS = [
    ("Trials do not support the drug for 2031-flu patients.", "Trials do not support it for 2013-flu patients.", False),
    ("The mill had not been built in 1850.", "The mill was built in 1862.", True),
    ("In 1850, the mill did not exist.", "The mill was built in 1862.", True),
    ("A third of deaths between 1 March and 1 August 2022 could not be explained.", "Deaths to 1 August 2020.", False),
]


@pytest.mark.parametrize(("claim", "source", "denied"), OTHER_KINDS)
def test_a_denial_is_of_the_date_that_it_governs(claim: str, source: str, denied: bool) -> None:
    assert is_denied(claim, scan(claim)[-1 if "1850" not in claim else 0]) is denied


def test_a_depth_below_the_surface_is_a_level_and_no_change() -> None:
    depth = "The plant lies 140 metres below the surface."
    assert not is_difference(depth, scan(depth)[0])
    gap = "The plant lies 140 metres below the old one."
    assert is_difference(gap, scan(gap)[0])


def test_one_end_of_a_season_is_not_contradicted_by_a_year_elsewhere() -> None:
    source = "They were promoted to the First Division in 1904 but in 1910 the club was sold."
    answer = compare("Orme reached the First Division in the 1904-1905 season.", source)
    assert answer.verdict is not Verdict.CONTRADICTED


def test_a_sentence_of_another_year_says_nothing_of_this_one() -> None:
    source = "The 2019 budget set aside 365 million; the 2021 budget is not yet known."
    assert compare("The 2021 budget set aside 410 million.", source).verdict is Verdict.NOT_FOUND


COMMON = [
    ("There are two schools in the precinct of the abbey.", "Tolls were paid. He opposed a two-tier system of fares."),
    ("Enrolment rose by 50 percent.", "Tolls were paid. Half of the ferries were late."),
]


@pytest.mark.parametrize(("claim", "source"), COMMON)
def test_a_figure_that_any_text_has_supports_only_beside_words_of_the_claim(claim: str, source: str) -> None:
    assert compare(claim, source).verdict is not Verdict.SUPPORTED


@pytest.mark.parametrize(
    ("claim", "source"),
    [
        ("Five people in all were fined on Friday.", "He and four friends were fined on Friday."),
        ("The league was joined by seven clubs.", "The league was joined by Orme and six other clubs."),
        ("Greater Orme is made of nine parishes.", "Greater Orme is made of Orme itself and eight adjacent parishes."),
    ],
)
def test_a_count_with_the_one_named_beside_it_is_not_contradicted(claim: str, source: str) -> None:
    assert compare(claim, source).verdict is not Verdict.CONTRADICTED


def test_a_count_of_more_than_one_beside_it_is() -> None:
    assert compare("Eight people were fined on Friday.", "He and four friends were fined on Friday.").verdict in (
        Verdict.CONTRADICTED,
        Verdict.NOT_FOUND,
    )


def test_the_end_of_a_movement_supports_its_end() -> None:
    source = "The hourly fee rises from 9.20 dollars to 10.60 dollars on 1 May 2017."
    assert compare("The hourly fee went up to $10.60 in May 2017.", source).verdict is Verdict.SUPPORTED


@pytest.mark.parametrize(
    ("claim", "source"),
    [
        ("The raft carried 31 people.", "The raft carried 19 men and 12 women."),
        ("She left six children.", "She left two sons and four daughters."),
        ("The raft carried 36 people.", "The raft carried 19 men, 12 women and 5 boys."),
    ],
)
def test_a_count_of_what_the_source_counts_apart_is_not_contradicted(claim: str, source: str) -> None:
    assert compare(claim, source).verdict is not Verdict.CONTRADICTED


def test_a_count_that_is_no_sum_of_them_is() -> None:
    source = "The crew of the raft was 19 men and 12 women."
    assert compare("The crew of the raft was 91 men and 12 women.", source).verdict is Verdict.CONTRADICTED
