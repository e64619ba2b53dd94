"""Cross references and signals as `verifier run` treats them: what an ibid. is held against, and what is accused."""

import json

import pytest

from tests.support.papers import write_paper

BRIDGES = "The county inspected 142 bridges in 2024 and closed nine of them after the inspection."
FERRIES = "The county inspected 96 ferries in 2024 and sold nine of them after the inspection."
REPORT = "Ann Reed, Bridge Report (2024), http://bridges.example.test/report"


@pytest.fixture
def check(verifier, httpserver, make_paper, tmp_path):
    for path, words in (("/report", BRIDGES), ("/ferries", FERRIES)):
        page = f"<html><head><title>Report</title></head><body><main><h1>Report</h1><p>{words}</p></main></body></html>"
        httpserver.expect_request(path).respond_with_data(page, content_type="text/html")
    hosts = {"*.example.test": f"127.0.0.1:{httpserver.port}"}

    def check(*notes):
        paper = make_paper("paper.pdf", notes)
        arguments = ("--data", tmp_path / "data", "--allow-private", "--format", "json")
        done = verifier("run", paper, *arguments, hosts=hosts)
        assert done.stdout, done.stderr
        report = json.loads(done.stdout)
        return sorted((f["footnote"], f["code"]) for f in report["findings"]), report

    return check


def test_an_ibid_and_a_supra_are_held_against_the_work_they_mean(check):
    wrong = "The county inspected 124 bridges in 2024"
    found, _ = check(
        ("Bridges are old.", f"{REPORT}."),
        (f"{wrong}.", "Ibid., p. 3."),
        (f"{wrong}, says the board.", "Reed, supra note 1, at 3."),
    )
    assert found == [("2", "figure_disagrees"), ("3", "figure_disagrees")]


def test_a_supra_is_held_against_the_named_work_alone(check):
    found, report = check(
        (
            "Bridges and ferries are old.",
            f"{REPORT}; Bo Holm, Ferry Report (2024), http://ferries.example.test/ferries.",
        ),
        ("The county inspected 96 ferries in 2024.", "Holm, supra note 1."),
        ("The county inspected 142 bridges in 2024.", "Reed, supra note 1."),
    )
    assert found == []
    assert report["coverage"]["figures_supported"] >= 4


@pytest.mark.parametrize("signal", ["Contra", "But see", "Cf.", "For a different count, see"])
def test_nothing_is_accused_of_a_source_that_is_set_apart(check, signal):
    found, report = check(("The county inspected 124 bridges in 2024.", f"{signal} {REPORT}."))
    assert found == []
    assert report["coverage"]["figures"] >= 1


def test_a_signal_holds_for_the_works_behind_it(check):
    note = f"But see Bo Holm, Ferry Report (2024), http://ferries.example.test/ferries; {REPORT}."
    assert check(("The county inspected 124 bridges in 2024.", note))[0] == []


def test_what_refers_nowhere_is_a_to_do_with_its_reason(check):
    found, report = check(("Bridges are old.", f"{REPORT}."), ("Ferries are older.", "Holm, supra note 41, at 7."))
    assert [code for _, code in found] == ["note_unparsed"]
    assert "note 2 refers to note 41, which was not found" in report["findings"][0]["message"]


@pytest.mark.parametrize(
    ("labels", "reason"),
    [
        ((1, 2, 4), "the numbering goes from 2 to 4"),
        ((1, 2, 2), "two notes have the label 2"),
    ],
)
def test_a_gap_or_a_repeat_in_the_numbering_is_a_to_do_with_its_reason(verifier, tmp_path, labels, reason):
    said = [("Bridges are old.", "Ann Reed."), ("Ferries are older.", "Bo Holm."), ("Fords are oldest.", "Cy Dale.")]
    paper = write_paper(tmp_path / "paper.pdf", said, labels)
    done = verifier("run", paper, "--data", tmp_path / "data", "--format", "json")
    told = [finding for finding in json.loads(done.stdout)["findings"] if finding["code"] == "note_unparsed"]
    assert [reason in finding["message"] for finding in told].count(True) == 1, told
