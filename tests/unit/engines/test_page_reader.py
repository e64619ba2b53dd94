"""The process that reads pages for `verifier links`: the same answers, and hardly anything to load."""

import subprocess
import sys

import pytest

from verifier.engines import SourceReaders

PAGE = b"<title>Bridges</title><main><h1 id=count>Count</h1><p>The county has 142 bridges in use.</p></main>"


@pytest.fixture(scope="module", params=["source_reader", "page_reader"])
def read(request):
    with SourceReaders(processes=1, module=f"verifier.engines.{request.param}") as readers:
        yield readers


def test_it_answers_as_the_other_does(read):
    page = read.page(PAGE, "text/html", None)
    assert (page.title, page.headings) == ("Bridges", ((1, "Count"),))
    assert read.missing_parts(PAGE, None, ["count", "other"]) == ("other",)
    assert "142 bridges" in read(PAGE, "text/html").text


def test_it_begins_without_what_a_text_needs():
    script = "import sys, verifier.engines.page_reader as r; r._prepare(); print('trafilatura' in sys.modules)"
    shown = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert shown.stdout.strip() == "False"
