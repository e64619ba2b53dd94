"""`verifier report --format digest`: what is new, what is old, and what a new edition healed."""

import pytest

GONE = ("Repairs were announced in the spring.", "Notice, http://bridges.example.test/gone.")
WRONG = ("The county inspected 124 bridges in 2024.", "Bridge Report, http://bridges.example.test/report.")
PAGE = "<html><body><main><p>The county inspected 142 bridges in 2024 and closed nine of them.</p></main></body></html>"


@pytest.fixture
def night(verifier, make_paper, httpserver, tmp_path):
    httpserver.expect_request("/report").respond_with_data(PAGE, content_type="text/html")
    httpserver.expect_request("/gone").respond_with_data("<h1>Not found</h1>", 404, content_type="text/html")
    hosts = {"*.example.test": f"127.0.0.1:{httpserver.port}"}

    def night(*notes):
        data = ("--data", tmp_path / "data")
        printed = verifier(
            "run", make_paper("paper.pdf", notes), *data, "--allow-private", "--format", "digest", hosts=hosts
        )
        told = verifier("report", *data, "--format", "digest")
        assert (told.returncode, told.stderr) == (0, "")
        assert printed.stdout == told.stdout
        return told.stdout

    return night


def test_news_then_a_quiet_night_then_what_healed(night):
    first = night(GONE, WRONG)
    assert first.startswith("1 new accusation, 1 new to-do, 2 checked\n")
    assert first.index("NEW ACCUSATIONS") < first.index("124") < first.index("NEW TO-DOS") < first.index("/gone")
    quiet = night(GONE, WRONG)
    assert quiet.startswith("0 new, 2 checked\n")
    assert "/gone" not in quiet
    assert "Open altogether: 1 accusation, 1 to-do" in quiet
    mended = night(GONE, (WRONG[0].replace("124", "142"), WRONG[1]))
    assert mended.startswith("0 new, 1 healed, 2 checked\n")
    assert "Figure disagrees with its source" in mended[mended.index("HEALED") :]


def test_before_the_first_run_it_says_so(verifier, tmp_path):
    result = verifier("report", "--data", tmp_path / "none", "--format", "digest")
    assert result.returncode == 2
    assert "holds no store yet" in result.stderr
