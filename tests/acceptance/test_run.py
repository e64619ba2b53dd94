"""`verifier run` as an operator meets it: again, a new edition, a broken PDF, no network, two at once."""

import json
import re
import subprocess

import pytest

from tests.support.commandline import command, environment_with
from tests.support.waiting import wait_until

FIGURES = (
    "<html><head><title>Bridge Report</title></head><body><main><h1>Bridge Report</h1><p>{}</p></main></body></html>"
)
RIGHT = "The county inspected 142 bridges in 2024 and closed nine of them after the inspection."
NOTES = [
    ("The county inspected 142 bridges in 2024.", "Bridge Report, http://bridges.example.test/report."),
    ("Repairs were announced in the spring.", "Notice, http://bridges.example.test/gone."),
]


@pytest.fixture
def web(httpserver):
    httpserver.expect_request("/report").respond_with_data(FIGURES.format(RIGHT), content_type="text/html")
    httpserver.expect_request("/gone").respond_with_data("<h1>Not found</h1>", 404, content_type="text/html")
    return httpserver


@pytest.fixture
def hosts(web):
    return {"*.example.test": f"127.0.0.1:{web.port}"}


@pytest.fixture
def check(verifier, hosts, tmp_path):
    def check(*paths, data="data", **more):
        result = verifier(
            "run", *paths, "--data", tmp_path / data, "--allow-private", "--format", "json", hosts=hosts, **more
        )
        return result.returncode, json.loads(result.stdout) if result.stdout else None, result.stderr

    return check


def asked(web):
    return [request.path for request, _ in web.log if request.path in ("/report", "/gone")]


def codes(report):
    return sorted((finding["footnote"], finding["code"]) for finding in report["findings"])


def test_a_run_says_what_it_found_and_a_second_asks_nothing_again(check, web, make_paper):
    paper = make_paper("paper.pdf", NOTES)
    code, report, _ = check(paper)
    assert (code, codes(report)) == (0, [("2", "link_unconfirmed")])
    assert report["coverage"]["figures_supported"] >= 1
    first = asked(web)
    assert sorted(set(first)) == ["/gone", "/report"]
    code, again, _ = check(paper)
    assert (code, codes(again)) == (0, codes(report))
    assert asked(web) == first
    assert again["run"]["id"] != report["run"]["id"]


def test_a_wrong_figure_is_a_new_accusation_once(check, make_paper):
    wrong = [("The county inspected 124 bridges in 2024.", NOTES[0][1])]
    paper = make_paper("paper.pdf", wrong)
    code, report, _ = check(paper)
    assert (code, codes(report)) == (1, [("1", "figure_disagrees")])
    (finding,) = report["findings"]
    assert "124" in finding["message"]
    assert "142" in finding["evidence"]["source_quote"]
    assert check(paper)[0] == 0


def test_a_new_edition_is_the_same_document_and_findings_carry_over(check, verifier, make_paper, tmp_path):
    notes = [
        *NOTES,
        ("The county closed 12 bridges after the inspection.", "Bridge Report, http://bridges.example.test/report."),
    ]
    paper = make_paper("paper.pdf", notes)
    _, before, _ = check(paper)
    ids = {finding["id"]: finding["code"] for finding in before["findings"]}
    make_paper("paper.pdf", [("This edition has a new first sentence about ferries.", "Ferry company."), *notes])
    _, after, _ = check(paper)
    shifted = {finding["id"]: finding["code"] for finding in after["findings"]}
    assert ids.items() <= shifted.items()
    make_paper("paper.pdf", [NOTES[0]])
    _, mended, _ = check(paper)
    assert codes(mended) == []
    dump = verifier("dump", "--data", tmp_path / "data").stdout
    assert len(set(re.findall(r'"pdf_sha256": ?"([0-9a-f]{64})"', dump))) == 3


def test_a_dismissed_finding_stays_dismissed_through_a_new_edition(check, make_paper, tmp_path):
    from datetime import UTC, datetime

    from db.store import Store
    from verifier.model import Decision

    paper = make_paper("paper.pdf", NOTES)
    check(paper)
    with Store.open(f"sqlite:///{tmp_path / 'data' / 'verifier.db'}") as store:
        (finding,) = store.findings.list()
        store.findings.add_review(
            finding.finding.fingerprint, Decision.DISMISS, "ann", "known", "token-1", datetime.now(UTC)
        )
    make_paper("paper.pdf", [*NOTES, ("Nothing else was said.", "Nothing.")])
    _, report, _ = check(paper)
    assert [f["state"] for f in report["findings"] if f["code"] == "link_unconfirmed"] == ["dismissed"]


def test_one_broken_pdf_is_reported_and_stops_nobody_else(check, make_paper, tmp_path):
    folder = tmp_path / "papers"
    make_paper("papers/good.pdf", NOTES)
    (folder / "broken.pdf").write_bytes(b"%PDF-1.7\nthis is where it breaks off")
    (folder / "empty.pdf").write_bytes(b"")
    code, report, _ = check(folder)
    assert code == 3
    assert codes(report) == [("2", "link_unconfirmed")]
    failed = {entry["document"]: entry["reason"] for entry in report["run"]["failed_documents"]}
    assert set(failed) == {"broken.pdf", "empty.pdf"}
    assert all(failed.values())
    assert report["coverage"]["documents"] == 1


def test_without_a_network_it_says_so_raises_nothing_and_exits_3(verifier, make_paper, tmp_path):
    notes = [(f"Sentence number {n} says 1{n} things.", f"http://host{n}.example.test/page{n}") for n in range(6)]
    paper = make_paper("paper.pdf", notes)
    result = verifier(
        "run", paper, "--data", tmp_path / "data", "--allow-private", hosts={"*.example.test": "127.0.0.1:9"}
    )
    assert result.returncode == 3
    assert "network seems to be down" in result.stdout
    report = json.loads(verifier("report", "--data", tmp_path / "data", "--format", "json").stdout)
    assert (report["findings"], report["run"]["state"]) == ([], "network_down")
    assert report["coverage"]["documents_not_compared"] == 1


def test_when_the_network_is_back_everything_is_asked_at_once(check, verifier, web, make_paper, tmp_path):
    notes = NOTES + [(f"It is said {n} times.", f"http://host{n}.example.test/report?{n}") for n in range(6)]
    paper = make_paper("paper.pdf", notes)
    down = verifier(
        "run", paper, "--data", tmp_path / "data", "--allow-private", hosts={"*.example.test": "127.0.0.1:9"}
    )
    assert down.returncode == 3
    code, report, _ = check(paper)
    assert code in (0, 1)
    assert report["coverage"]["addresses_checked"] == report["coverage"]["addresses"] == 8


def test_two_runs_on_one_data_folder_do_not_overlap(web, verifier, make_paper, tmp_path):
    from filelock import FileLock

    paper = make_paper("paper.pdf", NOTES)
    (tmp_path / "data").mkdir()
    with FileLock(tmp_path / "data" / "run.lock"):
        second = verifier("run", paper, "--data", tmp_path / "data")
    assert second.returncode == 4
    assert "another run" in second.stderr


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["run", "nowhere.pdf"], "nowhere.pdf: no such file"),
        (["run", "."], "no document"),
        (["extract", "nowhere.pdf"], "nowhere.pdf"),
        (["links", "nowhere.txt"], "nowhere.txt"),
        (["compare", "nowhere.jsonl"], "nowhere.jsonl"),
        (["report"], "start with: verifier run"),
        (["dump"], "start with: verifier run"),
        (["report", "--config", "nowhere.toml"], "no such settings file"),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, list) else "",
)
def test_a_mistake_is_answered_by_a_sentence_and_code_2(verifier, arguments, says):
    result = verifier(*arguments)
    assert result.returncode == 2
    assert says in result.stderr
    assert "Traceback" not in result.stderr


def test_a_wrong_setting_is_named(verifier, tmp_path):
    (tmp_path / "verifier.toml").write_text("[fetch]\npaus = 3\n", encoding="utf-8")
    result = verifier("report")
    assert result.returncode == 2
    assert "fetch.paus" in result.stderr


def test_quiet_where_there_is_no_terminal(check, make_paper):
    _, _, errors = check(make_paper("paper.pdf", NOTES))
    assert errors == ""


def test_interrupted_it_says_how_to_go_on(make_paper, hosts, httpserver, tmp_path, clean_environment):
    import signal

    notes = [(f"Sentence number {n}.", f"http://bridges.example.test/report?{n}") for n in range(9)]
    process = subprocess.Popen(
        command("run", make_paper("paper.pdf", notes), "--data", tmp_path / "data", "--allow-private", "--pause", "60"),
        env=environment_with(hosts),
        stderr=subprocess.PIPE,
        text=True,
    )
    wait_until(lambda: httpserver.log)
    process.send_signal(signal.SIGINT)
    _, errors = process.communicate(timeout=50)  # less than the pause it was in
    assert process.returncode == 130
    assert "goes on where it stopped" in errors
    assert "Traceback" not in errors
