from datetime import UTC, date, datetime

import pytest

from verifier.checker.align.index import read_source
from verifier.checker.checks.base import CheckResult, CitedClaim, CitedText, Claim
from verifier.checker.checks.quotations import QuotationCheck
from verifier.model import Coverage, PartStatus, Signal

SOURCE = (
    "Foreword.\fThe board may close the bridge for repairs on any Sunday of the year, but must say so a week before."
)
SAID = "The rules hold that “the board {} close the bridge for repairs on any Sunday of the year.”"
NEAR, LATE = datetime(2020, 4, 1, tzinfo=UTC), datetime(2026, 4, 1, tzinfo=UTC)


def cited(text: str = SOURCE, signal: Signal | None = None, captured: datetime = NEAR) -> CitedText:
    return CitedText("url:http://a.example/", "http://a.example/", read_source(text), "Rules", signal, captured)


def check(text: str, *sources: CitedText, unread: int = 0) -> CheckResult:
    claim = Claim("a.pdf", "fn-1", "9", 3, text, text)
    return QuotationCheck().findings(CitedClaim(claim, sources, unread, date(2020, 3, 1)))


def codes(result: CheckResult) -> list[str]:
    return [finding.code.value for finding in result.findings]


def test_a_faithful_quotation_raises_nothing() -> None:
    result = check(SAID.format("may"), cited())
    assert not result.findings
    assert result.coverage == Coverage(quotations=1, quotations_compared=1)


@pytest.mark.parametrize(
    ("sources", "unread", "status"),
    [
        ([cited()], 0, PartStatus.AGREES),
        ([cited(SOURCE.replace("may", "shall"))], 0, PartStatus.DISAGREES),
        ([cited("The museum opened its garden.")], 0, PartStatus.NOT_FOUND),
        ([cited("The museum opened its garden.")], 1, PartStatus.SOURCE_UNREAD),
        ([cited(signal=Signal.CONTRA)], 0, PartStatus.DISOWNED),
        ([], 1, PartStatus.SOURCE_UNREAD),
        ([], 0, PartStatus.SOURCE_NOT_GIVEN),
    ],
)
def test_every_quotation_is_a_part_that_says_what_became_of_it(sources, unread, status) -> None:
    text = SAID.format("may")
    result = check(text, *sources, unread=unread)
    (part,) = result.parts
    assert part.status is status
    assert part.text == text[part.start : part.end] != ""
    assert part.fingerprint == (result.findings[0].fingerprint if result.findings else None)
    assert (part.url is not None) == (status in (PartStatus.AGREES, PartStatus.DISAGREES))


def test_an_altered_one_is_an_accusation_that_shows_the_words() -> None:
    (finding,) = check(SAID.format("shall"), cited()).findings
    assert finding.code == "quote_differs"
    assert finding.message == 'The text at note 9 quotes "shall" where the source has "may" (Rules, p. 2).'
    assert finding.evidence.source_quote is not None
    assert finding.evidence.source_quote.startswith("The board may close")


def test_an_absent_one_is_a_to_do() -> None:
    (finding,) = check(SAID.format("may"), cited("The museum opened its garden to all visitors.")).findings
    assert (finding.code, finding.kind) == ("quote_not_found", "to_do")
    assert finding.message.startswith('The text at note 9 quotes "the board may close the bridge')


@pytest.mark.parametrize(
    ("sources", "unread", "expected"),
    [
        ([cited(captured=LATE)], 0, ["quote_not_found"]),
        ([cited()], 1, ["quote_not_found"]),
        ([cited(signal=Signal.CONTRA)], 0, []),
        ([cited(), cited(SOURCE.replace("may", "shall"))], 0, []),
        ([cited("The museum opened its garden.")], 1, []),
        ([], 0, []),
    ],
)
def test_policy(sources: list[CitedText], unread: int, expected: list[str]) -> None:
    assert codes(check(SAID.format("shall"), *sources, unread=unread)) == expected


def test_what_was_read_by_ocr_is_never_an_accusation() -> None:
    text = SAID.format("shall")
    claim = Claim("a.pdf", "fn-1", "9", 3, text, text, by_ocr=True)
    result = QuotationCheck().findings(CitedClaim(claim, (cited(),), 0, date(2020, 3, 1)))
    assert codes(result) == ["quote_not_found"]


def test_what_nothing_was_read_for_is_counted_as_not_looked_up() -> None:
    assert check(SAID.format("may"), unread=1).coverage == Coverage(quotations=1)
    assert check(SAID.format("may"), cited(signal=Signal.CF)).coverage == Coverage(quotations=1)
    assert check("Nothing is quoted here.", cited()).coverage == Coverage()


def test_in_a_note_a_title_is_no_quotation_and_a_parenthesis_is() -> None:
    text = "A. Author, “The board shall close the bridge for repairs on any Sunday,” Gazette."
    quoting = "Rules, p. 2 (“the board shall close the bridge for repairs on any Sunday”)."
    for said, expected in ((text, []), (quoting, ["quote_differs"])):
        claim = Claim("a.pdf", "fn-1", "9", 3, said, said, in_note=True)
        assert codes(QuotationCheck().findings(CitedClaim(claim, (cited(),), 0, date(2020, 3, 1)))) == expected


def test_a_quotation_that_is_hardly_the_source_is_a_to_do() -> None:
    text = "They hold that “the council might open that bridge for visitors on any Monday of the month.”"
    assert codes(check(text, cited())) in ([], ["quote_not_found"])
    close = SAID.format("may").replace("close the bridge for repairs on any", "open the gates for visitors on each")
    assert codes(check(close, cited())) == ["quote_not_found"]
