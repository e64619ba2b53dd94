"""Archived pages are hostile input: nothing of them acts, and the passage is marked where it stands."""

import re

import lxml.html
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.support.hostile_pages import HOSTILE_PAGES
from verifier.review.evidence import Passage, sanitised

ALLOWED = {"class", "title", "colspan", "rowspan", "id"}
TABLE = (
    b"<table><tr><th>Crossing</th><th>Car</th></tr> <tr> <th>North</th> <td>$1.70</td> </tr> </table>"
    b"<p>The <b>toll</b> is <a href='/x'>$1.70</a> since May, they say.</p>"
)


def body_of(document: str) -> lxml.html.HtmlElement:
    return lxml.html.document_fromstring(document).find("body/main")


@pytest.mark.parametrize("name", HOSTILE_PAGES)
def test_nothing_of_a_hostile_page_is_left_but_words(name):
    page = "<p>Before.</p>" + HOSTILE_PAGES[name].format(trap="http://trap.example.test")
    body = body_of(sanitised(page.encode(), Passage("Before.")))
    for element in body.iter():
        assert element.tag in {"main", "p", "div", "span", "mark", "b", "table", "tbody", "tr", "td"}
        assert set(element.attrib) <= ALLOWED
        assert element.get("id") in (None, "passage")
    assert len(body.xpath("//*[@id='passage']")) == 1
    assert body.xpath("//mark[@id='passage']")[0].text == "Before"


@given(st.text(st.sampled_from("<>/'\"=- !abx\0\n&;#") | st.characters(), max_size=200))
def test_no_text_makes_an_element_that_is_not_on_the_list(text):
    document = sanitised(f"<p>{text}<svg><p>{text}<table>{text}".encode("utf-8", "replace"))
    for element in body_of(document).iter():
        assert set(element.attrib) <= ALLOWED


def marked(document: str) -> list[str]:
    return re.findall(r"<mark[^>]*>([^<]*)</mark>", document)


@pytest.mark.parametrize(
    ("page", "passage", "expected"),
    [
        (b"<p>The toll is $1.70.</p>", Passage("The toll is $1.70.", "$1.70"), ["The toll is ", "$1.70"]),
        (TABLE, Passage("North | $1.70", "$1.70"), ["North", "$1.70"]),
        (TABLE, Passage("The toll is $1.70 since May", "$1.70"), ["The ", "toll", " is ", "$1.70", " since May"]),
        (TABLE, Passage("THE\u00a0TOLL  IS", None), ["The ", "toll", " is"]),
        (TABLE, Passage("Nothing of the kind"), []),
        (TABLE, Passage(""), []),
        (
            b"<p>It grew by 3 per cent last year. Menu.</p><p>Then it fell, and fell again.</p>",
            Passage("It grew by 3 per cent last year.\nThen it fell, and fell again.", "3 per cent"),
            ["It grew by ", "3 per cent", " last year", "Then it fell, and fell again"],
        ),
        (
            "<p>Caf\u00e9 sales: 7 \ufb01les</p>".encode(),
            Passage("Cafe\u0301 sales: 7 files", "7 files"),
            ["Caf\u00e9 sales: ", "7 \ufb01les"],
        ),
        (b"<p hidden>It was 5.</p><p>It was 5.</p>", Passage("It was 5.", "5"), ["It was ", "5"]),
    ],
)
def test_the_passage_is_marked_over_the_borders_of_elements(page, passage, expected):
    document = sanitised(page, passage)
    assert marked(document) == expected
    assert document.count('id="passage"') == bool(expected)
    assert document.count('class="figure"') == (passage.figure is not None)


def test_of_words_that_stand_twice_those_are_marked_that_the_same_words_lead_up_to():
    text = "In 2019 the fee was 5 euros. In 2024 the fee was 5 euros."
    at = text.rindex("the fee")
    document = sanitised(f"<p>{text[:28]}</p><p>{text[28:]}</p>".encode(), Passage.at(text, at, text[at:], "5 euros"))
    assert "In 2019 the fee was 5 euros" in document
    assert 'In 2024 <mark id="passage">the fee was ' in document


def test_links_are_words_with_their_target_and_pictures_their_description():
    document = sanitised(b'<a href="https://a.example.test/?q=&quot;&amp;b">Read</a><img src=x alt="Welds by year">')
    (link,) = body_of(document).xpath("//span[@class='link']")
    assert (link.text, link.get("title")) == ("Read", 'https://a.example.test/?q="&b')
    assert "[picture: Welds by year]" in document


def test_what_a_page_hides_or_says_to_programs_only_is_not_shown():
    document = sanitised(
        b"<style>p{}</style><script>var secret</script><p style='display: none'>hidden</p><p>Shown.</p>"
    )
    assert body_of(document).text_content().strip() == "Shown."


def test_the_policy_allows_the_style_sheet_and_nothing_else():
    import base64
    import hashlib

    document = sanitised(b"<p>x</p>")
    style = re.search(r"<style>(.*?)</style>", document, re.DOTALL)[1]
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    policy = lxml.html.document_fromstring(document).xpath("//meta[@http-equiv]")[0].get("content")
    assert policy == f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'"


def test_a_page_that_nests_without_end_is_shown_as_far_as_it_goes():
    document = sanitised(b"<p>First.</p>" + b"<b>" * 3000 + b"deep" + b"<div>" * 1000, Passage("First."))
    assert 'id="passage"' in document
    assert document.count("<b>") <= 130


def test_a_page_without_end_is_cut_and_says_so():
    document = sanitised(b"<p>First.</p>" + b"<p>" + b"word " * 700_000 + b"</p><p>Last.</p>")
    assert "The page goes on" in document
    assert "Last." not in document


GREETING = "Gr\u00fc\u00dfe"


@pytest.mark.parametrize(
    ("page", "charset", "word"), [(GREETING.encode("cp1252"), "iso-8859-1", GREETING), (b"", None, "no text")]
)
def test_pages_in_other_character_sets_and_without_text(page, charset, word):
    assert word in sanitised(page, charset=charset)
