"""An exported archive: whole, indexed, and readable by others' tools where they are installed."""

import base64
import gzip
import hashlib
import json
import os
import subprocess
import urllib.request
import zipfile
from io import BytesIO
from pathlib import Path

import pytest
from warcio.archiveiterator import ArchiveIterator
from werkzeug.wrappers import Response

from tests.support import pywb
from tests.support.web_sessions import web_session
from verifier.errors import ArchiveError
from verifier.model import LinkStatus, PriorFetches
from verifier.resolver import WarcArchive, check_address, export_wacz
from verifier.resolver.archive.cdxj import LINES_IN_BLOCK, blocks

WACZ = os.environ.get("VERIFIER_TEST_WACZ", "")
PAGE = (
    "<html><head><title>Bridges &amp;\n tolls</title></head>"
    "<body><p>The county has 142 bridges in {}.</p></body></html>"
)


@pytest.fixture
def archive(httpserver, tmp_path) -> Path:
    """Two nights: a page that stays, one that changes, one that is gone, one that redirects, a PDF."""
    httpserver.expect_request("/stays").respond_with_data(PAGE.format("use"), content_type="text/html")
    years = iter(("2025", "2026"))
    httpserver.expect_request("/changes").respond_with_handler(
        lambda _: Response(PAGE.format(next(years)), content_type="text/html; charset=utf-8")
    )
    httpserver.expect_request("/gone").respond_with_data("<h1>Not found</h1>", 404, content_type="text/html")
    httpserver.expect_request("/old").respond_with_data("", 301, {"Location": "/stays"})
    httpserver.expect_request("/a.pdf").respond_with_data(b"%PDF-1.7\n%%EOF", content_type="application/pdf")
    folder = tmp_path / "archive"
    prior: dict[str, PriorFetches] = {}
    for _ in range(2):
        with (
            WarcArchive(folder) as archive,
            web_session({"*.example.test": f"127.0.0.1:{httpserver.port}"}, archive=archive) as session,
        ):
            for path in ("stays", "changes", "gone", "old", "a.pdf"):
                url = f"http://www.example.test/{path}"
                check = check_address(url, session, prior.get(url))
                prior[url] = PriorFetches(LinkStatus.BLOCKED, check.snapshots, None, 0, check.text)
    return folder


@pytest.fixture
def package(archive, tmp_path):
    report = export_wacz(archive, tmp_path / "out.wacz")
    assert not report.problems
    with zipfile.ZipFile(tmp_path / "out.wacz") as opened:
        yield opened


def index(package) -> list[tuple[str, str, dict]]:
    lines = gzip.decompress(package.read("indexes/index.cdx.gz")).decode().splitlines()
    return [(key, when, json.loads(entry)) for key, when, entry in (line.split(" ", 2) for line in lines)]


def test_every_file_is_described_with_its_digest(package):
    described = json.loads(package.read("datapackage.json"))
    assert described["wacz_version"] == "1.1.1"
    listed = {entry["path"]: entry for entry in described["resources"]}
    assert set(package.namelist()) == {*listed, "datapackage.json", "datapackage-digest.json"}
    for path, entry in listed.items():
        data = package.read(path)
        assert (entry["bytes"], entry["hash"]) == (len(data), "sha256:" + hashlib.sha256(data).hexdigest())
    digest = json.loads(package.read("datapackage-digest.json"))
    assert digest == {
        "path": "datapackage.json",
        "hash": "sha256:" + hashlib.sha256(package.read("datapackage.json")).hexdigest(),
    }


def test_warc_files_and_index_are_stored_as_they_are(package, archive):
    for path in archive.glob("*.warc.gz"):
        entry = package.getinfo(f"archive/{path.name}")
        assert entry.compress_type == zipfile.ZIP_STORED
        assert package.read(entry) == path.read_bytes()
    assert package.getinfo("indexes/index.cdx.gz").compress_type == zipfile.ZIP_STORED


def test_every_line_of_the_index_leads_to_its_record(package):
    lines = index(package)
    assert lines == sorted(lines, key=lambda line: line[:2])
    assert len(lines) == 2 * 6
    for _, when, entry in lines:
        data = package.read(f"archive/{entry['filename']}")
        member = data[int(entry["offset"]) : int(entry["offset"]) + int(entry["length"])]
        (record,) = ArchiveIterator(BytesIO(member))
        headers = record.rec_headers
        assert headers.get_header("WARC-Target-URI") == entry["url"]
        assert headers.get_header("WARC-Payload-Digest") == entry["digest"]
        assert "".join(filter(str.isdigit, headers.get_header("WARC-Date"))).startswith(when)
    kinds = sorted((key.rpartition("/")[2], entry["status"], entry["mime"]) for key, _, entry in lines)
    assert ("stays", "200", "warc/revisit") in kinds
    assert kinds.count(("changes", "200", "text/html")) == 2
    assert kinds.count(("a.pdf", "200", "application/pdf")) == 1
    assert ("gone", "404", "text/html") in kinds
    assert kinds.count(("old", "301", "text/plain")) == 2


def test_the_secondary_index_leads_to_the_blocks(package):
    meta, *pointers = package.read("indexes/index.idx").decode().splitlines()
    assert json.loads(meta.split(" ", 2)[2]) == {"format": "cdxj-gzip-1.0", "filename": "index.cdx.gz"}
    data = package.read("indexes/index.cdx.gz")
    for pointer in pointers:
        key, when, place = pointer.split(" ", 2)
        place = json.loads(place)
        block = data[place["offset"] : place["offset"] + place["length"]]
        assert place["digest"] == "sha256:" + hashlib.sha256(block).hexdigest()
        assert gzip.decompress(block).decode().startswith(f"{key} {when} ")


def test_long_indexes_are_cut_into_blocks():
    lines = [f"org,example)/{number:06} 20260101000000 {{}}" for number in range(2 * LINES_IN_BLOCK + 1)]
    made = list(blocks(lines))
    assert len(made) == 3
    data = b"".join(block.data for block in made)
    assert gzip.decompress(data).decode().splitlines() == lines
    last = json.loads(made[-1].pointer.split(" ", 2)[2])
    assert gzip.decompress(data[last["offset"] :]).decode().splitlines() == lines[-1:]


def test_pages_are_what_a_reader_would_open(package):
    header, *pages = [json.loads(line) for line in package.read("pages/pages.jsonl").decode().splitlines()]
    assert (header["format"], header["id"]) == ("json-pages-1.0", "pages")
    assert sorted((page["url"].rpartition("/")[2], page.get("title")) for page in pages) == [
        ("a.pdf", None),
        ("changes", "Bridges & tolls"),
        ("changes", "Bridges & tolls"),
        ("stays", "Bridges & tolls"),
        ("stays", "Bridges & tolls"),
    ]
    assert len({page["id"] for page in pages}) == len(pages)


def test_a_torn_tail_is_left_out_and_said(archive, tmp_path):
    path = sorted(archive.glob("*.warc.gz"))[0]
    whole = path.read_bytes()
    path.write_bytes(whole + b"\x1f\x8b\x08torn")
    report = export_wacz(archive, tmp_path / "torn.wacz")
    assert [(problem.warc_file, problem.offset) for problem in report.problems] == [(path.name, len(whole))]
    with zipfile.ZipFile(tmp_path / "torn.wacz") as package:
        assert package.read(f"archive/{path.name}") == whole


def test_an_export_that_fails_leaves_what_was_there(archive, tmp_path):
    target = tmp_path / "nowhere" / "out.wacz"
    with pytest.raises(ArchiveError, match="cannot be written"):
        export_wacz(archive, target)
    with pytest.raises(ArchiveError, match="no archive there"):
        export_wacz(tmp_path / "empty", tmp_path / "out.wacz")
    assert not (tmp_path / "out.wacz").exists()
    assert not list(tmp_path.glob("*.part"))


def test_the_command_says_what_it_wrote(archive, verifier, tmp_path):
    result = verifier("archive", "export", tmp_path / "out.wacz", "--data", tmp_path)
    assert (result.returncode, result.stderr) == (0, "")
    assert "12 captures and 5 pages of 2 files" in result.stdout
    assert zipfile.is_zipfile(tmp_path / "out.wacz")


@pytest.mark.skipif(not WACZ, reason="VERIFIER_TEST_WACZ names no `wacz` command (in an environment of its own)")
def test_the_reference_tool_finds_it_valid(archive, tmp_path):
    export_wacz(archive, tmp_path / "out.wacz")
    result = subprocess.run(
        [WACZ, "validate", "-f", tmp_path / "out.wacz"], capture_output=True, text=True, timeout=300
    )
    assert result.returncode == 0, result.stdout
    assert "is valid" in result.stdout


@pytest.mark.skipif(not pywb.PYWB, reason=pywb.REASON)
def test_a_replay_tool_shows_what_was_served_also_where_the_body_was_left_out(archive, package, tmp_path):
    folder = tmp_path / "pywb"
    folder.mkdir()
    with pywb.served(sorted(archive.glob("*.warc.gz")), folder) as address:
        for _, when, entry in index(package):
            if entry["status"] != "200":
                continue
            with urllib.request.urlopen(f"{address}/sources/{when}id_/{entry['url']}", timeout=10) as response:
                body = response.read()
            digest = base64.b32encode(hashlib.sha256(body).digest()).decode()
            assert f"sha256:{digest}" in {other["digest"] for _, _, other in index(package)}, entry
            assert b"142 bridges" in body or body.startswith(b"%PDF")
