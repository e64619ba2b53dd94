"""Who wrote a web page, by its head."""

import pytest

from verifier.parser.authorship.page import html_authors


@pytest.mark.parametrize(
    ("head", "names"),
    [
        ('<meta name="Author" content="Iñés Who">', ("Iñés Who",)),
        ('<meta name="author" content="admin">', ()),
        ('<meta name="author" content="Dgoltz">', ()),
        (
            (
                '<meta name=citation_author content="Ruiz, Ana"><meta name=citation_author content="Li, Bo">'
                '<meta name=author content="The Press">'
            ),
            ("Ana Ruiz", "Bo Li"),
        ),
        ('<meta name="DC.Creator" content="Eurostat">', ("Eurostat",)),
        ('<meta property="article:author" content="https://social.test/ana">', ()),
        ("<title>Ana Ruiz</title>", ()),
        ("", ()),
    ],
)
def test_meta(head, names):
    assert html_authors(f"<html><head>{head}</head><body><p>x</body></html>") == names
    assert html_authors(head) == names
