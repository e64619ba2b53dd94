"""The store and the archive agree, and where they do not, it is said."""

import pytest

NOTES = [("The county has 142 bridges.", "Report, http://bridges.example.test/report")]
PAGE = "<html><head><title>Report</title></head><body><main><p>The county has 142 bridges.</p></main></body></html>"


@pytest.fixture
def data(httpserver, verifier, make_paper, tmp_path):
    httpserver.expect_request("/report").respond_with_data(PAGE, content_type="text/html")
    hosts = {"*.example.test": f"127.0.0.1:{httpserver.port}"}
    ran = verifier("run", make_paper("p.pdf", NOTES), "--data", tmp_path / "data", "--allow-private", hosts=hosts)
    assert ran.returncode == 0, ran.stderr
    return tmp_path / "data"


def test_an_archive_that_holds_what_the_store_names_is_sound(data, verifier):
    checked = verifier("archive", "check", "--data", data)
    assert (checked.returncode, "missing" in checked.stdout) == (0, False)


def test_a_file_that_is_gone_is_missed(data, verifier):
    (file,) = (data / "archive").glob("*.warc.gz")
    file.unlink()
    checked = verifier("archive", "check", "--data", data)
    assert checked.returncode == 3
    assert f"missing: archive/{file.name}:" in checked.stdout


def test_an_archive_without_a_store_is_checked_alone(data, verifier):
    for file in data.glob("verifier.db*"):
        file.unlink()
    assert verifier("archive", "check", "--data", data).returncode == 0
    assert not (data / "verifier.db").exists()
