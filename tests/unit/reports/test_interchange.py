"""The JSON of the single commands, held against its schemas."""

import json
from decimal import Decimal
from pathlib import Path

import jsonschema
import pytest
from hypothesis import given
from hypothesis import strategies as st

from verifier.model import (
    Anchor,
    BodyLink,
    Box,
    Citation,
    ClaimComparison,
    Document,
    Extraction,
    ExtractionWarning,
    Figure,
    FigureComparison,
    FindingCode,
    Footnote,
    Judgement,
    LinkReason,
    LinkStatus,
    NoteKind,
    Signal,
    Verdict,
    WarningCode,
)
from verifier.reports.extraction import extraction_text
from verifier.reports.interchange import claim_json, decimal_string, extraction_json, link_json

SCHEMAS = Path(__file__).resolve().parents[3] / "docs/schemas"
BOX = Box(1, 72.0, 100.123456, 200.0, 110.0)
EXTRACTION = Extraction(
    Document("a.pdf", "0" * 64, 2, "Tolls"),
    "1",
    (
        Footnote(
            "fn-1",
            "1",
            NoteKind.FOOTNOTE,
            1,
            "See also A.",
            ("http://a.example.test/",),
            (BOX,),
            (Anchor(1, "It rose by 12 percent, they say.", 22, 0, (BOX,)),),
            (Citation("A.", Signal.SEE_ALSO, ("http://a.example.test/",), ("doi:10.1000/182",), "fn-1"),),
        ),
    ),
    (BodyLink(2, "http://b.example.test/", "b", "See b."),),
    (ExtractionWarning(None, WarningCode.LABEL_GAP, "2 is missing"),),
)


def schema(name):
    return json.loads((SCHEMAS / f"{name}.json").read_text(encoding="utf-8"))


def test_an_extraction_is_what_the_schema_says():
    value = extraction_json(EXTRACTION)
    jsonschema.validate(value, schema("extract"))
    assert value["footnotes"][0]["boxes"] == [{"page": 1, "bbox": [72.0, 100.12, 200.0, 110.0]}]
    assert value["footnotes"][0]["anchors"][0]["marker_offset"] == 22


def test_an_extraction_reads_well_as_text():
    text = extraction_text(EXTRACTION)
    assert "It rose by 12 percent,⟦1⟧ they say." in text
    assert "2 is missing [label_gap]" in text


@pytest.mark.parametrize("status", LinkStatus)
def test_a_link_is_what_the_schema_says(status):
    jsonschema.validate(link_json("x", Judgement(status, LinkReason.SERVED, None, None)), schema("links"))


def test_a_comparison_is_what_the_schema_says():
    figure = Figure("1.20 million", 0, 12, Decimal("1.20E+6"), Decimal(1195000), Decimal("Infinity"), "USD", "money")
    compared = FigureComparison(figure, Verdict.CONTRADICTED, 0.91234, "why", "2 million", "it is 2 million", 4)
    line = claim_json(3, ClaimComparison(Verdict.CONTRADICTED, 0.91234, (compared,)), FindingCode.FIGURE_CHECK)
    jsonschema.validate(line, schema("compare"))
    assert (line["figures"][0]["value"], line["confidence"]) == ("1200000", 0.912)


@given(st.decimals(allow_nan=False, allow_infinity=False, places=6, min_value=-(10**15), max_value=10**15))
def test_a_decimal_string_is_the_value_without_exponent(value):
    text = decimal_string(value)
    assert "E" not in text.upper()
    assert Decimal(text) == value
    assert not text.endswith(".")
