"""The same text under another name: nothing that was decided comes back as new."""

from datetime import timedelta

import pytest
import time_machine

from db.store import Store
from tests.support.watched_papers import SOURCE, START, dismiss_all, watched
from verifier.errors import SettingsError
from verifier.exits import ExitCode
from verifier.model import FindingState
from verifier.runs import nightly, run
from verifier.runs.stages.withdrawal import withdraw

__all__ = ["watched"]

BRIDGES = ("The county has 124 bridges.", SOURCE)
FERRIES = ("It keeps 13 ferries.", SOURCE)
ADDED = ("It keeps 31 ferries in all.", SOURCE)


@pytest.fixture
def settings(watched):
    return watched


@pytest.fixture
def night(settings):
    def run_on(day):
        with time_machine.travel(START + timedelta(days=day), tick=True):
            outcome = nightly(settings)
        told = sorted((f.places[0].document, f.finding.sentence, f.state.value, f.new) for f in outcome.report.findings)
        return outcome, told

    return run_on


def test_a_copy_in_a_subfolder_and_an_upload_of_the_same_bytes_bring_nothing_back(
    night, settings, make_paper, tmp_path
):
    paper = make_paper("papers/paper.pdf", [BRIDGES, FERRIES])
    first, told = night(0)
    assert (first.exit_code, len(told)) == (ExitCode.NEW_ACCUSATIONS, 2)
    dismiss_all(settings)
    for copy in (tmp_path / "papers" / "sub" / "copy.pdf", settings.uploads_folder / "mine.pdf"):
        copy.parent.mkdir()
        copy.write_bytes(paper.read_bytes())
    outcome = run([settings.uploads_folder / "mine.pdf"], settings)
    assert outcome.exit_code is ExitCode.CLEAN
    outcome, again = night(1)
    assert outcome.exit_code is ExitCode.CLEAN
    assert again == [(document, sentence, "dismissed", False) for document, sentence, _, _ in told]
    assert outcome.report.coverage.documents == 1
    paper.unlink()
    _, moved = night(2)
    assert [(state, new) for _, _, state, new in moved] == [("dismissed", False)] * 2


def test_a_new_edition_under_another_name_keeps_what_was_decided(night, settings, make_paper):
    make_paper("papers/paper.pdf", [BRIDGES, FERRIES])
    night(0)
    dismiss_all(settings)
    make_paper("papers/paper-v2.pdf", [BRIDGES, FERRIES, ADDED, ("It keeps 19 ferries.", SOURCE)])
    outcome, told = night(1)
    of_edition = [(sentence, state, new) for document, sentence, state, new in told if document == "paper-v2.pdf"]
    assert of_edition == [
        (FERRIES[0], "dismissed", False),
        ("It keeps 19 ferries.", "open", True),
        (BRIDGES[0], "dismissed", False),
    ]
    assert outcome.exit_code is ExitCode.NEW_ACCUSATIONS
    assert any("2 decisions carried over" in message for message in outcome.report.messages)
    _, told = night(2)
    assert ("paper-v2.pdf", "It keeps 19 ferries.", "open", False) in told


def test_another_document_with_one_sentence_in_common_keeps_nothing(night, settings, make_paper):
    make_paper("papers/paper.pdf", [BRIDGES, FERRIES])
    night(0)
    dismiss_all(settings)
    make_paper("papers/other.pdf", [BRIDGES, *((f"Of river {name} nothing is known.", "A map.") for name in "ABCDEF")])
    _, told = night(1)
    assert ("other.pdf", BRIDGES[0], "open", True) in told


def test_a_wrong_upload_is_withdrawn(settings, make_paper):
    upload = make_paper("data/uploads/wrong.pdf", [BRIDGES])
    assert run([upload], settings).exit_code is ExitCode.NEW_ACCUSATIONS
    assert "withdrawn" in withdraw(settings, upload, "Ada")
    assert not upload.exists()
    with Store.open(settings.store_url) as store:
        assert store.documents.current() == []
        assert store.findings.list([FindingState.OPEN]) == []
    with pytest.raises(SettingsError, match="already"):
        withdraw(settings, upload, "Ada")


def test_what_is_no_upload_is_left_where_it_is(settings, make_paper):
    paper = make_paper("papers/paper.pdf", [BRIDGES])
    run([paper], settings)
    for file in (paper, settings.uploads_folder / ".." / ".." / "papers" / "paper.pdf"):
        with pytest.raises(SettingsError, match="only an upload"):
            withdraw(settings, file, "Ada")
    assert paper.exists()
