"""Nobody comes in without a name but at the machine itself; sessions end on the server; no store is lost sight of."""

import json
import re
import shutil
from functools import partial

import pytest

from tests.integration.test_desk_pages import log_in
from tests.support.desks import PASSWORD, Browser, demo_settings, fingerprints, with_users
from verifier.errors import SettingsError
from verifier.review.app import create_app
from verifier.review.throttle import Throttle
from verifier.settings import ReviewSettings

BEHIND_PROXY = {"address": "https://desk.test"}
PROXIED = {"Host": "desk.test"}


@pytest.mark.parametrize(
    "address", ["https://desk.test", "http://desk.test", "https://10.1.2.3", "https://[2001:db8::1]"]
)
def test_a_desk_behind_a_proxy_does_not_start_without_users(data, address):
    settings = demo_settings(data, review=ReviewSettings(port=0, address=address))
    with pytest.raises(SettingsError, match="add-user"):
        create_app(settings, None, ("false",))


@pytest.mark.parametrize(
    "header",
    [
        ("X-Forwarded-For", "203.0.113.9"),
        ("X-Forwarded-Proto", "https"),
        ("X-Forwarded-Host", "desk.test"),
        ("X-Real-IP", "203.0.113.9"),
        ("Forwarded", "for=203.0.113.9"),
        ("Via", "1.1 proxy"),
    ],
    ids=lambda header: header[0],
)
@pytest.mark.parametrize("path", ["/", "/login", "/documents"])
def test_an_open_desk_serves_nothing_through_a_proxy_that_it_does_not_know_of(browser, header, path):
    answer = browser.get(path, **dict([header]))
    assert answer.status_code == 403
    assert "review.address" in answer.text


@pytest.mark.parametrize("review", [{}, BEHIND_PROXY], ids=["on loopback", "behind a proxy"])
@pytest.mark.parametrize("how", ["removed", "emptied"])
def test_when_the_users_vanish_nobody_comes_in(desk, data, review, how):
    with_users(data, Ana="editor")
    browser = Browser(desk(**review), **(PROXIED if review else {}))
    assert browser.get("/").status_code == 302
    file = data / "users.json"
    if how == "removed":
        file.unlink()
    else:
        file.write_text(json.dumps({"users": []}))
    for path in ("/", "/login", "/documents", "/upload"):
        answer = browser.get(path)
        assert answer.status_code == 503
        assert "Nobody may come in" in answer.text


def test_a_desk_that_had_users_does_not_open_to_everybody_when_started_without_them(desk, data):
    with_users(data, Ana="editor")
    log_in(Browser(desk()), "Ana")
    (data / "users.json").unlink()
    with pytest.raises(SettingsError, match="put it back"):
        desk()


def copy_cookie(owner, thief):
    cookie = owner.client.get_cookie("verifier_desk", "127.0.0.1")
    thief.client.set_cookie("verifier_desk", cookie.value, domain="127.0.0.1")


def test_a_copied_cookie_is_worth_nothing_after_logging_out(desk, data):
    with_users(data, Ana="editor")
    app = desk()
    browser, thief = Browser(app), Browser(app)
    log_in(browser, "Ana")
    thief.client.set_cookie(
        "verifier_desk", browser.client.get_cookie("verifier_desk", "127.0.0.1").value, domain="127.0.0.1"
    )
    assert thief.get("/").status_code == 200
    browser.send("/", 'action="/logout"')
    assert thief.get("/").location.startswith("/login")
    assert Browser(desk()).get("/").location.startswith("/login")


def test_the_register_of_sessions_holds_no_key_and_is_private(desk, data):
    with_users(data, Ana="editor")
    browser = Browser(desk())
    log_in(browser, "Ana")
    file = data / "review.sessions"
    assert file.stat().st_mode & 0o077 == 0
    [kept] = json.loads(file.read_text())["sessions"]
    assert re.fullmatch("[0-9a-f]{64}", kept)


def test_what_comes_late_brings_no_older_session_back(desk, data):
    """A picture that is sent after a decision must not undo what the browser knows of it."""
    with_users(data, Ana="editor")
    browser = Browser(desk())
    log_in(browser, "Ana")
    assert "Set-Cookie" not in browser.get("/static/desk.js").headers


def test_a_session_goes_on_when_the_desk_was_restarted(desk, data):
    with_users(data, Ana="editor")
    first = Browser(desk())
    log_in(first, "Ana")
    again = Browser(desk())
    again.client.set_cookie(
        "verifier_desk", first.client.get_cookie("verifier_desk", "127.0.0.1").value, domain="127.0.0.1"
    )
    assert again.get("/").status_code == 200


def test_guesses_through_the_proxy_lock_out_the_guesser_alone(desk, data, monkeypatch):
    monkeypatch.setattr("verifier.review.app.Throttle", partial(Throttle, clock=lambda: 0.0))  # waits are never over
    with_users(data, Ana="editor", Ben="editor")
    app = desk(**BEHIND_PROXY)
    guesser = Browser(app, **PROXIED, **{"X-Forwarded-For": "198.51.100.7, 203.0.113.9"})
    token = guesser.token("/login")
    headers = {"Origin": "https://desk.test"}
    for number in range(30):
        guesser.post("/login", headers, csrf_token=token, name=f"user {number % 6}", password="a wrong guess")
    assert guesser.post("/login", headers, csrf_token=token, name="x", password="y").status_code == 429
    honest = Browser(app, **PROXIED, **{"X-Forwarded-For": "198.51.100.7, 203.0.113.10"})
    answer = honest.post("/login", headers, csrf_token=honest.token("/login"), name="Ana", password=PASSWORD)
    assert answer.status_code == 303


@pytest.mark.parametrize(
    "path",
    [
        "/documents/99999999999999999999999",
        "/documents/" + "9" * 5000,
        "/documents/-1",
        "/documents/1/pages/99999999999999999999999.png",
        "/documents/999999999999999999",
        "/documents/٣",
    ],
)
def test_numbers_that_no_row_has_are_no_pages(browser, path):
    assert browser.get(path).status_code == 404


@pytest.mark.parametrize("query", ["document=99999999999999999999999", "after=9.9.9.99999999999999999999", "host=\x00"])
def test_numbers_that_no_row_has_filter_nothing_away_by_an_error(browser, query):
    assert browser.get(f"/?{query}").status_code == 200


def test_a_batch_of_numbers_that_no_row_has_changes_nothing(browser):
    fields = {"note": "all of it", "until": "2099-01-01", "token": "x" * 20, "decision": "dismiss", "seen": ""}
    for findings, status in (("9" * 5000, 400), ("9" * 18, 409), ("0-" + "9" * 18, 409)):
        path = "/batch?host=x.example.test"
        answer = browser.post(path, csrf_token=browser.token(), findings=findings, **fields)
        assert answer.status_code == status


def test_the_data_folder_and_the_store_are_closed_to_others_however_they_were_made(data, tmp_path):
    from verifier.runs.lock import open_existing_store

    data.chmod(0o777)
    (data / "verifier.db").chmod(0o666)
    open_existing_store(demo_settings(data)).close()
    assert data.stat().st_mode & 0o777 == 0o750
    assert (data / "verifier.db").stat().st_mode & 0o777 == 0o640


@pytest.mark.parametrize("how", ["restored", "moved away"])
def test_no_decision_goes_to_a_store_that_was_replaced(desk, data, how):
    browser = Browser(desk())
    first = fingerprints(browser.client.application)[0]
    browser.get(f"/findings/{first}")
    token = browser.token(f"/findings/{first}")
    aside = data / "verifier.db.before"
    (data / "verifier.db").rename(aside)
    if how == "restored":
        shutil.copy(aside, data / "verifier.db")
    fields = {"decision": "accept", "token": "x" * 20, "seen": ""}
    for answer in (browser.post(f"/findings/{first}/decide", csrf_token=token, **fields), browser.get("/")):
        assert answer.status_code == 503
        assert "was replaced or moved" in answer.text
    assert not [one for one in browser.client.application.extensions["verifier"].store.dump() if '"review"' in one[:20]]


def test_no_decision_goes_to_a_store_that_a_newer_version_upgraded(desk):
    browser = Browser(desk())
    first = fingerprints(browser.client.application)[0]
    token = browser.token(f"/findings/{first}")
    sessions = browser.client.application.extensions["verifier"].store._sessions
    with sessions.writing() as session:
        session.connection().exec_driver_sql("UPDATE alembic_version SET version_num = '9999'")
    fields = {"decision": "accept", "token": "x" * 20, "seen": ""}
    answer = browser.post(f"/findings/{first}/decide", csrf_token=token, **fields)
    assert answer.status_code == 503
    assert "was upgraded" in answer.text
