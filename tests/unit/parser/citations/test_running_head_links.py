from tests.support.parser_lines import make_line
from verifier.model import BodyLink
from verifier.parser.citations.running_head_links import running_head_links
from verifier.parser.page.geometry import Rect
from verifier.parser.page.lines import LinkSpan
from verifier.parser.page.structure import Link


def test_an_address_on_every_page_is_told_once() -> None:
    lines = [make_line(f"www.mill.example.org {page}", page=page, y=30) for page in (1, 2, 3)]
    (link,) = running_head_links(lines, {}, set())
    assert link == BodyLink(1, "http://www.mill.example.org", "www.mill.example.org", "www.mill.example.org 1")


def test_hidden_addresses_are_told_with_their_words() -> None:
    head = make_line("The Mill Review", page=2, y=760)
    head.links = (LinkSpan(4, 15, 0),)
    links = {2: [Link((Rect(0, 0, 1, 1),), uri="https://mill.example.org/review")]}
    (link,) = running_head_links([make_line("Draft", page=1), head], links, set())
    assert (link.page, link.url, link.text, link.sentence) == (
        2,
        "https://mill.example.org/review",
        "Mill Review",
        "The Mill Review",
    )


def test_what_the_text_links_to_is_not_told_again() -> None:
    lines = [make_line("https://mill.example.org/", page=page, y=30) for page in (1, 2)]
    assert running_head_links(lines, {}, {"https://mill.example.org/"}) == ()
    assert running_head_links([], {}, set()) == ()
