"""Where the desk's pages are; addresses that are kept are those that Flask would make for the same request."""

import flask
import pytest
from flask import Flask

from verifier.review import addresses
from verifier.review.addresses import asset, own_path, url_for


@pytest.fixture
def app():
    made = flask.Flask("addresses")
    made.add_url_rule("/kept/<int:number>", "kept", lambda number: str(number))
    return made


@pytest.mark.parametrize("root", ["", "/desk"])
@pytest.mark.parametrize(
    "values", [{}, {"page": 1}, {"page": True}, {"page": "1"}, {"page": None}, {"page": 1.0}, {"q": "a b&ü"}]
)
def test_they_are_as_flask_makes_them(app, root, values):
    with app.test_request_context("/", base_url=f"http://127.0.0.1{root}"):
        for _ in range(2):
            assert url_for("kept", number=7, **values) == flask.url_for("kept", number=7, **values)


def test_options_of_flask_are_passed_on(app):
    for host in ("a.test", "b.test"):
        with app.test_request_context("/", base_url=f"http://{host}"):
            assert url_for("kept", number=7, _external=True) == f"http://{host}/kept/7"


@pytest.mark.parametrize("address", ["/", "/findings/1?state=any", "/documents/2#note-fn-1"])
def test_a_path_of_ours_is_gone_on_to(address):
    assert own_path(address) == address


@pytest.mark.parametrize(
    "address",
    ["", "http://evil.test/", "//evil.test", "\\\\evil.test", "/\\evil.test", "javascript:alert(1)", "/a\nb", "x"],
)
def test_what_leads_elsewhere_is_not(address):
    assert own_path(address) == ""


def test_a_file_that_changed_has_another_address(tmp_path, monkeypatch):
    app = Flask("desk", static_folder=str(tmp_path))
    (tmp_path / "static").mkdir()
    file = tmp_path / "static" / "desk.js"
    monkeypatch.setattr(addresses, "__file__", str(tmp_path / "addresses.py"))
    with app.test_request_context():
        found = set()
        for content in ("one", "two"):
            file.write_text(content)
            addresses._digest.cache_clear()
            found.add(asset("desk.js"))
    assert len(found) == 2
    assert all("v=" in address for address in found)
