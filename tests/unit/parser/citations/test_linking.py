import pytest

from tests.support.parser_lines import make_line
from verifier.parser.citations.linking import find_urls, is_malformed, tie_links, uri_places, usable_uri
from verifier.parser.page.geometry import Rect
from verifier.parser.page.lines import Line, LinkSpan
from verifier.parser.page.structure import Link
from verifier.parser.page.text_flow import FlowBuilder, Piece


def urls(line: Line, *links: tuple[int, int, str]) -> list[tuple[str, bool, str | None]]:
    """The addresses of a line that carries links (start, end, address)."""
    line.links = tuple(LinkSpan(start, end, number) for number, (start, end, _) in enumerate(links))
    places = uri_places([line], {1: [Link((), uri=uri) for _, _, uri in links]})
    flow = FlowBuilder([line], places).build([Piece(0, 0, len(line.text))], paragraphs=False)
    return [(found.url, found.hidden, found.differs_from) for found in find_urls(flow, places)]


def test_a_hidden_address_is_found_behind_its_word() -> None:
    assert urls(make_line("available here."), (10, 14, "https://example.org/a")) == [
        ("https://example.org/a", True, None)
    ]


def test_an_annotation_answers_for_the_address_it_lies_on() -> None:
    line = make_line("see https://example.org/a-")
    assert urls(line, (4, 26, "https://example.org/a-b")) == [("https://example.org/a-b", False, None)]


def test_an_address_that_leads_elsewhere_is_kept_beside_the_printed_one() -> None:
    line = make_line("see https://example.org/paper")
    assert urls(line, (4, 29, "https://other.example.net/x")) == [
        ("https://example.org/paper", False, None),
        ("https://other.example.net/x", False, "https://example.org/paper"),
    ]


def test_mail_and_malformed_addresses_are_no_sources() -> None:
    assert urls(make_line("write to us"), (9, 11, "mailto:us@example.org")) == []
    assert urls(make_line("at 5.01 there"), (3, 7, "http:5.01")) == []


@pytest.mark.parametrize(
    ("uri", "usable", "malformed"),
    [
        ("https://example.org/a", True, False),
        ("FTP://example.org", True, False),
        ("http:5.01", False, True),
        ("http://", False, True),
        ("https://exa mple.org/", False, True),
        ("mailto:a@example.org", False, False),
        ("javascript:void(0)", False, False),
        ("", False, False),
    ],
)
def test_usable_uri(uri: str, usable: bool, malformed: bool) -> None:
    assert usable_uri(uri) is usable
    assert is_malformed(uri) is malformed


def test_a_link_is_tied_to_the_words_under_its_box_only() -> None:
    above, line = make_line("the line above", y=712), make_line("available here today")
    left, right = line.edges[20], line.edges[27]
    tie_links([above, line], [Link((Rect(left, 698, right, 709),), uri="https://example.org/")])
    assert [line.text[span.start : span.end] for span in line.links] == ["here"]
    assert above.links == ()
