# ruff: noqa: E501 - a page a line
"""Pages whose makers left something open, or nested too deep: what a browser shows is read."""

import pytest

from verifier.resolver.judge.page import read_page
from verifier.resolver.text.extract import readable_text

FIRST = "<p>The ferries carried 41 million passengers in the year, two percent more than in the year before.</p>"
LAST = "<p>The last boat left the harbour with 17 people in 1931.</p>"
WANTED = "The last boat left the harbour with 17 people in 1931."

BROKEN = {
    "text after the end": f"<html><body>{FIRST * 4}</body></html>{LAST}",
    "two documents": f"<html><head><title>a</title></head><body>{FIRST}</body></html><html><head><title>b</title></head>"
    f"<body>{LAST}</body></html>",
    "a document within a document": f"<html><head></head><html><body>{FIRST}<body class=x>{LAST}</body></html></html>",
    "nested three thousand deep": f"<html><body>{'<div>' * 3000}{FIRST}{LAST}{'</div>' * 3000}</body></html>",
    "formatting never closed": f"<html><body>{FIRST}{'<b><font size=2>' * 2000}{LAST}</body></html>",
    **{
        f"a {tag} never closed": f"<html><body>{FIRST * 2}<{tag}>{FIRST}{LAST}</body></html>"
        for tag in ("select", "textarea", "noscript", "template", "object", "svg", "math")
    },
    "hidden until a script has run": f"<html><body style='visibility:hidden'>{FIRST}{LAST}</body></html>",
    "its main element hidden until then": f"<html><body><div style='display:none'><main>{FIRST}{LAST}</main></div>",
    "a character set that is none": f"<html><head><meta charset=punycode></head><body>{FIRST}{LAST}</body></html>",
    "a codec of Python's": f"<html><head><meta charset=unicode_escape></head><body>{FIRST}{LAST}</body></html>",
    **{
        f"after a long {name}": f"<html><head>{start}{'x = 1;' * 80_000}{end}</head><body>{FIRST}{LAST}</body></html>"
        for name, start, end in (
            ("style", "<style>", "</style>"),
            ("script", "<script>", "</script>"),
            ("comment", "<!--", "-->"),
        )
    },
    "after a picture as data": f"<html><body><img src='data:image/png;base64,{'A' * 450_000}'>{FIRST}{LAST}</body></html>",
}


@pytest.mark.parametrize("source", BROKEN.values(), ids=BROKEN)
def test_what_a_browser_shows_is_read(source: str) -> None:
    text = readable_text(source.encode(), "text/html", None, "http://example.test/a")
    assert text is not None
    assert WANTED in text.text
    assert WANTED in read_page(source).text


ENDINGS = {
    "a note mark": "In<sup>3</sup> the spring the harbour closed, and 17 boats were broken up for their timber.",
    "a quotation": "<q>We counted</q> the boats on the quay, <q>and there were 17</q> of them, the master wrote.",
    "a date": "<time datetime=1931-05-04>On 4 May 1931</time> the board sold the remaining boats, 17 in all.",
    "a soft hyphen": "Fer&shy;ry&shy;men counted boats at the quay every spring, and found 17 in the last year.",
    "a link": "<a href=/x>The register</a> of the harbour lists 17 boats in its last year, none of them new.",
}


@pytest.mark.parametrize("ending", ENDINGS.values(), ids=ENDINGS)
def test_the_last_paragraph_is_read_whatever_it_begins_with(ending: str) -> None:
    page = f"<body><nav><a href=/>Home</a></nav><article><h1>Boats</h1>{FIRST * 6}<p>{ending}</p></article><footer>Imprint</footer>"
    text = readable_text(page.encode(), "text/html", "utf-8", "http://example.test/a")
    assert text is not None
    assert "17" in text.text.splitlines()[-1]
    assert "Imprint" not in text.text


MODALS = {
    "by attribute": "<div hidden><form><h2>Log in</h2><input type=password></form></div>",
    "by style": "<div style='display:none'><h1>Log in</h1><input type=password></div>",
    "as a dialog": "<dialog><h2>Log in</h2><input type=password></dialog>",
    "as a modal": "<div class='modal fade' aria-hidden=true><h2>Log in</h2><input type=password></div>",
    "by a rule": "<style>.signin{display:none}</style><div class=signin><input type=password></div>",
}


@pytest.mark.parametrize("modal", MODALS.values(), ids=MODALS)
def test_a_closed_form_is_not_seen(modal: str) -> None:
    page = read_page(f"<body>{modal}<main><h1>Members only</h1>{LAST}</main>")
    assert not page.password_field
    assert page.headings == ((1, "Members only"),)


def test_an_open_form_is_seen() -> None:
    assert read_page("<body><main><h1>Log in</h1><form><input type=password></form></main>").password_field
