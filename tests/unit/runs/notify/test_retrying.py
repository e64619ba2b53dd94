"""What a service does not take now is sent again; what it took, or will never take, is not."""

import pytest
from werkzeug import Response

from tests.unit.runs.notify.test_chat import settings
from verifier.errors import NotificationError
from verifier.runs.notify import retrying
from verifier.runs.notify.chat import ChatMessage, post


def answering(httpserver, *answers: Response) -> str:
    """The address of a service that gives these answers in turn, then takes everything."""
    left = list(answers)
    httpserver.expect_request("/secret").respond_with_handler(lambda _: left.pop(0) if left else Response("ok"))
    return httpserver.url_for("/secret")


@pytest.mark.parametrize("status", [429, 502, 503, 504])
def test_what_is_not_taken_for_now_is_sent_again(httpserver, status):
    post(ChatMessage("One"), settings(answering(httpserver, Response("", status))))
    assert [answer.status_code for _, answer in httpserver.log] == [status, 200]
    assert len({request.data for request, _ in httpserver.log}) == 1


@pytest.mark.parametrize("status", [400, 404, 500])
def test_what_is_refused_is_sent_once(httpserver, status):
    with pytest.raises(NotificationError, match=f"answered {status}"):
        post(ChatMessage("One"), settings(answering(httpserver, Response("", status))))
    assert len(httpserver.log) == 1


def test_a_service_that_never_takes_it_is_told_without_its_address(httpserver, monkeypatch):
    monkeypatch.setattr(retrying, "LONGEST_WAIT", 0.0)
    busy = [Response("", 503, {"Retry-After": "3600"}) for _ in range(9)]
    with pytest.raises(NotificationError, match="answered 503") as caught:
        post(ChatMessage("One"), settings(answering(httpserver, *busy)))
    assert len(httpserver.log) == retrying.ATTEMPTS
    assert "secret" not in str(caught.value)


def test_an_hour_that_is_asked_for_is_not_waited(httpserver, monkeypatch):
    waited = []
    monkeypatch.setattr("urllib3.util.retry.time.sleep", waited.append)
    post(ChatMessage("One"), settings(answering(httpserver, Response("", 429, {"Retry-After": "3600"}))))
    assert waited == [retrying.LONGEST_WAIT]
