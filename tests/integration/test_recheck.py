"""An address that an editor has checked now: asked, archived, judged by all its checks, and compared."""

import pytest
import time_machine

from db.store import Store
from tests.support import stores
from tests.support.stores import checked, day, note
from verifier.errors import SettingsError, StoreBusyError
from verifier.model import LinkReason, LinkStatus
from verifier.parser import PARSER_VERSION
from verifier.runs.context import NullObserver
from verifier.runs.lock import only_run
from verifier.runs.stages.recheck import check_again
from verifier.settings import FetchSettings, MementoSettings, Settings, WatchSettings

CLAIM = "In 2024 the ferries of Port Ellery carried 412 thousand passengers."
PAGE = (
    "<html><body><main><h1>Ferries</h1><p>In 2024 the ferries of Port Ellery carried 142 thousand passengers.</p>"
    f"<p>{'The harbour office counts every passenger at the gate, by hand. ' * 20}</p></main></body></html>"
)


class Site:
    """A page that is there or not, and how often it was asked for."""

    def __init__(self, httpserver) -> None:
        self.status, self.asked = 404, 0
        self.url = httpserver.url_for("/news")
        httpserver.expect_request("/news").respond_with_handler(self.answer)

    def answer(self, _request):
        from werkzeug.wrappers import Response

        self.asked += 1
        return Response(PAGE if self.status == 200 else "gone", self.status, content_type="text/html")


@pytest.fixture
def site(httpserver) -> Site:
    return Site(httpserver)


@pytest.fixture
def settings(tmp_path, clean_environment, site) -> Settings:
    settings = Settings(
        data=tmp_path / "data",
        allow_private=True,
        fetch=FetchSettings(pause=0),
        memento=MementoSettings(archives=()),
    )
    with Store.open(settings.store_url) as store:
        store.documents.record_edition(str(tmp_path / "papers"), "ferries.pdf", "sha", day(0), day(0))
        reading = stores.extraction("sha", note(1, [site.url], CLAIM), parser=PARSER_VERSION)
        store.documents.save_extraction(reading, [stores.cited(0, stores.source(site.url))], day(0))
        run = store.runs.begin("nightly", [], day(0)).id
        store.links.record_check(run, checked(site.url, LinkStatus.BROKEN, LinkReason.NOT_FOUND, day(0)), day(3))
    return settings


def codes(settings: Settings) -> set[tuple[str, str]]:
    with Store.open(settings.store_url) as store:
        return {(found.finding.code.value, found.state.value) for found in store.findings.list()}


def again(settings: Settings, site: Site) -> str:
    return check_again(settings, site.url, NullObserver())


def test_a_link_that_answers_again_is_healed_and_its_figures_are_compared(settings, site):
    with time_machine.travel(day(1), tick=True):
        assert again(settings, site) == "Checked just now: looks broken."
        assert codes(settings) == {("link_unconfirmed", "open")}
        site.status = 200
        assert again(settings, site) == "Checked just now: answers."
    assert codes(settings) == {("link_unconfirmed", "closed"), ("figure_disagrees", "open")}
    assert list(settings.archive_folder.glob("*.warc.gz"))


def test_asking_again_and_again_makes_nothing_broken(settings, site):
    with time_machine.travel(day(1), tick=True):
        for _ in range(3):
            again(settings, site)
    assert codes(settings) == {("link_unconfirmed", "open")}
    assert site.asked >= 3


def test_what_only_a_confidential_folder_cites_is_not_asked(settings, site, tmp_path):
    closed = settings.model_copy(update={"watch": [WatchSettings(path=tmp_path / "papers", confidential=True)]})
    with pytest.raises(SettingsError, match="confidential documents alone"):
        again(closed, site)
    assert site.asked == 0


def test_an_address_that_nobody_cites_is_not_asked(settings, httpserver):
    with pytest.raises(SettingsError, match="no document cites it"):
        check_again(settings, httpserver.url_for("/other"), NullObserver())
    assert not httpserver.log


def test_a_run_that_is_going_on_is_not_disturbed(settings, site):
    with only_run(settings), pytest.raises(StoreBusyError):
        again(settings, site)
    assert site.asked == 0


def test_a_private_address_is_not_asked(settings, site):
    guarded = settings.model_copy(update={"allow_private": False})
    assert again(guarded, site) == "Checked just now: not asked."
    assert site.asked == 0
