"""Addresses that are kept are those that Flask would make for the same request."""

import flask
import pytest

from verifier.review.addresses import url_for


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
