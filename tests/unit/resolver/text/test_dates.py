"""The day that a source states of itself: headers, metadata, ISO and PDF dates."""

from datetime import date

import lxml.html
import pytest

from verifier.resolver.text.dates import header_date, iso_date, page_date, pdf_date


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("2024-03-05", date(2024, 3, 5)),
        (" 2024-03-05T10:00:00Z", date(2024, 3, 5)),
        ("20240305", date(2024, 3, 5)),
        ("20240305T100000", date(2024, 3, 5)),
        ("2024-02-29", date(2024, 2, 29)),
        ("2023-02-29", None),
        ("2024-13-01", None),
        ("2024-03", None),
        ("202403051", None),
        ("5 March 2024", None),
        ("1991-08-06", date(1991, 8, 6)),
        ("1991-08-05", None),
        ("2999-01-01", None),
        ("0000-00-00", None),
        ("", None),
    ],
)
def test_iso_dates(text: str, day: date | None):
    assert iso_date(text) == day


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("D:20240131120000+01'00'", date(2024, 1, 31)),
        ("20240131", date(2024, 1, 31)),
        ("D:202405", date(2024, 5, 1)),
        ("D:2024", date(2024, 1, 1)),
        ("D:20240230", None),
        ("D:1980", None),
        ("yesterday", None),
    ],
)
def test_pdf_dates(text: str, day: date | None):
    assert pdf_date(text) == day


@pytest.mark.parametrize(
    ("modified", "sent", "day"),
    [
        ("Tue, 05 Mar 2024 10:00:00 GMT", "Wed, 06 Mar 2024 10:00:00 GMT", date(2024, 3, 5)),
        ("Tue, 05 Mar 2024 10:00:00 GMT", None, date(2024, 3, 5)),
        ("Tue, 05 Mar 2024 10:00:00 GMT", "Tue, 05 Mar 2024 10:09:00 GMT", None),  # made up for this answer
        ("Tue, 05 Mar 2024 10:00:00 GMT", "Tue, 05 Mar 2024 10:11:00 GMT", date(2024, 3, 5)),
        ("Tue, 05 Mar 2024 10:00:00 GMT", "no date", date(2024, 3, 5)),
        ("Thu, 01 Jan 1970 00:00:00 GMT", None, None),
        ("no date", None, None),
        (None, "Tue, 05 Mar 2024 10:00:00 GMT", None),
    ],
)
def test_last_modified(modified: str | None, sent: str | None, day: date | None):
    headers = tuple((name, value) for name, value in (("LAST-MODIFIED", modified), ("Date", sent)) if value)
    assert header_date(headers) == day


def jsonld(value: str) -> str:
    return f'<script type="application/ld+json">{value}</script>'


@pytest.mark.parametrize(
    ("head", "day"),
    [
        pytest.param('<meta property="article:published_time" content="2024-03-05">', date(2024, 3, 5), id="published"),
        pytest.param(
            '<meta name=pubdate content="2024-03-05"><meta name="DCTERMS.modified" content="2024-04-01">',
            date(2024, 4, 1),
            id="a change before a publication, whatever their order",
        ),
        pytest.param(
            '<meta name="revised" content="last week"><meta itemprop=datePublished content="2024-03-05">',
            date(2024, 3, 5),
            id="what is no date is passed over",
        ),
        pytest.param(jsonld('{"@graph": [{"datePublished": "2024-03-05"}]}'), date(2024, 3, 5), id="in a graph"),
        pytest.param(
            jsonld('[{"datePublished": "2024-03-05", "dateModified": "2024-04-01"}]'), date(2024, 4, 1), id="in a list"
        ),
        pytest.param(jsonld('{"author": {"datePublished": "2024-03-05"}}'), None, id="of something else"),
        pytest.param(
            jsonld("{broken") + jsonld('{"datePublished": "2024-03-05"}'), date(2024, 3, 5), id="behind a broken one"
        ),
        pytest.param(jsonld('{"datePublished": 20240305}'), None, id="a number"),
        pytest.param("<time datetime=2024-03-05>Tuesday</time>", date(2024, 3, 5), id="one time element"),
        pytest.param(
            "<time datetime=2024-03-05>a</time><time datetime=2024-03-05>b</time>", date(2024, 3, 5), id="same"
        ),
        pytest.param("<time datetime=2024-03-05>a</time><time datetime=2024-03-06>b</time>", None, id="two days"),
        pytest.param("<time>5 March 2024</time>", None, id="a time element without a date"),
    ],
)
def test_pages(head: str, day: date | None):
    assert page_date(lxml.html.document_fromstring(f"<html>{head}<p>The county has 142 bridges.")) == day
