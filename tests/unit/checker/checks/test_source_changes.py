"""What counts as a change of a source at the passage that a figure rested on, and what an editor is told of it."""

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from verifier.checker import CurrentText, RestedPassage, source_changed_finding
from verifier.model import SnapshotRef

QUOTE = "The county's road office counted 142 bridges in 2019–2020, 12% of them closed."
PAGE = f"Bridges and tolls\n{QUOTE} The office moved in May.\nFerries | 3 | 4"
READ_AT = datetime(2026, 1, 5, tzinfo=UTC)


def passage(quote: str = QUOTE, sentence: str = "There are 142 bridges.") -> RestedPassage:
    return RestedPassage(
        document_key="a.pdf",
        footnote_id="fn-1",
        footnote_label="9",
        page=3,
        sentence=sentence,
        source_key="url:http://a.test/",
        address="http://a.test/",
        quote=quote,
        read_at=READ_AT,
        snapshot=SnapshotRef("a.warc.gz", 7),
    )


@pytest.mark.parametrize(
    "page",
    [
        PAGE,
        PAGE.replace("moved in May", "burned down"),  # elsewhere
        PAGE.upper(),
        PAGE.replace(" ", "\n \t"),
        PAGE.replace("–", "-").replace("'", "’").replace("12%", "12 %"),
        PAGE.replace("counted", "“counted”,"),
        PAGE.replace("counted", "counted 9f3c2ab17e88"),  # a token
        PAGE.replace("counted", "counted 09:41"),
        f"Updated.\n{QUOTE}",
    ],
)
def test_a_page_that_still_says_it_is_no_finding(page: str) -> None:
    assert source_changed_finding(passage(), CurrentText(page)) is None


@pytest.mark.parametrize(
    ("change", "now"),
    [
        (("142", "124"), "it now says \"The county's road office counted 124 bridges"),
        (("12%", "12"), "it now says \"The county's road office counted 142 bridges"),
        (("closed", "open"), "of them open"),
        (("counted 142", "counted -142"), "counted -142"),
        (("2019–2020", "2019–2021"), "2021"),
        ((QUOTE, "We have redesigned our pages."), "the passage is no longer there"),
    ],
)
def test_other_words_at_the_passage_are_a_to_do_with_both_versions(change: tuple[str, str], now: str) -> None:
    finding = source_changed_finding(passage(), CurrentText(PAGE.replace(*change)))
    assert finding is not None
    assert (finding.code, finding.kind) == ("source_changed", "to_do")
    assert finding.message.startswith("The source of note 9 has changed since 2026-01-05, where it said \"The county's")
    assert now in finding.message
    assert finding.evidence.source_quote == QUOTE
    assert (finding.evidence.snapshot, finding.evidence.fetched_at) == (SnapshotRef("a.warc.gz", 7), READ_AT)


def test_a_row_of_a_table_is_a_passage_too() -> None:
    assert source_changed_finding(passage("Ferries | 3 | 4"), CurrentText(PAGE)) is None
    changed = source_changed_finding(passage("Ferries | 3 | 4"), CurrentText(PAGE.replace("| 4", "| 5")))
    assert changed is not None
    assert 'it now says "Ferries | 3 | 5"' in changed.message


def test_a_change_keeps_its_name_while_the_page_goes_on_changing() -> None:
    pages = [PAGE.replace("142", "124"), PAGE.replace("142", "99"), "Nothing."]
    names = {source_changed_finding(passage(), CurrentText(page)).fingerprint for page in pages}
    spaced = source_changed_finding(passage(QUOTE.replace(" ", "  ")), CurrentText("Nothing."))
    assert names == {spaced.fingerprint}
    other = source_changed_finding(passage(sentence="Another sentence."), CurrentText("Nothing."))
    assert other.fingerprint not in names


@given(st.text(), st.text())
def test_a_text_says_what_is_cut_from_it_at_words(before: str, after: str) -> None:
    assert CurrentText(f"{before}\n{QUOTE}\n{after}").still_says(QUOTE)


@given(st.text(), st.text())
def test_any_passage_may_be_looked_up(quote: str, text: str) -> None:
    source_changed_finding(passage(quote), CurrentText(text))
