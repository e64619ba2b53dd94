"""`verifier nightly` with a mail server: the quiet night, the night that failed, the mail that did not go out."""

import pytest

from tests.support.mail_server import mail_server

PAGE = "<html><head><title>Report</title></head><body><p>The county has 142 bridges in use.</p></body></html>"


@pytest.fixture
def server():
    with mail_server() as mailbox:
        yield mailbox


@pytest.fixture
def night(verifier, httpserver, make_paper, server, tmp_path):
    httpserver.expect_request("/report").respond_with_data(PAGE, content_type="text/html")
    make_paper("papers/a.pdf", [("The county has 142 bridges.", "Report, http://bridges.example.test/report.")])

    def night(data="data", port=server.port, secret="none"):
        (tmp_path / "verifier.toml").write_text(
            f"""
data = "{tmp_path / data}"
allow_private = true
fetch.pause = 0
metrics_file = "{tmp_path}/verifier.prom"
hosts = {{ "*.example.test" = "127.0.0.1:{httpserver.port}" }}

[mail]
host = "localhost"
port = {port}
security = "none"
password = "{secret}"
sender = "Verifier <bot@example.org>"
recipients = ["editors@example.org"]

[[watch]]
path = "{tmp_path}/papers"
""",
            encoding="utf-8",
        )
        return verifier("nightly")

    return night


def test_a_mail_goes_out_after_a_quiet_night(night, server):
    result = night()
    assert (result.returncode, result.stderr) == (0, "")
    ((_, message),) = server.taken
    assert message["Subject"] == "Verifier: 0 new, 1 checked"


def test_a_night_that_cannot_write_anywhere_is_mailed_all_the_same(night, server, tmp_path):
    (tmp_path / "in-the-way").write_text("a file")
    result = night(data="in-the-way/data")
    assert result.returncode == 2
    assert "Traceback" not in result.stderr
    ((_, message),) = server.taken
    assert message["Subject"].startswith("Verifier: FAILED: ")
    assert "cannot be written" in " ".join(message.get_content().split())
    assert "verifier_run_exit_code 2.0" in (tmp_path / "verifier.prom").read_text(encoding="utf-8")


def test_a_damaged_store_is_mailed(night, server, tmp_path):
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "verifier.db").write_bytes(b"no database at all, " * 100)
    result = night()
    assert result.returncode == 3
    assert server.taken[0][1]["Subject"].startswith("Verifier: FAILED: store ")


def test_a_mail_server_that_is_away_is_told_where_cron_looks_and_changes_nothing_else(night, server, tmp_path):
    result = night(port=9, secret="top-secret")
    assert result.returncode == 0
    assert result.stderr.startswith("verifier: no mail went out: localhost:9 refuses connections")
    assert result.stdout.startswith("0 new, 1 checked\n")
    written = [path.read_bytes() for path in (tmp_path / "data").rglob("*") if path.is_file()]
    assert not [content for content in written if b"top-secret" in content]
    assert b"mail_failed" in (tmp_path / "data" / "log" / "verifier.jsonl").read_bytes()
