from dataclasses import replace
from decimal import Decimal

import pytest

from verifier.checker.fingerprints import figure_fingerprint, link_fingerprint, note_fingerprint, quotation_fingerprint
from verifier.model import Figure

TWELVE = Figure("12 percent", 5, 15, Decimal(12), Decimal("11.5"), Decimal("12.5"), "%", "share")
SENTENCE = "It rose by 12 percent in the “first” half – as expected."


def fingerprint(sentence: str = SENTENCE, figure: Figure = TWELVE, ordinal: int = 0) -> str:
    return figure_fingerprint("papers/a.pdf", sentence, "url:http://a.example/", figure, ordinal)


@pytest.mark.parametrize(
    "sentence",
    [
        'It rose by 12 percent in the "first" half - as expected.',
        "It  rose by 12\npercent in the “first” half – as expected. ",
        "It rose by 12 percent in the “ﬁrst” half – as expected.",
        "It rose by 12 per\u00adcent in the “first” half – as expected.",
    ],
)
def test_typesetting_does_not_change_it(sentence: str) -> None:
    assert fingerprint(sentence) == fingerprint()


def test_place_and_writing_of_the_figure_do_not_change_it() -> None:
    moved = replace(TWELVE, text="12.0%", start=90, end=95, value=Decimal("12.0"))
    assert fingerprint(figure=moved) == fingerprint()


def test_each_ingredient_changes_it() -> None:
    others = {
        fingerprint("It fell by 12 percent in the “first” half – as expected."),
        fingerprint(figure=replace(TWELVE, value=Decimal(13))),
        fingerprint(figure=replace(TWELVE, unit="pp")),
        fingerprint(ordinal=1),
        figure_fingerprint("papers/b.pdf", SENTENCE, "url:http://a.example/", TWELVE, 0),
        figure_fingerprint("papers/a.pdf", SENTENCE, "url:http://b.example/", TWELVE, 0),
        quotation_fingerprint("papers/a.pdf", SENTENCE, "url:http://a.example/", "12", 0),
        fingerprint(),
    }
    assert len(others) == 8


def test_parts_do_not_run_together() -> None:
    assert note_fingerprint("ab", "note_unparsed", "c") != note_fingerprint("a", "note_unparsed", "bc")


def test_it_is_a_sha256() -> None:
    assert len(link_fingerprint("http://a.example/")) == 64
    assert link_fingerprint("http://a.example/") != link_fingerprint("http://a.example")
