"""Damaged PDFs are read in part or refused with a reason, never crash or hang their reader, and lose no other page."""

from pathlib import Path

import pytest

from tests.support.damage import (
    ACCEPTABLE,
    OWN,
    Case,
    Original,
    Outcome,
    Wound,
    content_places,
    damaged,
    originals,
    run,
    run_case,
)
from verifier.engines.reader import DocumentReader

DATA = Path(__file__).parents[1] / "data"


def test_seeded_damage_does_no_harm_beyond_its_page():
    results = list(run(OWN, count=60, seed=7, deadline=20))
    assert len(results) == 60
    assert [f"{r.case.original.path.name}: {r.detail}" for r in results if r.outcome not in ACCEPTABLE] == []
    assert sum(result.expected for result in results) > 50, "hardly any case had notes that must be kept"


def test_the_same_seed_damages_the_same_bytes():
    with DocumentReader() as reader:
        found = originals([DATA / "two-columns.pdf"], reader)
    assert content_places(found[0].data)

    def one(seed: int) -> list[bytes]:
        return [case.data for case in damaged(found, 10, seed)]

    assert one(3) == one(3)
    assert one(3) != one(4)


def test_a_page_that_was_lost_is_noticed(tmp_path):
    with DocumentReader() as reader:
        (whole,) = originals([DATA / "restart-on-every-page.pdf"], reader)
        other = (DATA / "simple-notes.pdf").read_bytes()
        result = run_case(Case(whole, 0, Wound.NOISE, 1, other), reader, tmp_path)
    assert result.outcome is Outcome.LOST_PAGES
    assert result.kept < result.expected


@pytest.mark.parametrize("page", [1, None])
def test_a_whole_document_refused_for_one_page_is_a_loss(tmp_path, page):
    original = Original(tmp_path / "a.pdf", b"", None, {1: (0, 1), 2: (1, 2)})
    with DocumentReader() as reader:
        result = run_case(Case(original, 0, Wound.ZEROED, page, b"nothing"), reader, tmp_path)
    assert result.outcome is (Outcome.LOST_PAGES if page else Outcome.REFUSED)
    assert "not a PDF" in result.detail
