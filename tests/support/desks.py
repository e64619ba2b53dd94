"""The desk as tests use it: on the demo's store, through a client that sends forms as a browser would."""

import re
import shutil
import sys
from html import unescape
from pathlib import Path

import pytest
from werkzeug.test import TestResponse

from db.store import Store
from verifier.demo import DemoWeb, demo_paper
from verifier.review.app import create_app
from verifier.review.users import Role, Users
from verifier.runs import run
from verifier.settings import FetchSettings, MementoSettings, ReviewSettings, Settings

JOB_COMMAND = (sys.executable, "-m", "verifier.cli.desk_job")
PASSWORD = "correct horse battery"


@pytest.fixture(scope="session")
def demo_data(tmp_path_factory) -> Path:
    """The data folder that the demo leaves, for copying."""
    data = tmp_path_factory.mktemp("demo") / "data"
    with DemoWeb() as web:
        run([demo_paper()], demo_settings(data, hosts=web.hosts))
    return data


def demo_settings(data: Path, **more) -> Settings:
    """Settings that ask nobody outside this machine."""
    more.setdefault("review", ReviewSettings(port=0))
    return Settings(
        data=data, allow_private=True, fetch=FetchSettings(pause=0), memento=MementoSettings(archives=()), **more
    )


@pytest.fixture
def data(demo_data, tmp_path, clean_environment) -> Path:
    """A copy of the demo's data folder."""
    return Path(shutil.copytree(demo_data, tmp_path / "data"))


class Browser:
    """One person's browser: keeps cookies, finds forms and sends them with all their hidden fields."""

    def __init__(self, app, **headers: str) -> None:
        self.client = app.test_client()
        self.headers = {"Host": "127.0.0.1"} | headers

    def get(self, path: str, **headers: str) -> TestResponse:
        return self.client.get(path, headers=self.headers | headers)

    def post(self, path: str, headers: dict[str, str] | None = None, **fields) -> TestResponse:
        return self.client.post(path, data=fields, headers=self.headers | (headers or {}))

    def token(self, path: str = "/") -> str:
        """The CSRF token of this browser's session, from a page's form."""
        found = re.search(r'name="csrf_token" value="([^"]+)"', self.get(path).text)
        assert found, f"{path} has no form"
        return found[1]

    def send(self, path: str, form: str, headers: dict[str, str] | None = None, **fields) -> TestResponse:
        """Send the form of a page whose address or one of whose fields' values contains `form`."""
        action, hidden = form_of(self.get(path).text, form)
        return self.post(action or path, headers, **(hidden | fields))

    def decide(self, fingerprint: str, decision: str, query: str = "", **fields) -> TestResponse:
        return self.send(f"/findings/{fingerprint}{query}", f'name="decision" value="{decision}"', **fields)


def form_of(page: str, marker: str) -> tuple[str, dict[str, str]]:
    """The address of a page's form that contains a text, and its hidden fields."""
    for form in re.findall(r"<form.*?</form>", page, re.S):
        if marker in form:
            action = re.search(r'action="([^"]*)"', form)
            inputs = re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)"', form)
            return unescape(action[1]) if action else "", {name: unescape(value) for name, value in inputs}
    raise AssertionError(f"no form with {marker}")


@pytest.fixture
def desk(data):
    """Opens the desk of the demo: desk() is the application on a store of its own."""
    opened = []

    def open_desk(**review):
        settings = demo_settings(data, review=ReviewSettings(port=0, **review))
        store = Store.open(settings.store_url)
        opened.append(store)
        app = create_app(settings, store, JOB_COMMAND)
        app.testing = True
        return app

    yield open_desk
    for store in opened:
        store.close()


@pytest.fixture
def browser(desk) -> Browser:
    """A browser at the open desk."""
    return Browser(desk())


def with_users(data: Path, **roles: str) -> None:
    """Add users, each with the one password of the tests."""
    users = Users(data / "users.json")
    for name, role in roles.items():
        users.add(name, Role(role), PASSWORD)


def fingerprints(app) -> list[str]:
    """What stands in the queue, in order."""
    from db.review_queue import QueueFilter

    return [entry.fingerprint for entry in app.extensions["verifier"].store.queue.page(QueueFilter())]
