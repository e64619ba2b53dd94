"""The commands about the desk's users."""

import json

import pytest
from typer.testing import CliRunner

from verifier.cli.app import app
from verifier.review.users import Role, Users

PASSWORD, ANOTHER = "a long enough one", "another long one"


@pytest.fixture
def data(tmp_path, clean_environment):
    Users(tmp_path / "users.json").add("Ana", Role.EDITOR, PASSWORD)
    return tmp_path


def users(data, *arguments, typed=""):
    return CliRunner().invoke(app, ["review", "users", *arguments, "--data", str(data)], input=typed)


def test_users_are_listed(data):
    assert users(data, "list").output == "editor  Ana\n"


def test_a_removed_user_is_gone_and_the_last_one_leaves_a_closed_desk(data):
    answer = users(data, "remove", "ana")
    assert answer.exit_code == 0
    assert "nobody may come in now" in answer.output
    assert json.loads((data / "users.json").read_text()) == {"users": []}


def test_a_new_password_keeps_the_role(data):
    assert users(data, "password", "ana", typed=f"{ANOTHER}\n{ANOTHER}\n").exit_code == 0
    known = Users(data / "users.json")
    assert known.with_password("Ana", ANOTHER).person.role is Role.EDITOR
    assert known.with_password("Ana", PASSWORD) is None


@pytest.mark.parametrize("command", ["remove", "password"])
def test_an_unknown_user_is_refused(data, command):
    answer = users(data, command, "Ben")
    assert answer.exit_code != 0
    assert [person.name for person in Users(data / "users.json").everybody] == ["Ana"]
