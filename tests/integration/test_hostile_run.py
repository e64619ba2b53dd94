"""All hostile answers in one run of a document that cites them: it ends, and of each address something is said."""

from functools import partial

import pytest

from tests.support.hostile_answers import hostile_answers, hostile_sites
from tests.support.hostile_bodies import hostile_replies
from tests.support.hostile_web import HostileWeb, Site
from verifier.engines import SourceReaders
from verifier.exits import ExitCode
from verifier.model import LinkStatus, RunState
from verifier.reports.sheets.cite_check import NOT_CHECKED, cite_checks
from verifier.resolver import TimeBudget, WebSession, check_archive
from verifier.resolver.http.time_budget import READING_GRACE
from verifier.runs import run
from verifier.runs.lock import open_existing_store
from verifier.runs.stages import links
from verifier.settings import ArchiveSettings, FetchSettings, MementoSettings, Settings

pytestmark = pytest.mark.slow  # some four hundred addresses

FETCH = FetchSettings(pause=0, deadline=4, read_timeout=2, connect_timeout=2, max_bytes=10_000_000, retry_after_cap=0.2)
SLACK = 20  # seconds: against hangs alone


@pytest.fixture(scope="module")
def outcome(tmp_path_factory):
    """(the run's outcome, its settings, the name of each hostile thing by address, what is left of each budget)."""
    folder = tmp_path_factory.mktemp("hostile")
    replies = hostile_replies() | hostile_answers()
    sites = {f"c{number}.test": Site(others=reply) for number, reply in enumerate(replies.values())}
    named = {f"http://c{number}.test/x": name for number, name in enumerate(replies)}
    for number, (name, site) in enumerate(hostile_sites().items()):
        sites[f"r{number}.test"] = site
        named |= {f"http://r{number}.test/{page}": f"{name}, {page}" for page in "ab"}
    urls = list(named)
    sentences = [f"District {number} has 142 bridges.[^{number}]" for number in range(len(urls))]
    notes = [f"[^{number}]: Count, {url}." for number, url in enumerate(urls)]
    (folder / "paper.md").write_text("# Bridges\n\n" + "\n\n".join([*sentences, *notes]) + "\n")
    budgets: list[TimeBudget] = []
    with HostileWeb(sites) as web, pytest.MonkeyPatch.context() as patch:
        plain = WebSession.for_address

        def noted(session: WebSession):
            asked = plain(session)
            budgets.append(asked.budget)
            return asked

        patch.setattr(WebSession, "for_address", noted)
        patch.setattr(links, "SourceReaders", partial(SourceReaders, longest=2, deadline=3))
        settings = Settings(
            data=folder / "data",
            allow_private=True,
            hosts=dict(web.hosts),
            fetch=FETCH,
            archive=ArchiveSettings(robots=True),
            memento=MementoSettings(archives=()),
        )
        yield run([folder / "paper.md"], settings), settings, named, budgets


def test_there_are_many(outcome):
    assert len(outcome[2]) >= 300


def test_the_run_comes_to_its_end(outcome):
    ended, settings, named, _ = outcome
    assert ended.exit_code is ExitCode.INCOMPLETE, "some checks failed, and that is said"
    assert ended.report.state is RunState.INCOMPLETE
    assert ended.report.failed == ()
    assert not [message for message in ended.report.messages if message.startswith("Left for the next run")]
    assert ended.report.coverage.addresses == len(named)
    assert check_archive(settings.archive_folder).problems == ()


def test_no_address_took_longer_than_its_deadline_and_the_grace(outcome):
    assert min(budget.left for budget in outcome[3]) > -(READING_GRACE + SLACK)


def test_of_each_address_something_is_said_and_nothing_unread_passes_for_checked(outcome):
    ended, settings, named, _ = outcome
    with open_existing_store(settings) as store:
        statuses = store.links.statuses(list(named))
        rows = {row.source: row for row in cite_checks(store, ended.report, store.documents.current())}
    found = {reported.finding.url for reported in ended.report.findings}
    silent = []
    for url, name in named.items():
        status, row = statuses.get(url), rows.get(url)
        if status is None or row is None or not row.status or not row.reason:
            silent.append((name, "nothing is said"))
        elif not status.has_text and url not in found and row.status != NOT_CHECKED:
            silent.append((name, f"it was not read and passes for {row.status}"))
        elif status.status is LinkStatus.BROKEN and not name.startswith(("to ", "a wait")) and url not in found:
            silent.append((name, "it is called broken and nobody is told"))
    assert silent == []


def test_every_failure_is_said_in_our_own_words(outcome):
    """No name of a Python exception and no path of a library reaches an editor."""
    ended, *_ = outcome
    said = [*ended.report.messages, *(reported.finding.message for reported in ended.report.findings)]
    said = [words for words in said if "SocketConnectBlockedError" not in words]  # the tests' own guard: no network
    assert not [words for words in said if "Error" in words or "Exception" in words or "site-packages" in words]
