"""The heartbeat: which address is called for which night, and what is said when nobody answers."""

import socket

import pytest

from verifier.errors import NotificationError
from verifier.notification_settings import HeartbeatSettings
from verifier.runs.notify.heartbeat import beat
from verifier.settings import Settings


def settings(**heartbeat) -> Settings:
    return Settings(heartbeat=HeartbeatSettings(**heartbeat))


@pytest.fixture
def monitor(httpserver):
    httpserver.expect_request("/secret-id").respond_with_data("OK")
    httpserver.expect_request("/secret-id/fail").respond_with_data("OK")
    httpserver.expect_request("/unknown").respond_with_data("who?", 404)
    return httpserver


@pytest.mark.parametrize(
    ("complete", "given", "called"),
    [
        (True, ("url", "failure_url"), ["/secret-id"]),
        (False, ("url", "failure_url"), ["/secret-id/fail"]),
        (False, ("url",), []),
        (True, ("failure_url",), []),
        (True, (), []),
    ],
)
def test_the_address_for_the_kind_of_night_is_called_once(monitor, complete, given, called):
    addresses = {"url": monitor.url_for("/secret-id"), "failure_url": monitor.url_for("/secret-id/fail")}
    beat(complete, settings(**{name: addresses[name] for name in given}))
    assert [request.path for request, _ in monitor.log] == called
    assert all("Verifier/" in request.headers["User-Agent"] for request, _ in monitor.log)


def test_another_answer_and_no_answer_are_told_without_the_address(monitor):
    with pytest.raises(NotificationError, match="localhost answered 404"):
        beat(True, settings(url=monitor.url_for("/unknown")))
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    with pytest.raises(NotificationError, match=r"127\.0\.0\.1 cannot be reached \(ConnectionError\)") as caught:
        beat(True, settings(url=f"http://127.0.0.1:{port}/secret-id"))
    assert "secret-id" not in str(caught.value)


def test_a_monitor_that_hangs_costs_its_timeout():
    silent = socket.create_server(("127.0.0.1", 0))
    with silent, pytest.raises(NotificationError, match=r"did not answer within 0\.5 s"):
        beat(True, settings(url=f"http://127.0.0.1:{silent.getsockname()[1]}/", timeout=0.5))


def test_a_redirect_is_not_followed_and_is_no_heartbeat(monitor):
    monitor.expect_request("/moved").respond_with_data("", 302, {"Location": "/secret-id"})
    with pytest.raises(NotificationError, match="answered 302"):
        beat(True, settings(url=monitor.url_for("/moved")))
    assert [request.path for request, _ in monitor.log] == ["/moved"]
