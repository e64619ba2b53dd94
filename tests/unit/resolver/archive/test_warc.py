import gzip
import os
import signal
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from pathlib import Path

import pytest
from warcio.archiveiterator import ArchiveIterator

from tests.support.small_disk import small_disk
from verifier.errors import ArchiveError
from verifier.model import Fetch, Outcome
from verifier.resolver import Exchange, Fetched, MemoryArchive, WarcArchive, check_archive
from verifier.resolver.archive.store import payload_digest
from verifier.resolver.archive.warc_members import members
from verifier.resolver.http.exchange import Truncation


def exchange(hop: int = 0, body: bytes = b"<p>hello", **more: object) -> Exchange:
    fields: dict[str, object] = {
        "hop": hop,
        "url": f"http://example.test/{hop}",
        "ip": "127.0.0.1",
        "sent_at": datetime(2026, 1, 2, 3, 4, 5, 678, tzinfo=UTC),
        "request_line": f"GET /{hop} HTTP/1.1",
        "request_headers": (("Host", "example.test"), ("User-Agent", "Verifier")),
        "status_line": "HTTP/1.1 200 OK",
        "headers": (("Content-Type", "text/html"), ("Content-Encoding", "gzip"), ("Transfer-Encoding", "chunked")),
        "body": body,
    }
    return Exchange(**{**fields, **more})  # type: ignore[arg-type]


def fetched(*exchanges: Exchange) -> Fetched:
    return Fetched(Fetch("http://example.test/0", Outcome.RESPONSE), exchanges)


@pytest.mark.parametrize("kind", ["warc", "memory"])
def test_what_was_written_is_read_back(tmp_path: Path, kind: str) -> None:
    archive = WarcArchive(tmp_path / "archive") if kind == "warc" else MemoryArchive()
    first, second = exchange(0, b"", status_line="HTTP/1.1 301 Moved"), exchange(1, b"<p>\xffbytes\0")
    kept = archive.write(fetched(first, second))
    archive.close()
    assert [(snapshot.hop, snapshot.url) for snapshot in kept] == [(0, first.url), (1, second.url)]
    page = archive.read(kept[1].warc_file, kept[1].offset)
    assert (page.url, page.http_status, page.payload) == (second.url, 200, second.body)
    assert page.payload_sha256 == kept[1].payload_sha256 == payload_digest(second.body)
    assert archive.read(kept[0].warc_file, kept[0].offset).http_status == 301


def test_a_retried_hop_keeps_its_last_answer_as_the_snapshot_and_both_in_the_file(tmp_path: Path) -> None:
    with WarcArchive(tmp_path) as archive:
        (kept,) = archive.write(fetched(exchange(0, b"busy"), exchange(0, b"served")))
        assert archive.read(kept.warc_file, kept.offset).payload == b"served"
    assert len(check_archive(tmp_path).responses) == 2


def records(folder: Path) -> list[tuple[str, dict[str, str], bytes]]:
    found = []
    for path in sorted(folder.glob("*.warc.gz")):
        with path.open("rb") as file:
            for record in ArchiveIterator(file, check_digests="raise"):
                found.append((record.rec_type, dict(record.rec_headers.headers), record.content_stream().read()))
    return found


def test_the_records_are_warc_1_1_with_request_and_digests(tmp_path: Path) -> None:
    with WarcArchive(tmp_path) as archive:
        archive.write(fetched(exchange(0, b"<p>cut", truncated=Truncation.LENGTH)))
    (info, _, _), (kind, response, payload), (asked, request, _) = records(tmp_path)
    assert (info, kind, asked) == ("warcinfo", "response", "request")
    assert payload == b"<p>cut"
    assert response["WARC-Truncated"] == "length"
    assert response["WARC-Date"] == "2026-01-02T03:04:05.000678Z"
    assert response["WARC-IP-Address"] == "127.0.0.1"
    assert response["WARC-Payload-Digest"].startswith("sha256:")
    assert request["WARC-Concurrent-To"] == response["WARC-Record-ID"]
    raw = gzip.decompress(next(tmp_path.glob("*.warc.gz")).read_bytes())
    assert raw.startswith(b"WARC/1.1\r\n")
    assert b"X-Archive-Orig-Transfer-Encoding: chunked" in raw
    assert b"\r\nContent-Length: 6\r\n" in raw


def test_headers_of_any_bytes_are_archived(tmp_path: Path) -> None:
    odd = exchange(
        headers=(("X-Name", "é\u0085"), ("Location", "/Br\xc3\xbccke"), ("X-Fold", "a\r\n b")),
        status_line="HTTP/1.1 404 Não",
    )
    with WarcArchive(tmp_path) as archive:
        (kept,) = archive.write(fetched(odd))
        assert archive.read(kept.warc_file, kept.offset).http_status == 404
    assert check_archive(tmp_path).sound


def test_a_file_is_rolled_at_its_size(tmp_path: Path) -> None:
    with WarcArchive(tmp_path, max_file_bytes=1500) as archive:
        kept = [archive.write(fetched(exchange(0, os.urandom(600))))[0] for _ in range(4)]
        for snapshot in kept:
            archive.read(snapshot.warc_file, snapshot.offset)
    assert len({snapshot.warc_file for snapshot in kept}) > 1
    assert check_archive(tmp_path).sound
    assert not list(tmp_path.glob("*.writing"))


def test_threads_share_an_archive(tmp_path: Path) -> None:
    bodies = [os.urandom(2000) for _ in range(60)]
    with WarcArchive(tmp_path) as archive, ThreadPoolExecutor(8) as pool:
        kept = list(pool.map(lambda body: archive.write(fetched(exchange(0, body)))[0], bodies))
        assert [archive.read(one.warc_file, one.offset).payload for one in kept] == bodies
    report = check_archive(tmp_path)
    assert (report.files, report.records, len(report.responses)) == (1, 121, 60)


def test_two_archives_never_share_a_file(tmp_path: Path) -> None:
    with WarcArchive(tmp_path) as one, WarcArchive(tmp_path) as other:
        (first,), (second,) = one.write(fetched(exchange())), other.write(fetched(exchange()))
    assert first.warc_file != second.warc_file


@pytest.mark.parametrize("torn", [1, 40, 300])
def test_a_torn_tail_is_reported_and_cut_at_the_next_start(tmp_path: Path, torn: int) -> None:
    with WarcArchive(tmp_path) as archive:
        (kept,) = archive.write(fetched(exchange()))
        archive.write(fetched(exchange(1, os.urandom(1000))))
    path = tmp_path / kept.warc_file
    path.write_bytes(path.read_bytes()[:-torn])
    assert not check_archive(tmp_path).sound
    (tmp_path / f"{kept.warc_file}.writing").touch()
    reopened = WarcArchive(tmp_path)
    assert check_archive(tmp_path).sound
    assert reopened.read(kept.warc_file, kept.offset).payload == b"<p>hello"
    assert not list(tmp_path.glob("*.writing"))


def test_a_file_that_is_being_written_is_left_alone(tmp_path: Path) -> None:
    with WarcArchive(tmp_path) as archive:
        (kept,) = archive.write(fetched(exchange()))
        with (tmp_path / kept.warc_file).open("ab") as file:
            file.write(b"half a record")
        WarcArchive(tmp_path)
        assert (tmp_path / kept.warc_file).read_bytes().endswith(b"half a record")


KILLED = """
import os, sys
sys.path.insert(0, sys.argv[2])
from pathlib import Path
from tests.unit.resolver.archive.test_warc import exchange, fetched
from verifier.resolver import WarcArchive
archive = WarcArchive(Path(sys.argv[1]))
print("ready", flush=True)
while True:
    archive.write(fetched(exchange(0, os.urandom(20_000))))
"""


def test_a_killed_writer_leaves_a_sound_archive_behind(tmp_path: Path) -> None:
    root = Path(__file__).parents[4]
    for pause in (0.05, 0.11):
        writer = subprocess.Popen([sys.executable, "-c", KILLED, str(tmp_path), str(root)], stdout=subprocess.PIPE)
        assert writer.stdout is not None
        writer.stdout.readline()
        time.sleep(pause)
        writer.send_signal(signal.SIGKILL)
        writer.wait()
        writer.stdout.close()
        WarcArchive(tmp_path)
        report = check_archive(tmp_path)
        assert report.sound, report.problems
        assert report.responses


@pytest.mark.parametrize(
    ("at", "to", "says"),
    [
        (b"<p>hello", b"<p>hullo", "digest"),
        (b"GET /0", b"GET /9", "block digest"),
        (b"WARC/1.1\r\n", b"nothing\r\n", ""),
    ],
)
def test_damage_is_found(tmp_path: Path, at: bytes, to: bytes, says: str) -> None:
    with WarcArchive(tmp_path) as archive:
        (kept,) = archive.write(fetched(exchange()))
    path = tmp_path / kept.warc_file
    with path.open("rb") as file:
        inflated = [member.data for member in members(file)]
    path.write_bytes(b"".join(gzip.compress(data.replace(at, to)) for data in inflated))
    report = check_archive(tmp_path)
    assert not report.sound
    assert says in str(report.problems[0])
    assert kept.warc_file in str(report.problems[0])


@pytest.mark.parametrize("place", [("no-such.warc.gz", 0), ("../secret", 0)])
def test_reading_what_is_not_there(tmp_path: Path, place: tuple[str, int]) -> None:
    with pytest.raises(ArchiveError):
        WarcArchive(tmp_path).read(*place)


def test_reading_from_within_a_record(tmp_path: Path) -> None:
    with WarcArchive(tmp_path) as archive:
        (kept,) = archive.write(fetched(exchange()))
        with pytest.raises(ArchiveError, match="no whole record"):
            archive.read(kept.warc_file, kept.offset + 5)
        with pytest.raises(ArchiveError, match="no archived response"):
            archive.read(kept.warc_file, 0)


def test_a_full_disk_leaves_the_file_whole(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    archive = WarcArchive(tmp_path)
    archive.write(fetched(exchange()))

    class Full:
        def __init__(self, file: object) -> None:
            self._file = file

        def write(self, data: bytes) -> int:
            self._file.write(data[: len(data) // 2])  # type: ignore[attr-defined]
            raise OSError(28, "No space left on device")

        def __getattr__(self, name: str) -> object:
            return getattr(self._file, name)

    real = archive._file
    monkeypatch.setattr(archive, "_file", Full(real))
    with pytest.raises(ArchiveError, match="No space left"):
        archive.write(fetched(exchange(1)))
    monkeypatch.setattr(archive, "_file", real)
    (kept,) = archive.write(fetched(exchange(2, b"after")))
    archive.close()
    assert archive.read(kept.warc_file, kept.offset).payload == b"after"
    assert check_archive(tmp_path).sound


def test_a_disk_that_takes_a_part_and_then_no_more_leaves_the_file_whole(tmp_path: Path) -> None:
    """As a real one does: the last write that finds room is short and raises nothing."""
    with small_disk(tmp_path / "disk", "64k") as disk:
        archive = WarcArchive(disk / "archive")
        written = []
        with pytest.raises(ArchiveError, match="No space left"):
            for n in range(100):
                written += archive.write(fetched(exchange(n, os.urandom(3000))))
        archive.close()
        report = check_archive(disk / "archive")
        assert report.sound
        assert [(s.warc_file, s.offset, s.payload_sha256) for s in written] == list(report.responses)[: len(written)]


def test_a_disk_without_room_for_the_first_record_leaves_no_file(tmp_path: Path) -> None:
    with small_disk(tmp_path / "disk", "16k") as disk:
        archive = WarcArchive(disk / "archive")
        with (disk / "filler").open("xb", buffering=0) as filler, pytest.raises(OSError, match="No space"):
            while True:
                filler.write(b"x" * 4096)
        for _ in range(2):
            with pytest.raises(ArchiveError, match="No space left"):
                archive.write(fetched(exchange()))
        archive.close()
        assert list((disk / "archive").iterdir()) == []


def test_an_archive_that_cannot_be_made(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    with pytest.raises(ArchiveError, match="archive"):
        WarcArchive(tmp_path / "file" / "archive")
    with pytest.raises(ArchiveError, match="no archive there"):
        check_archive(tmp_path / "nowhere")


def test_an_archive_without_writes_leaves_no_file(tmp_path: Path) -> None:
    with WarcArchive(tmp_path):
        pass
    assert list(tmp_path.iterdir()) == []
    assert check_archive(tmp_path).files == 0


def test_a_large_payload_is_read_back(tmp_path: Path) -> None:
    body = os.urandom(3_000_000)
    with WarcArchive(tmp_path) as archive:
        (kept,) = archive.write(fetched(exchange(0, body)))
        archive.write(fetched(exchange(1, b"next")))
        assert archive.read(kept.warc_file, kept.offset).payload == body
    assert check_archive(tmp_path).sound
