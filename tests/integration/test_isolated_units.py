"""Whatever is raised for one address, document or claim: all others are done, and it is reported as not checked."""

import functools
import sqlite3
from collections.abc import Callable
from contextlib import closing

import pytest

from verifier import pipeline
from verifier.checker import FigureCheck
from verifier.errors import ArchiveError, DocumentError, StoreDataError
from verifier.exits import ExitCode
from verifier.model import FindingCode, RunState
from verifier.runs import run
from verifier.runs.stages import compare, extract, links
from verifier.settings import FetchSettings, Settings

ERRORS = [
    ValueError("math domain error"),
    RecursionError("maximum recursion depth exceeded"),
    UnicodeEncodeError("ascii", "é", 0, 1, "ordinal not in range(128)"),
    MemoryError(),
    OverflowError("int too large to convert"),
    KeyError("\x1b[2J\u202e\udcff"),
    AssertionError(),
    NotImplementedError(),
    StopIteration(),
    OSError(5, "Input/output error"),
    DocumentError("cannot be read"),
    StoreDataError("not such a value"),
]
STAGES = ["check", "record", "extract", "claim", "document", "conclude"]
# Each stage with three kinds of error, each kind in a stage or two: all 72 pairs take minutes.
CASES = [
    (stage, error)
    for number, stage in enumerate(STAGES)
    for place, error in enumerate(ERRORS)
    if (number + place) % 4 == 0
]
PAGE = "<html><body><main><h1>Counts</h1><p>The county has %d bridges in use, as counted.</p></main></body></html>"


@pytest.fixture
def papers(make_paper, httpserver):
    for name, bridges in (("good", 142), ("bad", 142)):
        page = PAGE % bridges
        httpserver.expect_request(f"/{name}.html").respond_with_data(page, content_type="text/html")
    return [
        make_paper(f"{name}.pdf", [("The county has 142 bridges in use.", f"Counts, http://{name}.test/{name}.html.")])
        for name in ("good", "bad")
    ]


@pytest.fixture
def settings(httpserver, tmp_path):
    return Settings(
        data=tmp_path / "data",
        allow_private=True,
        hosts={"*.test": f"127.0.0.1:{httpserver.port}"},
        fetch=FetchSettings(pause=0),
    )


def _failing(work: Callable, is_bad: Callable[..., bool], error: Exception) -> Callable:
    @functools.wraps(work)
    def wrapped(*arguments, **named):
        if is_bad(*arguments, **named):
            raise error
        return work(*arguments, **named)

    return wrapped


def _address(address: str, *_: object, **__: object) -> bool:
    return "bad.test" in address


def _of_bad(value: object) -> bool:
    return "bad.test" in repr(value)


@pytest.mark.parametrize(("stage", "error"), CASES, ids=lambda value: value if isinstance(value, str) else repr(value))
def test_all_other_units_are_done(papers, settings, monkeypatch, stage: str, error: Exception) -> None:
    if stage == "check":
        monkeypatch.setattr(pipeline, "check_address", _failing(pipeline.check_address, _address, error))
    elif stage == "record":
        from db.links import Links

        def fails_once(_store: object, _run: int, check, *_rest: object) -> bool:
            return "bad.test" in check.address and check.snapshots != ()

        monkeypatch.setattr(Links, "record_check", _failing(Links.record_check, fails_once, error))
    elif stage == "extract":
        bad = _failing(extract.cite_sources, lambda extraction, _: _of_bad(extraction), error)
        monkeypatch.setattr(extract, "cite_sources", bad)
    elif stage == "claim":
        bad = _failing(FigureCheck.findings, lambda _, cited: "bad" in cited.claim.document_key, error)
        monkeypatch.setattr(FigureCheck, "findings", bad)
    elif stage == "document":
        bad = _failing(compare.compare_document, lambda edition, *_, **__: _of_bad(edition.extraction), error)
        monkeypatch.setattr(compare, "compare_document", bad)
    else:
        monkeypatch.setattr(links, "link_finding", _failing(links.link_finding, _address, error))

    outcome = run(papers, settings)

    assert outcome.exit_code is ExitCode.INCOMPLETE
    assert outcome.report.state is RunState.INCOMPLETE
    told = [failed.document for failed in outcome.report.failed] + list(outcome.report.messages)
    assert any("bad" in words for words in told), told
    assert not any("\x1b" in words or "\u202e" in words for words in told)
    with closing(sqlite3.connect(settings.data / "verifier.db")) as database:
        supported = database.execute("select count(*) from comparison where verdict = 'supported'").fetchone()[0]
    assert supported >= 1, "the other document was compared"
    codes = [reported.finding.code for reported in outcome.report.findings]
    assert (FindingCode.CHECK_FAILED in codes) is (stage in ("check", "record", "claim"))


def test_the_next_run_tries_again(papers, settings, monkeypatch) -> None:
    with monkeypatch.context() as patch:
        bad = _failing(FigureCheck.findings, lambda _, cited: "bad" in cited.claim.document_key, ValueError())
        patch.setattr(FigureCheck, "findings", bad)
        assert run(papers, settings).exit_code is ExitCode.INCOMPLETE
    outcome = run(papers, settings)
    assert outcome.exit_code is ExitCode.CLEAN
    assert outcome.report.findings == ()


def test_what_fails_for_every_unit_ends_the_run(papers, settings, monkeypatch) -> None:
    full = _failing(pipeline.check_address, _address, ArchiveError("no room left"))
    monkeypatch.setattr(pipeline, "check_address", full)
    with pytest.raises(ArchiveError):
        run(papers, settings)
