"""Runs whose archive and documents are in S3: as on files, and nothing lost when the server or the run dies."""

import json
import re
import signal
import subprocess
import sys
from datetime import UTC, datetime, timedelta
from html import unescape

import pytest
import time_machine
from werkzeug.wrappers import Response

from db.store import Store
from tests.support.desks import JOB_COMMAND, Browser, demo_settings
from tests.support.s3 import BUCKET, s3, s3_server
from verifier.demo import DemoWeb, demo_paper
from verifier.errors import ArchiveError
from verifier.objects import open_objects
from verifier.objects.editions import Editions
from verifier.review.app import create_app
from verifier.runs import run
from verifier.runs.stages.object_pruning import GRACE, sweep_orphans
from verifier.settings import FetchSettings, MementoSettings, Settings

__all__ = ["s3", "s3_server"]

PAGE = (
    "<html><head><title>Report {0}</title></head><body><main><p>The county has 142 bridges in use.</p>"
    "<p>This is report {0}.</p></main></body></html>"
)
START = datetime(2026, 11, 2, 2, 15, tzinfo=UTC)


class Web:
    """Pages that count how often each was asked for; `before` is called with the count before an answer."""

    def __init__(self, httpserver) -> None:
        self.asked: list[str] = []
        self.bodies: dict[str, str] = {}
        self.before = lambda count: None
        self.hosts = {"*.example.test": f"127.0.0.1:{httpserver.port}"}
        httpserver.expect_request("/robots.txt").respond_with_data("", status=404)
        httpserver.expect_request(re.compile("/page/.*")).respond_with_handler(self._answer)

    def _answer(self, request) -> Response:
        self.asked.append(request.path)
        self.before(len(self.asked))
        name = request.path.rpartition("/")[2]
        status = 404 if name == "5" else 200
        return Response(self.bodies.get(name, PAGE.format(name)), status, content_type="text/html")


@pytest.fixture
def web(httpserver):
    return Web(httpserver)


@pytest.fixture
def paper(make_paper):
    notes = [
        (f"The county has {142 if n else 124} bridges.", f"Report, http://h{n}.example.test/page/{n}.")
        for n in range(6)
    ]
    return make_paper("paper.pdf", notes)


@pytest.fixture
def settings(web, tmp_path):
    def made(name: str, **more) -> Settings:
        return Settings(
            data=tmp_path / name,
            allow_private=True,
            hosts=web.hosts,
            fetch=FetchSettings(pause=0, workers=2),
            memento=MementoSettings(archives=()),
            **more,
        )

    return made


def dump_of(settings: Settings) -> list[str]:
    with Store.open(settings.store_url) as store:
        return list(store.dump())


def archive_of(settings: Settings):
    return open_objects(settings.archive_folder, settings.objects)


def unnamed(settings: Settings) -> list[str]:
    with Store.open(settings.store_url) as store:
        names = [one.name for one in archive_of(settings).list(after="fetch-") if one.name.startswith("fetch-")]
        return sorted(set(names) - store.places.named_files(names))


def checked(verifier, settings: Settings, s3) -> subprocess.CompletedProcess[str]:
    return verifier("archive", "check", "--data", settings.data, **s3.environment())


def test_a_run_is_the_same_and_leaves_nothing_of_the_archive_in_the_data_folder(web, paper, settings, s3, verifier):
    on_files, in_s3 = settings("files"), settings("s3", objects=s3.settings())
    run([paper], on_files)
    run([paper], in_s3)
    assert dump_of(in_s3) == dump_of(on_files)
    assert not in_s3.archive_folder.exists()
    keys = s3.keys("tests/one/")
    assert sum(key.startswith("tests/one/archive/fetch-") for key in keys) == 6
    assert sum(key.startswith("tests/one/documents/") for key in keys) == 1
    done = checked(verifier, in_s3, s3)
    assert done.returncode == 0, done.stdout
    assert "s3://evidence/tests/one/archive: 18 records in 6 files, 0 damaged" in done.stdout


def test_nights_keep_a_body_once_and_what_was_seen_again_rests_on_it(web, paper, settings, s3):
    in_s3 = settings("s3", objects=s3.settings())
    for day in (0, 8, 16):
        with time_machine.travel(START + timedelta(days=day), tick=True):
            run([paper], in_s3)
    names = [one.name for one in archive_of(in_s3).list()]
    assert sum(name.startswith("fetch-") for name in names) == 6
    assert sum(name.startswith("visit-") for name in names) == 12


KILLED = """
import os, signal, sys
import verifier.runs.stages.links as links
from verifier.runs import run
from verifier.settings import Settings
from pathlib import Path
recorded, keep = [], links.record
def record(*given):
    recorded.append(1)
    if len(recorded) == int(sys.argv[1]):
        os.kill(os.getpid(), signal.SIGKILL)
    return keep(*given)
links.record = record
run([Path(sys.argv[2])], Settings.model_validate_json(sys.argv[3]))
"""


def test_what_a_killed_run_sent_and_did_not_name_is_swept(web, paper, settings, s3, verifier):
    undisturbed, in_s3 = settings("files"), settings("s3", objects=s3.settings())
    run([paper], undisturbed)
    for nth in (1, 3):
        order = [sys.executable, "-c", KILLED, str(nth), str(paper), in_s3.model_dump_json()]
        killed = subprocess.run(order, capture_output=True, text=True, timeout=300)
        assert killed.returncode == -signal.SIGKILL, killed.stderr
    orphans = unnamed(in_s3)
    assert orphans
    run([paper], in_s3)
    assert dump_of(in_s3) == dump_of(undisturbed)
    assert unnamed(in_s3) == orphans, "what is young may be on its way"
    with Store.open(in_s3.store_url) as store:
        assert sweep_orphans(store, archive_of(in_s3), datetime.now(UTC)) == 0
        assert sweep_orphans(store, archive_of(in_s3), datetime.now(UTC) + GRACE) > 0
    assert unnamed(in_s3) == []
    done = checked(verifier, in_s3, s3)
    assert (done.returncode, "missing" in done.stdout) == (0, False)


def test_a_server_that_goes_away_ends_the_run_in_words_and_the_next_goes_on(web, paper, settings, s3, verifier):
    undisturbed, in_s3 = settings("files"), settings("s3", objects=s3.settings())
    run([paper], undisturbed)
    web.asked.clear()
    web.before = lambda count: s3.stop() if count == 3 else None
    with pytest.raises(ArchiveError, match=r"fetch-.*cannot be written.*start again when the store answers"):
        run([paper], in_s3)
    web.before = lambda count: None
    s3.start()
    with Store.open(in_s3.store_url) as store:
        named = list(store.places.named())
    assert all(archive_of(in_s3).size(name) for name in named), "no row without bytes"
    run([paper], in_s3)
    assert dump_of(in_s3) == dump_of(undisturbed)
    assert max(map(web.asked.count, web.asked)) <= 2
    assert checked(verifier, in_s3, s3).returncode == 0


def test_a_server_that_is_gone_from_the_start_ends_it_before_anything_is_said_to_be_kept(paper, settings, s3):
    in_s3 = settings("s3", objects=s3.settings())
    s3.stop()
    try:
        with pytest.raises(ArchiveError, match=r"documents/.*cannot be"):
            run([paper], in_s3)
    finally:
        s3.start()
    with Store.open(in_s3.store_url) as store:
        assert list(store.documents.current()) == []
    assert run([paper], in_s3).report.state == "finished"


def test_another_machine_reads_the_documents_that_one_kept(web, paper, settings, s3):
    in_s3 = settings("one", objects=s3.settings())
    run([paper], in_s3)
    (copy,) = in_s3.documents_folder.iterdir()
    content = copy.read_bytes()
    copy.unlink()
    other = Editions(settings("other").documents_folder, in_s3.objects)
    assert other.file(copy.name).read_bytes() == content


def test_damage_is_found_and_named(web, paper, settings, s3, verifier):
    in_s3 = settings("s3", objects=s3.settings())
    run([paper], in_s3)
    first, second, *_ = s3.keys("tests/one/archive/fetch-")
    s3.client.delete_object(Bucket=BUCKET, Key=first)
    content = bytearray(s3.client.get_object(Bucket=BUCKET, Key=second)["Body"].read())
    content[len(content) // 2] ^= 1
    s3.client.put_object(Bucket=BUCKET, Key=second, Body=bytes(content))
    (document,) = s3.keys("tests/one/documents/")
    s3.client.put_object(Bucket=BUCKET, Key=document, Body=b"%PDF-1.4 another")
    done = checked(verifier, in_s3, s3)
    assert done.returncode == 3
    assert f"missing: archive/{first.rpartition('/')[2]}" in done.stdout
    assert f"damaged: archive/{second.rpartition('/')[2]}" in done.stdout
    assert f"damaged: documents/{document.rpartition('/')[2]}: is not the bytes" in done.stdout
    s3.client.delete_object(Bucket=BUCKET, Key=document)
    name = document.rpartition("/")[2].partition(".")[0]
    assert f"missing: documents/{name}: is not there" in checked(verifier, in_s3, s3).stdout


def test_the_commands_work_with_a_bucket_and_say_when_it_is_gone(web, paper, settings, s3, verifier, tmp_path):
    in_s3 = settings("s3", objects=s3.settings())
    run([paper], in_s3)

    def command(*given):
        return verifier(*given, "--data", in_s3.data, **s3.environment())

    assert command("backup", tmp_path / "b.tar").returncode == 0
    assert command("archive", "check", tmp_path / "b.tar").returncode == 0
    assert command("archive", "export", tmp_path / "out.wacz").returncode == 0
    assert "6 captures" in command("archive", "export", tmp_path / "out.wacz").stdout
    reported = json.loads(command("report", "--format", "json").stdout)
    assert any(finding["evidence"]["snapshot"] for finding in reported["findings"]), reported
    assert command("report", "--format", "xlsx", "--output", tmp_path / "out.xlsx").returncode == 0
    assert command("report", "--format", "pdf", "--output", tmp_path / "copies").returncode == 0
    doctor = command("doctor").stdout
    assert "s3://evidence/tests/one/archive answers" in doctor
    s3.stop()
    try:
        gone = command("archive", "check")
        assert (gone.returncode, "cannot be listed" in gone.stderr) == (3, True)
        assert "cannot be listed" in command("doctor").stdout
        assert "secret-of-the-tester" not in gone.stderr + gone.stdout
    finally:
        s3.start()


def test_the_desk_shows_the_evidence_and_the_page(s3, tmp_path, clean_environment):
    with DemoWeb() as web:
        settings = demo_settings(tmp_path / "data", hosts=web.hosts, objects=s3.settings())
        run([demo_paper()], settings)
    for copy in settings.documents_folder.iterdir():
        copy.unlink()  # the desk is on another machine
    with Store.open(settings.store_url) as store:
        browser = Browser(create_app(settings, store, JOB_COMMAND))
        figure = next(f.finding for f in store.findings.list() if f.finding.code.value == "figure_disagrees")
        page = browser.get(f"/findings/{figure.fingerprint}").text
        shown = browser.get(unescape(re.search(r'src="(/findings/[^"]+/evidence/archived[^"]*)"', page)[1]))
        assert shown.status_code == 200
        assert "<mark" in shown.text
        picture = browser.get(unescape(re.search(r'"(/documents/[^"]+[.]png[^"]*)"', page)[1]))
        assert (picture.status_code, picture.mimetype) == (200, "image/png")
        s3.stop()
        try:
            gone = Browser(create_app(settings, store, JOB_COMMAND)).get(
                f"/findings/{figure.fingerprint}/evidence/archived"
            )
            assert gone.status_code in (404, 503)
        finally:
            s3.start()
