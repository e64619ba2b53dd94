"""What a page is, by its titles and how much of it is links."""

import pytest

from verifier.model import Nature
from verifier.resolver.works.nature import nature_of, says_failure
from verifier.resolver.works.own_text import OwnText

TEXT = OwnText("The county inspected its bridges in the spring.", 2000, 0, 0)
LINKS = OwnText("Bridges Tolls Ferries", 400, 380, 12)
SHORT = OwnText("", 10, 0, 0)


@pytest.mark.parametrize(
    ("titles", "nature"),
    [
        (["Bridges of Aldern"], Nature.WORK),
        (["Please sign in to continue"], Nature.WALL),
        (["Just a moment..."], Nature.WALL),
        (["Anmelden"], Nature.WALL),
        (["404 Not Found"], Nature.ERROR),
        (["Page not found", "Aldern Courier"], Nature.ERROR),
        (["Oops!"], Nature.ERROR),
        (["This domain is for sale"], Nature.PARKED),
        (["Publications"], Nature.LIST),
        (["Search results for bridges"], Nature.LIST),
        (["Volume 12, No. 3"], Nature.LIST),
        (["Open data portal"], Nature.PORTAL),
        (["Home"], Nature.HOME),
        (["Aldern Courier"], Nature.HOME),  # nothing but the site's own name
        (["Untitled"], Nature.NOTHING),
        ([], Nature.NOTHING),
    ],
)
def test_by_titles(titles: list[str], nature: Nature):
    assert nature_of(titles, "Aldern Courier", TEXT, "http://courier.test/bridges", described=False) is nature


@pytest.mark.parametrize(
    ("text", "url", "described", "nature"),
    [
        (LINKS, "http://a.test/bridges", False, Nature.LIST),
        (LINKS, "http://a.test/bridges", True, Nature.WORK),
        (TEXT, "http://a.test/", False, Nature.HOME),
        (TEXT, "http://a.test/?id=3", False, Nature.WORK),
        (TEXT, "http://a.test/", True, Nature.WORK),
        (SHORT, "http://a.test/bridges", False, Nature.NOTHING),
        (TEXT, "", False, Nature.WORK),
    ],
)
def test_by_text_and_address(text: OwnText, url: str, described: bool, nature: Nature):
    assert nature_of(["Bridges of Aldern"], None, text, url, described=described) is nature


@pytest.mark.parametrize(
    ("title", "fails"),
    [
        ("Access denied", True),
        ("Error 503", True),
        ("Too many requests", True),
        ("Something went wrong.", True),
        ("Errors of bridge builders", False),
        ("Bridges of Aldern", False),
        ("", False),
    ],
)
def test_titles_that_say_failure(title: str, fails: bool):
    assert says_failure(title) is fails
