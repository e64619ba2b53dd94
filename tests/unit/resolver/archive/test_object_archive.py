"""What an archive does, as files and as objects in S3: one table of cases for both."""

import gzip
import hashlib
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from io import BytesIO

import pytest
from warcio.archiveiterator import ArchiveIterator

from tests.support.s3 import BUCKET
from verifier.errors import ArchiveError
from verifier.model import ArchivedResponse, Fetch, Outcome
from verifier.objects import FileObjects, ObjectSettings, open_objects
from verifier.resolver import Exchange, Fetched, ObjectName, Supplied, check_objects, export_objects, open_archive
from verifier.resolver.archive.store import Sameness, Unchanged, payload_digest
from verifier.settings import Settings

AT = datetime(2026, 1, 2, 3, 4, 5, 678, tzinfo=UTC)


def exchange(hop: int = 0, body: bytes = b"<p>hello", status_line: str = "HTTP/1.1 200 OK") -> Exchange:
    return Exchange(
        hop=hop,
        url=f"http://example.test/{hop}",
        ip="127.0.0.1",
        sent_at=AT,
        request_line=f"GET /{hop} HTTP/1.1",
        request_headers=(("Host", "example.test"),),
        status_line=status_line,
        headers=(("Content-Type", "text/html"),),
        body=body,
    )


def fetched(*exchanges: Exchange) -> Fetched:
    return Fetched(Fetch("http://example.test/0", Outcome.RESPONSE), exchanges)


def unchanged(kept: ArchivedResponse, record_id: str) -> Unchanged:
    return Unchanged(Sameness.PAYLOAD, kept, record_id, "2026-01-02T03:04:05Z")


@pytest.fixture(params=["files", "s3"])
def settings(request, tmp_path):
    objects = ObjectSettings() if request.param == "files" else request.getfixturevalue("s3").settings()
    return Settings(data=tmp_path / "data", objects=objects)


@pytest.fixture
def objects(settings):
    return open_objects(settings.archive_folder, settings.objects)


def test_what_was_written_is_read_back(settings, objects):
    first, second = exchange(0, b"", "HTTP/1.1 301 Moved"), exchange(1, b"<p>\xffbytes\0")
    with open_archive(settings) as archive:
        assert archive.write(fetched()) == ()
        kept = archive.write(fetched(first, second))
        for _ in range(2):
            page = archive.read(kept[1].warc_file, kept[1].offset)
            assert (page.url, page.http_status, page.payload) == (second.url, 200, second.body)
        assert archive.read(kept[0].warc_file, kept[0].offset).http_status == 301
        record = gzip.decompress(archive.record(kept[1].warc_file, kept[1].offset))
        assert record.startswith(b"WARC/1.1\r\n")
        assert page.record_id.encode() in record
    with open_archive(settings) as again:
        assert again.read(kept[1].warc_file, kept[1].offset).payload_sha256 == payload_digest(second.body)
        assert again.size == sum(one.bytes for one in objects.list())
    assert check_objects(objects).sound


def test_a_retried_hop_keeps_its_last_answer_as_the_snapshot_and_both_as_records(settings, objects):
    with open_archive(settings) as archive:
        (kept,) = archive.write(fetched(exchange(0, b"busy"), exchange(0, b"served")))
        assert archive.read(kept.warc_file, kept.offset).payload == b"served"
    assert len(check_objects(objects).responses) == 2


def test_what_a_person_supplied_is_kept(settings, objects):
    with open_archive(settings) as archive:
        supplied = Supplied("http://example.test/", b"typed by hand", "text/plain", "Ann", AT)
        kept = archive.write_supplied(supplied)
        assert archive.read(kept.warc_file, kept.offset).payload == b"typed by hand"
    assert check_objects(objects).sound


def test_a_body_that_is_kept_is_not_kept_again(settings, objects):
    body = b"x" * 1000 + bytes(range(256))
    with open_archive(settings) as archive:
        (kept,) = archive.write(fetched(exchange(0, body)))
        page = archive.read(kept.warc_file, kept.offset)
        before = archive.size
        (again,) = archive.write(fetched(exchange(0, body)), {0: unchanged(kept, page.record_id)})
        assert again == kept
        assert archive.size > before
    report = check_objects(objects)
    assert report.sound
    assert len(report.responses) == 1


def test_threads_share_an_archive(settings, objects):
    bodies = [hashlib.sha512(bytes([number])).digest() for number in range(24)]
    with open_archive(settings) as archive, ThreadPoolExecutor(8) as pool:
        kept = list(pool.map(lambda body: archive.write(fetched(exchange(0, body)))[0], bodies))
        assert [archive.read(one.warc_file, one.offset).payload for one in kept] == bodies
    assert len(check_objects(objects).responses) == 24


@pytest.mark.parametrize(("warc_file", "offset"), [("a.warc.gz", 0), ("../a.warc.gz", 0), ("", 0)])
def test_what_is_not_there_is_an_archive_error(settings, warc_file, offset):
    with open_archive(settings) as archive, pytest.raises(ArchiveError):
        archive.read(warc_file, offset)


def test_a_place_where_no_record_begins_is_an_archive_error(settings):
    with open_archive(settings) as archive:
        (kept,) = archive.write(fetched(exchange()))
        for offset in (kept.offset + 1, 10**9):
            with pytest.raises(ArchiveError, match="no whole record there"):
                archive.read(kept.warc_file, offset)


@pytest.mark.parametrize("spoil", ["flip", "cut", "replace"])
def test_bytes_that_changed_are_found_by_the_check(settings, objects, spoil):
    with open_archive(settings) as archive:
        (kept,) = archive.write(fetched(exchange(0, b"<p>" + b"evidence " * 50)))
        (other,) = archive.write(fetched(exchange(0, b"<p>another")))
    content = bytearray(objects.get(kept.warc_file))
    if spoil == "flip":
        content[kept.offset + 200] ^= 1
    elif spoil == "cut":
        del content[-300:]
    else:
        content = bytearray(objects.get(other.warc_file).replace(b"\x1f\x8b", b"\x1f\x8c", 1))
    objects.put(kept.warc_file, bytes(content))
    report = check_objects(objects)
    assert not report.sound
    assert {problem.warc_file for problem in report.problems} == {kept.warc_file}


def test_the_whole_is_exported(settings, objects, tmp_path):
    with open_archive(settings) as archive:
        archive.write(fetched(exchange()))
        archive.write(fetched(exchange(1)))
    report = export_objects(objects, tmp_path / "out.wacz")
    assert (report.captures, report.pages, report.problems) == (2, 2, ())


def test_an_empty_archive_cannot_be_exported(settings, objects, tmp_path):
    with pytest.raises(ArchiveError, match="no archive there"):
        export_objects(objects, tmp_path / "out.wacz")


# What is S3's alone.


def test_an_object_is_a_valid_warc_file_of_one_fetch(tmp_path, s3):
    with open_archive(Settings(data=tmp_path, objects=s3.settings())) as archive:
        kept = archive.write(fetched(exchange(0, b"", "HTTP/1.1 302 Found"), exchange(1)))
    assert len({one.warc_file for one in kept}) == 1
    content = s3.client.get_object(Bucket=BUCKET, Key=f"tests/one/archive/{kept[0].warc_file}")["Body"].read()
    kinds = [record.rec_type for record in ArchiveIterator(BytesIO(content), check_digests="raise")]
    assert kinds == ["warcinfo", "response", "request", "response", "request"]
    assert not (tmp_path / "archive").exists()


def test_the_server_was_told_the_digest_of_what_it_keeps(tmp_path, s3):
    with open_archive(Settings(data=tmp_path, objects=s3.settings())) as archive:
        (kept,) = archive.write(fetched(exchange()))
    key = f"tests/one/archive/{kept.warc_file}"
    stated = s3.client.get_object_attributes(Bucket=BUCKET, Key=key, ObjectAttributes=["Checksum"])["Checksum"]
    assert "ChecksumSHA256" in stated


def test_nothing_is_half_there_when_the_server_goes_away(tmp_path, s3):
    with open_archive(Settings(data=tmp_path, objects=s3.settings())) as archive:
        archive.write(fetched(exchange()))
        s3.stop()
        try:
            with pytest.raises(ArchiveError, match="cannot be written"):
                archive.write(fetched(exchange()))
        finally:
            s3.start()
        archive.write(fetched(exchange()))
    assert len(s3.keys()) == 2


def test_a_file_that_was_copied_there_is_read_record_by_record(tmp_path, s3):
    local = Settings(data=tmp_path / "local")
    bodies = [hashlib.sha512(bytes([number])).digest() * 2000 for number in range(20)]
    with open_archive(local) as archive:
        kept = [archive.write(fetched(exchange(0, body)))[0] for body in bodies]
    (file,) = FileObjects(local.archive_folder).list()
    remote = open_objects(local.archive_folder, s3.settings())
    remote.put_file(file.name, local.archive_folder / file.name)
    with open_archive(Settings(data=tmp_path / "none", objects=s3.settings())) as archive:
        assert [archive.read(one.warc_file, one.offset).payload for one in kept] == bodies
    assert check_objects(remote).sound


def test_names_say_what_an_object_rests_on(tmp_path, s3):
    with open_archive(Settings(data=tmp_path, objects=s3.settings())) as archive:
        (kept,) = archive.write(fetched(exchange(0, b"body")))
        same = unchanged(kept, "<urn:uuid:1>")
        archive.write(fetched(exchange(0, b"body")), {0: same})
        archive.write(fetched(exchange(0, b"body"), exchange(1, b"new")), {0: same})
        archive.write(fetched(exchange(0, b"")))
    names = [ObjectName.parse(key.rpartition("/")[2]) for key in s3.keys("tests/")]
    assert None not in names
    first = ObjectName.parse(kept.warc_file)
    assert first is not None
    assert {(name.kind, name.rests_on) for name in names if name is not None} == {
        ("fetch-", ()),
        ("visit-", (first.id,)),
        ("fetch-", (first.id,)),
        ("visit-", ()),
    }


def test_names_are_parsed_as_they_are_made_and_sort_by_time():
    name = ObjectName.new("visit-", ["verifier-20260105T021500000000Z-0a1b2c3d.warc.gz", "a.warc.gz"])
    assert name.rests_on == ("20260105T021500000000Z-0a1b2c3d",)
    assert ObjectName.parse(str(name)) == name
    assert ObjectName.first("visit-", name.made) <= str(name)
    for other in ("verifier-20260105T021500000000Z-0a1b2c3d.warc.gz", "fetch-.warc.gz", "pruned", ""):
        assert ObjectName.parse(other) is None
