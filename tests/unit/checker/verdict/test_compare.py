import time

import pytest

from verifier.checker.align.index import read_source
from verifier.checker.verdict.compare import ACCUSATION_CUT, compare, compare_with_sources, figure_code
from verifier.model import ClaimComparison, FindingCode, Verdict

TOLLS = (
    "The toll authority published its yearly report on Tuesday. Bridge traffic rose by 21 percent in 2019 after the "
    "new lanes opened. The authority collected $48 million in fees, and employs 310 people at two bridges."
)
BRIDGE = (
    "The span is 181 metres long and its pylons are 54 m high. The ferry rate fell to 2.8% in May."
    " The toll rate rose to 13.1%, and the idle rate was unchanged at 5.2%."
)
UNITS = "Plant | Capacity (MW) | Output 2004 (GWh)\nOrme Works | 318 | 1,640\nVeen Lock | 72 | 205\n"
TABLE = (
    "Receipts of the toll authority (in thousands)\n | 2019 | 2018\nBridge tolls | 48,120 | 39,775\n"
    "Tunnel tolls | 7,310 | 7,904\nParking fees | 1,288 | 1,107\n"
)

CASES = [
    (TOLLS, "Bridge traffic rose by 21 percent in 2019.", "supported"),
    (TOLLS, "Bridge traffic rose by twenty-one per cent in 2019.", "supported"),
    (TOLLS, "The authority collected more than $47 million in fees.", "supported"),
    (TOLLS, "The authority employs some 300 people at two bridges.", "supported"),
    (TOLLS, "Bridge traffic rose by 12 percent in 2019 after the new lanes opened.", "contradicted"),
    (TOLLS, "The authority collected $84 million in fees.", "contradicted"),
    (TOLLS, "The authority collected €48 million in fees.", "contradicted"),
    (TOLLS, "The toll authority employs at least 400 people at two bridges.", "contradicted"),
    (TOLLS, "The museum sold 12,000 tickets to its garden show.", "not_found"),
    (TOLLS, "Rainfall in the valley was 320 mm below the mean.", "not_found"),
    (TOLLS, "The toll authority published its yearly report.", "no_figures"),
    (TOLLS, "Section 12 of the report describes the lanes.3", "no_figures"),
    (BRIDGE, "The span is 181 metres long.", "supported"),
    (BRIDGE, "The span's pylons are 181 metres high.", "not_found"),
    (BRIDGE, "The toll rate rose to 13.1%.", "supported"),
    (UNITS, "Orme Works has a capacity of 318 MW.", "supported"),
    (UNITS, "Orme Works has a capacity of 318 GW.", "contradicted"),
    (UNITS, "Veen Lock produced 205 gigawatt-hours in 2004.", "supported"),
    (UNITS, "Veen Lock produced 205 MWh in 2004.", "contradicted"),
    (UNITS, "Orme Works produced about 1.6 TWh in 2004.", "supported"),
    (TABLE, "Bridge tolls came to 48,120 in 2019.", "supported"),
    (TABLE, "In 2018, bridge tolls stood at 39,775.", "supported"),
    (TABLE, "In 2018, bridge tolls stood at 48,120.", "contradicted"),
    (TABLE, "Tunnel tolls in 2019 were 7,904.", "contradicted"),
    (TABLE, "Parking fees came to 1,288 in 2019.", "supported"),
]


@pytest.mark.parametrize(("source", "claim", "verdict"), CASES)
def test_verdict(source: str, claim: str, verdict: str) -> None:
    assert compare(claim, source).verdict == verdict


def test_a_figure_far_from_the_subject_is_no_contradiction() -> None:
    source = "The museum sold 9,000 tickets. It opened in May. Its garden has 40 trees and 3 ponds."
    assert compare("The harbour handled 7.5 million tonnes of grain.", source).verdict is Verdict.NOT_FOUND


def test_the_passage_and_its_place_are_quoted() -> None:
    comparison = compare("Bridge traffic rose by 12 percent in 2019 after the new lanes opened.", TOLLS).figures[0]
    assert comparison.source_text == "21 percent"
    assert comparison.source_quote == "Bridge traffic rose by 21 percent in 2019 after the new lanes opened."
    assert comparison.source_start == TOLLS.index("Bridge traffic")


def test_a_missing_figure_quotes_nothing() -> None:
    (comparison,) = compare("The museum sold 12,000 tickets.", TOLLS).figures
    assert (comparison.source_text, comparison.source_quote, comparison.source_start) == (None, None, None)


def test_a_read_source_serves_any_number_of_claims() -> None:
    read = read_source(TOLLS)
    assert [compare(claim, read).verdict for _, claim, _ in CASES[:4]] == [Verdict.SUPPORTED] * 4


def test_an_empty_claim_or_source_is_compared() -> None:
    assert compare("", TOLLS).verdict is Verdict.NO_FIGURES
    assert compare("It rose by 5 percent.", "").verdict is Verdict.NOT_FOUND


def test_sources_are_judged_together() -> None:
    wrong, right = read_source(TOLLS.replace("21", "33")), read_source(TOLLS)
    for sources, index in (([wrong, right], 1), ([right, wrong], 0)):
        joint = compare_with_sources("Bridge traffic rose by 21 percent after the new lanes opened.", sources)
        assert [(one.comparison.verdict, one.source_index) for one in joint] == [(Verdict.SUPPORTED, index)]


def test_no_source_finds_nothing() -> None:
    (joint,) = compare_with_sources("It rose by 5 percent.", [])
    assert (joint.comparison.verdict, joint.source_index) == (Verdict.NOT_FOUND, None)


@pytest.mark.parametrize(
    ("verdict", "confidence", "code"),
    [
        ("contradicted", ACCUSATION_CUT, "figure_disagrees"),
        ("contradicted", ACCUSATION_CUT - 0.001, "figure_check"),
        ("not_found", 0.99, "figure_not_found"),
        ("supported", 0.99, None),
        ("no_figures", 1.0, None),
    ],
)
def test_codes(verdict: str, confidence: float, code: str | None) -> None:
    expected = None if code is None else FindingCode(code)
    assert figure_code(ClaimComparison(Verdict(verdict), confidence)) is expected


def test_comparing_grows_linearly_with_the_source() -> None:
    page = "In 2019 the agency paid $3.5 million to 40 schools, up from 2.9 million a year before. " * 40
    sources = {pages: read_source(page * pages) for pages in (5, 20)}

    def seconds(pages: int) -> float:
        started = time.process_time()
        compare("The agency paid $3.7 million to schools in 2019.", sources[pages])
        return time.process_time() - started

    # The best of five: whatever else the interpreter does in between (collecting garbage) is not the comparing.
    short, long = (min(seconds(pages) for _ in range(5)) for pages in (5, 20))
    assert long < 10 * max(short, 0.01)


def test_a_figure_from_the_wrong_column_is_sure_enough_to_accuse() -> None:
    tolls = "Tolls in 2026\nBridge | Car | Van | Coach | Lorry\nNorth Bridge | $1.70 | $3.40 | $5.10 | $9.60\n"
    comparison = compare("The toll for a lorry on the North Bridge is $5.10.", tolls)
    assert figure_code(comparison) is FindingCode.FIGURE_DISAGREES
    assert comparison.figures[0].source_text == "$9.60"
