"""Who may come in: nobody from elsewhere without a name."""

import pytest

from verifier.errors import SettingsError
from verifier.review.access import Access, clean_name, is_loopback
from verifier.review.safety import _Hosts, is_own
from verifier.review.sessions import SessionRegister
from verifier.review.users import Role, Users
from verifier.settings import ReviewSettings


@pytest.mark.parametrize(
    ("host", "expected"),
    [("127.0.0.1", True), ("127.9.9.9", True), ("::1", True), ("localhost", True), ("0.0.0.0", False), ("::", False),
     ("10.0.0.1", False), ("desk.test", False), ("", False)],
)  # fmt: skip
def test_loopback(host, expected):
    assert is_loopback(host) is expected


@pytest.mark.parametrize(
    ("review", "named", "starts", "is_open"),
    [
        ({}, False, True, True),
        ({}, True, True, False),
        ({"host": "0.0.0.0"}, False, False, False),
        ({"address": "https://desk.test"}, False, False, False),
        ({"address": "http://desk.test"}, False, False, False),
        ({"address": "https://desk.test"}, True, True, False),
        ({"address": "http://localhost:8420"}, False, True, True),
        ({"host": "0.0.0.0"}, True, True, False),
        ({"host": "0.0.0.0", "trusted_header": "X-User", "address": "https://desk.test"}, False, True, False),
        ({"trusted_header": "X-User", "address": "https://desk.test"}, False, True, False),
    ],
)
def test_only_loopback_is_open(tmp_path, review, named, starts, is_open):
    users = Users(tmp_path / "users.json")
    if named:
        users.add("Ana", Role.EDITOR, "a long enough one")
    access = Access(ReviewSettings(**review), users, SessionRegister(tmp_path / "review.sessions"))
    assert access.is_open is is_open
    if starts:
        access.must_be_safe()
    else:
        with pytest.raises(SettingsError, match="add-user"):
            access.must_be_safe()


def test_a_trusted_header_needs_the_address():
    with pytest.raises(ValueError, match=r"review\.address"):
        ReviewSettings(trusted_header="X-User")


@pytest.mark.parametrize(
    ("review", "host", "admitted"),
    [
        ({}, "127.0.0.1:8420", True),
        ({}, "localhost:8420", True),
        ({}, "[::1]:8420", True),
        ({}, "[::1]", True),
        ({}, "LOCALHOST", True),
        ({}, "evil.test", False),
        ({}, "evil.test:8420", False),
        ({}, "", False),
        ({"address": "https://desk.test"}, "desk.test", True),
        ({"address": "https://desk.test"}, "desk.test.evil.test", False),
        ({"host": "0.0.0.0", "address": "https://desk.test"}, "10.0.0.1", False),
        ({"host": "0.0.0.0"}, "10.0.0.1", True),
    ],
)
def test_names_that_the_desk_answers_to(review, host, admitted):
    class Asked:
        headers = {"Host": host}  # noqa: RUF012 - a stand-in for one request

    assert _Hosts(ReviewSettings(**review)).admit(Asked()) is admitted


@pytest.mark.parametrize(
    ("given", "shown"),
    [("Ana", "Ana"), ("  Ana \t Ruiz\n", "Ana Ruiz"), ("a\x00b", "a b"), ("x" * 99, "x" * 60), ("\u202eevil", "evil")],
)
def test_names_are_one_clean_line(given, shown):
    assert clean_name(given) == shown


@pytest.mark.parametrize(
    ("headers", "address", "own"),
    [
        ({"Origin": "http://127.0.0.1:8420"}, "", True),
        ({"Origin": "http://evil.test"}, "", False),
        ({"Origin": "null"}, "", False),
        ({"Origin": ""}, "", False),
        ({"Origin": "https://desk.test"}, "https://desk.test", True),
        ({"Origin": "https://desk.test.evil.test"}, "https://desk.test", False),
        ({"Sec-Fetch-Site": "same-origin"}, "", True),
        ({"Sec-Fetch-Site": "cross-site"}, "", False),
        ({}, "", True),
    ],
)
def test_requests_that_come_from_our_own_pages(headers, address, own):
    class Asked:
        pass

    asked = Asked()
    asked.headers = {"Host": "127.0.0.1:8420"} | headers
    assert is_own(asked, address) is own
