"""The main job: the demo finds every planted fault and accuses nothing else."""

import json

import pytest

from verifier.demo import PLANTED


@pytest.fixture(scope="module")
def demo(tmp_path_factory):
    import subprocess

    from tests.support.commandline import command, environment_with

    folder = tmp_path_factory.mktemp("demo")
    shown = subprocess.run(
        command("demo", "--data", folder / "demo"),
        env=environment_with(None),
        cwd=folder,
        capture_output=True,
        text=True,
        timeout=300,
    )
    assert shown.returncode == 0, shown.stderr
    report = subprocess.run(
        command("report", "--data", folder / "demo", "--format", "json"),
        env=environment_with(None),
        cwd=folder,
        capture_output=True,
        text=True,
        timeout=300,
    )
    return shown.stdout, json.loads(report.stdout), folder / "demo"


def found(report):
    return {(finding["footnote"], finding["code"]) for finding in report["findings"]}


def test_every_planted_fault_is_found_by_label_and_code(demo):
    missing = {(planted.label, planted.code) for planted in PLANTED} - found(demo[1])
    assert not missing


def test_nothing_else_is_accused(demo):
    planted = {(planted.label, planted.code) for planted in PLANTED}
    accused = {(f["footnote"], f["code"]) for f in demo[1]["findings"] if f["kind"] == "accusation"}
    assert accused <= planted


def test_no_to_do_that_was_not_planted(demo):
    planted = {(planted.label, planted.code) for planted in PLANTED}
    assert found(demo[1]) - planted == set()


def test_an_accusation_stands_on_archived_evidence(demo):
    from verifier.resolver import WarcArchive

    accusations = [f for f in demo[1]["findings"] if f["code"] == "figure_disagrees"]
    with WarcArchive(demo[2] / "archive") as archive:
        for accusation in accusations:
            evidence = accusation["evidence"]
            name, offset = evidence["snapshot"].rsplit(":", 1)
            assert archive.read(name, int(offset)).payload
            assert evidence["source_text"] in evidence["source_quote"]
            assert evidence["confidence"] > 0.5
            assert accusation["sentence"]


def test_the_screen_tells_an_editor_what_is_wrong(demo):
    screen = demo[0]
    assert "ACCUSATIONS" in screen
    assert "Figure disagrees with its source" in screen
    assert "figures:" in screen
    assert "report.html" in screen


def test_it_leaves_a_self_contained_page(demo):
    page = (demo[2] / "report.html").read_text(encoding="utf-8")
    assert "<script" not in page
    assert "default-src 'none'" in page
    assert "figure_disagrees" in page


def test_every_report_counts_what_was_not_checked(demo):
    coverage = demo[1]["coverage"]
    assert coverage["documents"] == 1
    assert coverage["footnotes"] >= 15
    assert coverage["addresses"] == coverage["addresses_checked"]
    assert coverage["figures"] == (
        coverage["figures_compared"]
        + coverage["figures_source_unread"]
        + coverage["figures_source_not_given"]
        + coverage["figures_other_language"]
    )
    assert coverage["figures_compared"] == (
        coverage["figures_supported"] + coverage["figures_contradicted"] + coverage["figures_not_found"]
    )


def test_a_second_demo_in_the_same_folder_adds_nothing(demo, verifier):
    before = verifier("dump", "--data", demo[2]).stdout
    again = verifier("demo", "--data", demo[2])
    assert again.returncode == 0
    assert "0 new" in again.stdout
    assert verifier("dump", "--data", demo[2]).stdout == before


def test_the_archive_of_the_demo_is_whole(demo, verifier):
    checked = verifier("archive", "check", "--data", demo[2])
    assert checked.returncode == 0, checked.stdout
    assert " 0 damaged" in checked.stdout


@pytest.fixture(scope="module")
def every_setting(tmp_path_factory):
    """Environment variables and a settings file of an installation: what each names would be seen to have been used."""
    folder = tmp_path_factory.mktemp("installation")
    environment = {
        "VERIFIER_STORE": f"sqlite:///{folder / 'installed.db'}",
        "VERIFIER_DATA": str(folder / "data"),
        "VERIFIER_METRICS_FILE": str(folder / "night.prom"),
        "VERIFIER_OBJECTS__URL": "s3://evidence/verifier",
        "VERIFIER_OBJECTS__ENDPOINT": "http://127.0.0.1:9",
        "VERIFIER_ARCHIVE__MAX_BYTES": "1",
        "VERIFIER_NIGHT__HOST_BUDGET": "1",
        "VERIFIER_RETENTION__SNAPSHOT_DAYS": "1",
        "VERIFIER_FETCH__PROXY": "http://127.0.0.1:9",
        "VERIFIER_FETCH__MAX_BYTES": "1",
        "VERIFIER_FETCH__DEADLINE": "0.001",
        "VERIFIER_REVIEW__ADDRESS": "https://desk.example.org",
    }
    (folder / "verifier.toml").write_text(f'store = "sqlite:///{folder / "in-the-file.db"}"\n', encoding="utf-8")
    return folder, environment


def test_nothing_of_an_installation_is_used(demo, verifier, every_setting, monkeypatch):
    folder, environment = every_setting
    monkeypatch.chdir(folder)
    made = verifier("demo", "--data", folder / "demo", **environment)
    assert made.returncode == 0, made.stderr
    assert {path.name for path in folder.iterdir()} == {"demo", "verifier.toml"}
    assert "another store" in made.stderr
    monkeypatch.chdir(folder / "demo")  # where no settings file is
    report = json.loads(verifier("report", "--data", folder / "demo", "--format", "json").stdout)
    assert found(report) == found(demo[1])


def test_what_cannot_be_a_setting_is_nothing_to_a_demo(verifier, tmp_path):
    made = verifier("demo", "--data", tmp_path / "demo", VERIFIER_FETCH__PAUSE="no number")
    assert made.returncode == 0, made.stderr


def test_no_demo_is_made_in_an_installation(verifier, tmp_path):
    (tmp_path / "verifier.db").write_bytes(b"an installation's")
    refused = verifier("demo", "--data", tmp_path)
    assert refused.returncode == 2
    assert "no demo made" in refused.stderr
    assert [path.name for path in tmp_path.iterdir()] == ["verifier.db"]
