"""Block quotations are held against their sources where these have their words, nearly."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from verifier.checker.align.index import read_source
from verifier.checker.checks.base import CitedClaim, CitedText, Claim
from verifier.checker.checks.quotations import QuotationCheck
from verifier.model import Coverage

SOURCE = (
    "The rules. The board may close the bridge for repairs on any Sunday of the year, but must say so a week before. "
    "Whoever crosses then does so at their own peril and has no claim upon the board."
)
CLAIM = Claim("a.pdf", "fn-1", "9", 3, "Whoever crosses then has no claim.", "Whoever crosses then has no claim.")
CITED = CitedText(
    "url:http://a.example/", "http://a.example/", read_source(SOURCE), "Rules", None, datetime(2020, 4, 1, tzinfo=UTC)
)
BLOCK = "The board {} close the bridge for repairs on any Sunday of the year, but must say so a week before."


@pytest.mark.parametrize(
    ("block", "codes", "seen"),
    [
        (BLOCK.format("may"), [], 1),
        (BLOCK.format("shall"), ["quote_differs"], 1),
        ("Our own view is that every bridge of the county wants a new coat of paint before the winter comes.", [], 0),
        (None, [], 0),
    ],
)
def test_indented_words_are_a_quotation_where_the_source_has_them(block, codes, seen):
    claim = replace(CLAIM, block_quotation=block)
    result = QuotationCheck().findings(CitedClaim(claim, (CITED,), 0, date(2020, 3, 1)))
    assert [finding.code.value for finding in result.findings] == codes
    assert result.coverage == Coverage(quotations=seen, quotations_compared=seen)
