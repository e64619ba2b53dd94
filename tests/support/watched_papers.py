"""A watched folder of papers that cite one source, for tests of what was decided about them."""

from datetime import UTC, datetime

import pytest

from db.store import Store
from verifier.model import Decision, FindingState
from verifier.settings import FetchSettings, MementoSettings, Settings, WatchSettings

START = datetime(2026, 11, 2, 2, 15, tzinfo=UTC)
SOURCE = "Report, http://bridges.example.test/report."
_PAGE = (
    "<html><head><title>Report</title></head><body><main><p>The county has 142 bridges in use. It keeps 31 ferries.</p>"
    "</main></body></html>"
)


@pytest.fixture
def watched(httpserver, tmp_path):
    """Settings of nights over the folder `papers`; the source is served."""
    httpserver.expect_request("/report").respond_with_data(_PAGE, content_type="text/html")
    (tmp_path / "papers").mkdir()
    return Settings(
        data=tmp_path / "data",
        allow_private=True,
        hosts={"*.example.test": f"127.0.0.1:{httpserver.port}"},
        fetch=FetchSettings(pause=0),
        memento=MementoSettings(archives=()),
        watch=(WatchSettings(path=tmp_path / "papers"),),
    )


def dismiss_all(settings: Settings) -> None:
    """Dismiss every open finding."""
    with Store.open(settings.store_url) as store:
        for found in store.findings.list([FindingState.OPEN]):
            fingerprint = found.finding.fingerprint
            store.findings.add_review(fingerprint, Decision.DISMISS, "Ada", "", fingerprint, START)
