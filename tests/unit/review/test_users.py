"""The file of users: private, hashed, forgiving about case, and loud when it is damaged."""

import stat

import pytest

from verifier.errors import SettingsError
from verifier.review.users import Person, Role, Users

PASSWORD = "a long enough one"


@pytest.fixture
def users(tmp_path):
    made = Users(tmp_path / "data" / "users.json")
    made.add("Ana Ruiz", Role.EDITOR, PASSWORD)
    return made


def test_a_user_comes_in_with_the_password_alone(users):
    assert users.with_password("ana ruiz ", PASSWORD).person == Person("Ana Ruiz", Role.EDITOR)
    assert users.with_password("Ana Ruiz", PASSWORD + "!") is None
    assert users.with_password("Nobody", PASSWORD) is None


def test_the_file_is_private_and_holds_no_password(users, tmp_path):
    file = tmp_path / "data" / "users.json"
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert PASSWORD not in file.read_text()
    assert "scrypt:" in file.read_text()


def test_a_new_password_ends_the_sessions_of_the_old_one(users):
    before = users.find("Ana Ruiz").proof
    users.add("ANA RUIZ", Role.READER, "another long one")
    after = users.find("Ana Ruiz")
    assert after.proof != before
    assert after.person.role is Role.READER


def test_another_process_adding_a_user_is_noticed(users, tmp_path):
    Users(tmp_path / "data" / "users.json").add("Ben", Role.READER, PASSWORD)
    assert users.find("ben").person.role is Role.READER


@pytest.mark.parametrize(
    ("name", "password"),
    [
        ("", PASSWORD),
        ("  ", PASSWORD),
        ("x" * 61, PASSWORD),
        ("a\x00b", PASSWORD),
        ("Ben", "short"),
        ("Ben", "x" * 1001),
    ],
)
def test_what_will_not_do_is_refused(users, name, password):
    with pytest.raises(SettingsError):
        users.add(name, Role.READER, password)


@pytest.mark.parametrize(
    "text", ["", "[]", '{"users": [{}]}', '{"users": [{"name": "a", "role": "king", "password": "x"}]}']
)
def test_a_damaged_file_lets_nobody_in(tmp_path, text):
    file = tmp_path / "users.json"
    file.write_text(text)
    with pytest.raises(SettingsError, match="no file of users"):
        Users(file).find("a")


def test_where_there_is_no_file_there_is_nobody(tmp_path):
    assert not Users(tmp_path / "users.json").any
