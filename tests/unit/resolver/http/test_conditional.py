"""When a request may be conditional, and on what."""

from dataclasses import replace

import pytest

from verifier.model import Hop, LinkStatus, PriorFetches, SourceText
from verifier.resolver.http.conditional import UNCONDITIONAL_EVERY, Conditions, conditions_of

URL = "http://bridges.example.test/report"
ETAG = ("ETag", 'W/"abc-1"')
MODIFIED = ("Last-Modified", "Mon, 12 Jan 2026 14:05:00 GMT")
TEXT = SourceText("sha", "text/html", "1", "It is so.")
WELL = PriorFetches(LinkStatus.OK, (), Hop(URL, 200, (ETAG, MODIFIED)), 0, TEXT)


@pytest.mark.parametrize(
    ("headers", "sent"),
    [
        ((ETAG, MODIFIED), (("If-None-Match", ETAG[1]), ("If-Modified-Since", MODIFIED[1]))),
        ((ETAG,), (("If-None-Match", ETAG[1]),)),
        ((MODIFIED,), (("If-Modified-Since", MODIFIED[1]),)),
        ((("etag", '"x"'),), (("If-None-Match", '"x"'),)),
    ],
)
def test_a_response_with_validators_is_asked_for_under_them(headers, sent):
    conditions = conditions_of(replace(WELL, served=Hop(URL, 200, headers)))
    assert conditions is not None
    assert (conditions.url, conditions.headers) == (URL, sent)


@pytest.mark.parametrize(
    "prior",
    [
        pytest.param(replace(WELL, status=LinkStatus.BROKEN), id="broken when last seen"),
        pytest.param(replace(WELL, status=LinkStatus.UNREACHABLE), id="unreachable when last seen"),
        pytest.param(replace(WELL, status=LinkStatus.BLOCKED), id="blocked when last seen"),
        pytest.param(replace(WELL, text=None), id="nothing readable was kept"),
        pytest.param(replace(WELL, served=None), id="no whole answer is known"),
        pytest.param(replace(WELL, served=Hop(URL, 206, (ETAG,))), id="a part of it"),
        pytest.param(replace(WELL, served=Hop(URL, 200)), id="no validator"),
        pytest.param(replace(WELL, served=Hop(URL, 200, (("ETag", ""),))), id="an empty validator"),
        pytest.param(replace(WELL, served=Hop(URL, 200, (("ETag", '"a"\r\nX: y'),))), id="a line end in it"),
        pytest.param(replace(WELL, served=Hop(URL, 200, (("ETag", '"\xe9"'),))), id="not ASCII"),
        pytest.param(replace(WELL, served=Hop(URL, 200, (("ETag", "x" * 5000),))), id="too long"),
    ],
)
def test_the_whole_page_is_asked_for(prior):
    assert conditions_of(prior) is None


def test_every_fourth_request_is_unconditional():
    asked = [conditions_of(replace(WELL, not_modified=n)) is not None for n in range(UNCONDITIONAL_EVERY)]
    assert asked == [True, True, True, False]


def test_a_moved_page_is_well():
    assert conditions_of(replace(WELL, status=LinkStatus.MOVED)) == Conditions(URL, ETAG[1], MODIFIED[1])
